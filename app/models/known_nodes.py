"""A tree of which only this is known: which nodes exist, and what was played from them. Knows no Qt.

The rules of `engine.tree.apply` check rare events against it: a log need not be folded to see whether it can be.
"""

from __future__ import annotations

from app.models.births import Births
from engine.events import Event, NodeId, RolledOut
from engine.nodes import Node
from engine.tree import Tree, apply


class KnownNodes(dict[NodeId, Node]):
    """The nodes of one time, each made when somebody asks for it, and not kept."""

    def __init__(self, births: Births) -> None:
        super().__init__()
        self._births = births
        self._rollouts: dict[NodeId, tuple[RolledOut, ...]] = {}
        self._tree = Tree(self)
        self._time = 0

    def check(self, event: Event, time: int) -> None:
        """Raises TreeError if the event does not fit."""
        self._time = time
        apply(event, self._tree)

    def play(self, event: RolledOut) -> None:
        """Of a node that exists."""
        self._rollouts[event.node] = (*self._rollouts.get(event.node, ()), event)

    def __missing__(self, number: NodeId) -> Node:
        if number not in self:
            raise KeyError(number)
        return Node(number, None, "", 0, rollouts=self._rollouts.get(number, ()))

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self._births.exists(number, self._time)

    def __setitem__(self, number: NodeId, node: Node) -> None:
        """Nothing of a node is kept."""
