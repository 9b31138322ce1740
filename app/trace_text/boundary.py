"""The line between hidden and exposed that a person can move: where it is and is going to. Changes no text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.theme import Theme
from app.trace_text.rows_view import RowsView

GRAB = 4
"""Pixels above and below the line at which it can be taken."""
HANDLE = QRectF(0, 0, 34, 12)
FROM_RIGHT = 26


class Boundary:
    """Of one view. It stands above a row, or below the last one."""

    def __init__(self, view: RowsView) -> None:
        self._view = view
        self.offset: int | None = None
        """Where it is, in the whole text; None if there is none."""
        self._wish: int | None = None

    @property
    def moving(self) -> bool:
        return self._wish is not None

    def set(self, offset: int | None) -> None:
        """It is there now."""
        self.offset, self._wish = offset, None

    def cancel(self) -> None:
        """It stays where it was."""
        self._wish = None

    def finish(self) -> int | None:
        """Where it was moved to; None if it was not moved."""
        wish, self._wish = self._wish, None
        return None if wish is None or wish == self.offset else wish

    def take(self) -> None:
        """It is going to be moved."""
        self._wish = self.offset

    def drag_to(self, y: float) -> None:
        """To the edge between two rows nearest to a height of the viewport."""
        lines = self._view.lines()
        if not lines or self.offset is None:
            return
        nearest = min(lines, key=lambda line: abs(line.y - y))
        below = lines[-1].y + self._view.row_height
        self._wish = lines[-1].end if abs(below - y) < abs(nearest.y - y) else nearest.offset

    def step(self, way: int, by_row: bool) -> None:
        """One piece, or one row, up (-1) or down (1)."""
        at = self.offset if self._wish is None else self._wish
        shown = self._view.shown
        if at is None or not len(shown):
            return
        place = shown.place_of(at)
        if by_row:
            number = self._view.rows.number_of(max(0, place - 1)) + 1 if place == len(shown) else None
            number = self._view.rows.number_of(place) if number is None else number
            place = len(shown) if number + way >= self._view.rows.count else self._view.rows.row(number + way).start
        else:
            place = self._piece_from(place, way)
        self._wish = shown.offset_of(place) if place < len(shown) else shown.ranges[-1][1]
        self._view.reveal(place)

    def _piece_from(self, place: int, way: int) -> int:
        shown, text = self._view.shown, self._view.text
        starts = (shown.place_of(piece.start) for piece in text.pieces if shown.shows(piece.start, piece.end))
        if way > 0:
            return next((start for start in starts if start > place), len(shown))
        return max((start for start in starts if start < place), default=0)

    def y(self) -> int | None:
        """Its height in the viewport; None if it is out of sight, or there is none."""
        at = self.offset if self._wish is None else self._wish
        lines = self._view.lines()
        if at is None or not lines:
            return None
        place = self._view.shown.place_of(at)
        if place >= len(self._view.shown):
            last = lines[-1]
            return last.y + self._view.row_height if last.row.end == place else None
        return next((line.y for line in lines if line.row.start <= place < line.row.end), None)

    def is_at(self, point: QPointF) -> bool:
        """Whether the line can be taken at a point of the viewport."""
        y = self.y()
        if y is None:
            return False
        return abs(point.y() - y) <= GRAB or self._handle(y).contains(point)

    def _handle(self, y: float) -> QRectF:
        width = self._view.viewport().width()
        return HANDLE.translated(width - FROM_RIGHT - HANDLE.width(), y - HANDLE.height() / 2)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The line over the rows, with a handle to take it by; dashed while it is being moved."""
        y = self.y()
        if y is None:
            return
        y = max(y, 1)
        colour = theme.palette.accent
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine if self.moving else Qt.PenStyle.SolidLine))
        painter.drawLine(QPointF(0, y), QPointF(self._view.viewport().width(), y))
        handle = self._handle(y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(handle, 5, 5)
        painter.setPen(QPen(theme.palette.on_accent, 1.4))
        for dy in (-2, 2):
            middle = handle.center() + QPointF(0, dy)
            painter.drawLine(middle - QPointF(6, 0), middle + QPointF(6, 0))
