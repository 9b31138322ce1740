"""What the canvas shows of a tree: which cards, with which faces, folded how. Knows no widget and no time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.canvas.faces import Face, Frame, node_face, rollout_face, writing_face
from app.canvas.focus import FAMILY, Interest
from app.canvas.scene import Item, Scene, build_scene
from app.canvas.values import ValueRange
from app.canvas.walks import principal_path
from engine.events import NodeId, RolledOut
from engine.frames import Branch
from engine.tree import Tree

CARDS = 32
"""Nodes that get a card for their visits; those at work and around the selection come on top."""
MORE = 5
"""Children that one click on "+n" brings out."""


@dataclass(frozen=True)
class Dressed:
    """A scene with all that is drawn on it, item by item."""

    scene: Scene
    faces: list[Face]
    weights: npt.NDArray[np.float64]
    """log(1 + N) / log(1 + N of the root), 0..1; 0 for cards that are no nodes."""
    principal: npt.NDArray[np.bool_]
    out: npt.NDArray[np.bool_]
    """Whether it, or one above it, is pruned."""


class Content:
    """Folds and value range of one run on screen; turns its tree into cards."""

    def __init__(self, cards: int = CARDS) -> None:
        self.cards = cards
        self.values = ValueRange()
        self.folded: set[NodeId] = set()
        self.opened: dict[NodeId, int] = {}

    def forget(self) -> None:
        """Another run: its node numbers mean other nodes."""
        self.values = ValueRange()
        self.folded.clear()
        self.opened.clear()

    def toggle(self, node: NodeId, scene: Scene) -> None:
        """Put the children of `node` away, or bring them out."""
        if node in self.folded:
            self.folded.remove(node)
        elif _children_shown(scene, node):
            self.folded.add(node)
        else:
            self.opened[node] = FAMILY

    def show_more(self, node: NodeId, scene: Scene) -> None:
        """Bring out the children that were put away, or a few more of those that found no room."""
        if node in self.folded:
            self.folded.remove(node)
        else:
            self.opened[node] = _children_shown(scene, node) + MORE

    def dress(
        self,
        tree: Tree,
        selected: NodeId | None = None,
        active: Iterable[NodeId] = (),
        writing: Sequence[Branch] = (),
        rollouts: Mapping[NodeId, RolledOut] | None = None,
    ) -> Dressed:
        """The cards for the tree as it is now. Work is bounded by the number of cards."""
        self.opened = {node: count for node, count in self.opened.items() if node in tree.nodes}
        self.folded &= tree.nodes.keys()
        interest = Interest(selected, tuple(active), frozenset(self.folded), self.opened, self.cards)
        scene = build_scene(tree, interest, writing, rollouts)
        principal = set(principal_path(tree))
        nodes = [item.node for item in scene.items]
        visits = np.asarray([0 if node is None else tree.nodes[node].visits for node in nodes], dtype=float)
        most = np.log1p(visits[0]) if len(visits) and visits[0] else 1.0
        return Dressed(
            scene,
            [self._face(tree, item, selected, principal) for item in scene.items],
            np.log1p(visits) / most,
            np.asarray([node in principal for node in nodes], dtype=bool),
            np.asarray([node is not None and tree.is_out(node) for node in nodes], dtype=bool),
        )

    def _face(self, tree: Tree, item: Item, selected: NodeId | None, principal: set[NodeId]) -> Face:
        if item.branch is not None:
            if item.key[0] == "writing":
                return writing_face(item.branch.text)
            return rollout_face(item.branch.text, None, done=False)
        if item.rollout is not None:
            return rollout_face(" ".join(item.rollout.steps), item.rollout.value, done=True)
        node = tree.nodes[item.key[1]]
        frame: Frame = "selected" if node.id == selected else "principal" if node.id in principal else "plain"
        return node_face(tree, node, self.values, frame, stacked=item.hidden > 0)


def _children_shown(scene: Scene, node: NodeId) -> int:
    place = scene.of_node(node)
    return sum(item.parent == place and item.node is not None for item in scene.items) if place is not None else 0
