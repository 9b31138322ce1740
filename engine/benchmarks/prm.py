"""The bundled process reward model on held-out hard puzzles: AUC, accuracy and calibration at every step position."""

from __future__ import annotations

import sys
from math import isfinite
from typing import Any

from engine.learning.examples import Codec
from engine.learning.export import load_policy
from engine.learning.own_traces import number_traces
from engine.learning.prm_report import played, read
from engine.learning.report import accuracy, auc, calibration_error
from engine.llm.bundled import POLICY, PRM
from engine.llm.load import load_scorer
from engine.problems.game24 import Game24
from engine.problems.held_out import hard_puzzles

QUICK_PUZZLES = 25


def run(quick: bool, seed: int) -> dict[str, Any]:
    """Figures on traces of legal play, on traces with a slip and on the policy's own samples."""
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
        readings = read(model, codec, traces)
        figures[name] = {
            "positions": list(readings),
            "auc_by_step": [_known(auc(here.scores, here.labels)) for here in readings.values()],
            "accuracy_by_step": [accuracy(here.scores, here.labels) for here in readings.values()],
            "calibration_error": calibration_error(
                [score for here in readings.values() for score in here.scores],
                [label for here in readings.values() for label in here.labels],
            ),
        }
    main = figures.pop("legal")
    return {**main, **figures}


def _known(figure: float) -> float | None:
    """None for a position where all labels are the same: there is nothing to tell apart."""
    return figure if isfinite(figure) else None
