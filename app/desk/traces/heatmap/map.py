"""The heat map of traces: rows are traces, columns are steps. It is shown arrays and says which trace was asked for.

Arrows move a cursor from cell to cell, Enter or a click shows the trace; Ctrl and the wheel, or Ctrl with + and -, make
rows higher and lower, Ctrl+0 all of them as they were. Knows no session.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from app.announce import announce
from app.desk.traces.heatmap.accessible import expose
from app.desk.traces.heatmap.frame import HEAD_PX, READABLE_PX, Frame
from app.desk.traces.heatmap.keys import moved
from app.desk.traces.heatmap.paint import SMALL, View, paint_map
from app.desk.traces.heatmap.picture import NOTHING_TO_SHOW, Rows, Sheet, colours_of, inks_of, marks_of
from app.language import tr
from app.panels.texts import zoom_step
from app.plain_text import as_tool_tip
from app.theme import Theme

STEP = 1.25
"""What a row becomes higher by one step of zooming."""
NOTCH = 120
"""Of a wheel: eighths of a degree."""
ROWS_A_NOTCH_PX = 48
MEASURED = 100
"""Labels that are measured."""
WIDEST_PX = 180
LEAST = QSize(160, 70)


class HeatMap(QAbstractScrollArea):
    """The widget."""

    trace_chosen = Signal(int)
    """A trace is to be put on the screen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.sheet: Sheet = NOTHING_TO_SHOW
        self.order: Rows = np.arange(0)
        self._places: Rows = np.arange(0)
        """(traces,) the row of each: what `order` says the other way round."""
        self._zoom: float | None = None
        self._labels_px = 0
        self._selected: int | None = None
        self._trace, self._step = 0, 0
        """The cell at the cursor."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Heat map of scores, a row for each trace, a column for each step"))
        self.viewport().setMouseTracking(True)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _: self.viewport().update())
        theme.changed.connect(self._dress)
        self._dress()
        expose(self)

    # what is shown

    def show_sheet(self, sheet: Sheet, order: Rows) -> None:
        """Other traces, or other scores of them; `order` (traces,) from the top row down."""
        self.sheet = sheet
        self._trace = min(self._trace, max(0, sheet.traces - 1))
        self._step = min(self._step, max(0, sheet.longest - 1))
        self._marks = marks_of(sheet.correct, self._theme)
        self._labels_px = self._measured()
        self.set_order(order)

    def set_order(self, order: Rows) -> None:
        """The same rows in another order."""
        self.order = order
        self._places = np.empty_like(order)
        self._places[order] = np.arange(len(order))
        self._lay_out()
        self._describe()

    def select(self, trace: int | None) -> None:
        """Mark the trace that is on the screen, and bring it into sight."""
        self._selected = trace
        if trace is not None and trace < self.sheet.traces:
            self._scroll(self.frame.scroll_to(int(self._places[trace])))
        self.viewport().update()

    @property
    def selected(self) -> int | None:
        return self._selected

    @property
    def cursor_cell(self) -> tuple[int, int] | None:
        """Trace and step at the cursor; None while nothing is shown."""
        return (self._trace, self._step) if self.sheet.traces else None

    @property
    def frame(self) -> Frame:
        """Where everything lies now."""
        seen = self.viewport()
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        rows, columns = self.sheet.traces, self.sheet.longest
        return Frame(seen.width(), seen.height(), rows, columns, self._labels_px, self._zoom, across, down)

    # zooming and scrolling

    def zoom(self, steps: float, at: float | None = None) -> None:
        """Make rows higher by so many steps; the row at `at` (y in the view; the middle) stays there."""
        old = self.frame
        y = (HEAD_PX + old.room / 2 if at is None else at) - HEAD_PX
        place = (old.down + y) / old.row_px
        self._zoom = replace(old, zoom=old.row_px * STEP**steps).row_px
        self._lay_out()
        self.verticalScrollBar().setValue(round(place * self.frame.row_px - y))

    def toggle_whole(self) -> None:
        """All rows in sight; where they are, rows that can be read."""
        frame = self.frame
        self._zoom = READABLE_PX if frame.row_px <= min(frame.whole, READABLE_PX) else 0.0
        self._lay_out()
        if self._selected is not None:
            self.select(self._selected)

    def reset_zoom(self) -> None:
        """Rows as high as at first."""
        self._zoom = None
        self._lay_out()

    def _lay_out(self) -> None:
        frame = self.frame
        across, down = frame.scrolled_px
        for bar, most, page in (
            (self.horizontalScrollBar(), across, frame.width - frame.left),
            (self.verticalScrollBar(), down, frame.room),
        ):
            bar.setRange(0, most)
            bar.setPageStep(max(1, page))
            bar.setSingleStep(max(1, round(frame.row_px)))
        self.viewport().update()

    def _scroll(self, to: tuple[int, int]) -> None:
        self.horizontalScrollBar().setValue(to[0])
        self.verticalScrollBar().setValue(to[1])

    # the cursor

    def move_to(self, row: int, step: int) -> None:
        """Put the cursor on a cell (cut to those there are) and tell of it."""
        if not self.sheet.traces:
            return
        row = min(max(0, row), self.sheet.traces - 1)
        self._trace = int(self.order[row])
        self._step = min(max(0, step), max(0, self.sheet.longest - 1))
        self._scroll(self.frame.scroll_to(row, self._step))
        self._describe()
        announce(self, self.accessibleDescription())
        self.viewport().update()

    def _describe(self) -> None:
        """A screen reader reads the cell at the cursor."""
        known = self.cursor_cell is not None
        self.setAccessibleDescription(self.sheet.tell(self._trace, self._step) if known else "")

    # Qt

    def minimumSizeHint(self) -> QSize:
        return LEAST

    def event(self, event: QEvent) -> bool:
        """Ctrl with + and - are the tree's elsewhere; here they are claimed before the window hears of them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and zoom_step(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tip(event.pos(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = zoom_step(event)
        if steps is not None:
            self.zoom(steps) if steps else self.reset_zoom()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.sheet.traces:
                self.trace_chosen.emit(self._trace)
        elif self.sheet.traces and (to := self._cell_for(event)) is not None:
            self.move_to(*to)
        else:
            super().keyPressEvent(event)

    def _cell_for(self, event: QKeyEvent) -> tuple[int, int] | None:
        """Row and column that a key leads to; None: another key."""
        at = int(self._places[self._trace]), self._step
        ends = self.sheet.traces - 1, int(self.sheet.lengths[self._trace]) - 1
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return moved(Qt.Key(event.key()), ctrl, at, ends, max(1, int(self.frame.room / self.frame.row_px) - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.move_to(*cell)
            self.trace_chosen.emit(self._trace)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(event.angleDelta().y() / NOTCH, event.position().y())
            event.accept()
            return
        pixels = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() * ROWS_A_NOTCH_PX / NOTCH
        sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not pixels.x()
        moved = QPoint(pixels.y(), 0) if sideways else pixels
        for bar, by in ((self.horizontalScrollBar(), moved.x()), (self.verticalScrollBar(), moved.y())):
            bar.setValue(bar.value() - by)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            paint_map(painter, self._view(), self._theme)

    def _view(self) -> View:
        here = self.sheet.traces and self.hasFocus()
        chosen = self._selected if self._selected is not None and self._selected < self.sheet.traces else None
        return View(
            self.sheet,
            self.order,
            self._colours,
            self._inks,
            self._marks,
            self.frame,
            None if chosen is None else int(self._places[chosen]),
            (int(self._places[self._trace]), self._step) if here else None,
        )

    def _cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column; a label stands for the first step."""
        frame = self.frame
        row, column = frame.row_at(place.y()), frame.column_at(place.x())
        if row is None or (column is None and place.x() >= frame.left):
            return None
        return row, column or 0

    def _tip(self, place: QPoint, on_screen: QPoint) -> None:
        cell = self._cell_at(QPointF(place))
        if cell is None:
            QToolTip.hideText()
            return
        words = self.sheet.tell(int(self.order[cell[0]]), cell[1])
        QToolTip.showText(on_screen, as_tool_tip(words), self.viewport(), self.frame.cell(*cell).toAlignedRect())

    def _measured(self) -> int:
        """Width of the widest label, among some from everywhere."""
        metrics = QFontMetrics(self._theme.mono_font(SMALL))
        every = max(1, self.sheet.traces // MEASURED)
        labels = (self.sheet.label(trace) for trace in range(0, self.sheet.traces, every))
        return min(WIDEST_PX, max(map(metrics.horizontalAdvance, labels), default=0) + 12)

    def _dress(self) -> None:
        self._colours, self._inks = colours_of(self._theme), inks_of(self._theme)
        self._marks = marks_of(self.sheet.correct, self._theme)
        self.viewport().update()
