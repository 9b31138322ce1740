"""A small picture beside the pointer: the step under it, and the principal variation from there. Changes no layout.

It hears the events of the view it lies over and never takes the focus or the mouse. Knows no particular view: one that
can tell which node is under a point, and where that node is drawn, can have it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.canvas.hover_lines import Preview, Row, preview
from app.language import tr
from app.models.shown_run import ShownRun
from app.theme import Theme, mix
from engine.events import NodeId

WIDTH = 340
PAD = 10
GAP = 8
"""Pixels between the preview and what it is about."""
ROW_PAD = 3
MOST_LINES = 9
"""Lines of the step itself; the inspector has all of a longer one."""
OPEN_LINES = 4
"""Lines of the row that the wheel has come to; the others have one."""
AIMING_MS = 250
PLAIN = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_ENDS = (QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Hide, QEvent.Type.Resize)


class HoverPreview(QWidget):
    """Comes when the pointer rests on a node, as a tool tip would; Alt and the wheel step through the variation."""

    pointed = Signal(object)
    """The pointer came to another NodeId, or left: None."""

    def __init__(
        self,
        view: QWidget,
        shown: ShownRun,
        theme: Theme,
        node_at: Callable[[QPointF], NodeId | None],
        place_of: Callable[[NodeId], QRectF | None],
    ) -> None:
        """`node_at` a point of the view; `place_of` a node in the view, None if it is not drawn."""
        super().__init__(view)
        self._view, self._shown, self._theme = view, shown, theme
        self._node_at, self._place_of = node_at, place_of
        self._preview = Preview("", ())
        self._rows: list[QRect] = []
        self._moved = QElapsedTimer()
        self._under: NodeId | None = None
        self.node: NodeId | None = None
        """What it is about; None while it is hidden."""
        self.at = -1
        """The row that the wheel has come to; -1: the node itself."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Preview of the best trace from here"))
        view.setMouseTracking(True)
        view.installEventFilter(self)
        shown.tree_changed.connect(lambda _: self._read())
        shown.run_changed.connect(self.leave)
        shown.selection_changed.connect(lambda _: self.leave())
        self.hide()

    # -- what it shows

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._preview.rows

    @property
    def text(self) -> str:
        return self._preview.text

    @property
    def aiming(self) -> bool:
        """Whether the pointer has just moved over a node: a click may follow, so nothing should move away under it."""
        return self._moved.isValid() and self._moved.elapsed() < AIMING_MS

    def show_node(self, node: NodeId) -> None:
        """Show it beside the node, if that can be seen."""
        place = self._place_of(node)
        if place is None or node not in self._shown.tree.nodes:
            self.leave()
            return
        if node != self.node:
            self.node, self.at = node, -1
        self._read()

    def toggle(self, node: NodeId | None) -> None:
        """Show it beside a node, or put it away: for the keyboard."""
        if node is None or self.node is not None:
            self.leave()
        else:
            self.show_node(node)

    def step(self, by: int) -> None:
        """Go on or back along the variation."""
        self.at = max(-1, min(len(self.rows) - 1, self.at + by))
        self._lay_out()

    def leave(self) -> None:
        self.node, self.at = None, -1
        self.hide()

    # -- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._point_at(QPointF(event.pos()))
        if event.type() in _ENDS:
            self.leave()
            if event.type() == QEvent.Type.Leave:
                self._point(None)
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._follow_pointer(event.position())
        elif isinstance(event, QWheelEvent):
            return self._turn(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.accent, 1))
            painter.setBrush(colours.panel)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
            self._draw(painter, self._text_place(), self._theme.ui_font(9), self.text)
            if self.rows:
                painter.setPen(colours.secondary)
                painter.setFont(self._theme.ui_font(8))
                heading = self._rows[0].adjusted(ROW_PAD, -self._heading_height(), 0, -self._rows[0].height())
                painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, tr("Best trace from here (Alt+wheel steps)"))
            for number, (row, place) in enumerate(zip(self.rows, self._rows, strict=True)):
                self._draw_row(painter, row, place, number == self.at)

    # -- inside

    def _point_at(self, point: QPointF) -> bool:
        node = self._node_at(point)
        if node is None:
            self.leave()
        else:
            self.show_node(node)
        return node is not None

    def _follow_pointer(self, point: QPointF) -> None:
        node = self._node_at(point)
        if node is None:
            self._moved.invalidate()
        else:
            self._moved.start()
        self._point(node)
        if node != self.node:
            self.leave()

    def _point(self, node: NodeId | None) -> None:
        if node != self._under:
            self._under = node
            self.pointed.emit(node)

    def _turn(self, event: QWheelEvent) -> bool:
        """Qt turns the wheel sideways while Alt is held on some systems."""
        if self.node is None or event.modifiers() != Qt.KeyboardModifier.AltModifier:
            self.leave()
            return False
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self.step(-1 if turned > 0 else 1)
        return True

    def _read(self) -> None:
        """Again, because the tree has changed or another node is pointed at."""
        if self.node is None:
            return
        if self.node not in self._shown.tree.nodes:
            self.leave()
            return
        self._preview = preview(self._shown.tree, self.node)
        self.at = min(self.at, len(self.rows) - 1)
        self._lay_out()

    def _lay_out(self) -> None:
        place = None if self.node is None else self._place_of(self.node)
        if place is None:
            self.leave()
            return
        y = self._text_place().bottom() + 1 + (self._heading_height() if self.rows else 0)
        self._rows = []
        for number, row in enumerate(self.rows):
            height = self._height(
                row.text, self._row_font(), self._row_width(row), OPEN_LINES if number == self.at else 1
            )
            self._rows.append(QRect(PAD - ROW_PAD, y, WIDTH - 2 * (PAD - ROW_PAD), height + 2 * ROW_PAD))
            y += height + 2 * ROW_PAD
        self.resize(WIDTH, y + PAD)
        self.move(self._beside(place.toAlignedRect()))
        self.show()
        self.raise_()
        self.update()

    def _beside(self, place: QRect) -> QPoint:
        """Below what it is about, or above it, but within the view."""
        view = self._view.rect()
        y = place.bottom() + GAP
        if y + self.height() > view.bottom() and place.top() - GAP - self.height() >= 0:
            y = place.top() - GAP - self.height()
        return QPoint(
            max(0, min(place.left(), view.right() - self.width())), max(0, min(y, view.bottom() - self.height()))
        )

    def _text_place(self) -> QRect:
        width = WIDTH - 2 * PAD
        return QRect(PAD, PAD, width, self._height(self.text, self._theme.ui_font(9), width, MOST_LINES))

    def _heading_height(self) -> int:
        return QFontMetrics(self._theme.ui_font(8)).height() + PAD

    def _row_font(self) -> QFont:
        return self._theme.ui_font(9)

    def _row_width(self, row: Row) -> int:
        return WIDTH - 2 * PAD - QFontMetrics(self._theme.mono_font(8)).horizontalAdvance(row.numbers) - GAP

    def _height(self, text: str, font: QFont, width: int, most_lines: int) -> int:
        metrics = QFontMetrics(font)
        wanted = metrics.boundingRect(QRect(0, 0, width, 10_000), PLAIN, text).height()
        return max(metrics.lineSpacing(), min(wanted, most_lines * metrics.lineSpacing()))

    def _draw(self, painter: QPainter, place: QRect, font: QFont, text: str) -> None:
        """Wrapped; lines that do not fit are left away whole."""
        painter.save()
        painter.setClipRect(place)
        painter.setFont(font)
        painter.setPen(self._theme.palette.text)
        painter.drawText(place, PLAIN, text)
        painter.restore()

    def _draw_row(self, painter: QPainter, row: Row, place: QRect, current: bool) -> None:
        colours, inside = self._theme.palette, place.adjusted(ROW_PAD, ROW_PAD, -ROW_PAD, -ROW_PAD)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mix(colours.panel, colours.accent, 0.25))
            painter.drawRoundedRect(place, 4, 4)
        width = self._row_width(row)
        if current:
            self._draw(painter, inside.adjusted(0, 0, width - inside.width(), 0),
                       self._row_font(), row.text)  # fmt: skip
        else:
            metrics = QFontMetrics(self._row_font())
            painter.setFont(self._row_font())
            painter.setPen(colours.text)
            line = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line)
        painter.setFont(self._theme.mono_font(8))
        painter.setPen(colours.secondary)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, row.numbers)
