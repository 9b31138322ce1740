"""Where the tokens of a trace end, as far as the policy told them. Pure; knows no Qt."""

from __future__ import annotations

from itertools import accumulate

from engine.events import NodeId
from engine.tokens import TokenRowError, unpack
from engine.traces.spans import Trace
from engine.tree import Tree


class TokenEnds:
    """Of the traces of one run; the rows of a step are read once."""

    def __init__(self) -> None:
        self._lengths: dict[NodeId, tuple[int, ...]] = {}

    def of_thought(self, tree: Tree, node: NodeId, trace: Trace) -> tuple[int, ...]:
        """The offset at which each token of the thought ends; empty if a step of the trace has no row that fits it."""
        lengths: list[int] = []
        for entry in tree.path(node)[1:]:
            if entry.id not in self._lengths:
                self._lengths[entry.id] = _lengths(entry.tokens, entry.step)
            if not self._lengths[entry.id]:
                return ()
            lengths.extend(self._lengths[entry.id])
        hidden = [(span.start, span.end) for span in trace.spans if span.kind == "hidden"]
        ends = accumulate(lengths)
        found: list[int] = []
        place = 0
        for end in ends:
            while place < len(hidden) and hidden[place][1] < end:
                place += 1
            if place < len(hidden) and hidden[place][0] < end:
                found.append(end)
        return tuple(found)


def _lengths(row: bytes, step: str) -> tuple[int, ...]:
    """Of each token in characters; none where the row is damaged or is not that of the step."""
    try:
        lengths = tuple(len(token.text) for token in unpack(row))
    except TokenRowError:
        return ()
    return lengths if sum(lengths) == len(step) else ()
