"""A picture of more than the window shows: while the view only pans, it is shifted and not painted again.

Knows no tree. The first picture of a state is painted straight, since a zoom never shows a state twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

BEYOND = 96
"""Pixels beyond each edge of the window that are painted, too."""


class Layer:
    """One picture, of the state it was painted in."""

    def __init__(self) -> None:
        self._seen: Hashable = None
        self._state: Hashable = None
        self._pixmap = QPixmap()
        self._at = QPointF()

    def show(
        self,
        painter: QPainter,
        window: QRectF,
        ratio: float,
        state: Hashable,
        at: QPointF,
        draw: Callable[[QPainter, QRectF, QPointF], None],
    ) -> None:
        """`state` is all that the picture depends on but for `at`, where its origin lies in the window.

        `draw` paints into a rectangle, with the origin at a point of it.
        """
        if state != self._seen:
            self._seen = state
            draw(painter, window, at)
            return
        if state != self._state or not self._covers(at - self._at):
            self._paint(window, ratio, at, draw)
            self._state = state
        corner = window.topLeft() + at - self._at - QPointF(BEYOND, BEYOND)
        painter.save()
        painter.setClipRect(window)
        painter.drawPixmap(QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio), self._pixmap)
        painter.restore()

    def _covers(self, way: QPointF) -> bool:
        return abs(way.x()) <= BEYOND and abs(way.y()) <= BEYOND

    def _paint(
        self, window: QRectF, ratio: float, at: QPointF, draw: Callable[[QPainter, QRectF, QPointF], None]
    ) -> None:
        size = QSizeF(window.width() + 2 * BEYOND, window.height() + 2 * BEYOND)
        pixmap = QPixmap((size * ratio).toSize())
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(ratio)
        with QPainter(pixmap) as painter:
            draw(painter, QRectF(QPointF(), size), at + QPointF(BEYOND, BEYOND))
        self._pixmap, self._at = pixmap, at
