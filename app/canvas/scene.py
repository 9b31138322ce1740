"""The Focus view as a list of items with places: nodes, steps under way, rollouts. Knows no Qt.

Whatever is drawn as a card is an item with a place of its own in the layout, so nothing can lie on top of anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from app.canvas.faces import Kind
from app.canvas.focus import Interest, focus
from app.canvas.layout import tidy_rows
from engine.events import NodeId, RolledOut
from engine.frames import Branch
from engine.tree import Tree

CARD_WIDTH, CARD_HEIGHT = 224.0, 60.0
COLUMN_GAP, ROW_GAP = 60.0, 14.0

Key: TypeAlias = tuple[Kind, NodeId, int]
"""Identity of an item across layouts: kind, the node it is or belongs to, and its number there."""
Places: TypeAlias = npt.NDArray[np.float64]
"""(items, 2): left and top of every card in px at 100 %."""


@dataclass(frozen=True, slots=True)
class Item:
    """One card to be."""

    key: Key
    parent: int
    """Position of the parent in the scene; -1 for the root."""
    depth: int
    """Columns right of the first card."""
    hidden: int = 0
    """Children without a card."""
    branch: Branch | None = None
    rollout: RolledOut | None = None

    @property
    def node(self) -> NodeId | None:
        """The node whose card this is; None for text under way and rollouts."""
        return self.key[1] if self.key[0] == "node" else None


class Scene:
    """Items, parents before children, and their places."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        self.items = items
        self.index = {item.key: place for place, item in enumerate(items)}
        rows = tidy_rows([item.parent for item in items])
        self.places: Places = np.empty((len(items), 2))
        self.places[:, 0] = [item.depth * (CARD_WIDTH + COLUMN_GAP) for item in items]
        self.places[:, 1] = np.asarray(rows) * (CARD_HEIGHT + ROW_GAP)
        self.parents = np.asarray([item.parent for item in items], dtype=np.intp)

    def of_node(self, node: NodeId | None) -> int | None:
        """Position of a node's card; None if it has none."""
        return None if node is None else self.index.get(("node", node, 0))

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of all cards."""
        if not self.items:
            return 0.0, 0.0, CARD_WIDTH, CARD_HEIGHT
        (left, top), (right, bottom) = self.places.min(axis=0), self.places.max(axis=0)
        return float(left), float(top), float(right) + CARD_WIDTH, float(bottom) + CARD_HEIGHT


def build_scene(
    tree: Tree, interest: Interest, writing: Sequence[Branch] = (), rollouts: Mapping[NodeId, RolledOut] | None = None
) -> Scene:
    """Choose the nodes that matter, put text under way and rollouts beside them, and lay everything out."""
    shown = focus(tree, interest)
    if not shown:
        return Scene()
    guests = _guests(writing, rollouts or {})
    items: list[Item] = []
    waiting = [Item(("node", interest.top, 0), -1, 0)]
    while waiting:
        item = waiting.pop()
        place = len(items)
        if item.node is None:
            items.append(item)
            continue
        node = tree.nodes[item.node]
        children = [] if node.id in interest.folded else [child for child in node.children if child in shown]
        items.append(replace(item, hidden=len(node.children) - len(children)))
        below = [Item(("node", child, 0), place, item.depth + 1) for child in children]
        below += [replace(guest, parent=place, depth=item.depth + 1) for guest in guests.get(node.id, ())]
        waiting.extend(reversed(below))
    return Scene(items)


def _guests(writing: Sequence[Branch], rollouts: Mapping[NodeId, RolledOut]) -> dict[NodeId, list[Item]]:
    """Cards that are no nodes, by the node they stand beside; parent and depth are filled in later."""
    guests: dict[Key, Item] = {}
    for node, rollout in rollouts.items():
        key: Key = ("rollout", node, 0)
        guests[key] = Item(key, -1, 0, rollout=rollout)
    for number, branch in enumerate(writing):
        key = ("rollout", branch.parent, number) if branch.index < 0 else ("writing", branch.parent, branch.index)
        guests[key] = Item(key, -1, 0, branch=branch)
    beside: dict[NodeId, list[Item]] = {}
    for key, item in guests.items():
        beside.setdefault(key[1], []).append(item)
    return beside
