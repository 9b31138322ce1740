"""The small marks on cards: pin, bookmark, note, and what tells siblings apart. Knows no tree."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from app.canvas.faces import Face
from app.canvas.scene import CARD_HEIGHT, CARD_WIDTH
from app.mark_shapes import Mark, draw_mark
from app.theme import Theme

MARK = 7.0
"""Diameter in px of the marks that tell siblings apart."""


def draw_sibling_marks(painter: QPainter, theme: Theme, face: Face, right: float) -> float:
    """● most visits, ○ best value of its siblings, side by side and ending at `right`; returns the width taken."""
    x = right
    for wanted, brush in ((face.best_value, Qt.BrushStyle.NoBrush), (face.most_visits, Qt.BrushStyle.SolidPattern)):
        if wanted:
            x -= MARK + 3
            painter.setPen(QPen(theme.palette.text, 1.4))
            painter.setBrush(QBrush(theme.palette.text, brush))
            painter.drawEllipse(QRectF(x, CARD_HEIGHT - 13 - MARK / 2, MARK, MARK))
    return right - x + (4.0 if x < right else 0.0)


def draw_card_pin(painter: QPainter, theme: Theme, face: Face) -> float:
    """A pin in the right upper corner; returns the width taken."""
    if not face.pinned:
        return 0.0
    draw_pin(painter, theme, QPointF(CARD_WIDTH - 13, 11))
    return 16.0


def draw_pin(painter: QPainter, theme: Theme, head: QPointF) -> None:
    """On whatever ground: with a rim of the background's colour."""
    for colour, rim in ((theme.palette.background, 2.5), (theme.palette.accent, 0.0)):
        painter.setPen(QPen(colour, 1.5 + rim))
        painter.setBrush(colour)
        painter.drawLine(head, head + QPointF(-3.5, 8))
        painter.drawEllipse(head, 3.2, 3.2)


def draw_remarks(painter: QPainter, theme: Theme, face: Face, right: float) -> float:
    """A flag for a bookmark, a sheet for a note, ending at `right`; returns the width taken."""
    kinds = [kind for kind, wanted in ((Mark.BOOKMARK, face.bookmarked), (Mark.NOTE, face.noted)) if wanted]
    for place, kind in enumerate(kinds):
        draw_mark(painter, kind, QPointF(right - 6 - 13 * place, 14), theme)
    return 13.0 * len(kinds)
