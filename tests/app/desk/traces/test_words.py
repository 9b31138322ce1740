"""How answers, verdicts and totals are written."""

from __future__ import annotations

import pytest

from app.desk.traces.words import verdict_is_right, verdict_words
from app.desk.words import total_words
from app.models.ballot import Verdict
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace

NAN = float("nan")
THREE = ScoreTable.of(
    ScoredTrace(run, (1,), None, answer, correct, (0.5,))
    for run, (answer, correct) in enumerate((("a", True), ("b", False), ("b", False)), 1)
)


def test_verdicts_in_words() -> None:
    assert verdict_words(Verdict((0,), 1, 1), THREE, 1) == "✓ a"
    assert verdict_words(Verdict((1,), 0, 1), THREE, 1) == "✗ b"
    assert verdict_words(Verdict((0,), 0, 0), THREE, 1) == "· a"
    assert verdict_words(Verdict((), 0, 0), THREE, 1) == "–"
    assert verdict_words(Verdict((0, 1), 1, 2), THREE, 2) == "1/2 ✓"
    assert verdict_is_right(Verdict((0, 1), 1, 2)) is None


@pytest.mark.parametrize(
    ("total", "words"), [(NAN, "–"), (0.0, "0.00"), (0.5, "0.50"), (-3.118, "−3.12"), (0.0004, "4e−4"), (12.0, "12.00")]
)
def test_a_small_total_is_not_written_as_nothing(total: float, words: str) -> None:
    assert total_words(total) == words
