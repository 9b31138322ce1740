"""What the canvas shows of a tree: which cards, with which faces, folded how. Knows no widget and no time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.canvas.channels import VALUE, Shading
from app.canvas.faces import RAMP_STEPS, Face, Frame, Marks, branch_face, node_face, rollout_face, sibling_marks
from app.canvas.focus import FAMILY, Interest
from app.canvas.scene import Item, Scene, build_scene
from app.canvas.values import ValueRange
from app.canvas.walks import principal_path
from app.models.attention import Attention
from engine.events import NodeId, RolledOut
from engine.frames import Branch
from engine.tree import Node, Tree

CARDS = 32
"""Nodes that get a card for their visits; those at work and around the selection come on top."""
FEW_HITS = 24
"""Hits of a search for text get cards if there are no more than this; more are marked where they have one."""
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
        self.colours: Shading | None = None
        """What the stripes of the cards show; None: the values."""
        self.threshold = 0
        """Values of nodes with fewer visits are faint."""
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
        attention: Attention | None = None,
    ) -> Dressed:
        """The cards for the tree as it is now. Work is bounded by the number of cards."""
        attention = attention or Attention()
        self.opened = {node: count for node, count in self.opened.items() if node in tree.nodes}
        self.folded &= tree.nodes.keys()
        if selected is not None:  # it must be seen, whoever selected it
            self.folded -= {above.id for above in tree.ascend(selected)} - {selected}
        hits = attention.hits if len(attention.hits) <= FEW_HITS else ()
        interest = Interest(
            selected,
            tuple(active),
            frozenset(self.folded),
            self.opened,
            self.cards,
            attention.hoisted(tree),
            (*attention.pinned, *hits),
        )
        scene = build_scene(tree, interest, writing, rollouts)
        principal = set(principal_path(tree))
        nodes = [item.node for item in scene.items]
        out = tree.out(node for node in nodes if node is not None)
        visits = np.asarray([0 if node is None else tree.nodes[node].visits for node in nodes], dtype=float)
        most = np.log1p(visits[0]) if len(visits) and visits[0] else 1.0
        marks = marks_of(tree, [node for node in nodes if node is not None], attention)
        return Dressed(
            scene,
            [self._face(tree, item, selected, principal, marks, out) for item in scene.items],
            np.log1p(visits) / most,
            np.asarray([node in principal for node in nodes], dtype=bool),
            np.asarray([node in out for node in nodes], dtype=bool),
        )

    def _face(
        self, tree: Tree, item: Item, selected: NodeId | None, principal: set[NodeId], marks: Marks, out: set[NodeId]
    ) -> Face:
        if item.branch is not None:
            return branch_face(item.branch)
        if item.rollout is not None:
            return rollout_face(" ".join(item.rollout.steps), item.rollout.value, done=True)
        node = tree.nodes[item.key[1]]
        frame: Frame = "selected" if node.id == selected else "principal" if node.id in principal else "plain"
        face = node_face(tree, node, self.values, frame, item.hidden > 0, marks, node.id in out)
        return striped(face, self.colours, node, self.threshold)


def marks_of(tree: Tree, nodes: Sequence[NodeId], attention: Attention) -> Marks:
    """What the cards of `nodes` wear."""
    return Marks(
        *sibling_marks(tree, nodes), frozenset(attention.pinned), attention.bookmarks, attention.noted,
        attention.found, attention.sought,
    )  # fmt: skip


def striped(face: Face, colours: Shading | None, node: Node, threshold: int) -> Face:
    """The face of a node with a stripe that shows a channel; without one its value, faint after few visits."""
    if colours is None or colours.channel is VALUE:
        return replace(face, faint=0 < node.visits < threshold)
    place = float(colours.place[node.id]) if node.id < len(colours.place) else np.nan
    steps = 1 if colours.channel.kind == "category" else RAMP_STEPS
    return replace(face, stripe=None if np.isnan(place) else round(place * steps), channel=colours.channel.name)


def _children_shown(scene: Scene, node: NodeId) -> int:
    place = scene.of_node(node)
    return sum(item.parent == place and item.node is not None for item in scene.items) if place is not None else 0
