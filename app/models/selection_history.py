"""Where the selection has been, to go back and forward like in a browser. Knows no Qt and no tree."""

from __future__ import annotations

from collections.abc import Container

from engine.events import NodeId

LONGEST = 500
"""Nodes that are remembered."""


class SelectionHistory:
    """The nodes that were selected, oldest first, and a place among them.

    Going back or forward passes over nodes that do not exist at the cursor; they are kept for when they do again.
    """

    def __init__(self) -> None:
        self._nodes: list[NodeId] = []
        self._place = -1

    def forget(self) -> None:
        """Another run: its node numbers mean other nodes."""
        self._nodes.clear()
        self._place = -1

    def visit(self, node: NodeId) -> None:
        """A node was selected: what lay ahead is forgotten. To be where one is already is no visit."""
        if self._place >= 0 and self._nodes[self._place] == node:
            return
        del self._nodes[self._place + 1 :]
        self._nodes.append(node)
        del self._nodes[:-LONGEST]
        self._place = len(self._nodes) - 1

    def peek(self, step: int, known: Container[NodeId]) -> NodeId | None:
        """The nearest earlier (`step` -1) or later (+1) node that is in `known`; None if there is none."""
        place = self._next(step, known)
        return None if place is None else self._nodes[place]

    def go(self, step: int, known: Container[NodeId]) -> NodeId | None:
        """Move there; gives the node, or None and stays where it is."""
        place = self._next(step, known)
        if place is None:
            return None
        self._place = place
        return self._nodes[place]

    def _next(self, step: int, known: Container[NodeId]) -> int | None:
        place = self._place + step
        while 0 <= place < len(self._nodes):
            if self._nodes[place] in known:
                return place
            place += step
        return None
