"""The tree on screen and the user's hands on it: mouse, wheel, touchpad and the space bar. Knows no other panel.

All other keys are those of actions (`app.commands.go`, `app.commands.view`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.accessible import AccessibleTree, expose
from app.canvas.hover import HoverPreview
from app.canvas.look import LookedAt
from app.models.shown_run import ShownRun
from app.theme import Theme
from engine.events import NodeId

ZOOM_STEP = 1.2
WHEEL_STEP = 120.0
"""What one notch of a mouse wheel turns, in Qt's eighths of a degree."""
SCROLLED = 0.6
"""Pixels scrolled for one eighth of a degree."""

Keys = Qt.Key


@dataclass(frozen=True)
class Axes:
    """Which way a zoom goes."""

    columns: bool = True
    rows: bool = True


BOTH = Axes()


class TreeCanvas(LookedAt):
    """The view of the shown run that obeys hands."""

    space_tapped = Signal()
    """The space bar was pressed and released without a drag; held, it pans."""

    def __init__(
        self, shown: ShownRun, theme: Theme, parent: QWidget | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(shown, theme, parent, clock)
        self._dragged_from: QPointF | None = None
        self._space = False
        self._panned = False
        self.hover = HoverPreview(self, shown, theme, self.node_at, self.place_of)
        self.hover.pointed.connect(self._point_at)
        self.accessible: AccessibleTree | None = None
        expose(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # What the menus call.

    def fit(self) -> None:
        """Show the whole tree."""
        self.mode.fit()
        self._look_away()

    def fit_selection(self) -> None:
        """Show the selected node with its parent and what is below it."""
        if self.shown.selected is not None:
            self.mode.fit_selection(self.shown.selected)
            self._look_away()

    def zoom_in(self) -> None:
        self._zoom(ZOOM_STEP, QRectF(self.rect()).center())

    def zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP, QRectF(self.rect()).center())

    def reset_zoom(self) -> None:
        """Cards at 100 %."""
        self.mode.actual_size()
        self._look_away()

    def fold(self, node: NodeId | None = None) -> None:
        """Put a node's children away or bring them out; without an argument, the selected node's."""
        node = self.shown.selected if node is None else node
        tree = self.shown.tree
        if node is not None and node in tree.nodes and tree.nodes[node].children:
            self.mode.fold(node)
            self._wake()

    def preview(self) -> None:
        """Show what would follow the selected node, or put that away."""
        self.hover.toggle(self.shown.selected)

    def _look_away(self) -> None:
        """The user chose what to see: the search is not followed any more."""
        self.mode.following = False
        self._show_now()

    def _zoom(self, factor: float, at: QPointF, axes: Axes = BOTH) -> None:
        self.mode.zoom(factor if axes.columns else 1.0, factor if axes.rows else 1.0, at)
        self._look_away()

    def _pan(self, dx: float, dy: float) -> None:
        self.mode.pan(dx, dy)
        self._show_now()

    # Mouse.

    def _point_at(self, node: NodeId | None) -> None:
        if self.mode.point_at(node):
            self.update()

    def node_at(self, point: QPointF) -> NodeId | None:
        """The node under a point of the widget; none on the strip with the legend."""
        return self.mode.node_at(point) if point.y() < self._window().height() else None

    def place_of(self, node: NodeId) -> QRectF | None:
        """Where a node is drawn in the widget; None if it has no place there."""
        return self.mode.place_of(node)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        node = self.node_at(point)
        left = event.button() == Qt.MouseButton.LeftButton
        right = event.button() == Qt.MouseButton.RightButton  # its menu is about the selected step
        if (left or right) and not self._space and node is not None:
            self.shown.select(node)
        elif left and not self._space and point.y() < self._window().height() and self.mode.press(point):
            self._wake()
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
            self.shown.select(None)
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._space else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y() or event.angleDelta().x()  # some systems turn it sideways for Alt or Shift
            self._zoom(ZOOM_STEP ** (turned / WHEEL_STEP), event.position(), _axes(event.modifiers()))
        elif not event.pixelDelta().isNull():
            self._pan(event.pixelDelta().x(), event.pixelDelta().y())
        else:
            way = event.angleDelta()
            sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not way.x()
            way = QPoint(way.y(), 0) if sideways else way
            self._pan(way.x() * SCROLLED, way.y() * SCROLLED)
        event.accept()

    def _held(self) -> bool:
        pressed = self.underMouse() and QApplication.mouseButtons() != Qt.MouseButton.NoButton
        return self._dragged_from is not None or pressed or self.hover.aiming

    # Keys and everything else.

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_space(event):
            event.accept()  # the space bar is ours until it is known whether it is a tap or a drag
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_space(event) and not event.isAutoRepeat():
            self._space, self._panned = True, False
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._space or event.key() != Keys.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
            return
        self._space = False
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if not self._panned:
            self.space_tapped.emit()


def _axes(modifiers: Qt.KeyboardModifier) -> Axes:
    """Shift zooms the rows alone, Alt the columns alone."""
    shift, alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
    if bool(modifiers & shift) == bool(modifiers & alt):
        return BOTH
    return Axes(columns=not modifiers & shift, rows=not modifiers & alt)


def _is_space(event: QKeyEvent) -> bool:
    """The bar alone; with a modifier it is the key of an action."""
    return event.key() == Keys.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier
