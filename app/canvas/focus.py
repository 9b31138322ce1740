"""Degree of interest: the few nodes of a large tree that are worth a card (Card & Nation 2002). Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from app.canvas.walks import principal_variation, rank
from engine.events import ROOT, NodeId
from engine.tree import Node, Tree

MOST_CARDS = 300
"""More cards than this are not shown unless a single path is longer."""
ASIDE = 3
"""A long trace may take all cards; then this part of their number comes on top, for what lies beside it."""
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
    top: NodeId = ROOT
    """The node whose subtree is all that is shown."""
    wanted: tuple[NodeId, ...] = ()
    """Nodes that get a card with their traces as long as there is room: pinned ones and hits, most wanted first."""


def focus(tree: Tree, interest: Interest) -> set[NodeId]:
    """The nodes worth a card: connected, with the top. Work is bounded by the cards shown, not by the tree."""
    if not tree.nodes:
        return set()
    top = interest.top
    found: set[NodeId] = {top}
    goals = [node for node in (interest.selected, *interest.active) if node is not None and _trace(tree, node, top)]
    for goal in (*goals, principal_variation(tree, top)[-1]):
        found.update(_trace(tree, goal, top))
    for goal in goals:
        _add(found, _family(tree, goal))
    if interest.selected in goals and (parent := tree.nodes[interest.selected].parent) in found:
        _add(found, _family(tree, parent))
    for node in interest.wanted:
        trace = found.union(_trace(tree, node, top))
        found = trace if len(trace) <= MOST_CARDS else found
    _fill(found, tree, interest)
    for node, count in interest.opened.items():
        if node in found:
            _add(found, _best(tree, node, count))
    return found


def _trace(tree: Tree, node: NodeId, top: NodeId) -> list[NodeId]:
    """From `node` up to `top`; empty for a node that is not born or lies elsewhere."""
    trace: list[NodeId] = []
    for entry in tree.ascend(node) if node in tree.nodes else ():
        trace.append(entry.id)
        if entry.id == top:
            return trace
    return []


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
    most = min(max(interest.cards, len(found) + interest.cards // ASIDE), MOST_CARDS)

    def offer(nodes: Iterable[Node]) -> None:
        for node in nodes:
            heappush(waiting, (-node.visits, bool(node.pruned), node.depth, node.id))

    offer([tree.nodes[interest.top]])
    while waiting:
        *_, node = heappop(waiting)
        if node not in found:
            if len(found) >= most:
                return
            found.add(node)
        if node not in interest.folded:
            offer(tree.children(node))
