"""Marks of things that matter in a run: which kinds there are and how each is drawn, on cards and on the timeline."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from app.theme import Theme

SIZE_PX = 9.0
"""Width and height of a mark."""


class Mark(IntEnum):
    """Kinds, the one that matters most first."""

    CHOSEN = 0
    BOOKMARK = 1
    NOTE = 2
    EDIT = 3
    STOP = 4
    ANSWER = 5


def draw_mark(painter: QPainter, kind: Mark, centre: QPointF, theme: Theme) -> None:
    """One mark around a point. Kinds differ in shape, not in colour alone."""
    colours = theme.palette
    fills = {Mark.BOOKMARK: colours.accent, Mark.CHOSEN: colours.principal, Mark.STOP: colours.bad}
    ink, filled = fills.get(kind, colours.text), kind in fills
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(_shape(kind).translated(centre))


@cache
def _shape(kind: Mark) -> QPainterPath:
    """Around the origin, SIZE_PX wide."""
    path, r = QPainterPath(), SIZE_PX / 2
    match kind:
        case Mark.CHOSEN | Mark.ANSWER:
            points = [(r if k % 2 == 0 else 0.42 * r, pi * k / 5 - pi / 2) for k in range(10)]
            path.addPolygon(QPolygonF([QPointF(length * cos(turn), length * sin(turn)) for length, turn in points]))
            path.closeSubpath()
        case Mark.BOOKMARK:
            path.addPolygon(
                QPolygonF([QPointF(x, y) for x, y in ((-r + 1, r), (-r + 1, -r), (r, -r / 2), (-r + 1, 0))])
            )
        case Mark.NOTE:
            path.addRect(QRectF(-r + 1, -r, 2 * r - 2, 2 * r))
            for y in (-r / 2.5, r / 5):
                path.moveTo(-r + 2.6, y)
                path.lineTo(r - 2.6, y)
        case Mark.EDIT:
            path.addPolygon(QPolygonF([QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0), QPointF(0, -r)]))
        case Mark.STOP:
            path.addEllipse(QPointF(0, 0), r - 1, r - 1)
    return path
