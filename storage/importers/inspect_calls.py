"""The calls of the model in an Inspect AI sample: what each cost, and what it gave that the messages do not have.

The messages of a sample are one conversation. What was forked off it, or offered beside what was gone on with, stands
in the events alone; a call says by the ids of its input which messages it goes on from. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.events import Cost
from engine.traces.servers.values import count, table, tables, text

MOST_NEW = 50
"""Messages of a call's input that nobody knows: behind more of them it is not looked for one that is known."""


class Call(NamedTuple):
    """One call that was answered."""

    choices: tuple[dict[str, Any], ...]
    """The messages it gave, the one that was gone on with first. Attachments are not resolved."""
    cost: Cost
    event: dict[str, Any]

    @property
    def id(self) -> str:
        """Of the message that was gone on with."""
        return text(self.choices[0].get("id"))


class Way(NamedTuple):
    """How a call goes on from a conversation."""

    known: str
    """The id of the last message of its input that is known."""
    new: tuple[dict[str, Any], ...]
    """The messages that follow it there."""


def call_of(event: Mapping[str, Any]) -> Call | None:
    """The call of an event; None where it is none, or was not answered."""
    if event.get("event") != "model":
        return None
    output = table(event.get("output"))
    messages = tuple(table(choice.get("message")) for choice in tables(output.get("choices")))
    return Call(messages, _cost(table(output.get("usage"))), dict(event)) if messages else None


def way_of(call: Call, pool: list[dict[str, Any]], known: Mapping[str, Any]) -> Way | None:
    """Where a call goes on from; None where its input repeats nothing that is known. `pool` are the messages that
    inputs of newer logs name by their places."""
    new: list[dict[str, Any]] = []
    for message in _backwards(call.event, pool):
        if (name := text(message.get("id"))) in known:
            return Way(name, tuple(reversed(new)))
        if len(new) >= MOST_NEW:
            break
        new.append(message)
    return None


def _backwards(event: Mapping[str, Any], pool: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The messages of an input, the last one first."""
    yield from reversed(tables(event.get("input")))
    refs = event.get("input_refs")
    for ref in reversed(refs if isinstance(refs, list) else []):
        first, end = (count(place) for place in ref) if isinstance(ref, list) and len(ref) == 2 else (None, None)
        if first is not None and end is not None:
            for place in range(min(end, len(pool)) - 1, first - 1, -1):
                yield pool[place]


def _cost(usage: dict[str, Any]) -> Cost:
    cached = count(usage.get("input_tokens_cache_read")) or 0
    return Cost(1, count(usage.get("output_tokens")) or 0, count(usage.get("input_tokens")) or 0, cached)
