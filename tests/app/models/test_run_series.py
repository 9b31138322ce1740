"""Series over the course of a run: the same in pieces as at once, right against the fold, small when drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.run_series import RunSeries, rates, thinned
from app.panels.phase_log import PhaseLog
from app.panels.run_curves import PLOTS, cursor_at, distribution, place_of, value_at
from engine.events import Backpropagated, Credited, Event, Record
from engine.tree import fold
from tests.helpers.rich_log import rich_log
from tests.helpers.running import plan, run_log

RECORDS = rich_log(20, everything=True)
NAMES = {"credits": ("value", "depth"), "scores": ("best",), "growth": ("nodes", "deepest", "parents"),
         "costs": ("generated", "seconds")}  # fmt: skip


def read(records: list[Record]) -> tuple[RunSeries, PhaseLog]:
    series, log = RunSeries(), PhaseLog()
    series.extend(records)
    log.extend(records)
    return series, log


@given(st.lists(st.integers(1, 60), max_size=8))
def test_in_pieces_it_is_the_same_as_at_once(sizes: list[int]) -> None:
    whole, grown, at = RunSeries(), RunSeries(), 0
    whole.extend(RECORDS[: sum(sizes)])
    for size in sizes:
        grown.extend(RECORDS[at : at + size])
        at += size
    assert whole.events == grown.events
    for rows, names in NAMES.items():
        one, other = getattr(whole, rows), getattr(grown, rows)
        np.testing.assert_array_equal(one.cursors, other.cursors)
        for name in names:
            np.testing.assert_array_equal(one[name], other[name])


@pytest.mark.parametrize("cursor", [1, 9, 40, len(RECORDS)])
def test_numbers_are_those_of_the_tree(cursor: int) -> None:
    series, _ = read(RECORDS)
    tree = fold(RECORDS[:cursor])
    known = int(np.searchsorted(series.growth.cursors, cursor, side="right"))
    if known:
        assert series.growth["nodes"][known - 1] == len(tree.nodes)
        assert series.growth["deepest"][known - 1] == max(node.depth for node in tree.nodes.values())
        assert series.growth["parents"][known - 1] == sum(bool(node.children) for node in tree.nodes.values())
    spent = series.costs.cursors <= cursor
    assert series.costs["generated"][spent].sum() == tree.cost.generated
    credited = series.credits.cursors <= cursor
    counts = [one.event for one in RECORDS[:cursor] if isinstance(one.event, Credited) and not one.event.single]
    sums = sum(event.values[0] for event in counts)  # of several visits: no point of a plot
    assert series.credits["value"][credited].sum() + sums == pytest.approx(tree.root.value_sum)


def credited_to_root(event: Event) -> float | None:
    """The value of one visit."""
    match event:
        case Backpropagated(value=value):
            return value
        case Credited(values=values, single=True):
            return values[0]
    return None


def test_best_value_rises_and_ends_at_the_best() -> None:
    series, log = read(RECORDS)
    best, mean, credited = PLOTS[0].curves(series, log)
    values = [value for record in RECORDS if (value := credited_to_root(record.event)) is not None]
    assert (np.diff(best.y) >= 0).all()
    assert best.y[-1] == max(values)
    assert mean.y[-1] == pytest.approx(sum(values) / len(values))
    assert list(credited.y) == values
    assert value_at(best, 1) is None
    assert value_at(credited, len(RECORDS)) == values[-1]


def test_a_search_that_credits_nothing_has_its_scores() -> None:
    best, scores = PLOTS[0].curves(*read(list(run_log(plan("beam")))))
    assert scores.name == "best score of an evaluation"
    assert best.y[-1] == scores.y.max()


@pytest.mark.parametrize("kind", PLOTS)
def test_an_empty_run_has_empty_curves(kind: object) -> None:
    for curve in kind.curves(*read([])):  # type: ignore[attr-defined]
        assert len(curve.x) == len(curve.y) == 0


@pytest.mark.parametrize("kind", PLOTS)
def test_a_place_along_the_bottom_gives_its_cursor(kind: object) -> None:
    _, log = read(RECORDS)
    for end in log.iteration_ends:
        there = cursor_at(kind, log, place_of(kind, log, end))  # type: ignore[arg-type]
        assert log.iteration_at(there) == log.iteration_at(end)
    assert cursor_at(kind, log, -7.0) == 1  # type: ignore[arg-type]
    assert cursor_at(kind, log, 1e9) == len(RECORDS)  # type: ignore[arg-type]


@given(st.lists(st.floats(-5, 5) | st.just(np.nan), min_size=1, max_size=400), st.integers(1, 40))
def test_a_thinned_curve_keeps_its_extremes(values: list[float], columns: int) -> None:
    x, y = np.arange(len(values), dtype=np.float64), np.array(values)
    thin_x, thin_y = thinned(x, y, columns)
    assert len(thin_x) == len(thin_y) <= max(2 * columns, len(values) if len(values) <= 2 * columns else 0)
    assert (np.diff(thin_x) >= 0).all()
    if not np.isnan(y).all():
        assert (np.nanmin(thin_y), np.nanmax(thin_y)) == (np.nanmin(y), np.nanmax(y))


def test_a_million_points_are_drawn_with_two_for_each_column() -> None:
    x = np.arange(1e6)
    assert len(thinned(x, np.sin(x), 800)[0]) <= 1600


def test_rates_are_missing_where_no_work_was_done() -> None:
    x, rate = rates(np.array([1.0, 2.0, 10.0]), np.array([30.0, 10.0, 7.0]), np.array([1.0, 1.0, 0.5]), 5)
    assert len(x) == 5
    assert rate[0] == 30.0
    assert rate[1] == 10.0
    assert rate[-1] == 14.0
    assert np.isnan(rate[2:4]).all()


def test_a_distribution_leaves_out_what_is_missing() -> None:
    marks = np.array([0.0, 0.049, 0.05, 1.0, np.nan, 0.999], np.float32)
    heights = distribution(marks, 20)
    assert (heights[0], heights[1], heights[-1], heights.sum()) == (2, 1, 2, 5)
