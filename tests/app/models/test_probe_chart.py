"""Where points, whiskers and controls of a probe's chart stand."""

from __future__ import annotations

from math import isnan

import pytest

from app.models.probe_chart import chart_of, controls, whiskers
from engine.search.probes import Counters, Result, Row
from engine.search.probes.intervals import Estimate

NONE = Estimate(None, 0.0, 1.0, 0)


def at(value: float, half: float = 0.1, n: int = 10) -> Estimate:
    return Estimate(value, value - half, value + half, n)


def result(*rows: Row, figure: Row | None = None, control: Row | None = None, signed: bool = False) -> Result:
    return Result("share", rows, figure, control, "", Counters(0, 0, 0, 0), None, signed)


def test_rows_with_places_in_the_thought_are_a_curve_from_left_to_right() -> None:
    rows = (
        Row("end", at(0.9), position=1.0, step=2),
        Row("before", at(0.2), position=0.0),
        Row("gone", NONE, position=0.5),
    )
    chart = chart_of(result(*rows, figure=Row("AOC", at(0.5)), control=Row("again", at(0.8))))
    assert (chart.kind, chart.along_thought, chart.area_over) == ("curve", True, True)
    assert [(point.row, point.x) for point in chart.points] == [(1, 0.0), (0, 1.0)]
    assert chart.control == at(0.8)
    assert chart.nearest(0.3) == 1
    assert chart.nearest(0.7) == 0


def test_shares_of_a_whole_along_the_thought_are_points_without_the_control_of_another_figure() -> None:
    rows = Row("a", at(0.9), position=0.2, step=1), Row("b", at(0.1), position=0.6, step=2)
    chart = chart_of(result(*rows, figure=Row("come to the answer", at(0.5)), control=Row("kept", at(0.4))))
    assert (chart.kind, chart.along_thought, chart.area_over) == ("points", True, False)
    assert chart.control is None
    assert chart_of(result(*rows)).kind == "curve"  # its figure comes last


def test_differences_are_bars_by_their_steps_with_zero_in_the_middle() -> None:
    rows = (
        Row("a", at(-0.6, 0.3), step=3, position=0.5),
        Row("b", at(0.1), step=7, position=0.9, control=at(0.0, 0.2)),
    )
    chart = chart_of(result(*rows, figure=Row("a", at(0.6), step=3), signed=True))
    assert chart.kind == "bars"
    assert [point.x for point in chart.points] == [3.0, 7.0]
    low, high = chart.y_range
    assert low == -high
    assert high >= 0.9
    assert chart.step == 4.0
    (beside,) = controls(chart, 0.2)
    assert (beside.x, beside.estimate) == (7.2, at(0.0, 0.2))


def test_rows_without_places_are_points_in_their_order() -> None:
    chart = chart_of(result(Row("27", at(0.7)), Row("28", NONE), Row("29", at(0.3))))
    assert (chart.kind, chart.along_thought, chart.area_over) == ("points", False, False)
    assert [(point.row, point.x) for point in chart.points] == [(0, 1.0), (2, 3.0)]
    assert chart.control is None
    left, right = chart.x_range
    assert left < 1.0 < 3.0 < right


def test_nothing_drawn_is_an_empty_chart() -> None:
    chart = chart_of(result(Row("a", NONE, position=0.0), control=Row("again", NONE)))
    assert chart.points == ()
    assert chart.control is None
    assert chart.nearest(0.5) is None
    assert chart.step > 0
    assert chart.x_range[0] < chart.x_range[1]


def test_one_row_is_no_curve() -> None:
    assert chart_of(result(Row("a", at(0.5), position=0.5))).kind == "points"


def test_whiskers_are_one_line_with_gaps() -> None:
    chart = chart_of(result(Row("a", at(0.5)), Row("b", at(0.6))))
    x, y = whiskers(chart.points)
    assert x[:2] == [1.0, 1.0]
    assert y[:2] == pytest.approx([0.4, 0.6])
    assert isnan(x[2])
    assert isnan(y[5])
