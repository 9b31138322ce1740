"""The cards on screen for screen readers: a tree of items with names, at most a few hundred. Draws nothing.

Only nodes that have a card are exposed, so that a large tree does not become a hundred thousand objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import QAccessibleWidget

from app.announce import announce, present
from app.canvas.faces import Face
from app.language import tr
from app.plain_text import one_line
from engine.events import NodeId

if TYPE_CHECKING:
    from app.canvas.canvas import TreeCanvas

OrNone: TypeAlias = Any
"""What the method says, or None: Qt takes it, but the stubs leave it out."""


def expose(canvas: TreeCanvas) -> None:
    """Let screen readers see the cards of `canvas`, and hear which one is selected."""
    present(type(canvas), AccessibleTree)
    canvas.shown.selection_changed.connect(lambda node: announce(canvas, name_of(canvas, node)))


class AccessibleTree(QAccessibleWidget):
    """The canvas itself: role Tree, one child for each node that has a card, parents first."""

    def __init__(self, canvas: TreeCanvas) -> None:
        super().__init__(canvas, QAccessible.Role.Tree)
        self._canvas = canvas
        self._items: dict[NodeId, AccessibleCard] = {}

    def childCount(self) -> int:
        return len(self._nodes())

    def child(self, index: int) -> OrNone:
        nodes = self._nodes()
        return self._item(nodes[index]) if 0 <= index < len(nodes) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        nodes = self._nodes()
        return nodes.index(child.node) if isinstance(child, AccessibleCard) and child.node in nodes else -1

    def childAt(self, x: int, y: int) -> OrNone:
        node = self._canvas.node_at(QPointF(self._canvas.mapFromGlobal(QPoint(x, y))))
        return None if node is None else self._item(node)

    def focusChild(self) -> OrNone:
        selected = self._canvas.shown.selected
        return self._item(selected) if selected in self._nodes() else None

    def _nodes(self) -> list[NodeId]:
        return [item.node for item in self._canvas.stage.scene.items if item.node is not None]

    def _item(self, node: NodeId) -> AccessibleCard:
        """The same one every time: Qt knows items by their identity."""
        if node not in self._items:
            self._items[node] = AccessibleCard(self, self._canvas, node)
        return self._items[node]


class AccessibleCard(QAccessibleInterface):
    """One card: role TreeItem; its name is all that is written on it."""

    def __init__(self, tree: AccessibleTree, canvas: TreeCanvas, node: NodeId) -> None:
        super().__init__()
        self._tree, self._canvas = tree, canvas
        self.node = node

    def isValid(self) -> bool:
        return self._canvas.stage.face_of(self.node) is not None

    def object(self) -> OrNone:
        return None

    def window(self) -> OrNone:
        return self._canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return self._tree

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> OrNone:
        return None

    def childAt(self, x: int, y: int) -> OrNone:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.TreeItem

    def rect(self) -> QRect:
        """On the screen."""
        place = self._canvas.place_of(self.node)
        return QRect() if place is None else place.toRect().translated(self._canvas.mapToGlobal(QPoint(0, 0)))

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        chosen = self._canvas.shown.selected == self.node
        state.selectable = state.focusable = 1
        state.selected, state.focused = int(chosen), int(chosen and self._canvas.hasFocus())
        return state

    def text(self, what: QAccessible.Text) -> str:
        return name_of(self._canvas, self.node) if what == QAccessible.Text.Name else ""

    def setText(self, what: QAccessible.Text, text: str) -> None:
        """A step cannot be renamed."""

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


def name_of(canvas: TreeCanvas, node: NodeId | None) -> str:
    """What is on a node's card; the step alone of a node without one, and nothing of none."""
    if node is None or node not in canvas.shown.tree.nodes:
        return ""
    face = canvas.stage.face_of(node)
    return one_line(canvas.shown.tree.nodes[node].step) if face is None else card_name(node, face)


def card_name(node: NodeId, face: Face) -> str:
    """A card as a sentence: its text, verdict, numbers, and what its marks mean."""
    marks = (
        (face.most_visits, tr("most visits of its siblings")),
        (face.best_value, tr("best value of its siblings")),
        (face.pinned, tr("pinned")),
        (face.bookmarked, tr("bookmarked")),
        (face.noted, tr("noted")),
        (face.hit, tr("found")),
        (face.stacked, tr("children folded")),
    )
    score = tr("score {score}").format(score=face.pill) if face.pill_place is not None else ""
    parts = (tr("node {node}").format(node=node), face.text, face.tag, face.stats, score)
    return ", ".join([*filter(None, parts), *(words for wanted, words in marks if wanted)])
