"""The whole tree in a corner, with what the window shows of it; a click or a drag moves the view. Opaque.

A widget of its own over the view. It shows itself only while something lies outside of the window, keeps out of the way
of nodes where it can, and can be put away. Knows no particular mode.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.canvas.channels import colour_table
from app.canvas.icicle_raster import icicle_pixels
from app.canvas.legend import STRIP
from app.canvas.mode import Mode, Seen
from app.canvas.whole import WholeTree
from app.language import tr
from app.theme import Theme

SIZE = QSize(168, 118)
INSET = 5
EDGE = 10
"""Pixels between it and the edges of the view."""
FEWEST = 12
"""A tree of fewer nodes needs no map of itself."""


class MiniMap(QWidget):
    """An icicle of all levels and rows."""

    aimed = Signal(int, float, float)
    """The node nearest to where the user points, its level and the row."""

    def __init__(self, theme: Theme, tree: WholeTree, mode: Callable[[], Mode], view: QWidget) -> None:
        super().__init__(view)
        self._theme, self._tree, self._mode, self._view = theme, tree, mode, view
        self._image: tuple[object, QImage, object] | None = None
        self.wanted = True
        """Whether the user wants it."""
        self.setFixedSize(SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Small map of the whole tree"))
        self.setToolTip(tr("The whole tree; click or drag to look at another part"))
        self.hide()
        theme.changed.connect(self.update)

    def keep_up(self) -> None:
        """What is shown, or what it is shown of, may have changed."""
        self.setVisible(self.wanted and self._tree.count >= FEWEST and not self._mode().seen().everything)
        self.place()
        self.update()

    def place(self) -> None:
        """Go to a corner where no node is: the one where it lies, or else the first in order; or where it belongs."""
        if self.underMouse():
            return
        right = self._view.width() - self.width() - EDGE
        bottom = self._view.height() - round(STRIP) - self.height() - EDGE
        corners = [QPoint(x, y) for x in (right, EDGE) for y in (bottom, EDGE)]
        corners.sort(key=lambda corner: corner != self.pos())
        free = (corner for corner in corners if self._mode().is_free(QRectF(QRect(corner, self.size()))))
        self.move(next(free, QPoint(right, bottom)))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            palette = self._theme.palette
            painter.fillRect(self.rect(), palette.panel)
            painter.drawImage(QPointF(INSET, INSET), self._picture())
            for pen in (QPen(palette.background, 3.5), QPen(palette.accent, 1.5)):  # seen on bands of any colour
                painter.setPen(pen)
                self._draw_seen(painter, self._mode().seen())
            painter.setPen(QPen(palette.edge, 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _draw_seen(self, painter: QPainter, seen: Seen) -> None:
        for node in seen.nodes:
            if node < self._tree.count:
                self._mark(painter, node)
        if seen.area is not None:
            painter.drawRect(self._to_screen(seen.area).intersected(QRectF(self.rect()).adjusted(2, 2, -3, -3)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._aim(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self._aim(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click here is none in the tree below."""

    def _aim(self, point: QPointF) -> None:
        level = max(0.0, (point.x() - INSET) / self._column())
        row = max(0.0, (point.y() - INSET) / self._row())
        levels = self._tree.levels
        place = levels.nearest(min(int(level), levels.count - 1), row)
        if place is not None:
            self.aimed.emit(int(levels.nodes[place]), level, row)

    def _column(self) -> float:
        return (SIZE.width() - 2 * INSET) / max(1, self._tree.layout.levels)

    def _row(self) -> float:
        return (SIZE.height() - 2 * INSET) / max(1, self._tree.layout.rows)

    def _to_screen(self, area: QRectF) -> QRectF:
        return QRectF(
            INSET + area.x() * self._column(),
            INSET + area.y() * self._row(),
            max(3.0, area.width() * self._column()),
            max(3.0, area.height() * self._row()),
        )

    def _mark(self, painter: QPainter, node: int) -> None:
        layout = self._tree.layout
        area = QRectF(int(layout.depth[node]), int(layout.left[node]), 1, int(layout.leaves[node]))
        painter.drawRect(self._to_screen(area))

    def _picture(self) -> QImage:
        """Painted anew only after the tree or the colours have changed."""
        ratio = self.devicePixelRatioF()
        key = self._tree, self._tree.version, self._theme.dark, ratio
        if self._image is None or self._image[0] != key:
            self._image = (key, *self._paint_tree(ratio))
        return self._image[1]

    def _paint_tree(self, ratio: float) -> tuple[QImage, object]:
        """The image and the memory it lies in, which must live as long."""
        tree = self._tree
        width, height = (round((side - 2 * INSET) * ratio) for side in (SIZE.width(), SIZE.height()))
        rows = np.linspace(0, max(1, tree.layout.rows), height + 1)
        step = -(-tree.levels.count // width) or 1
        seen = range(0, tree.levels.count, step)
        edges = [round(level * self._column() * ratio) for level in (*seen, seen[-1] + step)]
        table = colour_table(self._theme, tree.channel)
        background = self._theme.palette.background.rgba()
        pixels = icicle_pixels(tree.levels, tree.blend, seen, rows, edges, width, table, background)
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        return image, pixels
