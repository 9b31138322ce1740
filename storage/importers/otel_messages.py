"""What was asked and answered in a span of OpenTelemetry, in whichever of its dialects it was recorded. Pure.

Now: `gen_ai.input.messages` and `gen_ai.output.messages`, structured or as JSON. Before: an attribute for each field of
each message (`gen_ai.prompt.0.content`, as OpenLLMetry writes them), or an event for each message (`gen_ai.choice`,
semconv 1.28 to 1.36), or two events with JSON (`gen_ai.content.prompt`, semconv 1.27).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from engine.traces.servers.values import tables, text

_ASKED = ("gen_ai.input.messages", "gen_ai.prompt")
_ANSWERED = ("gen_ai.output.messages", "gen_ai.completion")
_FIELD = re.compile(r"gen_ai\.(prompt|completion)\.(\d{1,6})\.(.+)")
_CALL = re.compile(r"tool_calls\.(\d{1,4})\.(\w+)")
_ROLES = {f"gen_ai.{role}.message": role for role in ("system", "user", "assistant", "tool")}
_CHOICE = "gen_ai.choice"
MESSAGE_EVENTS = (*_ROLES, _CHOICE)
"""Names of events that are a message each."""


class Dialogue(NamedTuple):
    """The messages of one span."""

    asked: list[dict[str, Any]]
    answered: list[dict[str, Any]]
    """Several are choices: the first was gone on with."""


SILENCE = Dialogue([], [])


def dialogue(said: Mapping[str, Any], events: Iterable[tuple[str, Mapping[str, Any]]]) -> Dialogue:
    """Of a span's attributes and events."""
    found = Dialogue(_structured(said, _ASKED), _structured(said, _ANSWERED))
    if not any(found):
        found = _from_fields(said)
    return found if any(found) else _from_events(events)


def structured(value: Any) -> Any:
    """An attribute that may be an object or the JSON of one; None where it is neither."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _structured(said: Mapping[str, Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The messages in the first of these attributes that has some."""
    return next((found for name in names if (found := tables(structured(said.get(name))))), [])


class _Fields(NamedTuple):
    """What is said of a message, and of each of its calls."""

    message: dict[str, Any]
    calls: dict[int, dict[str, Any]]


def _from_fields(said: Mapping[str, Any]) -> Dialogue:
    """Of attributes that are named after the place of a message and a field of it."""
    built: dict[str, dict[int, _Fields]] = {"prompt": {}, "completion": {}}
    for name, value in said.items():
        if found := _FIELD.fullmatch(name):
            fields = built[found[1]].setdefault(int(found[2]), _Fields({}, {}))
            if call := _CALL.fullmatch(found[3]):
                fields.calls.setdefault(int(call[1]), {})[call[2]] = value
            else:
                fields.message[found[3]] = value
    return Dialogue(*([_whole(messages[place]) for place in sorted(messages)] for messages in built.values()))


def _whole(fields: _Fields) -> dict[str, Any]:
    """A message as others are: its calls in a list, and blocks of content as such."""
    message, content = fields.message, fields.message.get("content")
    if isinstance(content, str) and content.startswith("[{") and (blocks := tables(structured(content))):
        message["content"] = blocks if all("type" in block for block in blocks) else content
    if fields.calls:
        message["tool_calls"] = [fields.calls[place] for place in sorted(fields.calls)]
    return message


def _from_events(events: Iterable[tuple[str, Mapping[str, Any]]]) -> Dialogue:
    """Of events that are a message each; choices hold theirs inside."""
    found = Dialogue([], [])
    for name, fields in events:
        if name in _ROLES:
            found.asked.append({"role": _ROLES[name], **fields})
        elif name == _CHOICE:
            message = structured(fields.get("message"))
            inside = message if isinstance(message, dict) else {"content": text(fields.get("message"))}
            found.answered.append({"role": "assistant", **fields, **inside})
    return found
