"""Tables of scores without a run: for tests of what is computed from them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace


def trace_with(
    scores: Sequence[float | None], answer: str | None = None, correct: bool | None = None, run: int = 1
) -> ScoredTrace:
    """A trace of one node for each score."""
    return ScoredTrace(run, tuple(range(1, len(scores) + 1)), None, answer, correct, tuple(scores))


def table_of(
    *rows: Sequence[float | None],
    answers: Sequence[str | None] | None = None,
    correct: Sequence[bool | None] | None = None,
) -> ScoreTable:
    """One trace for each row of scores."""
    given, known = answers or [None] * len(rows), correct or [None] * len(rows)
    return ScoreTable.of(map(trace_with, rows, given, known))
