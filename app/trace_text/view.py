"""A trace's text under the user's hands: steps to click, text to select, marks, links and a movable boundary.

The view shows what it is given and says what was done; it changes no trace.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QToolTip

from app.plain_text import as_tool_tip
from app.theme import Theme
from app.trace_text.accessible import AccessibleText, expose
from app.trace_text.boundary import Boundary
from app.trace_text.gutter import Spot
from app.trace_text.marked_view import MarkedView
from app.trace_text.words import tip_of

SCROLL_MS = 40
"""How often a selection that is dragged over the edge scrolls on."""
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


class TraceTextView(MarkedView):
    """`name`: what a screen reader calls it."""

    piece_clicked = Signal(int)
    piece_hovered = Signal(int)
    """-1: none."""
    link_clicked = Signal(int)
    """The mark of a piece's links."""
    boundary_moved = Signal(int)
    """Offset in the whole text to which the boundary was moved."""
    menu_wanted = Signal(QPoint, int)
    """A place on the screen, and the piece there (-1: none)."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme)
        self._boundary = Boundary(self)
        self._boundary_words = ""
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self._pointer = QPointF()
        self._beyond = QTimer(self, interval=SCROLL_MS)
        self._beyond.timeout.connect(self._drag_on)
        self.accessible: AccessibleText | None = None
        self.setAccessibleName(name)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        expose(self)

    # The boundary.

    def set_boundary(self, offset: int | None, words: str = "") -> None:
        """Show the boundary before a character of the whole text, with a tool tip; None: there is none.

        It is moved with the mouse, or with Alt+Up and Alt+Down by pieces, with Shift by rows, until Alt is released;
        Escape leaves it where it was.
        """
        self._boundary.set(offset)
        self._boundary_words = words
        self.viewport().update()

    def paint_over(self, painter: QPainter) -> None:
        self._boundary.paint(painter, self.theme)

    def _finish_boundary(self) -> None:
        moved = self._boundary.finish()
        self.viewport().update()
        if moved is not None:
            self.boundary_moved.emit(moved)

    def takes(self, event: QKeyEvent) -> bool:
        if self._boundary.moving and event.key() == Key.Key_Escape:
            return True
        if self._moves_boundary(event):
            return True
        return super().takes(event)

    def _moves_boundary(self, event: QKeyEvent) -> bool:
        alt = bool(event.modifiers() & ALT)
        return self._boundary.offset is not None and alt and event.key() in (Key.Key_Up, Key.Key_Down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._moves_boundary(event):
            by_row = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._boundary.step(-1 if event.key() == Key.Key_Up else 1, by_row)
            self.viewport().update()
        elif self._boundary.moving and event.key() == Key.Key_Escape:
            self._boundary.cancel()
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_Alt and self._boundary.moving:
            self._finish_boundary()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._boundary.cancel()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != LEFT:
            return
        point = event.position()
        if self._boundary.is_at(point):
            self._boundary.take()
            return
        self._pressed_at, self._dragging = point, False
        if point.x() >= self.gutter.width:
            keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.move_caret(self.place_at(point), keep)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        if self._boundary.moving:
            self._boundary.drag_to(self._pointer.y())
            self.viewport().update()
        elif self._pressed_at is None:
            self._point_at(self._pointer)
        elif self._dragging or self._is_drag(self._pointer):
            self._dragging = True
            self._select_to_pointer()
            inside = 0 <= self._pointer.y() < self.viewport().height()
            self._beyond.stop() if inside else self._beyond.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != LEFT:
            return
        if self._boundary.moving:
            self._finish_boundary()
            return
        pressed, self._pressed_at = self._pressed_at, None
        self._beyond.stop()
        if pressed is not None and not self._dragging:
            self._click(pressed)
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != LEFT:
            return
        point = event.position()
        if point.x() >= self.gutter.width:
            self._anchor, end = self.word_at(self.place_at(point) if (p := self.place_under(point)) is None else p)
            self.move_caret(end, keep=True)
        elif (piece := self._piece_at(point)) is not None:
            self.piece_activated.emit(piece)

    def _is_drag(self, point: QPointF) -> bool:
        pressed = self._pressed_at
        far = QApplication.startDragDistance()
        return pressed is not None and pressed.x() >= self.gutter.width and (point - pressed).manhattanLength() >= far

    def _select_to_pointer(self) -> None:
        self._caret = self.place_at(self._pointer)
        self._told()

    def _drag_on(self) -> None:
        """The pointer is above or below the view: scroll the faster the farther it is."""
        y, height = self._pointer.y(), self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setValue(round(bar.value() + (y if y < 0 else y - height)))
        self._select_to_pointer()

    def _click(self, point: QPointF) -> None:
        piece = self._piece_at(point)
        if piece is None:
            return
        if self.gutter.spot_at(point.x()) == Spot.LINK and piece in self._lit.partners:
            self.link_clicked.emit(piece)
            return
        self.select_piece(piece)
        self.piece_clicked.emit(piece)

    def _piece_at(self, point: QPointF) -> int | None:
        line = self.line_at(point.y())
        return None if line is None else line.piece

    def _point_at(self, point: QPointF) -> None:
        on_boundary = self._boundary.is_at(point)
        in_text = point.x() >= self.gutter.width
        shape = Qt.CursorShape.IBeamCursor if in_text else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(Qt.CursorShape.SplitVCursor if on_boundary else shape)
        self._hover(self._piece_at(point))

    def _hover(self, piece: int | None) -> None:
        if piece != self._lit.hovered:
            self._lit.hovered = piece
            self.viewport().update()
            self.piece_hovered.emit(-1 if piece is None else piece)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        if isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().viewportEvent(event)

    def _tell(self, event: QHelpEvent) -> None:
        point = QPointF(event.pos())
        words = self._boundary_words if self._boundary.is_at(point) else tip_of(self, point)
        if words:
            QToolTip.showText(event.globalPos(), as_tool_tip(words), self.viewport())
        else:
            QToolTip.hideText()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            piece = self.caret_piece()
        else:
            piece = self._piece_at(QPointF(event.pos()))
        self.menu_wanted.emit(event.globalPos(), -1 if piece is None else piece)
