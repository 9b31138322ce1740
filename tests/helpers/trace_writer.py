"""Writes a trace piece by piece and keeps the places of its quantities. Shares no code with what finds them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["supported", "only exposed", "contradicted"]
Range = tuple[int, int]


@dataclass(frozen=True)
class N:
    """A number in a piece of text: which quantity it is, as it is written, and in exposed text what is true of it."""

    quantity: str
    shown: str
    mark: Mark = "supported"


@dataclass(frozen=True)
class GoldNumber:
    place: Range
    mark: Mark
    places: tuple[Range, ...]
    """Where the thought has the same quantity; for a contradicted one, where it has the other value."""


@dataclass(frozen=True)
class GoldSentence:
    place: Range
    mark: Mark
    sources: tuple[Range, ...]
    """The hidden sentences it is from."""


@dataclass
class LabelledTrace:
    kind: str
    text: str = ""
    hidden: Range = (0, 0)
    exposed: Range = (0, 0)
    numbers: list[GoldNumber] = field(default_factory=list)
    sentences: list[GoldSentence] = field(default_factory=list)
    only_hidden: list[Range] = field(default_factory=list)
    """Results of the thought that are not shown, and no other quantity shown has their value."""
    labels: list[Range] = field(default_factory=list)
    """Digits in the exposed text that are no quantity."""


class Writer:
    """Writes a trace piece by piece and keeps the places."""

    def __init__(self, kind: str) -> None:
        self.trace = LabelledTrace(kind)
        self._places: dict[str, list[Range]] = {}
        self._sentences: dict[str, Range] = {}

    def think(self, name: str, *pieces: str | N, gap: str = " ") -> None:
        """A hidden sentence."""
        start = len(self.trace.text)
        for piece in pieces:
            place = self._write(piece)
            if isinstance(piece, N):
                self._places.setdefault(piece.quantity, []).append(place)
        self._sentences[name] = (start, len(self.trace.text))
        self.trace.text += gap

    def close(self) -> None:
        self.trace.hidden = (0, len(self.trace.text))
        self.trace.text += "</think>\n\n"
        self.trace.exposed = (len(self.trace.text), len(self.trace.text))

    def show(self, sources: str, *pieces: str | N, mark: Mark = "supported", gap: str = " ") -> None:
        """An exposed sentence from the hidden ones named, separated by blanks; none: it is from nowhere."""
        start = len(self.trace.text)
        for piece in pieces:
            place = self._write(piece)
            if isinstance(piece, N):
                if piece.quantity == "#":
                    self.trace.labels.append(place)
                else:
                    found = tuple(self._places.get(piece.quantity, ())) if piece.mark != "only exposed" else ()
                    self.trace.numbers.append(GoldNumber(place, piece.mark, found))
        if sources or mark == "only exposed":
            ranges = tuple(self._sentences[name] for name in sources.split())
            self.trace.sentences.append(GoldSentence((start, len(self.trace.text)), mark, ranges))
        self.trace.text += gap

    def done(self, *never_shown: str) -> LabelledTrace:
        """`never_shown`: quantities that the thought works out and the exposed text leaves out."""
        self.trace.exposed = (self.trace.exposed[0], len(self.trace.text))
        self.trace.only_hidden = [self._places[quantity][0] for quantity in never_shown]
        return self.trace

    def _write(self, piece: str | N) -> Range:
        start = len(self.trace.text)
        self.trace.text += piece if isinstance(piece, str) else piece.shown
        return start, len(self.trace.text)

    def noise(self, rng: random.Random, frames: Sequence[tuple[str, str]], *values: int) -> None:
        """Hidden sentences with the same values for things that have nothing to do with the problem."""
        for value in values:
            before, after = rng.choice(frames)
            self.think(
                f"noise {len(self._sentences)}", before, N("noise", str(value)), after, gap=rng.choice((" ", "\n"))
            )
