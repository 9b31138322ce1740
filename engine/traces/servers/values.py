"""Looks into JSON of others, which may hold anything anywhere: a wrong type is as good as nothing."""

from __future__ import annotations

import json
import re
from typing import Any

_HALVES = re.compile("[\ud800-\udfff]")
_MOST = 2**53
"""What any reader of JSON can count to."""


def table(value: Any) -> dict[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def tables(value: Any) -> list[dict[str, Any]]:
    """The objects in `value` if it is a list, or `value` itself if it is one."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """`value` if it is a text; of a list of texts and `{"text": ...}` objects all of them joined; else nothing."""
    if isinstance(value, str):
        return value
    found = [table(one).get("text", one) for one in value] if isinstance(value, list) else []
    return "".join([one for one in found if isinstance(one, str)])


def fault(error: Any) -> str:
    """What an error says, whatever its form; JSON without a message is shown itself, shortened."""
    return text(error) or text(table(error).get("message")) or str(error)[:300]


def whole(text: str) -> str:
    """A text that a file can hold: halves of a character that meet are joined, a lone one becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _HALVES.search(text) else text


def count(value: Any) -> int | None:
    """`value` if it is a whole number from 0 on, of a size that can be true."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST else None


def number(value: Any, default: int = 0) -> int:
    """A place in a list; `default` if `value` is none."""
    found = count(value)
    return default if found is None else found


def arguments(value: Any) -> str:
    """What a tool is called with, as text; nothing for an empty object, which streams begin with."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False) if value else ""
    except (RecursionError, TypeError, ValueError):
        return ""
