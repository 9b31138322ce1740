"""A whole trace in a few pixels' height: scorer, Monte-Carlo, exact and ratings, a row each. Only shows and points."""

from __future__ import annotations

from math import fsum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.desk.colours import hatch, missing_colour, score_colour
from app.desk.trace.rows import StepRow, Traced
from app.desk.words import sampled_words
from app.language import mark, tr
from app.panels.texts import decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from app.words.rating import rating_words

ROW_PX, GAP_PX, EDGE_PX = 9, 2, 2
WIDEST_PX = 64
"""Of one step: a short trace is not blown up to the width of the window."""
HATCHED_PX = 4
"""From this width on a missing number is hatched; below, hatching would be a smear."""
LINES = (mark("PRM"), mark("Monte-Carlo"), mark("exact"), mark("you"), mark("others"))
EXACT, OTHERS = 2, 4


class TraceStrip(QWidget):
    """Steps from left to right. A click goes to a step."""

    step_chosen = Signal(int)
    """Place of the step, from 0."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[StepRow, ...] = ()
        self._current = -1
        self._low = False
        self._every: tuple[int, ...] = tuple(range(OTHERS))
        """Numbers of the lines that have something to say."""
        self.setAccessibleName(tr("The trace at a glance: PRM, Monte-Carlo, exact and your ratings"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_trace(self, traced: Traced) -> None:
        self._rows = traced.rows
        idle = {EXACT: not traced.solver, OTHERS: not any(row.others for row in traced.rows)}
        self._lay_lines(tuple(number for number in range(len(LINES)) if not idle.get(number)), self._low)

    def set_low(self, low: bool) -> None:
        """Where there is little height the scorer's line alone is shown."""
        self._lay_lines(self._every, low)

    def set_current(self, place: int) -> None:
        self._current = place
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, len(self._lines) * (ROW_PX + GAP_PX) + 2 * EDGE_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def place_at(self, x: float) -> int | None:
        """The step at a place of the widget."""
        at = int((x - self._label_px()) // self._step_px()) if self._rows and x >= self._label_px() else -1
        return at if 0 <= at < len(self._rows) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(event.position())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.place_at(event.pos().x())
            QToolTip.showText(event.globalPos(), "" if at is None else _tip(self._rows[at]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint_names(painter)
            wide, left = self._step_px(), self._label_px()
            for place, row in enumerate(self._rows):
                x = left + place * wide
                self._paint_step(painter, row, x, wide - 1 if wide >= HATCHED_PX else wide)
                if row.is_error:
                    error = QRectF(x - 1, 0, 2, self.height())
                    painter.fillRect(error, self._theme.palette.bad)
            if 0 <= self._current < len(self._rows):
                painter.setPen(self._theme.palette.accent)
                frame = QRectF(left + self._current * wide - 1, 0.5, max(3.0, wide), self.height() - 1)
                painter.drawRect(frame)

    def _paint_names(self, painter: QPainter) -> None:
        painter.setFont(self._theme.ui_font(7))
        painter.setPen(self._theme.palette.secondary)
        for line, number in enumerate(self._lines):
            place = QRectF(0, self._top(line) - 2, self._label_px() - 6, ROW_PX + 4)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tr(LINES[number]))

    def _paint_step(self, painter: QPainter, row: StepRow, x: float, wide: float) -> None:
        exact = None if row.exact is None else float(row.exact)
        mine = None if row.mine is None else (row.mine + 1) / 2
        soft = None if row.sampled is None else row.sampled.soft
        others = fsum((rating + 1) / 2 for _, rating in row.others) / len(row.others) if row.others else None
        said = row.score, soft, exact, mine, others
        for line, number in enumerate(self._lines):
            field, value = QRectF(x, self._top(line), wide, ROW_PX), said[number]
            if value is not None:
                painter.fillRect(field, score_colour(self._theme, value, faded=row.after_error and number == 0))
            elif wide >= HATCHED_PX:
                hatch(painter, field, self._theme)
            else:
                painter.fillRect(field, missing_colour(self._theme))

    @property
    def _lines(self) -> tuple[int, ...]:
        return self._every[:1] if self._low else self._every

    def _lay_lines(self, every: tuple[int, ...], low: bool) -> None:
        if (every, low) != (self._every, self._low):
            self._every, self._low = every, low
            self.updateGeometry()
        self.update()

    def _point(self, place: QPointF) -> None:
        at = self.place_at(place.x())
        if at is not None and at != self._current:
            self.step_chosen.emit(at)

    def _top(self, line: int) -> int:
        return EDGE_PX + line * (ROW_PX + GAP_PX)

    def _label_px(self) -> int:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(tr(name)) for name in LINES) + 4

    def _step_px(self) -> float:
        return min(WIDEST_PX, (self.width() - self._label_px() - 2) / max(1, len(self._rows)))


def _tip(row: StepRow) -> str:
    exact = {True: tr("yes"), False: tr("no"), None: decimal(None)}[row.exact]
    lines = (
        f"{row.number}  {one_line(row.text, 200)}",
        f"{tr('PRM')} {decimal(row.score)}",
        f"{tr('Monte-Carlo')} {sampled_words(row.sampled)}",
        f"{tr('can be solved')}: {exact}",
        f"{tr('you')}: {rating_words(row.mine) or decimal(None)}",
    )
    return as_tool_tip("\n".join(lines))
