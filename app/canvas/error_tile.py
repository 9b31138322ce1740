"""What is painted in place of a tree that could not be painted: a sentence. Knows no tree."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.language import tr
from app.plain_text import one_line
from app.theme import Theme

LONGEST_REASON = 200


def draw_error(painter: QPainter, theme: Theme, window: QRectF, error: Exception) -> None:
    """A tile over the whole window; the painter may be in any state."""
    painter.resetTransform()
    painter.setClipping(False)
    painter.setOpacity(1)
    painter.fillRect(window, theme.palette.background)
    painter.setPen(QPen(theme.palette.bad, 1))
    painter.drawRect(window.adjusted(8, 8, -8, -8))
    painter.setPen(theme.palette.text)
    painter.setFont(theme.ui_font(10))
    words = tr("The tree could not be painted: {reason}. What was recorded is safe.")
    reason = one_line(f"{type(error).__name__}: {error}", LONGEST_REASON)
    centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(window.adjusted(24, 24, -24, -24), centred, words.format(reason=reason))
