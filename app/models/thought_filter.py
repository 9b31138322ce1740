"""Which parts of a trace are shown: by layer, by mark, by what a step is for, by side. Pure; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal

import msgspec

from app.models.thought_claims import Claims, Verdict
from app.trace_text.text import Group, Piece, Range, TraceText, joined
from engine.traces.functions import Function

Layer = Literal["raw", "thought", "summary"]
Side = Literal["both", "hidden", "exposed"]

LAYERS: dict[Layer, frozenset[Group]] = {
    "raw": frozenset({"hidden", "tag", "tool", "summary", "redacted"}),
    "thought": frozenset({"hidden", "redacted"}),
    "summary": frozenset({"summary"}),
}
"""What the hidden column shows: all that the model wrote before and around the answer, its thought alone, or what its
provider tells of the thought."""


class Filter(msgspec.Struct, frozen=True):
    """What is wanted. Nothing given: everything."""

    marks: frozenset[Verdict] = frozenset()
    """Only pieces with a claim of these marks, and those linked with one."""
    functions: frozenset[Function | None] = frozenset()
    """Only hidden steps that are for this; None stands for steps without a label."""
    side: Side = "both"

    @property
    def narrows(self) -> bool:
        """Whether it leaves out any piece (a side is left out as a whole)."""
        return bool(self.marks or self.functions)


def hidden_ranges(
    text: TraceText, claims: Claims, layer: Layer, wanted: Filter, without: Collection[int] = ()
) -> list[Range]:
    """What the hidden column shows, `without` some pieces. A filter leaves steps alone: only they have marks."""
    out = frozenset(without)

    def keeps(number: int, piece: Piece) -> bool:
        if piece.group not in LAYERS[layer] or number in out:
            return False
        if layer == "summary" or not wanted.narrows:
            return True
        if piece.group != "hidden" or (wanted.functions and piece.function not in wanted.functions):
            return False
        return not wanted.marks or not wanted.marks.isdisjoint(claims.verdicts(number))

    return _ranges(text, keeps)


def exposed_ranges(text: TraceText, claims: Claims, wanted: Filter) -> list[Range]:
    """What the exposed column shows: only marks narrow it, since its sentences have no function."""

    def keeps(number: int, piece: Piece) -> bool:
        if piece.group != "exposed":
            return False
        marks = wanted.marks - {"only hidden"}
        return not marks or not marks.isdisjoint(claims.verdicts(number))

    return _ranges(text, keeps)


def _ranges(text: TraceText, keeps: Callable[[int, Piece], bool]) -> list[Range]:
    kept = ((piece.start, piece.end) for number, piece in enumerate(text.pieces) if keeps(number, piece))
    return list(joined(kept))
