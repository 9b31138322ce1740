"""A log in which every text of a model or a file tries to be markup: what Qt would render if it were let."""

from __future__ import annotations

from typing import Any

import msgspec

from engine.events import Record
from tests.app.odd_log import odd_log

HOSTILE = "<b>bold</b><img src='file:///no-such-picture.png'><h1>Huge</h1> &amp;"
"""Qt::mightBeRichText says yes."""
TEXTS = {"text", "prompt", "step", "answer", "why", "verdict", "note", "broken", "reasons", "policy", "rule"}
"""Fields with text that somebody else wrote."""


def hostile_log() -> tuple[Record, ...]:
    """The log of `odd_log` with HOSTILE at the front of every such text."""
    return tuple(msgspec.convert(_spoilt(msgspec.to_builtins(record)), Record) for record in odd_log())


def _spoilt(value: Any, name: str = "") -> Any:
    match value:
        case dict():
            return {key: _spoilt(inside, key) for key, inside in value.items()}
        case list() | tuple():
            return [_spoilt(inside, name) for inside in value]
        case str() if name in TEXTS:
            return HOSTILE + value
    return value
