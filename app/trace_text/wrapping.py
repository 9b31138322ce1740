"""Cuts text into rows that fit, by the widths of its characters. Pure; knows no font.

A row ends at a line's end, after the last blank that leaves room, between two signs of a script that has no blanks;
in a word that is too long after its last sign such as `/` or `=`, else after the last character that fits. One blank
may hang over the edge. Joined, the rows are the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Widths = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint32]

LONGEST_ROW = 1_000
"""Characters of a row at most: ten thousand accents on one letter take no room, but they take time."""

NEWLINE, RETURN = ord("\n"), ord("\r")
_PLANE = 0x10000
_BLANK, _HYPHEN, _SIGN, _LETTER, _WIDE = 1, 2, 4, 8, 16
_WIDE_SCRIPTS = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF00, 0xFF60))
"""Those of the first plane that are written without blanks."""
_WIDE_PLANES = 0x20000


def _make_kinds() -> npt.NDArray[np.uint8]:
    """What a character of the first plane is to a row's end."""
    kinds = np.zeros(_PLANE, dtype=np.uint8)
    kinds[ord("A") :] |= _LETTER
    for signs, kind in ((" \t", _BLANK), ("-‐–—", _HYPHEN), ("/\\_.,;:=&?!|)]}>+*#%@~", _SIGN)):
        kinds[[ord(sign) for sign in signs]] = kind
    for low, high in _WIDE_SCRIPTS:
        kinds[low : high + 1] |= _WIDE
    return kinds


_KINDS = _make_kinds()


def codes_of(text: str) -> Codes:
    """The code point of every character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def wrap(codes: Codes, widths: Widths, room: float, starts: Sequence[int] = ()) -> list[int]:
    """Where rows begin, the first at 0; none of an empty text. `room`: width of a row. `starts`: where one must."""
    length = len(codes)
    ends = _forced_ends(codes, starts)
    sums: list[float] = np.concatenate(([0.0], np.cumsum(_drawn(codes, widths), dtype=np.float64))).tolist()
    kinds = _KINDS[np.minimum(codes, _PLANE - 1)]
    blank = ((kinds & _BLANK) > 0).tolist()
    by_word, by_sign = _chances(codes, kinds)
    rows, start = [], 0
    while start < length:
        rows.append(start)
        stop = ends[bisect_right(ends, start)]
        last = min(stop, start + LONGEST_ROW)
        end = max(start + 1, bisect_right(sums, sums[start] + room, start + 1, last + 1) - 1)
        if end < stop:
            end = end + 1 if blank[end] else _cut(start, end, by_word, by_sign)
        start = end
    return rows


def _cut(start: int, end: int, by_word: Sequence[int], by_sign: Sequence[int]) -> int:
    """Where a row ends of which [start, end) fits."""
    return next((chances[end] for chances in (by_word, by_sign) if chances[end] > start), end)


def _forced_ends(codes: Codes, starts: Sequence[int]) -> list[int]:
    after_lines = (np.flatnonzero(codes == NEWLINE) + 1).tolist()
    return sorted({*after_lines, *starts[bisect_right(starts, 0) : bisect_left(starts, len(codes))], len(codes)})


def _drawn(codes: Codes, widths: Widths) -> Widths:
    """A carriage return before a line's end is not drawn."""
    quiet = np.flatnonzero(codes[:-1] == RETURN)
    quiet = quiet[codes[quiet + 1] == NEWLINE]
    if not len(quiet):
        return widths
    drawn = widths.copy()
    drawn[quiet] = 0
    return drawn


def _chances(codes: Codes, kinds: npt.NDArray[np.uint8]) -> tuple[list[int], list[int]]:
    """For every place the latest place up to it where a row may end: by words, and for words that are too long."""
    before, after = kinds[:-1], kinds[1:]
    words = ((before & _BLANK) > (after & _BLANK)) | ((before & _HYPHEN) > 0) & ((after & _LETTER) > 0)
    words |= (before & _WIDE > 0) | (codes[:-1] >= _WIDE_PLANES)
    return _latest(words), _latest(words | ((before & _SIGN) > 0))


def _latest(between: npt.NDArray[np.bool_]) -> list[int]:
    """`between[i]`: whether a row may end between characters i and i + 1."""
    places = np.concatenate(([0], np.where(between, np.arange(1, len(between) + 1), 0), [0]))
    latest: list[int] = np.maximum.accumulate(places).tolist()
    return latest
