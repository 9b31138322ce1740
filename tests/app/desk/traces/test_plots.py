"""What the plots of the tab of traces show, before it is drawn: bands, gaps, places of the lowest scores, lengths."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from app.desk.traces.curves_plot import FEWEST, lonely, one_line, quartiles, spread_out
from app.desk.traces.length_plot import JITTER, jittered, length_words
from app.desk.traces.minimum_plot import AtEnd, at_end, remark
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace

NAN = float("nan")


def table(*rows: Sequence[float | None]) -> ScoreTable:
    return ScoreTable.of(ScoredTrace(1, (1,), None, None, None, tuple(row)) for row in rows)


def test_quartiles_leave_out_what_is_missing() -> None:
    values = np.array([[0.1, NAN, NAN], [0.2, 0.5, NAN], [0.3, 0.6, 0.9], [0.4, 0.7, 0.1], [0.5, NAN, NAN]])
    found = quartiles(values)
    assert found.low[:2] == pytest.approx([0.2, 0.5])
    assert found.middle[:2] == pytest.approx([0.3, 0.6])
    assert found.high[:2] == pytest.approx([0.4, 0.6])
    assert np.isnan(found.middle[2]), f"fewer than {FEWEST}"
    assert np.isnan(quartiles(np.empty((0, 3))).middle).all()


def test_many_traces_are_one_line_with_gaps() -> None:
    x, y = one_line(np.array([[0.1, 0.2], [NAN, 0.4]]))
    assert x.tolist() == [1, 2, 3, 1, 2, 3]
    assert y == pytest.approx([0.1, 0.2, NAN, NAN, 0.4, NAN], nan_ok=True)


def test_a_score_between_missing_ones_is_a_dot() -> None:
    values = np.array([[0.5, NAN, NAN], [0.5, 0.5, NAN], [NAN, 0.5, NAN]])
    assert lonely(values).tolist() == [[True, False, False], [False, False, False], [False, True, False]]


def test_of_many_traces_some_are_drawn_from_everywhere() -> None:
    rows = np.arange(1_000)
    found = spread_out(rows, 10)
    assert len(found) == 10
    assert (found[0], found[-1]) == (0, 999)
    assert spread_out(rows[:5], 10).tolist() == [0, 1, 2, 3, 4]


def test_how_often_the_last_step_is_the_lowest() -> None:
    found = at_end(table([0.9, 0.1], [0.2, 0.8, None], [0.5], [None, None], [0.9, 0.8, 0.1, None]))
    assert (found.count, found.traces) == (2, 3)
    assert found.chance == pytest.approx(1 / 2 + 1 / 2 + 1 / 3)
    assert at_end(table([None])) == AtEnd(0, 0, 0.0)


def test_a_scorer_that_judges_answers_alone_is_named() -> None:
    assert "ORM" in remark(AtEnd(9, 10, 3.0))
    assert "ORM" not in remark(AtEnd(4, 10, 3.0))
    assert "90% of 10 traces" in remark(AtEnd(9, 10, 3.0))
    assert "nothing to compare" in remark(AtEnd(0, 0, 0.0))


def test_score_against_length_in_words() -> None:
    scored = table([0.9], [0.8, 0.8], [0.7, 0.7, 0.7], [None])
    totals = np.array([0.9, 0.6, 0.3, NAN])
    words = length_words(scored, totals, "product", 3)
    assert "−1.00" in words
    assert "product" in words
    assert "3 traces" in words
    assert "2 drawn" in length_words(scored, totals, "product", 2)
    assert "all the same" in length_words(scored, np.full(4, 0.5), "min", 4)
    near = table(*([0.5] * (1 + n % 2) for n in range(8)))
    assert "−0.00" not in length_words(near, np.array([1.0, 2, 2, 1, 1, 2, 2, 1.0]), "min", 8)


def test_dots_stay_near_their_place() -> None:
    lengths = np.array([1, 1, 4, 4, 4])
    assert (np.abs(jittered(lengths) - lengths) <= JITTER).all()
    assert jittered(lengths).tolist() == jittered(lengths).tolist()
