"""The log as arrays: the same whether it came at once or in pieces, and right at 100,000 events."""

from __future__ import annotations

import numpy as np
import pytest

from app.panels.phase_log import NO_PHASE, SPAN_START, PhaseLog
from engine.events import PHASES, Backpropagated, IterationFinished, Record, phase_of
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)


def filled(records: list[Record]) -> PhaseLog:
    log = PhaseLog()
    log.extend(records)
    return log


def test_phase_and_iteration_of_every_cursor() -> None:
    log = filled(RECORDS)
    for cursor, record in enumerate(RECORDS, 1):
        phase = phase_of(record.event)
        assert log.phase_at(cursor) == (NO_PHASE if phase is None else PHASES.index(phase))
        assert log.iteration_at(cursor) == getattr(record.event, "iteration", 30 if cursor > 1 else 0)
    assert (log.phase_at(0), log.iteration_at(0)) == (NO_PHASE, 0)


def test_ends_of_iterations() -> None:
    log = filled(RECORDS)
    ends = [cursor for cursor, record in enumerate(RECORDS, 1) if isinstance(record.event, IterationFinished)]
    assert log.iteration_ends == ends
    assert log.end_before(ends[3]) == ends[2]
    assert log.end_before(ends[3] + 1) == ends[3]
    assert log.end_after(ends[3]) == ends[4]
    assert log.end_before(ends[0]) is None
    assert log.end_after(ends[-1]) is None


def test_star_stands_where_the_answer_came_into_the_tree() -> None:
    log = filled(RECORDS)
    assert log.answer_at is not None
    event = RECORDS[log.answer_at - 1].event
    chosen = RECORDS[-1].event.chosen  # type: ignore[union-attr] # the last event is RunFinished
    assert chosen in [child.node for child in event.children]  # type: ignore[union-attr] # an Expanded
    assert filled(RECORDS[:5]).answer_at is None


def test_few_events_fill_whole_columns() -> None:
    log = filled(RECORDS[:6])
    shares = log.shares(SPAN_START * 2)
    assert shares.shape == (len(PHASES), SPAN_START * 2)
    for event in range(6):
        phase = log.phase_at(event + 1)
        for column in (2 * event, 2 * event + 1):
            assert list(shares[:, column]) == [float(lane == phase) for lane in range(len(PHASES))]
    assert not shares[:, 12:].any()  # room for what comes


def test_many_events_share_a_column_by_count() -> None:
    records = [RECORDS[0]] + [Record(1, i, 0.0, Backpropagated(1, 0, 0.5, "prm")) for i in range(2, 100_001)]
    shares = filled(records).shares(500)
    backpropagation = PHASES.index("backpropagation")
    assert shares[backpropagation].max() == 1.0
    assert not shares[:backpropagation].any()
    assert np.count_nonzero(shares[backpropagation]) == round(500 * 100_000 / filled(records).span)


@pytest.mark.parametrize("columns", [1, 7, 100])
def test_any_width_works(columns: int) -> None:
    assert filled(RECORDS).shares(columns).shape == (len(PHASES), columns)
    assert not filled([]).shares(columns).any()


def test_axis_grows_in_steps_while_a_run_goes_on_and_fits_when_it_is_done() -> None:
    spans = {filled(RECORDS[:length]).span for length in range(1, len(RECORDS))}
    assert len(spans) < 10
    assert all(span >= length for length in (1, 60, 100) for span in [filled(RECORDS[:length]).span])
    assert filled(RECORDS).span == len(RECORDS)
