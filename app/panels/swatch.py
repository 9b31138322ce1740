"""Small squares of a value's colour, to stand beside neutral numbers: coloured digits are hard to read."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap

from app.theme import Theme

SWATCH_PX = 9
SWATCH = QSize(SWATCH_PX, SWATCH_PX)


class Swatches:
    """Icons by colour, made once each: a list asks for one per row and repaint."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._icons: dict[int, QIcon] = {}

    def icon(self, value: float | None) -> QIcon:
        """The colour of a value in [0, 1], the same also in a selected row; no square for a missing one."""
        if value is None:
            return QIcon()
        colour = self._theme.value_colour(value)
        if colour.rgba() not in self._icons:
            square = QPixmap(SWATCH)
            square.fill(colour)
            made = QIcon(square)
            made.addPixmap(square, QIcon.Mode.Selected)
            self._icons[colour.rgba()] = made
        return self._icons[colour.rgba()]
