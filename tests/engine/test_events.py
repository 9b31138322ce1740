"""Events on the wire and on disk."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import AnyEvent, Cost, Event, add_costs, decode_event, encode_event, phase_of
from tests.helpers.running import plan, run_log

LOG = run_log(plan(simulations=6, width=4)) + run_log(plan(simulations=3, width=3, value="rollout"))


def test_every_event_survives_json_and_msgpack() -> None:
    for record in LOG:
        assert decode_event(encode_event(record.event)) == record.event
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=type(record)) == record


def test_a_log_uses_every_event_but_resumption() -> None:
    kinds = {type(record.event).__name__ for record in LOG}
    assert kinds == {kind.__name__ for kind in AnyEvent.__args__} - {"RunResumed"}


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
