"""The tree on screen and the user's hands on it: mouse, wheel, touchpad and keys. Knows no other panel."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.canvas.view import TreeView
from app.canvas.walks import best_child, is_below, next_twin, principal_path, sibling
from app.models.shown_run import ShownRun
from app.node_words import node_tip
from app.plain_text import as_tool_tip
from app.theme import Theme
from engine.events import ROOT, NodeId

ZOOM_STEP = 1.2
WHEEL_STEP = 120.0
"""What one notch of a mouse wheel turns, in Qt's eighths of a degree."""
SCROLLED = 0.6
"""Pixels scrolled for one eighth of a degree."""

Keys = Qt.Key


class TreeCanvas(TreeView):
    """Focus view of the shown run: text cards for the nodes that matter, folds for the rest."""

    space_tapped = Signal()
    """The space bar was pressed and released without a drag; held, it pans."""

    def __init__(
        self, shown: ShownRun, theme: Theme, parent: QWidget | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(shown, theme, parent, clock)
        self._dragged_from: QPointF | None = None
        self._space = False
        self._panned = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._actions = self._key_actions()

    # What the menus call.

    def fit(self) -> None:
        """Show the whole tree."""
        self.stage.camera.fit(self.stage.whole, self._window())
        self._look_away()

    def fit_selection(self) -> None:
        """Show the selected node with its parent and children."""
        rect = self.stage.family_rect(self.shown.selected) if self.shown.selected is not None else None
        if rect is not None:
            self.stage.camera.fit(rect, self._window())
            self._look_away()

    def zoom_in(self) -> None:
        self._zoom(ZOOM_STEP, QRectF(self.rect()).center())

    def zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP, QRectF(self.rect()).center())

    def reset_zoom(self) -> None:
        """Cards at 100 %."""
        self._zoom(1 / self.stage.camera.viewport.scale, QRectF(self.rect()).center())

    def fold(self, node: NodeId | None = None) -> None:
        """Put a node's children away or bring them out; without an argument, the selected node's."""
        node = self.shown.selected if node is None else node
        tree = self.shown.tree
        if node is None or node not in tree.nodes or not tree.nodes[node].children:
            return
        self.stage.content.toggle(node, self.stage.scene)
        selected = self.shown.selected
        if node in self.stage.content.folded and selected is not None and is_below(tree, selected, node):
            self.shown.select(node)
        self._changed()

    def select_nothing(self) -> None:
        """Look at the run as a whole again."""
        self.shown.select(None)

    def select_root(self) -> None:
        self._select(ROOT)

    def select_parent(self) -> None:
        self._walk(lambda node: self.shown.tree.nodes[node].parent)

    def select_child(self) -> None:
        """The most visited child."""
        self._walk(lambda node: best_child(self.shown.tree, node))

    def select_best_child(self) -> None:
        """The most visited child; the same as `select_child`, for people who think of Enter."""
        self.select_child()

    def select_previous_sibling(self) -> None:
        self._walk(lambda node: sibling(self.shown.tree, node, -1))

    def select_next_sibling(self) -> None:
        self._walk(lambda node: sibling(self.shown.tree, node, 1))

    def select_end_of_principal_path(self) -> None:
        path = principal_path(self.shown.tree)
        if path:
            self._select(path[-1])

    def select_twin(self) -> None:
        """The next step that led to the same state as the selected one."""
        if self.shown.selected is not None:
            self._select(next_twin(self.shown.tree, self.shown.selected))

    # Selection.

    def _walk(self, step: Callable[[NodeId], NodeId | None]) -> None:
        """From the selected node; the first key press of all selects the root."""
        selected = self.shown.selected
        target = ROOT if selected is None else step(selected)
        if target is not None:
            self._select(target)

    def _select(self, node: NodeId) -> None:
        if node in self.shown.tree.nodes:
            self._unfold_above(node)
            self.shown.select(node)

    def _unfold_above(self, node: NodeId) -> None:
        above = {ancestor.id for ancestor in self.shown.tree.ascend(node)} - {node}
        self.stage.content.folded -= above

    def _changed(self) -> None:
        self.stage.stale = True
        self._wake()

    def _look_away(self) -> None:
        """The user chose what to see: the search is not followed any more."""
        self.stage.camera.following = False
        self._show_now()

    def _zoom(self, factor: float, at: QPointF) -> None:
        self.stage.camera.zoom(factor, at)
        self._look_away()

    def _pan(self, dx: float, dy: float) -> None:
        self.stage.camera.pan(dx, dy, self.stage.whole, self._window())
        self._show_now()

    # Mouse.

    def node_at(self, point: QPointF) -> NodeId | None:
        """The node whose card is under a point of the widget."""
        picture = self.picture()
        if point.y() >= self._window().height():
            return None  # on the strip with the legend
        places = (place for place, item in enumerate(picture.scene.items) if item.node is not None)
        return next((picture.scene.items[place].node for place in places if picture.card(place).contains(point)), None)

    def fold_at(self, point: QPointF) -> NodeId | None:
        """The node whose "+n" is under a point of the widget."""
        picture = self.picture()
        if point.y() >= self._window().height():
            return None
        places = (place for place, item in enumerate(picture.scene.items) if item.hidden)
        found = (place for place in places if picture.fold_label(place).contains(point))
        return next((picture.scene.items[place].node for place in found), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        fold, node = self.fold_at(point), self.node_at(point)
        left = event.button() == Qt.MouseButton.LeftButton
        right = event.button() == Qt.MouseButton.RightButton  # its menu is about the selected step
        if (left or right) and not self._space and node is not None:
            self.shown.select(node)
        elif left and not self._space and fold is not None:
            self.stage.content.show_more(fold, self.stage.scene)
            self._changed()
        elif left or event.button() == Qt.MouseButton.MiddleButton:
            self._dragged_from = point
            self._panned = self._panned and self._space
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self.node_at(event.position())
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            self.fold(node)
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            way = event.position() - self._dragged_from
            self._dragged_from = event.position()
            self._panned = True
            self._pan(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._dragged_from is not None and not self._panned and not self._space
        self._dragged_from = None
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            self.select_nothing()
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._space else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(ZOOM_STEP ** (event.angleDelta().y() / WHEEL_STEP), event.position())
        elif not event.pixelDelta().isNull():
            self._pan(event.pixelDelta().x(), event.pixelDelta().y())
        else:
            turned = event.angleDelta()
            sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not turned.x()
            turned = QPoint(turned.y(), 0) if sideways else turned
            self._pan(turned.x() * SCROLLED, turned.y() * SCROLLED)
        event.accept()

    def _held(self) -> bool:
        return self._dragged_from is not None or (
            self.underMouse() and QApplication.mouseButtons() != Qt.MouseButton.NoButton
        )

    # Keys and everything else.

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tool_tip(event)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1 + event.value(), event.position())
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Keys.Key_Space
        ):
            event.accept()  # the space bar is ours until it is known whether it is a tap or a drag
            return True
        return super().event(event)

    def _show_tool_tip(self, event: QHelpEvent) -> None:
        node = self.node_at(QPointF(event.pos()))
        if node in self.shown.tree.nodes:
            tree = self.shown.tree
            QToolTip.showText(event.globalPos(), as_tool_tip(node_tip(tree, tree.nodes[node])), self)
        else:
            QToolTip.hideText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Keys.Key_Space and not event.isAutoRepeat():
            self._space, self._panned = True, False
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        others = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        action = None if others else self._actions.get((event.key(), shift))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Keys.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
            return
        self._space = False
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if not self._panned:
            self.space_tapped.emit()

    def _key_actions(self) -> dict[tuple[int, bool], Callable[[], None]]:
        """By key and whether Shift is down."""
        return {
            (Keys.Key_Left, False): self.select_parent,
            (Keys.Key_H, False): self.select_parent,
            (Keys.Key_Right, False): self.select_child,
            (Keys.Key_L, False): self.select_child,
            (Keys.Key_Return, False): self.select_best_child,
            (Keys.Key_Enter, False): self.select_best_child,
            (Keys.Key_Up, False): self.select_previous_sibling,
            (Keys.Key_K, False): self.select_previous_sibling,
            (Keys.Key_Down, False): self.select_next_sibling,
            (Keys.Key_J, False): self.select_next_sibling,
            (Keys.Key_Escape, False): self.select_nothing,
            (Keys.Key_Home, False): self.select_root,
            (Keys.Key_End, False): self.select_end_of_principal_path,
            (Keys.Key_C, False): self.fold,
            (Keys.Key_F, False): self.fit,
            (Keys.Key_F, True): self.fit_selection,
            (Keys.Key_1, False): self.reset_zoom,
            (Keys.Key_Plus, False): self.zoom_in,
            (Keys.Key_Plus, True): self.zoom_in,
            (Keys.Key_Minus, False): self.zoom_out,
        }
