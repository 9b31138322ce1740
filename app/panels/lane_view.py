"""Lanes of phases with marks, a scrubber and an overview: paints a PhaseLog and says where the user points.

Moves no cursor itself. However long the log is, a repaint costs what there is to see.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.language import mark, tr
from app.mark_shapes import draw_mark
from app.panels import time_marks
from app.panels.lane_map import LaneMap, Scene
from app.panels.lane_picture import lane_picture
from app.panels.phase_log import NO_PHASE, PhaseLog
from app.panels.time_axis import ZOOM, TimeAxis
from app.plain_text import as_tool_tip
from app.theme import Theme, embolden
from engine.events import PHASES

LANE_NAMES = (mark("1 selection"), mark("2 expansion"), mark("3 simulation"), mark("4 backpropagation"))
"""Numbered as well as coloured: colour alone does not tell them apart for everybody."""
LOWEST_PX, LANE_PX, HIGHEST_PX = 10, 14, 30
"""Of a lane: at least, by preference, and however much room there is."""
SQUARE_PX = 10
"""Of the square in a lane's colour."""
LANE_GAP_PX = 3
STAR_PX = 14
"""Of the row of marks."""
TRACK_PX = 18
OVERVIEW_PX = 8
HANDLE_PX = 5.5
MARGIN_PX = 8
WHEEL_NOTCH = 120
"""Eighths of a degree."""
WHEEL_PAN = 0.1
"""Of the part that is shown, for one notch."""


class LaneView(QWidget):
    """Time runs to the right, one pixel column holding one event or many."""

    sought = Signal(int)
    """The user points at this cursor."""
    wheeled = Signal(int)
    """Notches of the wheel, forward in time positive."""
    ranged = Signal(int, int)
    """The user drags from one cursor to another with Shift."""
    zoomed = Signal()
    """Another part of the run is shown."""

    def __init__(self, theme: Theme, log: PhaseLog) -> None:
        super().__init__()
        self.axis = TimeAxis(log)
        self._theme = theme
        self._scene = Scene()
        self._picture: tuple[object, QImage] | None = None
        self._wheel = 0
        self._anchor: int | None = None
        self._panning = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Timeline of phases"))
        self.setAccessibleDescription(
            tr("Comma and full stop move by one event, less than and greater than by one iteration")
        )

    @property
    def log(self) -> PhaseLog:
        return self.axis.log

    def show_log(self, log: PhaseLog, scene: Scene) -> None:
        """Paint this log; a cursor that moved stays in sight."""
        self.axis.log = log
        if scene.cursor != self._scene.cursor:
            self.axis.reveal(scene.cursor)
        self._scene = scene
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, STAR_PX + len(PHASES) * (LANE_PX + LANE_GAP_PX) + TRACK_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, STAR_PX + len(PHASES) * (LOWEST_PX + LANE_GAP_PX) + TRACK_PX)

    @property
    def lane_px(self) -> int:
        """Height of a lane: the lanes share what room there is."""
        below = TRACK_PX + (OVERVIEW_PX if self.axis.zoomed else 0)
        room = (self.height() - STAR_PX - below) // len(PHASES) - LANE_GAP_PX
        return min(HIGHEST_PX, max(LOWEST_PX, room))

    def cursor_at(self, x: float) -> int:
        """The cursor that a point stands for: an event is shown when the point lies on it."""
        return self._map().cursor_at(x)

    def x_of(self, cursor: int) -> float:
        """Where a cursor lies: the right end of the latest event shown."""
        return self._map().x_of(cursor)

    # the part of the run that is shown

    def zoom(self, notches: float, x: float | None = None) -> None:
        """Show less by so many notches, more if negative; around a point, or around the cursor."""
        around = self.x_of(self._scene.cursor) if x is None else x
        self.axis.zoom(ZOOM**-notches, min(1.0, max(0.0, self._map().share(around))))
        self._show_part()

    def show_all(self) -> None:
        """The whole run."""
        self.axis.show_all()
        self._show_part()

    def _show_part(self) -> None:
        self.update()
        self.zoomed.emit()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_names(painter)
            painter.drawImage(self._lanes(), self._lane_picture())
            self._paint_range(painter)
            self._paint_marks(painter)
            self._paint_scrubber(painter)
            if self.axis.zoomed:
                self._paint_overview(painter)
            if self.hasFocus():
                painter.setPen(QPen(self._theme.palette.accent, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _lanes(self) -> QRectF:
        names = max(self._name_metrics().horizontalAdvance(tr(name)) for name in LANE_NAMES) + LANE_PX + MARGIN_PX
        left = MARGIN_PX + names
        height = len(PHASES) * (self.lane_px + LANE_GAP_PX)
        return QRectF(left, STAR_PX, max(1, self.width() - left - MARGIN_PX - HANDLE_PX), height)

    def _map(self) -> LaneMap:
        return LaneMap(self.axis, self._lanes())

    def _name_metrics(self) -> QFontMetrics:
        font = self._theme.ui_font(8.5)
        embolden(font)
        return QFontMetrics(font)

    def _paint_names(self, painter: QPainter) -> None:
        colours = self._theme.palette
        current = self.log.phase_at(self._scene.cursor)
        for lane, name in enumerate(LANE_NAMES):
            top = STAR_PX + lane * (self.lane_px + LANE_GAP_PX)
            painter.fillRect(
                QRectF(MARGIN_PX, top + (self.lane_px - SQUARE_PX) / 2, SQUARE_PX, SQUARE_PX), colours.phases[lane]
            )
            font = self._theme.ui_font(8.5)
            embolden(font, lane == current)
            painter.setFont(font)
            painter.setPen(colours.text if lane == current else colours.secondary)
            where = QRectF(MARGIN_PX + LANE_PX, top, self._lanes().left(), self.lane_px)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tr(name))

    def _lane_picture(self) -> QImage:
        """The lanes in device pixels, painted anew only when something that is seen in them is another."""
        ratio = self.devicePixelRatioF()
        lanes = self._lanes()
        width, lane, gap = (max(1, round(length * ratio)) for length in (lanes.width(), self.lane_px, LANE_GAP_PX))
        columns = self._map().columns(self._scene, width)
        part = (self.axis.scale, *self.axis.part)
        key = (id(self.log), len(self.log), part, columns, width, lane, self._theme.dark)
        if self._picture is None or self._picture[0] != key:
            shares = self.log.shares(*self.axis.stretches(width))
            self._picture = key, lane_picture(shares, columns, lane, gap, self._theme)
        return self._picture[1]

    def _paint_range(self, painter: QPainter) -> None:
        if self._scene.kept is None:
            return
        first, last = self._scene.kept
        lanes = self._lanes()
        painter.setPen(QPen(self._theme.palette.accent, 1.5))
        ends = (max(lanes.left(), self.x_of(first - 1)), min(lanes.right(), self.x_of(last)))
        if ends[0] > lanes.right() or ends[1] < lanes.left():
            return
        painter.drawLine(QLineF(ends[0], STAR_PX - 1, ends[1], STAR_PX - 1))
        for x in ends:
            painter.drawLine(QLineF(x, STAR_PX - 1, x, lanes.bottom()))

    def _paint_marks(self, painter: QPainter) -> None:
        lanes = self._lanes()
        first = lanes.left() - time_marks.SLOT_PX / 2
        places = self._map().places(self._scene.marks)
        for slot, kind in time_marks.seen(places, first, lanes.right() + time_marks.SLOT_PX / 2).items():
            centre = first + (slot + 0.5) * time_marks.SLOT_PX
            at = time_marks.nearest(places[kind], centre)
            x = centre if at is None else float(places[kind][at])
            draw_mark(painter, kind, QPointF(x, STAR_PX / 2 - 0.5), self._theme)

    def _paint_scrubber(self, painter: QPainter) -> None:
        colours = self._theme.palette
        lanes = self._lanes()
        y, x = lanes.bottom() + TRACK_PX / 2, self.x_of(self._scene.cursor)
        for end, colour in ((self.x_of(len(self.log)), colours.edge), (x, colours.accent)):
            painter.setPen(QPen(colour, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QLineF(lanes.left(), y, min(lanes.right(), max(lanes.left(), end)), y))
        if not len(self.log) or not lanes.left() - 1 <= x <= lanes.right() + 1:
            return
        painter.setPen(QPen(colours.text, 1))
        painter.drawLine(QLineF(x, lanes.top() - 2, x, y))
        painter.setBrush(colours.text)
        painter.setPen(QPen(colours.panel, 1))
        painter.drawEllipse(QPointF(x, y), HANDLE_PX, HANDLE_PX)

    def _overview_rect(self) -> QRectF:
        lanes = self._lanes()
        return QRectF(lanes.left(), lanes.bottom() + TRACK_PX, lanes.width(), OVERVIEW_PX - 2)

    def _paint_overview(self, painter: QPainter) -> None:
        """The whole run as a line, the part that is shown framed on it."""
        where = self._overview_rect()
        painter.fillRect(where, self._theme.palette.border)
        busy = where.width() * self.axis.place_of(len(self.log)) / self.axis.span
        painter.fillRect(QRectF(where.left(), where.top(), busy, where.height()), self._theme.palette.edge)
        first, last = (where.left() + where.width() * place / self.axis.span for place in self.axis.part)
        painter.setPen(QPen(self._theme.palette.accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(first, where.top(), max(4.0, last - first), where.height()), 2, 2)

    # pointing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not len(self.log):
            return
        at = event.position()
        self._panning = self.axis.zoomed and at.y() >= self._overview_rect().top() - 2
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._anchor = self.cursor_at(at.x()) if shift and not self._panning else None
        if self._anchor is None:
            self._point(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and len(self.log):
            self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._anchor, self._panning = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.show_all()

    def _point(self, at: QPointF) -> None:
        if self._panning:
            self.axis.centre(self._map().share(at.x()) * self.axis.span)
            self._show_part()
        elif self._anchor is not None:
            self.ranged.emit(self._anchor, self.cursor_at(at.x()))
        else:
            self.sought.emit(self.cursor_at(at.x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms at the pointer, Shift moves along; the bare wheel moves the cursor."""
        event.accept()
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(turned / WHEEL_NOTCH, event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.axis.pan(-turned / WHEEL_NOTCH * WHEEL_PAN)
            self._show_part()
        else:
            self._wheel += turned
            notches = int(self._wheel / WHEEL_NOTCH)
            if notches:
                self._wheel -= notches * WHEEL_NOTCH
                self.wheeled.emit(-notches)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), as_tool_tip(self.words_at(event.pos().x())), self)
            return True
        return super().event(event)

    def words_at(self, x: float) -> str:
        """What a tool tip says at a point: which event, what it did, and what marks are there."""
        if not len(self.log):
            return ""
        cursor = self.cursor_at(x)
        words = tr("event {event} · iteration {iteration}").format(
            event=f"{cursor:,}", iteration=f"{self.log.iteration_at(cursor):,}"
        )
        phase = self.log.phase_at(cursor)
        if phase != NO_PHASE:
            words += f" · {tr(PHASES[phase])}"
        marks = time_marks.words_near(self._map().places(self._scene.marks), x)
        return "\n".join(filter(None, [words, self._scene.tell(cursor), *marks]))
