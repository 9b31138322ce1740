"""Events on the wire and on disk."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import (
    AnyEvent,
    Cost,
    Event,
    Expanded,
    Pruned,
    Record,
    add_costs,
    decode_event,
    encode_event,
    phase_of,
)
from engine.tree import fold
from tests.helpers.rich_log import rich_log
from tests.helpers.running import plan, run_log
from tests.storage.samples import arbitrary_logs

LOG = run_log(plan(simulations=6, width=4)) + tuple(rich_log(6, everything=True))


def survives(record: Record) -> bool:
    """Whether the record comes through the pipe, and its event through a file."""
    same = decode_event(encode_event(record.event)) == record.event
    return same and msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=Record) == record


def test_every_event_survives_json_and_msgpack() -> None:
    assert all(map(survives, LOG))


@given(arbitrary_logs())
def test_whatever_an_event_holds_survives(log: list[Record]) -> None:
    assert all(map(survives, log))


def test_the_rich_log_uses_every_event() -> None:
    kinds = {type(record.event).__name__ for record in rich_log(6, everything=True)}
    assert kinds == {kind.__name__ for kind in AnyEvent.__args__}
    assert fold(rich_log(6, everything=True)).iterations_done == 6


def test_what_a_person_does_belongs_to_no_phase() -> None:
    """So a run that is cut off after an edit is gone on with where its iteration was."""
    assert phase_of(Pruned(1, (1,), ("weak",))) == "selection"
    assert phase_of(Pruned(1, (1,), ("weak",), "person")) is None
    assert phase_of(Expanded(1, 0, ())) == "expansion"
    assert phase_of(Expanded(1, 0, (), generator="person")) is None


def test_events_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        LOG[0].event.seed = 1  # type: ignore[union-attr,misc]


def test_event_names_are_past_tense_and_phases_known() -> None:
    assert {phase_of(record.event) for record in LOG} == {
        None, "selection", "expansion", "simulation", "backpropagation",
    }  # fmt: skip
    assert phase_of(Event()) is None


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"type":"Nothing"}', b'{"type":"Expanded","parent":"x"}', b"\xff"]
)
def test_garbage_is_refused(body: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode_event(body)


@given(st.lists(st.builds(Cost, *[st.integers(0, 99)] * 5, seconds=st.just(0.5)), max_size=5))
def test_costs_add_up_field_by_field(costs: list[Cost]) -> None:
    total = add_costs(costs)
    assert total.generated == sum(cost.generated for cost in costs)
    assert total.scored == sum(cost.scored for cost in costs)
    assert total.seconds == 0.5 * len(costs)
