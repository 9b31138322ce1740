"""What each step is worth and who says it, score by score, as `engine.tree` folds it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
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

    def mark(self, node: NodeId, value: float, source: Source) -> tuple[float, int]:
        """What the step is worth after this score, and who says it."""
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

    def mark_all(self, nodes: Sequence[NodeId], values: Sequence[float], source: Source) -> list[tuple[float, int]]:
        """The same for many scores of one source, which is no rule, in order of time."""
        if self._refused or self._by_hand:
            return [self.mark(node, value, source) for node, value in zip(nodes, values, strict=True)]
        said, rank, number = self._said, _RANK[source], _NUMBER[source]
        found = []
        for node, value in zip(nodes, values, strict=True):
            before = said.get(node)
            if before is None or rank <= before[0]:
                said[node] = rank, value
                found.append((value, number))
            else:
                found.append((before[1], _NUMBER[PRECEDENCE[before[0]]]))
        return found

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
