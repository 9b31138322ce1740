"""Icons from SVG files in the theme's colours. Knows no window."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.theme import RESOURCES, Theme


def icon(theme: Theme, name: str) -> QIcon:
    """The icon `resources/icons/NAME.svg` in the theme's colours, also after they change.

    Raises FileNotFoundError for a name that has no file.
    """
    return QIcon(_TintedSvg(theme, _svg(name)))


def app_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(str(RESOURCES / "icons" / "espalier.svg"))


@cache
def _svg(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


class _TintedSvg(QIconEngine):
    """Draws an SVG whose `currentColor` is the theme's text colour at the moment of painting; once for each size."""

    def __init__(self, theme: Theme, svg: str) -> None:
        super().__init__()
        self._theme, self._source = theme, svg
        self._drawn: dict[tuple[int, int, str], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        sharp = rect.size() * painter.device().devicePixelRatioF()
        painter.drawPixmap(QRectF(rect), self.pixmap(sharp, mode, state), QRectF(0, 0, sharp.width(), sharp.height()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        palette = self._theme.palette
        colour = (palette.faint if mode == QIcon.Mode.Disabled else palette.text).name()
        key = size.width(), size.height(), colour
        if key not in self._drawn:
            self._drawn[key] = self._draw(size, colour)
        return self._drawn[key]

    def _draw(self, size: QSize, colour: str) -> QPixmap:
        picture = QPixmap(size)
        if picture.isNull():  # a button that has no room yet
            return picture
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            svg = self._source.replace("currentColor", colour)
            QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
        return picture

    def clone(self) -> QIconEngine:
        return _TintedSvg(self._theme, self._source)
