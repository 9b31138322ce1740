"""Four lanes of phases with a scrubber: paints a PhaseLog and says where the user points. Moves no cursor itself."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.panels.phase_log import NO_PHASE, PhaseLog
from app.theme import Theme, mix
from engine.events import PHASES

LANE_NAMES = tuple(f"{number} {phase}" for number, phase in enumerate(PHASES, 1))
"""Numbered as well as coloured: colour alone does not tell them apart for everybody."""
LOWEST_PX, LANE_PX, HIGHEST_PX = 10, 14, 30
"""Of a lane: at least, by preference, and however much room there is."""
MARK_PX = 10
"""Of the square in a lane's colour."""
LANE_GAP_PX = 3
STAR_PX = 14
TRACK_PX = 18
HANDLE_PX = 5.5
MARGIN_PX = 8
WHEEL_NOTCH = 120
"""Eighths of a degree."""


class LaneView(QWidget):
    """Time runs to the right, one pixel column holding one event or many."""

    sought = Signal(int)
    """The user points at this cursor."""
    wheeled = Signal(int)
    """Notches of the wheel, forward in time positive."""

    def __init__(self, theme: Theme, log: PhaseLog) -> None:
        super().__init__()
        self._theme = theme
        self._log = log
        self._cursor = 0
        self._picture: tuple[object, QImage] | None = None
        self._wheel = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline of phases")
        self.setAccessibleDescription(
            "Comma and full stop move by one event, less than and greater than by one iteration"
        )

    def show_log(self, log: PhaseLog, cursor: int) -> None:
        """Paint this log, with the cursor there."""
        self._log, self._cursor = log, cursor
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, STAR_PX + len(PHASES) * (LANE_PX + LANE_GAP_PX) + TRACK_PX)

    @property
    def lane_px(self) -> int:
        """Height of a lane: the lanes share what room there is."""
        room = (self.height() - STAR_PX - TRACK_PX) // len(PHASES) - LANE_GAP_PX
        return min(HIGHEST_PX, max(LOWEST_PX, room))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, STAR_PX + len(PHASES) * (LOWEST_PX + LANE_GAP_PX) + TRACK_PX)

    def cursor_at(self, x: float) -> int:
        """The cursor that a point stands for: an event is shown when the point lies on it."""
        lanes = self._lanes()
        place = (x - lanes.left()) / max(1.0, lanes.width()) * self._log.span
        return max(1, min(int(place) + 1, len(self._log)))

    def x_of(self, cursor: int) -> float:
        """Where a cursor lies: the right end of the latest event shown."""
        lanes = self._lanes()
        return lanes.left() + lanes.width() * cursor / self._log.span

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_names(painter)
            painter.drawImage(self._lanes(), self._lane_picture())
            self._paint_answer(painter)
            self._paint_scrubber(painter)
            if self.hasFocus():
                painter.setPen(QPen(self._theme.palette.accent, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _lanes(self) -> QRectF:
        names = max(map(self._name_metrics().horizontalAdvance, LANE_NAMES)) + LANE_PX + MARGIN_PX
        left = MARGIN_PX + names
        height = len(PHASES) * (self.lane_px + LANE_GAP_PX)
        return QRectF(left, STAR_PX, max(1, self.width() - left - MARGIN_PX - HANDLE_PX), height)

    def _name_metrics(self) -> QFontMetrics:
        font = self._theme.ui_font(8.5)
        font.setBold(True)
        return QFontMetrics(font)

    def _paint_names(self, painter: QPainter) -> None:
        colours = self._theme.palette
        current = self._log.phase_at(self._cursor)
        for lane, name in enumerate(LANE_NAMES):
            top = STAR_PX + lane * (self.lane_px + LANE_GAP_PX)
            painter.fillRect(
                QRectF(MARGIN_PX, top + (self.lane_px - MARK_PX) / 2, MARK_PX, MARK_PX), colours.phases[lane]
            )
            font = self._theme.ui_font(8.5)
            font.setBold(lane == current)
            painter.setFont(font)
            painter.setPen(colours.text if lane == current else colours.secondary)
            where = QRectF(MARGIN_PX + LANE_PX, top, self._lanes().left(), self.lane_px)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _lane_picture(self) -> QImage:
        """The lanes in device pixels, painted anew only when the log, the size or the theme is another."""
        ratio = self.devicePixelRatioF()
        lanes = self._lanes()
        columns, lane, gap = (max(1, round(length * ratio)) for length in (lanes.width(), self.lane_px, LANE_GAP_PX))
        shown = round(columns * self._cursor / self._log.span)
        key = (id(self._log), len(self._log), self._log.span, shown, columns, lane, self._theme.dark)
        if self._picture is None or self._picture[0] != key:
            image = _lane_image(self._log, columns, lane, gap, shown, self._theme)
            self._picture = (key, image)
        return self._picture[1]

    def _paint_answer(self, painter: QPainter) -> None:
        at = self._log.answer_at
        if at is None:
            return
        painter.setFont(self._theme.ui_font(9))
        painter.setPen(self._theme.palette.text)
        painter.drawText(QRectF(self.x_of(at) - 10, 0, 20, STAR_PX), Qt.AlignmentFlag.AlignCenter, "★")

    def _paint_scrubber(self, painter: QPainter) -> None:
        colours = self._theme.palette
        lanes = self._lanes()
        y, x = lanes.bottom() + TRACK_PX / 2, self.x_of(self._cursor)
        for end, colour in ((self.x_of(len(self._log)), colours.edge), (x, colours.accent)):
            painter.setPen(QPen(colour, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QLineF(lanes.left(), y, max(lanes.left(), end), y))
        if not len(self._log):
            return
        painter.setPen(QPen(colours.text, 1))
        painter.drawLine(QLineF(x, lanes.top() - 2, x, y))
        painter.setBrush(colours.text)
        painter.setPen(QPen(colours.panel, 1))
        painter.drawEllipse(QPointF(x, y), HANDLE_PX, HANDLE_PX)

    # pointing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self._log):
            self.sought.emit(self.cursor_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and len(self._log):
            self.sought.emit(self.cursor_at(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._wheel / WHEEL_NOTCH)
        if notches:
            self._wheel -= notches * WHEEL_NOTCH
            self.wheeled.emit(-notches)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def words_at(self, x: float) -> str:
        """What a tool tip says at a point."""
        if not len(self._log):
            return ""
        cursor = self.cursor_at(x)
        words = f"event {cursor:,} · iteration {self._log.iteration_at(cursor):,}"
        phase = self._log.phase_at(cursor)
        if phase != NO_PHASE:
            words += f" · {PHASES[phase]}"
        answer = self._log.answer_at
        if answer is not None and abs(self.x_of(answer) - x) <= STAR_PX / 2:
            words += f" · ★ answer found at event {answer:,}"
        return words


def _lane_image(log: PhaseLog, columns: int, lane: int, gap: int, shown: int, theme: Theme) -> QImage:
    """Bars standing on each lane's floor, as high as the phase's share; columns behind the cursor are faded."""
    shares = log.shares(columns)
    pixels = np.empty((len(shares) * (lane + gap), columns), np.uint32)
    pixels[:] = theme.palette.panel.rgba()
    height_above_floor = np.arange(lane, 0, -1)[:, None]
    for number, row in enumerate(shares):
        heights = np.where(row > 0, np.maximum(2, np.ceil(row * lane)), 0)
        bars = height_above_floor <= heights[None, :]
        colours = np.full(columns, _faded(theme, number).rgba(), np.uint32)
        colours[:shown] = theme.palette.phases[number].rgba()
        top = number * (lane + gap)
        pixels[top : top + lane] = np.where(bars, colours[None, :], pixels[top : top + lane])
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _faded(theme: Theme, phase: int) -> QColor:
    return mix(theme.palette.phases[phase], theme.palette.panel, 0.65)
