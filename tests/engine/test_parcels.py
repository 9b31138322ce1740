"""A log cut for the pipe: nothing is lost but the choices of selections, no parcel is large, the order is kept."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from engine import parcels
from engine.commands import ReadOn, ResumeRun
from engine.events import AnyEvent, Expanded, Record, RunStarted, Scored, Selected
from engine.parcels import in_parcels
from engine.tree import fold
from tests.helpers.running import plan, run_log

WISH = plan(simulations=12, width=3)
LOG = run_log(WISH)


def without_choices(log: Sequence[Record]) -> list[AnyEvent]:
    events = [record.event for record in log]
    return [replace(event, choices=()) if isinstance(event, Selected) else event for event in events]


@pytest.mark.parametrize("most", [1, 2, 7, len(LOG) - 1, len(LOG), 10_000])
def test_all_of_it_comes_in_order_and_says_where_it_ends(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "MOST_EVENTS", most)
    first, *others = in_parcels(ResumeRun(4, WISH, LOG, paused=True))
    assert isinstance(first, ResumeRun)
    assert (first.run, first.plan, first.paused) == (4, WISH, True)
    assert all(isinstance(parcel, ReadOn) and parcel.run == 4 for parcel in others)
    both = [first, *others]
    assert [parcel.more for parcel in both] == [True] * len(others) + [False]
    assert all(0 < len(parcel.records) <= most for parcel in both)
    arrived = [record for parcel in both for record in parcel.records]
    assert [(record.run, record.seq, record.at) for record in arrived] == [(one.run, one.seq, one.at) for one in LOG]
    assert [record.event for record in arrived] == without_choices(LOG)


def test_no_search_can_tell_that_the_choices_stayed_behind() -> None:
    (whole,) = in_parcels(ResumeRun(1, WISH, LOG))
    tree, lean = fold(LOG), fold(whole.records)
    assert any(node.choice for node in tree.nodes.values())
    for node in tree.nodes.values():
        node.choice = None
    assert lean.nodes == tree.nodes


@pytest.mark.parametrize("kind", ["token rows", "critiques"])
def test_what_is_long_makes_parcels_smaller_and_a_single_large_event_is_one(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "MOST_BYTES", 20_000)
    make = _with_row if kind == "token rows" else _with_critique
    log = [LOG[0], *(make(size) for size in (6_000, 3_000, 50_000, 10))]
    found = [len(parcel.records) for parcel in in_parcels(ResumeRun(1, WISH, tuple(log)))]
    assert found == [3, 1, 1]


def _with_row(size: int) -> Record:
    record = next(record for record in LOG if isinstance(record.event, Expanded))
    assert isinstance(record.event, Expanded)
    child = replace(record.event.children[0], tokens=bytes(size))
    return replace(record, event=replace(record.event, children=(child,)))


def _with_critique(size: int) -> Record:
    record = next(record for record in LOG if isinstance(record.event, Scored))
    assert isinstance(record.event, Scored)
    score = replace(record.event.scores[0], note="!" * size)
    return replace(record, event=replace(record.event, scores=(score,)))


def test_a_log_of_one_event_is_one_parcel() -> None:
    (only,) = in_parcels(ResumeRun(1, WISH, LOG[:1]))
    assert isinstance(only.records[0].event, RunStarted)
    assert not only.more
