"""A bar from 0 to 1 with a mark at a threshold. Knows what it is told, nothing else."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language import tr
from app.theme import Theme

HEIGHT = 10
MARK = 2.5
"""Pixels that the threshold's mark stands out above and below."""


class Gauge(QWidget):
    """Full in the colour of what is good once the threshold is reached; the words beside it say the same."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._value, self._threshold = 0.0, 1.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_value(self, value: float, threshold: float) -> None:
        """Both in [0, 1]."""
        self._value, self._threshold = value, threshold
        self.setAccessibleDescription(tr("{value:.3f} of {most:g}").format(value=value, most=threshold))
        self.setToolTip(tr("Confidence {value:.3f} of {most:g}").format(value=value, most=threshold))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        bar = QRectF(self.rect()).adjusted(0.5, MARK, -0.5, -MARK)
        with QPainter(self) as painter:
            painter.fillRect(bar, colours.border)
            reached = self._value >= self._threshold
            full = QRectF(bar.left(), bar.top(), bar.width() * min(1.0, self._value), bar.height())
            painter.fillRect(full, colours.good if reached else colours.accent)
            x = bar.left() + bar.width() * self._threshold
            painter.setPen(QPen(colours.text, 1.5))
            painter.drawLine(QLineF(x, 0, x, self.height()))
