"""A trace as a hosted model would have shown it: its thought blacked out, and revealed step by step. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from app.models.thought_claims import Claims
from app.trace_text.text import Mark, TraceText
from engine.traces.functions import Label
from engine.traces.steps import Step, cut

Told = Literal["nothing", "summary", "count"]
"""What a reader of a hosted model is told of its thought."""

MOST_SENTENCES = 12
"""Of a summary that is put together here."""


class Redaction(msgspec.Struct, frozen=True):
    """What a reader is told, and which pieces were revealed to him."""

    told: Told
    revealed: frozenset[int] = frozenset()

    def revealing(self, pieces: Collection[int]) -> Redaction:
        """The same with more of it revealed."""
        return Redaction(self.told, self.revealed | frozenset(pieces))

    def masked(self, text: TraceText) -> tuple[int, ...]:
        """The pieces that are blacked out, in order."""
        return tuple(number for number in thought_pieces(text) if number not in self.revealed)


class Checkable(msgspec.Struct, frozen=True):
    """What a reader could have checked with what is revealed."""

    revealed: int
    """Steps that can be read."""
    steps: int
    supported: int
    """Claims with a supporting step among those that can be read."""
    of_supported: int
    contradicted: int
    """Contradictions that could have been seen: the step that says otherwise can be read."""
    of_contradicted: int


def thought_pieces(text: TraceText) -> list[int]:
    """The hidden steps, by their pieces."""
    return [number for number, piece in enumerate(text.pieces) if piece.group == "hidden"]


def as_checked(text: TraceText, claims: Claims, revealed: Collection[int]) -> TraceText:
    """The text with those claims marked that a reader of the revealed steps can check, and nothing else."""
    free = frozenset(revealed)
    marks = [
        Mark(place.start, place.end, place.verdict, place.why)
        for place in claims.places
        if not free.isdisjoint(place.partners)
    ]
    return text.with_marks(marks)


def checkable(text: TraceText, claims: Claims, revealed: Collection[int]) -> Checkable:
    """What can be checked by the revealed steps alone."""
    steps = thought_pieces(text)
    free = frozenset(revealed).intersection(steps)
    supported = [place for place in claims.places if place.verdict == "supported"]
    contradicted = [place for place in claims.places if place.verdict == "contradicted"]
    return Checkable(
        len(free),
        len(steps),
        sum(not free.isdisjoint(place.partners) for place in supported),
        len(supported),
        sum(not free.isdisjoint(place.partners) for place in contradicted),
        len(contradicted),
    )


def own_summary(text: str, steps: Sequence[Step], labels: Sequence[Label]) -> tuple[str, ...]:
    """The first sentence of each step that plans: a stand-in for the summary that a provider would give."""
    planning = [step for step, tag in zip(steps, labels, strict=True) if tag.function == "plan"]
    firsts = [cut(text, step.start, step.end)[0] for step in planning[:MOST_SENTENCES]]
    return tuple(" ".join(text[first.start : first.end].split()) for first in firsts)
