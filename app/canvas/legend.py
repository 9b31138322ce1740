"""The key to the colours at the left bottom of the canvas. Knows no tree."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPen

from app.theme import Theme

WIDTH, HEIGHT = 212.0, 48.0
INSET = 12.0
"""Distance from the corner of the canvas."""


def legend_box(height: float) -> QRectF:
    """Where the legend lies in a canvas of this height."""
    return QRectF(INSET, height - HEIGHT - INSET, WIDTH, HEIGHT)


def draw_legend(painter: QPainter, theme: Theme, box: QRectF, low: float, high: float) -> None:
    """Opaque, because a half-transparent one over cards could not be read. Says that the ramp is stretched."""
    palette = theme.palette
    painter.setPen(QPen(palette.border, 1))
    painter.setBrush(palette.panel)
    painter.drawRoundedRect(box, 6, 6)
    bar = QRectF(box.x() + 12, box.y() + 9, box.width() - 24, 8)
    ramp = QLinearGradient(bar.topLeft(), bar.topRight())
    for number, colour in enumerate(palette.value_ramp):
        ramp.setColorAt(number / (len(palette.value_ramp) - 1), colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ramp)
    painter.drawRoundedRect(bar, 3, 3)
    text = QRectF(bar.x(), bar.bottom() + 4, bar.width(), box.bottom() - bar.bottom() - 8)
    painter.setPen(palette.secondary)
    painter.setFont(theme.mono_font(8))
    painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{low:.2f}")
    painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{high:.2f}")
    painter.setFont(theme.ui_font(8))
    painter.drawText(text, Qt.AlignmentFlag.AlignCenter, caption(low, high))


def caption(low: float, high: float) -> str:
    """What the ramp shows; stretched ramps say so."""
    return "value Q, PRM" if (low, high) == (0.0, 1.0) else "value Q, PRM (5–95 %)"
