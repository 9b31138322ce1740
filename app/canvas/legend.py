"""The strip under the tree: the key to its colours. Knows no tree.

A strip of its own and not a box over the tree, because a box covers cards.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QLinearGradient, QPainter, QPen

from app.theme import Theme

STRIP = 30.0
"""Height in px."""
BAR = 120.0
GAP = 8.0
WIDE_ENOUGH = 560.0
"""In a narrower strip only the ramp is explained."""


def draw_legend(painter: QPainter, theme: Theme, strip: QRectF, low: float, high: float) -> None:
    """From the left: what the colours show, the ramp between its two ends, and what the coloured frame means."""
    palette = theme.palette
    painter.fillRect(strip, palette.panel)
    painter.setPen(QPen(palette.border, 1))
    painter.drawLine(strip.topLeft() + QPointF(0, 0.5), strip.topRight() + QPointF(0, 0.5))
    painter.setFont(theme.ui_font(8))
    painter.setPen(palette.secondary)
    x = strip.left() + 12
    for text in (caption(low, high), f"{low:.2f}"):
        x = _draw_text(painter, strip, x, text) + GAP
    bar = QRectF(x, strip.center().y() - 4, BAR, 8)
    ramp = QLinearGradient(bar.topLeft(), bar.topRight())
    for number, colour in enumerate(palette.value_ramp):
        ramp.setColorAt(number / (len(palette.value_ramp) - 1), colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ramp)
    painter.drawRoundedRect(bar, 3, 3)
    painter.setPen(palette.secondary)
    x = _draw_text(painter, strip, bar.right() + GAP, f"{high:.2f}") + 3 * GAP
    if strip.width() >= WIDE_ENOUGH:
        painter.setPen(QPen(palette.principal, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x, strip.center().y() - 5, 18, 10), 3, 3)
        painter.setPen(palette.secondary)
        _draw_text(painter, strip, x + 18 + GAP, "principal path: the best trace so far")


def _draw_text(painter: QPainter, strip: QRectF, x: float, text: str) -> float:
    """Gives back where the text ends."""
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 1
    painter.drawText(
        QRectF(x, strip.y(), width, strip.height()), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text
    )
    return x + width


def caption(low: float, high: float) -> str:
    """What the ramp shows; stretched ramps say so."""
    return "Value Q, score" if (low, high) == (0.0, 1.0) else "Value Q, score (5–95 %)"
