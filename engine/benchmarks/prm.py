"""The bundled process reward model on held-out hard puzzles: AUC, accuracy and calibration at every step position.

And how fast steps are scored and their scores added up.
"""

from __future__ import annotations

import sys
from math import isfinite
from typing import Any

from engine.benchmarks.prefixes import Forgetful, speedup_shared_prefix
from engine.benchmarks.reaggregate import reaggregate_10k_ms
from engine.learning.examples import Codec
from engine.learning.export import load_policy
from engine.learning.own_traces import number_traces
from engine.learning.prm_report import played, read
from engine.llm.bundled import POLICY, PRM
from engine.llm.load import load_scorer
from engine.problems.game24 import Game24
from engine.problems.held_out import hard_puzzles
from engine.scores.trust import accuracy, auc, calibration_error
from engine.shelf import Shelf

QUICK_PUZZLES = 25
TREES, QUICK_TREES = 4, 1
"""Puzzles that are searched, for the speed of scoring."""
FEWEST = 50
"""Steps at a position, or it is left out: a policy that goes on behind its answer makes positions of a few."""
HEADLINE = "policy_samples"
"""The set whose figures stand without a name: the steps that a search asks this model about."""


def run(quick: bool, seed: int) -> dict[str, Any]:
    """Figures of table `prm`: on traces of each set, and the speed of scoring and of adding up."""
    puzzles = [Game24(numbers) for numbers in hard_puzzles()][: QUICK_PUZZLES if quick else None]
    policy, tokenizer = load_policy(POLICY)
    codec = Codec(tokenizer)
    model = load_scorer(PRM, "cpu").model
    sets = {
        "legal": played(puzzles, seed, 0.0),
        "slips": played(puzzles, seed + 1, 1.0),
        "policy_samples": number_traces(policy, codec, puzzles, seed=seed + 2, samples=24),
    }
    figures: dict[str, Any] = {}
    for name, traces in sets.items():
        print(f"prm: {len(traces)} traces of {name}", file=sys.stderr, flush=True)
        readings = {
            position: here for position, here in read(model, codec, traces).items() if len(here.labels) >= FEWEST
        }
        figures[name] = {
            "positions": list(readings),
            "auc_by_step": [_known(auc(here.scores, here.labels)) for here in readings.values()],
            "accuracy_by_step": [accuracy(here.scores, here.labels) for here in readings.values()],
            "calibration_error": calibration_error(
                [score for here in readings.values() for score in here.scores],
                [label for here in readings.values() for label in here.labels],
            ),
        }
    main = figures.pop(HEADLINE)
    trees = puzzles[: QUICK_TREES if quick else TREES]
    speedup = speedup_shared_prefix(Shelf().policy(""), Forgetful(PRM), trees, seed)
    return {
        **main,
        "speedup_shared_prefix": round(speedup, 2),
        "reaggregate_10k_ms": round(reaggregate_10k_ms(seed), 1),
        **figures,
    }


def _known(figure: float) -> float | None:
    """None for a position where all labels are the same: there is nothing to tell apart."""
    return figure if isfinite(figure) else None
