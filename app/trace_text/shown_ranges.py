"""The part of a text that is shown, as one text of its own: its places, and theirs in the whole text. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from app.trace_text.text import Range


class ShownRanges:
    """Ranges of a text in order and without overlap. A *place* counts the characters that are shown, from 0."""

    def __init__(self, text: str, ranges: Sequence[Range] | None = None) -> None:
        self._whole = text
        self.ranges = tuple(ranges) if ranges is not None else ((0, len(text)),)
        self._starts = [start for start, _ in self.ranges]
        self.places = [0, *accumulate(end - start for start, end in self.ranges)]
        """Where ranges begin, and where the last one ends."""

    def __len__(self) -> int:
        return self.places[-1]

    def text(self, start: int, end: int) -> str:
        """The shown text between two places."""
        return "".join(self._whole[low:high] for low, high in self.parts(start, end))

    def parts(self, start: int, end: int) -> list[Range]:
        """The ranges of the whole text between two places."""
        parts = []
        number = max(0, bisect_right(self.places, start) - 1)
        while number < len(self.ranges) and self.places[number] < end:
            offset = self.ranges[number][0] - self.places[number]
            low, high = max(start, self.places[number]) + offset, min(end, self.places[number + 1]) + offset
            if low < high:
                parts.append((low, high))
            number += 1
        return parts

    def starts_between(self, start: int, end: int) -> list[int]:
        """The places in (start, end) where another range begins."""
        return self.places[bisect_right(self.places, start) : bisect_right(self.places, end - 1)]

    def offset_of(self, place: int) -> int:
        """Where the character at a place stands in the whole text; the end of the last range behind the last one."""
        if not self.ranges:
            return 0
        number = min(bisect_right(self.places, place), len(self.ranges)) - 1
        return min(self.ranges[number][0] + place - self.places[number], self.ranges[number][1])

    def place_of(self, offset: int) -> int:
        """The place of a character of the whole text; of one that is not shown, that of the next one shown."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return 0
        return self.places[number] + min(offset - self._starts[number], self.places[number + 1] - self.places[number])

    def shows(self, start: int, end: int) -> bool:
        """Whether a character of [start, end) of the whole text is shown."""
        return self.place_of(start) < self.place_of(end)
