"""What each step is worth and who says it, score by score, as `engine.tree` folds it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from math import nan
from typing import get_args

from engine.events import NodeId, Source
from engine.nodes import PRECEDENCE

SOURCES: tuple[Source, ...] = get_args(Source)
NOBODY = 255
"""In place of an index into SOURCES: nobody said anything."""

_NUMBER = {source: number for number, source in enumerate(SOURCES)}
_RANK = {source: rank for rank, source in enumerate(PRECEDENCE)}
_PERSON, _NEVER = _RANK["person"], len(PRECEDENCE)
_RULE = _NUMBER["rule"]
POLICY = _NUMBER["policy"]


class StepMarks:
    """`mark` a node as often as it is scored."""

    def __init__(self) -> None:
        self._said: dict[NodeId, tuple[int, float]] = {}
        """Rank of whose word counts, and the value."""
        self._by_hand: dict[NodeId, float] = {}
        self._refused: set[NodeId] = set()
        self._highest = _NEVER
        """Rank of the highest source so far."""

    def mark(self, node: NodeId, value: float, source: Source) -> tuple[float, int]:
        """What the step is worth after this score, and who says it."""
        self._highest = min(self._highest, _RANK[source])
        if source == "rule":
            (self._refused.add if value == 0.0 else self._refused.discard)(node)
        said = self._said.get(node)
        if said is None or _RANK[source] <= said[0]:
            said = self._said[node] = _RANK[source], value
        if node in self._refused:
            return 0.0, _RULE
        if node in self._by_hand and said[0] >= _PERSON:
            return self._by_hand[node], _NUMBER["person"]
        return said[1], _NUMBER[PRECEDENCE[said[0]]]

    def mark_all(
        self, nodes: Sequence[NodeId], values: Sequence[float], source: Source
    ) -> tuple[Sequence[float], Sequence[int]]:
        """The same for many scores of one source, which is no rule, in order of time: what each step is worth, and who
        says it."""
        rank, number = _RANK[source], _NUMBER[source]
        if self._refused or self._by_hand or rank > self._highest:
            found = [self.mark(node, value, source) for node, value in zip(nodes, values, strict=True)]
            return [value for value, _ in found], [who for _, who in found]
        self._highest = rank  # nobody else has the last word
        self._said.update(zip(nodes, zip(repeat(rank), values), strict=False))
        return values, [number] * len(nodes)

    def set_by_hand(self, node: NodeId, value: float | None) -> tuple[float, int]:
        """The same after a person set a score, or took it away; nan and NOBODY where nobody says anything."""
        self._by_hand.pop(node, None)
        if value is not None:
            self._by_hand[node] = value
        rank, said = self._said.get(node, (_NEVER, nan))
        if node in self._refused:
            return 0.0, _RULE
        if value is not None and rank >= _PERSON:
            return value, _NUMBER["person"]
        return said, NOBODY if rank == _NEVER else _NUMBER[PRECEDENCE[rank]]
