"""A trace's text with what its parts are and what is marked in it. Values; knows no widget and no alignment.

Offsets count characters of the text, which is stored once and shared by everything that is made from it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import Literal, TypeAlias

import msgspec

from engine.traces.functions import Function
from engine.traces.spans import Kind

Group: TypeAlias = Kind
MarkKind = Literal["supported", "only hidden", "only exposed", "contradicted", "number", "found", "tag"]
Range: TypeAlias = tuple[int, int]


class Piece(msgspec.Struct, frozen=True, gc=False):
    """The characters [start, end): a step of the thought, a sentence of the answer, a tag. It begins a row."""

    start: int
    end: int
    group: Group
    function: Function | None = None
    """What the step is for; None where it has no label."""
    number: int = 0
    """What stands beside it, from 1; 0 for nothing."""
    by_hand: bool = False
    """Whether a person gave the label."""


class Mark(msgspec.Struct, frozen=True, gc=False):
    """What is underlined."""

    start: int
    end: int
    kind: MarkKind
    why: str = ""
    """For a tool tip; plain text."""


class Link(msgspec.Struct, frozen=True, gc=False):
    """Two pieces that belong together, by their numbers in `TraceText.pieces`."""

    one: int
    """The hidden one."""
    other: int
    """The exposed one."""
    kind: MarkKind


class TraceText:
    """A text, its pieces in order and without overlap, and its marks. Unchangeable.

    Of marks that begin together the later one lies over the earlier one.
    Raises ValueError for pieces that overlap or are out of order. Between pieces there may be text.
    """

    def __init__(self, text: str, pieces: Sequence[Piece] = (), marks: Sequence[Mark] = ()) -> None:
        self.text = text
        self.pieces = tuple(pieces)
        self.starts = [piece.start for piece in self.pieces]
        """Where pieces begin, ascending."""
        if any(one.end > other.start for one, other in pairwise(self.pieces)):
            raise ValueError("the pieces of a text overlap or are out of order")
        self._set_marks(marks)

    def _set_marks(self, marks: Sequence[Mark]) -> None:
        self.marks = tuple(sorted(marks, key=attrgetter("start")))
        self._mark_starts = [mark.start for mark in self.marks]
        self._reach = list(accumulate((mark.end for mark in self.marks), max))

    def with_marks(self, marks: Sequence[Mark]) -> TraceText:
        """The same pieces with other marks."""
        other = TraceText.__new__(TraceText)
        other.text, other.pieces, other.starts = self.text, self.pieces, self.starts
        other._set_marks(marks)
        return other

    def piece_at(self, offset: int) -> int | None:
        """The number of the piece that has the character at `offset`; None between pieces."""
        number = bisect_right(self.starts, offset) - 1
        return number if number >= 0 and offset < self.pieces[number].end else None

    def pieces_in(self, start: int, end: int) -> Sequence[Piece]:
        """The pieces that have a character in [start, end), in order."""
        first = bisect_right(self.starts, start) - 1
        first += first < 0 or self.pieces[first].end <= start
        return self.pieces[first : bisect_left(self.starts, end)]

    def marks_in(self, start: int, end: int) -> list[Mark]:
        """The marks that have a character in [start, end), in order."""
        found = []
        place = bisect_left(self._mark_starts, end)
        while place and self._reach[place - 1] > start:
            place -= 1
            if self.marks[place].end > start:
                found.append(self.marks[place])
        return found[::-1]


def joined(ranges: Iterator[Range]) -> Iterator[Range]:
    """Ranges in order, those that touch as one; empty ones are left out."""
    open_at, open_to = 0, 0
    for start, end in ranges:
        if start >= end:
            continue
        if start == open_to:
            open_to = end
            continue
        if open_at < open_to:
            yield open_at, open_to
        open_at, open_to = start, end
    if open_at < open_to:
        yield open_at, open_to
