"""The key to a heat map: the ramp from 0 to 1, no score, the first error and what follows it. Knows no scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.colours import hatch, missing_colour, score_colour
from app.desk.traces.heatmap.paint import MARK_WIDTH
from app.language import tr
from app.theme import Theme

BAR_PX, SWATCH_PX, GAP_PX = 70, 16, 5
BETWEEN_PX = 12
STOPS = 9


class HeatKey(QWidget):
    """One line; what finds no room is in the tool tip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        words = [tr("colour: the score, 0 to 1"), *(text for text, _ in self._samples())]
        self.setAccessibleName(" · ".join(words))
        self.setToolTip(" · ".join(words))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(self._theme.ui_font(8.5))
            left = self._ramp(painter)
            for words, draw in self._samples():
                width = SWATCH_PX + GAP_PX + painter.fontMetrics().horizontalAdvance(words)
                if left + width > self.width():
                    return
                draw(painter, QRectF(left, (self.height() - 9) / 2, SWATCH_PX, 9))
                self._write(painter, left + SWATCH_PX + GAP_PX, words)
                left += width + BETWEEN_PX

    def _samples(self) -> Iterator[tuple[str, Callable[[QPainter, QRectF], None]]]:
        yield tr("no score"), self._missing
        yield tr("first below 0.5"), self._error
        yield tr("after it"), self._after

    def _ramp(self, painter: QPainter) -> float:
        """Where the next one begins."""
        left = self._write(painter, 0, "0") + GAP_PX
        bar = QRectF(left, (self.height() - 9) / 2, BAR_PX, 9)
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        for stop in range(STOPS):
            ramp.setColorAt(stop / (STOPS - 1), score_colour(self._theme, stop / (STOPS - 1)))
        painter.fillRect(bar, ramp)
        return self._write(painter, bar.right() + GAP_PX, "1") + BETWEEN_PX

    def _write(self, painter: QPainter, left: float, words: str) -> float:
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(self._theme.palette.secondary)
        painter.drawText(QRectF(left, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        return left + width

    def _missing(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, missing_colour(self._theme))
        hatch(painter, box, self._theme)

    def _error(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, score_colour(self._theme, 0.3))
        painter.fillRect(QRectF(box.left(), box.top(), MARK_WIDTH, box.height()), self._theme.palette.text)

    def _after(self, painter: QPainter, box: QRectF) -> None:
        half = box.width() / 2
        for left, score in ((box.left(), 0.9), (box.left() + half, 0.1)):
            painter.fillRect(QRectF(left, box.top(), half, box.height()), score_colour(self._theme, score, faded=True))
        painter.setPen(QPen(self._theme.palette.border, 1))
        painter.drawRect(box)
