"""The log as arrays: the same whether it came at once or in pieces, counted as by hand, and never walked again."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.panels.phase_log import NO_PHASE, PhaseLog
from app.panels.time_axis import TimeAxis
from engine.events import (
    PHASES,
    ROOT,
    Expanded,
    IterationFinished,
    Noted,
    Pruned,
    Record,
    Restored,
    RunResumed,
    phase_of,
)
from engine.tree import fold
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)
MANY = rich_log(60, everything=True)


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


def test_ends_of_phases() -> None:
    log = filled(RECORDS)
    known = [(cursor, log.phase_at(cursor), log.iteration_at(cursor)) for cursor in range(1, len(log) + 1)]
    phases = [entry for entry in known if entry[1] != NO_PHASE]
    ends = [later[0] - 1 for earlier, later in pairwise(phases) if earlier[1:] != later[1:]]
    assert log.phase_ends == ends
    assert log.phase_end_after(0) == ends[0]
    assert log.phase_end_before(ends[5]) == ends[4]
    assert log.phase_end_after(ends[-1]) is None


def test_answers_edits_and_births() -> None:
    records = rich_log(12, everything=True)
    log = filled(records)
    tree = fold(records)
    events = {cursor: record.event for cursor, record in enumerate(records, 1)}
    answers = {log.birth(node) for node in tree.answer_ids}
    assert log.answers.tolist() == sorted(cursor for cursor in answers if cursor is not None)
    assert log.chosen_at == log.birth(tree.finished.chosen)  # type: ignore[arg-type, union-attr]
    for node in tree.nodes.values():
        birth = log.birth(node.id)
        assert birth is not None
        assert node.id == ROOT or node.id in [new.node for new in events[birth].children]  # type: ignore[union-attr]
    assert log.birth(len(tree.nodes)) is None
    edits = [type(events[cursor]) for cursor in log.edits.tolist()]
    assert {Pruned, Restored, Expanded} <= set(edits)
    assert edits[:2] == [Pruned, Restored]
    assert filled(records[:5]).chosen_at is None


@given(st.lists(st.integers(1, 40), max_size=8), st.integers(0, 39))
def test_in_pieces_it_is_the_same_as_at_once(sizes: list[int], seed: int) -> None:
    records = MANY[seed : seed + sum(sizes)]
    whole, grown, at = filled(records), PhaseLog(), 0
    for size in sizes:
        grown.extend(records[at : at + size])
        at += size
    assert len(whole) == len(grown) == len(records)
    for name in ("phases", "iterations", "elapsed", "answers", "edits"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(grown, name))
    assert (whole.iteration_ends, whole.phase_ends) == (grown.iteration_ends, grown.phase_ends)
    places = np.arange(len(records) + 1)
    np.testing.assert_array_equal(whole.counts(places, places[::-1]), grown.counts(places, places[::-1]))


@given(st.integers(0, len(MANY)), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=9))
def test_running_sums_count_what_is_there(length: int, stretches: list[tuple[int, int]]) -> None:
    log = filled(MANY[:length])
    firsts = np.array([min(pair) for pair in stretches], np.intp)
    ends = np.array([max(pair) for pair in stretches], np.intp)
    counts = log.counts(firsts, ends)
    assert counts.shape == (len(PHASES), len(stretches))
    for column, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        direct = [int(np.count_nonzero(log.phases[first:end] == number)) for number in range(len(PHASES))]
        assert counts[:, column].tolist() == direct


def test_time_does_not_run_while_nobody_works() -> None:
    end = len(RECORDS)
    later = [
        Record(1, end + 1, RECORDS[-1].at + 5_000, Noted(1, "the next day")),
        Record(1, end + 2, RECORDS[-1].at + 9_000, RunResumed("the day after")),
        Record(1, end + 3, RECORDS[-1].at + 9_002, IterationFinished(31)),
        Record(1, end + 4, RECORDS[-1].at + 8_000, IterationFinished(32)),  # the clock was put back
    ]
    log = filled([*RECORDS, *later])
    assert log.seconds_at(1) == 0.0
    assert log.seconds_at(end) == end - 1
    assert [log.seconds_at(end + n) - log.seconds_at(end) for n in (1, 2, 3, 4)] == [0.0, 0.0, 2.0, 2.0]


def test_a_million_events_are_seen_without_walking_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once read, a picture of any part looks up a few numbers for each column."""
    log = filled([RECORDS[0]])
    log._settle([(number % 5 - 1, number // 5, 0.001) for number in range(200_000)] * 5)
    touched: list[int] = []

    def counted(array: npt.NDArray[Any], places: Any, **how: Any) -> Any:
        touched.append(len(np.atleast_1d(places)))
        return search(array, places, **how)

    search = np.searchsorted
    monkeypatch.setattr(np, "searchsorted", counted)
    for scale in ("events", "time"):
        axis = TimeAxis(log)
        axis.set_scale(scale)
        firsts, ends = axis.stretches(900)
        assert len(firsts) == len(ends) == 900
        assert log.shares(firsts, ends).max() == 1.0
        assert axis.cursor_of(axis.place_of(777_777)) == 777_778
    assert sum(touched) <= 2 * 901 + 8


def test_axis_grows_in_steps_while_a_run_goes_on_and_fits_when_it_is_done() -> None:
    spans = {filled(RECORDS[:length]).span for length in range(1, len(RECORDS))}
    assert len(spans) < 10
    assert all(span >= length for length in (1, 60, 100) for span in [filled(RECORDS[:length]).span])
    assert filled(RECORDS).span == len(RECORDS)
