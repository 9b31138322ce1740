"""What the user wants to see in a whole tree, and what is being written there: drawn over its nodes. Knows no widget.

A hoisted subtree is one rectangle of the layout, so everything else recedes behind a veil around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from app.canvas.card_marks import draw_pin
from app.canvas.faces import Face
from app.canvas.primitives import draw_sprites
from app.canvas.slots import LEVEL
from app.theme import Theme

Boxes: TypeAlias = npt.NDArray[np.float64]
"""(n, 4) left, top, width, height on the screen."""

VEIL = 0.75
"""How much of the background covers what is not in the hoisted subtree."""
HIT = 8.0
"""Legs in px of the corner that marks a hit."""
CASING = 1.5
"""Pixels of background around a mark, or it is lost on a node of its own colour."""
APART = 4.0
"""Hits that are nearer to each other share a mark."""
WRITTEN = 2.0
"""Pixels of the dashed outline around text under way."""
LOWEST_TEXT, NARROWEST_TEXT = 14.0, 56.0
"""Pixels that text under way needs to be readable."""


@dataclass(frozen=True)
class Guest:
    """Text that is being written below a node."""

    face: Face
    place: QRectF
    """Where its node will be; the parent's own place if that has children already."""
    beside: QRectF | None
    """The parent's place, unless it is the same."""


def draw_veil(painter: QPainter, theme: Theme, window: QRectF, kept: QRectF) -> None:
    """Let everything outside of `kept` recede."""
    colour = QColor(theme.palette.background)
    colour.setAlphaF(VEIL)
    outside = QPainterPath()
    outside.addRect(window)
    outside.addRect(kept.intersected(window))
    painter.fillPath(outside, colour)


def draw_hits(painter: QPainter, theme: Theme, window: QRectF, boxes: Boxes, ratio: float) -> None:
    """A filled corner at the right lower end of each, as cards have it; one for many that share a place."""
    right = boxes[:, 0] + boxes[:, 2]
    bottom = boxes[:, 1] + np.maximum(boxes[:, 3], (boxes[:, 3] + HIT) / 2)
    seen = (right > window.left()) & (right < window.right() + HIT)
    seen &= (bottom > window.top()) & (boxes[:, 1] < window.bottom())
    bottom = np.minimum(bottom[seen], window.bottom())  # of a band that is taller than the window
    keys = np.unique((right[seen] // APART).astype(np.int64) * LEVEL + (bottom // APART).astype(np.int64))
    corners = np.stack((keys // LEVEL, keys % LEVEL), axis=1) * APART
    side = round((HIT + 2 * CASING) * ratio)
    sprites = np.zeros((len(corners), 10))
    sprites[:, :2] = corners - HIT / 2
    sprites[:, 4:6] = side
    sprites[:, 6:8] = 1 / ratio
    sprites[:, 9] = 1
    draw_sprites(painter, sprites, _corner(theme, side, ratio))


def _corner(theme: Theme, side: int, ratio: float) -> QPixmap:
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        painter.translate(CASING, CASING)
        painter.setPen(QPen(theme.palette.background, 2 * CASING, j=Qt.PenJoinStyle.MiterJoin))
        triangle = QPolygonF([QPointF(HIT, 0), QPointF(HIT, HIT), QPointF(0, HIT)])
        painter.drawPolygon(triangle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.palette.accent)
        painter.drawPolygon(triangle)
    return picture


def draw_pins(painter: QPainter, theme: Theme, window: QRectF, places: Sequence[QRectF], inside: bool) -> None:
    """A pin at the right upper corner of each; `inside` it, where there are no gaps between nodes."""
    for place in places:
        if place.intersects(window):
            shift = QPointF(-10, 8) if inside else QPointF(3, -7)
            draw_pin(painter, theme, place.topRight() + shift)


def draw_guest(painter: QPainter, theme: Theme, guest: Guest, text: QRectF) -> None:
    """A dashed outline, and in `text` the end of what is written if there is room for it."""
    painter.setPen(QPen(guest_colour(theme, guest), WRITTEN, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = min(8.0, guest.place.width() / 2, guest.place.height() / 2)
    painter.drawRoundedRect(guest.place, radius, radius)
    if guest.beside is not None and text.height() >= LOWEST_TEXT and text.width() >= NARROWEST_TEXT:
        painter.setFont(theme.scene_font(8))
        painter.setPen(theme.palette.text)
        shown = QFontMetricsF(painter.font()).elidedText(guest.face.text, Qt.TextElideMode.ElideLeft, text.width() - 8)
        painter.drawText(text.adjusted(4, 0, -4, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def draw_guest_edge(painter: QPainter, theme: Theme, guest: Guest) -> None:
    """From the parent to the text."""
    if guest.beside is not None:
        painter.setPen(QPen(guest_colour(theme, guest), 1.4, Qt.PenStyle.DashLine))
        start, end = guest.beside, guest.place
        painter.drawLine(QPointF(start.right(), start.center().y()), QPointF(end.left(), end.center().y()))


def guest_colour(theme: Theme, guest: Guest) -> QColor:
    """That of expansion, or of simulation for a rollout."""
    return theme.palette.phases[1 if guest.face.kind == "writing" else 2]
