"""What XML can say of a text, and what is written beside it where that is not all. Knows no format of graphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

import msgspec

Value = str | int | float | bool
EXACT = "exact"
"""Attribute of a node with texts that XML cannot hold: these texts by their names, as JSON, which can."""
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no document of XML 1.0 may hold, not even escaped."""
_LOST = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""The same and carriage returns, which parsers take for line ends."""

_BLANKS = {ord(blank): f"&#{ord(blank)};" for blank in "\t\n\r"}

TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}
"""Of both GraphML and GEXF."""


def sayable(text: str) -> str:
    """The text without what XML cannot say."""
    return _UNSAYABLE.sub("", text)


def with_exact(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values, and under EXACT the texts that would not come back as they were."""
    lost = {name: value for name, value in values.items() if isinstance(value, str) and _LOST.search(value)}
    return {**values, EXACT: _ascii_json(lost)} if lost else dict(values)


def _ascii_json(texts: Mapping[str, str]) -> str:
    """JSON in which everything that XML cannot say is escaped; plain JSON leaves U+FFFE as it is."""
    body = msgspec.json.encode(texts).decode()
    return _LOST.sub(lambda found: f"\\u{ord(found.group()):04x}", body)


def said(value: Value) -> str:
    """A value as XML Schema writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return sayable(value) if isinstance(value, str) else repr(value)


def inner(value: Value) -> str:
    """A value as the text of an element."""
    return escape(said(value), quote=False) if isinstance(value, str) else said(value)


def quoted(value: Value) -> str:
    """A value as that of an attribute, quotes included; parsers take blanks for white space that is not escaped."""
    return f'"{escape(said(value)).translate(_BLANKS)}"' if isinstance(value, str) else f'"{said(value)}"'
