"""What stands beside the text: the number of a step, what it is for, and a mark where it is linked. Knows no view."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import chain

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.language import tr
from app.theme import Theme, mix
from app.trace_text.look import (
    FUNCTION_SIGNS,
    FUNCTION_WORDS,
    TINT,
    chip_font,
    function_colour,
    group_colour,
    mark_colour,
)
from app.trace_text.text import MarkKind, Piece, Range, TraceText

BAR = 3
GAP = 6
LINK = 14
"""Width of the place for the mark of links."""
WIDE = 520
"""Pixels of the view from which functions are written out; in a narrower one their signs must do."""


class Spot(Enum):
    """What is at a point of the gutter."""

    NUMBER = 1
    CHIP = 2
    LINK = 3


class Gutter:
    """Its columns: a bar for the group, the number, the function, the link."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._digits = 0
        self._has_chips = self._linked = self._wide = False
        self.width = BAR
        """Pixels."""

    def measure(self, text: TraceText, ranges: Iterable[Range]) -> None:
        """Make room for what the pieces in some ranges of a text have."""
        shown = list(chain.from_iterable(text.pieces_in(start, end) for start, end in ranges))
        most = max([piece.number for piece in shown], default=0)
        self._digits = len(str(most)) if most else 0
        self._has_chips = any(piece.function for piece in shown)
        self._lay_out()

    def fit(self, width: float) -> None:
        """The view has this width."""
        self._wide = width >= WIDE
        self._lay_out()

    @property
    def linked(self) -> bool:
        """Whether there is a column for links."""
        return self._linked

    @linked.setter
    def linked(self, linked: bool) -> None:
        self._linked = linked
        self._lay_out()

    def _lay_out(self) -> None:
        self._font = chip_font(self._theme)
        metrics = QFontMetricsF(self._font)
        self._tall = metrics.height() + 2
        self._number_width = metrics.horizontalAdvance("0" * self._digits) + GAP if self._digits else 0.0
        words = max(metrics.horizontalAdvance(tr(word)) for word in FUNCTION_WORDS.values()) + GAP
        self._chip_width = self._tall + (words if self._wide else 0.0) + GAP if self._has_chips else 0.0
        self.width = round(BAR + self._number_width + self._chip_width + (LINK if self._linked else 0))

    def spot_at(self, x: float) -> Spot | None:
        """What is at a distance from the left edge; None in the text."""
        if x >= self.width:
            return None
        if self._linked and x >= self.width - LINK:
            return Spot.LINK
        return Spot.CHIP if self._has_chips and x >= BAR + self._number_width else Spot.NUMBER

    def paint_bar(self, painter: QPainter, piece: Piece, y: float, height: float) -> None:
        """Beside every row of a piece."""
        painter.fillRect(QRectF(0, y, BAR, height), group_colour(piece.group, self._theme.palette))

    def paint(self, painter: QPainter, piece: Piece, link: MarkKind | None, y: float, height: float) -> None:
        """Beside the first row of a piece."""
        palette = self._theme.palette
        painter.setFont(self._font)
        if piece.number:
            place = QRectF(BAR, y, self._number_width - GAP / 2, height)
            painter.setPen(palette.secondary)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(piece.number))
        if piece.function is not None:
            left = BAR + self._number_width + GAP / 2
            self._paint_chip(painter, piece, QRectF(left, y, self._chip_width - GAP, height))
        if link is not None and self._linked:
            self._paint_link(painter, link, QPointF(self.width - LINK / 2, y + height / 2))

    def _paint_chip(self, painter: QPainter, piece: Piece, place: QRectF) -> None:
        assert piece.function is not None
        palette = self._theme.palette
        tall = min(place.height() - 2, self._tall)
        box = QRectF(place.left(), place.center().y() - tall / 2, place.width(), tall)
        colour = function_colour(piece.function, palette)
        painter.setBrush(mix(palette.background, colour, TINT))
        painter.setPen(QPen(colour, 1.4) if piece.by_hand else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(palette.text)
        sign = QRectF(box.left(), box.top(), self._tall, tall)
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, FUNCTION_SIGNS[piece.function])
        if self._wide:
            words = box.adjusted(sign.width(), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tr(FUNCTION_WORDS[piece.function]))

    def _paint_link(self, painter: QPainter, kind: MarkKind, middle: QPointF) -> None:
        """A ring; filled where the link supports."""
        colour = mark_colour(kind, self._theme.palette)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if kind == "supported" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 3.2, 3.2)
        if kind == "contradicted":
            painter.drawLine(middle + QPointF(-4.5, 4.5), middle + QPointF(4.5, -4.5))
