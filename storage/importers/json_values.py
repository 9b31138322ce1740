"""JSON values of a file one by one, in bounded memory: lines of JSON, a list, or objects over lines. Knows no format.

A line that is no JSON costs that line; elsewhere nobody can tell where the next value begins, so reading ends there.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any, TypeAlias

from storage.importers.importer import DEEPEST, LARGEST_RECORD, MOST_RECORDS, SHOWN, Odd

Numbered: TypeAlias = tuple[int, Any]
"""Number of the line or of the record, and the value."""
_PIECE = 1 << 16
_BLANK = " \t\r\n"
_TOO_LARGE = f"it is larger than {LARGEST_RECORD // 1_000_000} MB"


def values_of(stream: IO[bytes], deepest: int = DEEPEST) -> Iterator[Numbered | Odd]:
    """Every value, at most MOST_RECORDS, with at most so many lists and objects within each other.

    NaN and infinite numbers come out as None. Raises OSError.
    """
    first, lead = _first_line(stream)
    read = _values if _is_list(first) else _objects if _goes_on(first) else _lines
    found = read(first, stream, lead, deepest)
    for count, one in enumerate(found):
        if count >= MOST_RECORDS:
            yield Odd(
                one.line if isinstance(one, Odd) else one[0],
                f"more than {MOST_RECORDS:,} records: the rest is left out",
            )
            return
        yield one


def count_lines(stream: IO[bytes]) -> int | None:
    """How many lines of JSON follow; None for what cannot be counted without reading it. Raises OSError."""
    first, _ = _first_line(stream)
    if _is_list(first) or _goes_on(first):
        return None
    count = first.count(b"\n") + bool(first and not first.endswith(b"\n"))
    last = b"\n"
    while piece := stream.read(1 << 20):
        count += piece.count(b"\n")
        last = piece[-1:]
    return count + (last != b"\n")


def _first_line(stream: IO[bytes]) -> tuple[bytes, int]:
    """The first line that is not blank, without a byte order mark, and how many lines stand before it."""
    before = 0
    line = stream.readline(LARGEST_RECORD + 1).removeprefix(codecs.BOM_UTF8)
    while line and not line.strip():
        before += line.endswith(b"\n")
        line = stream.readline(LARGEST_RECORD + 1)
    return line, before


def _is_list(first: bytes) -> bool:
    """Whether a list of objects, or of lists of them, begins here, in one line or in several."""
    lead = first.lstrip()
    inside = lead[1:].lstrip()
    return lead.startswith(b"[") and (not inside or inside.startswith((b"{", b"[{")))


def _goes_on(first: bytes) -> bool:
    """Whether an object begins here that does not end in its line."""
    lead = first.strip()
    return lead.startswith(b"{") and lead.endswith((b"{", b"[", b","))


def _objects(first: bytes, stream: IO[bytes], before: int, deepest: int) -> Iterator[Numbered | Odd]:
    """Objects that are written over several lines, one behind the other; mostly there is one."""
    at, number = stream.tell(), before + 1
    text, decoder = JsonText(first, stream), json.JSONDecoder(parse_constant=nothing)
    while not isinstance(value := text.value(decoder), str):
        yield shallow(number, value[0], deepest)
        number += 1
        text.skip(_BLANK)
        if not text.ahead:
            return
    if number > before + 1:
        yield Odd(number, value)
    else:
        stream.seek(at)
        yield from _broken(first, stream, before, deepest)


def _broken(first: bytes, stream: IO[bytes], before: int, deepest: int) -> Iterator[Numbered | Odd]:
    """No such object: it is damaged, or these are lines of JSON of which the first is cut off, and looks like one."""
    at = stream.tell()
    raw = first + stream.read(LARGEST_RECORD + 1 - len(first))
    if raw[len(first) :].lstrip().startswith(b"{") and not first.rstrip().endswith(b"["):
        stream.seek(at)
        yield from _lines(first, stream, before, deepest)
    else:
        yield Odd(before + 1, _TOO_LARGE) if len(raw) > LARGEST_RECORD else value_in(before + 1, raw, deepest)


def _lines(first: bytes, stream: IO[bytes], before: int, deepest: int) -> Iterator[Numbered | Odd]:
    number, line = before + 1, first
    while line:
        if len(line) > LARGEST_RECORD:
            yield Odd(number, _TOO_LARGE)
            _skip_line(line, stream)
        elif line.strip():
            yield value_in(number, line, deepest)
        number += 1
        line = stream.readline(LARGEST_RECORD + 1)


def _skip_line(line: bytes, stream: IO[bytes]) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)


def value_in(number: int, line: bytes, deepest: int = DEEPEST) -> Numbered | Odd:
    """The value in a line, or in a file of one; a line that is none is kept by its beginning."""
    try:
        value = json.loads(line.decode(), parse_constant=nothing)
    except UnicodeDecodeError:
        return Odd(number, "it is no UTF-8", _beginning(line))
    except (ValueError, RecursionError):
        return Odd(number, "it is no JSON", _beginning(line))
    return shallow(number, value, deepest)


def _beginning(line: bytes) -> str:
    return line[: 4 * SHOWN].decode(errors="replace").strip()[:SHOWN]


def nothing(_constant: str) -> None:
    """NaN, Infinity: no number."""


def shallow(number: int, value: Any, deepest: int = DEEPEST) -> Numbered | Odd:
    """The value, unless its lists and objects lie too deep."""
    level = [value]
    for _ in range(deepest):
        level = list(chain.from_iterable(map(_parts, level)))
        if not level:
            return number, value
    return Odd(number, f"its lists and objects lie more than {deepest} deep within each other")


def _parts(value: Any) -> list[Any]:
    """The lists and objects in a value."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [part for part in inside if isinstance(part, dict | list)]


def _values(first: bytes, stream: IO[bytes], _before: int, deepest: int) -> Iterator[Numbered | Odd]:
    """Those of a list, value by value; more of the file is read where one is not whole yet."""
    decoder = json.JSONDecoder(parse_constant=nothing)
    text = JsonText(first, stream)
    text.skip("[")
    number = 1
    while True:
        text.skip(_BLANK + ",")
        if text.ahead in ("", "]"):
            if not text.ahead:
                yield Odd(number, "the list is cut off")
            return
        value = text.value(decoder)
        if isinstance(value, str):
            yield Odd(number, value)
            return
        yield shallow(number, value[0], deepest)
        number += 1


class JsonText:
    """The part of a file that has not been worked off yet, as characters."""

    def __init__(self, first: bytes, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._buffer, self._at = self._decoder.decode(first), 0
        self._ended = False

    @property
    def ahead(self) -> str:
        """Its next character; empty at the end of the file."""
        return self._buffer[self._at : self._at + 1]

    def skip(self, characters: str) -> None:
        """Go on to what is none of them; of a bracket only the first."""
        once = characters == "["
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in (characters + _BLANK):
                is_bracket = self._buffer[self._at] == "["
                self._at += 1
                if once and is_bracket:
                    return
            if self._at < len(self._buffer) or not self._more(_PIECE):
                return

    def value(self, decoder: json.JSONDecoder) -> tuple[Any] | str:
        """The value that begins here; a string says why there is none."""
        size = _PIECE
        while True:
            try:
                value, end = decoder.raw_decode(self._buffer, self._at)
            except RecursionError:
                return "it is no JSON"
            except ValueError:
                if len(self._buffer) - self._at > LARGEST_RECORD:
                    return _TOO_LARGE
                if not self._more(size):
                    return "it is no JSON, or the file is cut off: what follows is left out"
                size = max(_PIECE, len(self._buffer) - self._at)  # twice as much each time: no quadratic reading
            else:
                if end == len(self._buffer) and isinstance(value, int | float) and self._more(size):
                    continue  # more digits may follow
                if end - self._at > LARGEST_RECORD:
                    return _TOO_LARGE
                self._at = end
                return (value,)

    def _more(self, size: int) -> bool:
        """Read on, and let go of what was worked off; False at the end of the file."""
        if self._ended:
            return False
        piece = self._stream.read(size)
        self._ended = not piece
        self._buffer = self._buffer[self._at :] + self._decoder.decode(piece, final=not piece)
        self._at = 0
        return True
