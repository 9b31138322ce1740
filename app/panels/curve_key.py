"""The key of a plot: for each curve how it is drawn, its name, and its value at the cursor. In a row above the plot, so
that it hides nothing. Knows no plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme

SWATCH_PX = 18
GAP_PX = 5
BETWEEN_PX = 14


@dataclass(frozen=True)
class Entry:
    """One curve; without a colour just words."""

    words: str
    colour: QColor | None = None
    dash: Qt.PenStyle | None = Qt.PenStyle.SolidLine
    """None: dots."""


class CurveKey(QWidget):
    """One line; what finds no room is in the tool tip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """All entries in words."""
        return " · ".join(entry.words for entry in self._entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        self.setAccessibleName(self.words)
        self.setToolTip(self.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._theme.ui_font(8.5))
            left = 0.0
            for entry in self._entries:
                left = self._paint(painter, entry, left)

    def _paint(self, painter: QPainter, entry: Entry, left: float) -> float:
        """One entry; where the next one begins."""
        middle = self.height() / 2
        if entry.colour is not None:
            if entry.dash is None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(entry.colour)
                painter.drawEllipse(QPointF(left + SWATCH_PX / 2, middle), 2.5, 2.5)
            else:
                painter.setPen(QPen(entry.colour, 2, entry.dash))
                painter.drawLine(QPointF(left, middle), QPointF(left + SWATCH_PX, middle))
            left += SWATCH_PX + GAP_PX
        metrics = painter.fontMetrics()
        room = max(0.0, self.width() - left)
        words = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, int(room))
        painter.setPen(self._theme.palette.text)
        painter.drawText(QRectF(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        return left + metrics.horizontalAdvance(words) + BETWEEN_PX
