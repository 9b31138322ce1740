"""One row ready to be drawn, with the x of every character. Knows the row's own characters, no text and no view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from app.trace_text.drawn import Drawn

OnCharacter = QTextLine.CursorPosition.CursorOnCharacter


class Style(NamedTuple):
    """How the characters [start, end) of a row look; later ones go over earlier ones."""

    start: int
    end: int
    format: QTextCharFormat


class RowLayout:
    """Characters are counted from the row's own beginning. Right-to-left text runs within it, from the left edge."""

    def __init__(self, row: str, font: QFont, tab: float, styles: Sequence[Style] = ()) -> None:
        self.drawn = Drawn(row)
        self._layout = QTextLayout(self.drawn.text, font)
        self._layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(tab)
        self._layout.setTextOption(option)
        self._layout.setFormats(self._ranges(styles))
        self._layout.beginLayout()
        self._line = self._layout.createLine()
        self._layout.endLayout()

    @property
    def width(self) -> float:
        return float(self._line.naturalTextWidth()) if self.drawn.text else 0.0

    @property
    def height(self) -> float:
        """Of its highest letters."""
        return float(self._line.height())

    def draw(self, painter: QPainter, at: QPointF, selected: Sequence[Style] = ()) -> None:
        """`at`: the left end of the upper edge. The painter's pen is the colour of plain text."""
        self._layout.draw(painter, at, self._ranges(selected))

    def x_of(self, character: int) -> float:
        """Where the gap before a character is; behind the last one, the row's end."""
        if not self.drawn.text:
            return 0.0
        x: float = self._line.cursorToX(self.drawn.unit_of(character))[0]  # type: ignore[index] # Qt gives x and unit
        return x

    def gap_at(self, x: float) -> int:
        """The gap between characters nearest to x."""
        return self.drawn.nearest(self._line.xToCursor(x)) if self.drawn.text else 0

    def character_at(self, x: float) -> int | None:
        """The character drawn at x; None beside the text."""
        if not 0 <= x < self.width:
            return None
        return self.drawn.character_at(self._line.xToCursor(x, OnCharacter))

    def _ranges(self, styles: Sequence[Style]) -> list[QTextLayout.FormatRange]:
        ranges = []
        for style in styles:
            one = QTextLayout.FormatRange()
            one.start = self.drawn.unit_of(style.start)
            one.length = self.drawn.unit_of(style.end) - one.start
            one.format = style.format
            ranges.append(one)
        return ranges
