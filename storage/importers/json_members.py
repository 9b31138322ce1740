"""One JSON object read member by member, and one of its lists value by value, in bounded memory. Knows no format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from storage.importers.importer import MOST_RECORDS, Odd
from storage.importers.json_values import JsonText, nothing, shallow

_BROKEN = "the file is no JSON from here on, or cut off: what follows is left out"


class Member(NamedTuple):
    """A member of the object, or a value of the list that is read value by value."""

    name: str
    value: Any
    number: int
    """Of the value in its list, from 1; 0 for a whole member."""


class _BrokenError(ValueError):
    """Nobody can tell where the next value begins."""


def members_of(stream: IO[bytes], name: str) -> Iterator[Member | Odd]:
    """The members in their order; those of the list called `name` one by one. Where it is broken off, an Odd says so.

    Raises OSError.
    """
    text, number = JsonText(b"", stream), 0
    try:
        for one in _members(text, name):
            number = max(number, one.line if isinstance(one, Odd) else one.number)
            yield one
            if number >= MOST_RECORDS:
                yield Odd(number, f"more than {MOST_RECORDS:,} records: the rest is left out")
                return
    except _BrokenError:
        yield Odd(number + 1, _BROKEN)


def _members(text: JsonText, name: str) -> Iterator[Member | Odd]:
    text.skip("{\ufeff")
    while text.ahead not in ("", "}"):
        key = _value(text)
        text.skip(":")
        if key == name and text.ahead == "[":
            yield from _listed(text, name)
        else:
            found = shallow(0, _value(text))
            yield found if isinstance(found, Odd) else Member(str(key), found[1], 0)
        text.skip(",")
    if not text.ahead:
        raise _BrokenError


def _listed(text: JsonText, name: str) -> Iterator[Member | Odd]:
    number = 0
    text.skip("[")
    text.skip(",")
    while text.ahead not in ("", "]"):
        number += 1
        found = shallow(number, _value(text))
        yield found if isinstance(found, Odd) else Member(name, found[1], number)
        text.skip(",")
    text.skip("]")


def _value(text: JsonText) -> Any:
    found = text.value(json.JSONDecoder(parse_constant=nothing))
    if isinstance(found, str):
        raise _BrokenError
    return found[0]
