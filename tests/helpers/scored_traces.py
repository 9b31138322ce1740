"""Traces that share beginnings, and scorers held against values that were computed by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.policies import Watch
from engine.problems.game24 import Game24
from engine.verifiers import ScoreRequest, StepScores, Verifier
from engine.verifiers.registry import make_verifier
from tests.helpers.scripted import ScriptedPolicy

PUZZLE, OTHER = Game24.parse("4 9 10 13"), Game24.parse("1 2 3 4")
FIRST, SECOND = "13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n"
TRACES = (
    (PUZZLE, (FIRST, SECOND, "6 * 4 = 24 (left: 24)\n", "Answer: 24")),
    (PUZZLE, (FIRST, SECOND, "6 + 4 = 10 (left: 10)\n")),
    (PUZZLE, (FIRST, "10 + 4 = 14 (left: 4 14)\n", "14 - 4 = 10")),
    (PUZZLE, (FIRST,)),
    (OTHER, ("Try 1 + 2.\n", FIRST, SECOND)),
    (OTHER, ("Answer: 24",)),
)
"""Branches of two trees, and a trace that is the beginning of others."""


def made(name: str) -> Verifier:
    return make_verifier(name, {}, ScriptedPolicy)


def score(verifier: Verifier, *traces: tuple[Game24, tuple[str, ...]]) -> tuple[StepScores, ...]:
    return verifier.score([ScoreRequest(problem, steps, ended=True) for problem, steps in traces], Watch()).traces


def agree(name: str, by_hand: Sequence[Sequence[float | None]]) -> None:
    """Together, one by one, and from memory the traces get the values that were computed by hand."""
    together, alone = made(name), made(name)
    first, again = score(together, *TRACES), score(together, *reversed(TRACES))[::-1]
    for trace, once, twice, wanted in zip(TRACES, first, again, by_hand, strict=True):
        assert len(once.values) == len(once.channels) == len(trace[1])
        assert once.values == twice.values == pytest.approx(wanted, abs=1e-5)
        assert score(alone, trace)[0].values == pytest.approx(wanted, abs=1e-5)
        assert twice.tokens == 0
