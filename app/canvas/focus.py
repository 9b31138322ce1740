"""Degree of interest: the few nodes of a large tree that are worth a card (Card & Nation 2002). Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from app.canvas.walks import principal_path, rank
from engine.events import ROOT, NodeId
from engine.tree import Node, Tree

MOST_CARDS = 300
"""More cards than this are not shown unless a single path is longer."""
FAMILY = 8
"""Children of a node at work, or of the selected node, that are shown whatever their visits."""


@dataclass(frozen=True)
class Interest:
    """What the user and the search are looking at."""

    selected: NodeId | None = None
    active: tuple[NodeId, ...] = ()
    """Nodes that the search works on now."""
    folded: frozenset[NodeId] = frozenset()
    """Nodes whose children the user has put away."""
    opened: Mapping[NodeId, int] = field(default_factory=dict)
    """How many children of a node the user asked to see at least."""
    cards: int = MOST_CARDS
    """Filled up to this many with the most visited nodes."""


def focus(tree: Tree, interest: Interest) -> set[NodeId]:
    """The nodes worth a card: connected, with the root. Work is bounded by the cards shown, not by the tree."""
    if not tree.nodes:
        return set()
    found: set[NodeId] = {ROOT}
    goals = [node for node in (interest.selected, *interest.active) if node in tree.nodes]
    for goal in (*goals, principal_path(tree)[-1]):
        found.update(node.id for node in tree.ascend(goal))
    for goal in goals:
        _add(found, _family(tree, goal))
    if interest.selected in tree.nodes and (parent := tree.nodes[interest.selected].parent) is not None:
        _add(found, _family(tree, parent))
    _fill(found, tree, interest)
    for node, count in interest.opened.items():
        if node in found:
            _add(found, _best(tree, node, count))
    return found


def _add(found: set[NodeId], nodes: Iterable[NodeId]) -> None:
    for node in nodes:
        if len(found) >= MOST_CARDS:
            return
        found.add(node)


def _best(tree: Tree, node: NodeId, count: int) -> list[NodeId]:
    return [child.id for child in sorted(tree.children(node), key=rank)[:count]]


def _family(tree: Tree, node: NodeId) -> list[NodeId]:
    return _best(tree, node, FAMILY)


def _fill(found: set[NodeId], tree: Tree, interest: Interest) -> None:
    """Add the most visited nodes, pruned ones last. A child has at most its parent's visits, so all stay connected."""
    waiting: list[tuple[int, bool, int, NodeId]] = []

    def offer(nodes: Iterable[Node]) -> None:
        for node in nodes:
            heappush(waiting, (-node.visits, bool(node.pruned), node.depth, node.id))

    offer([tree.root])
    while waiting:
        *_, node = heappop(waiting)
        if node not in found:
            if len(found) >= min(interest.cards, MOST_CARDS):
                return
            found.add(node)
        if node not in interest.folded:
            offer(tree.children(node))
