"""The rows of a shown text: wrapped block by block when they are asked for or there is time, estimated till then.

Knows no font and no widget. Rows are numbered from 0; a number changes when a block above it turns out to have more or
fewer rows than estimated, so whoever keeps a place on screen keeps it as a place of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple

import numpy as np

from app.trace_text.shown_ranges import ShownRanges
from app.trace_text.text import TraceText
from app.trace_text.wrapping import Codes, Widths, codes_of, wrap

BLOCK = 4_096
"""Characters wrapped in one go, about a page. A longer line is cut at the end of each block: a row may be short there,
but any page can be wrapped without what is above it."""

Measure = Callable[[Codes], Widths]


class Row(NamedTuple):
    """A row of the screen: the shown characters [start, end), by their places."""

    start: int
    end: int


class Rows:
    """An index of rows. `measure`: the widths of characters; `room`: the width of a row, both in pixels."""

    def __init__(self, text: TraceText, shown: ShownRanges, measure: Measure, room: float, character: float) -> None:
        """`character`: the width of an average character, for estimates."""
        self._text, self._shown, self._measure, self._character = text, shown, measure, character
        self._ends, self._lines = _blocks(shown)
        self._begins = [0, *self._ends[:-1]]
        self.rewrap(room)

    def rewrap(self, room: float) -> None:
        """The room has changed: all rows are estimates again."""
        self._room = max(room, 1.0)
        self._wrapped: list[list[int] | None] = [None] * len(self._ends)
        self._next = 0
        self._counts = np.array([self._estimate(block) for block in range(len(self._ends))], dtype=np.int64)
        self._before: list[int] | None = None

    @property
    def count(self) -> int:
        """How many rows there are, as far as is known."""
        return self._firsts()[-1]

    @property
    def complete(self) -> bool:
        """Whether nothing is estimated any more."""
        return self._next >= len(self._ends)

    def work(self, seconds: float) -> bool:
        """Wrap what is not wrapped yet for about so long; whether something is left."""
        until = perf_counter() + seconds
        while not self.complete:
            self._rows_of(self._next)
            while not self.complete and self._wrapped[self._next] is not None:
                self._next += 1
            if perf_counter() > until:
                break
        return not self.complete

    def row(self, number: int) -> Row:
        """Row `number`, or the nearest there is. Raises IndexError if nothing is shown."""
        if not self._ends:
            raise IndexError("nothing is shown")
        if number >= self.count:
            self._rows_of(len(self._ends) - 1)  # its estimate may be too low
        number = min(max(number, 0), self.count - 1)
        while True:
            block = bisect_right(self._firsts(), number) - 1
            starts = self._rows_of(block)
            inner = number - self._firsts()[block]
            if inner < len(starts):
                end = starts[inner + 1] if inner + 1 < len(starts) else self._ends[block]
                return Row(starts[inner], end)
            if block + 1 == len(self._ends):
                number = self.count - 1  # the last block had fewer rows than estimated

    def number_of(self, place: int) -> int:
        """The row in which a shown character lies; the last one for places behind the text."""
        if not self._ends:
            return 0
        block = min(bisect_right(self._ends, place), len(self._ends) - 1)
        starts = self._rows_of(block)
        return self._firsts()[block] + max(0, bisect_right(starts, place) - 1)

    def _firsts(self) -> list[int]:
        """The number of each block's first row, and of all rows."""
        if self._before is None:
            self._before = [0, *np.cumsum(self._counts).tolist()]
        return self._before

    def _rows_of(self, block: int) -> list[int]:
        known = self._wrapped[block]
        if known is not None:
            return known
        start, end = self._begins[block], self._ends[block]
        codes = codes_of(self._shown.text(start, end))
        forced = [place - start for place in self._starts(start, end)]
        rows = [start + at for at in wrap(codes, self._measure(codes), self._room, forced)]
        self._wrapped[block] = rows
        if len(rows) != self._counts[block]:
            self._counts[block] = len(rows)
            self._before = None
        return rows

    def _starts(self, start: int, end: int) -> list[int]:
        """Places in (start, end) where a piece or a range of what is shown begins or ends, ascending."""
        places = set(self._shown.starts_between(start, end))
        for low, high in self._shown.parts(start, end):
            shift = self._shown.place_of(low) - low
            for piece in self._text.pieces_in(low, high):
                places.update(at + shift for at in (piece.start, piece.end) if low < at < high)
        return sorted(places)

    def _estimate(self, block: int) -> int:
        start, end = self._begins[block], self._ends[block]
        pieces = len(self._shown.starts_between(start, end))
        if not pieces:
            low = self._shown.offset_of(start)
            pieces = bisect_left(self._text.starts, low + end - start) - bisect_left(self._text.starts, low)
        forced = max(pieces, self._lines[block])
        return max(1, round((end - start) * self._character / self._room) + forced // 2)


def _blocks(shown: ShownRanges) -> tuple[list[int], list[int]]:
    """Where blocks end, and how many lines each has.

    A block ends at a line's end, else behind a blank, in the second half of BLOCK characters; else after them.
    """
    ends: list[int] = []
    lines: list[int] = []
    start, length = 0, len(shown)
    while start < length:
        text = shown.text(start, start + BLOCK)
        size = len(text)
        if start + size < length:
            size = text.rfind("\n", BLOCK // 2) + 1 or text.rfind(" ", BLOCK // 2) + 1 or BLOCK
        start += size
        ends.append(start)
        lines.append(text.count("\n", 0, size))
    return ends, lines
