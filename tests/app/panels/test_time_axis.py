"""The time axis: columns share out the events, zoom keeps what is under the pointer, places and cursors agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.panels.phase_log import PhaseLog
from app.panels.time_axis import NARROWEST, Scale, TimeAxis
from engine.events import PHASES, Backpropagated, Record
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)
SCALES: tuple[Scale, ...] = ("events", "time")


def axis_of(records: list[Record], scale: Scale = "events") -> TimeAxis:
    log = PhaseLog()
    log.extend(records)
    axis = TimeAxis(log)
    axis.set_scale(scale)
    return axis


def test_few_events_fill_whole_columns() -> None:
    axis = axis_of(RECORDS[:6])
    columns = 2 * int(axis.span)
    shares = axis.log.shares(*axis.stretches(columns))
    for event in range(6):
        phase = axis.log.phase_at(event + 1)
        for column in (2 * event, 2 * event + 1):
            assert list(shares[:, column]) == [float(lane == phase) for lane in range(len(PHASES))]
    assert not shares[:, 12:].any()  # room for what comes


def test_many_events_share_a_column() -> None:
    records = [RECORDS[0]] + [Record(1, i, 0.0, Backpropagated(1, 0, 0.5, "prm")) for i in range(2, 20_001)]
    axis = axis_of(records)
    shares = axis.log.shares(*axis.stretches(500))
    backpropagation = PHASES.index("backpropagation")
    assert shares[backpropagation].max() == 1.0
    assert not shares[:backpropagation].any()
    assert np.count_nonzero(shares[backpropagation]) == pytest.approx(500 * 20_000 / axis.span, abs=1)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("columns", [1, 7, 300])
def test_columns_cover_every_event_once_and_in_order(scale: Scale, columns: int) -> None:
    axis = axis_of(RECORDS, scale)
    firsts, ends = axis.stretches(columns)
    assert (np.diff(firsts) >= 0).all()
    assert (ends >= firsts).all()
    assert firsts[0] <= 1
    assert ends[-1] == len(RECORDS)
    assert (firsts[1:] <= ends[:-1]).all()  # no event is left out between two columns
    assert axis_of([], scale).stretches(columns)[1].max() == 0


@given(
    st.sampled_from(SCALES),
    st.lists(st.tuples(st.floats(0.2, 3), st.floats(0, 1)), max_size=12),
    st.integers(1, len(RECORDS)),
)
def test_whatever_is_zoomed_the_part_lies_within_the_whole(
    scale: Scale, turns: list[tuple[float, float]], cursor: int
) -> None:
    axis = axis_of(RECORDS, scale)
    for factor, at in turns:
        first, last = axis.part
        under = first + (last - first) * at
        axis.zoom(factor, at)
        first, last = axis.part
        assert 0.0 <= first < last <= axis.span + 1e-9
        assert last - first >= min(axis.span, NARROWEST[scale]) - 1e-9
        assert first - 1e-6 <= under <= last + 1e-6
    axis.reveal(cursor)
    first, last = axis.part
    assert first - 1e-6 <= axis.place_of(cursor) <= last + 1e-6


def test_zoom_keeps_the_place_under_the_pointer_and_all_shows_all() -> None:
    axis = axis_of(RECORDS)
    axis.zoom(0.25, 0.5)
    first, last = axis.part
    assert (first + last) / 2 == pytest.approx(axis.span / 2)
    assert last - first == pytest.approx(axis.span / 4)
    axis.pan(10)
    assert axis.part[1] == pytest.approx(axis.span)
    axis.centre(0)
    assert axis.part[0] == 0.0
    axis.show_all()
    assert axis.part == (0.0, axis.span)
    assert not axis.zoomed


@pytest.mark.parametrize("scale", SCALES)
def test_a_point_just_before_the_place_of_a_cursor_shows_it(scale: Scale) -> None:
    axis = axis_of(RECORDS, scale)
    for cursor in range(2, len(RECORDS) + 1):
        assert axis.cursor_of(axis.place_of(cursor) - 1e-6) == cursor
    assert axis.cursor_of(-5.0) == 1
    assert axis.cursor_of(1e9) == len(RECORDS)
    np.testing.assert_array_equal(axis.places_of(np.array([1, 9])), [axis.place_of(1), axis.place_of(9)])
