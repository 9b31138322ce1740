"""Icicle: every node a band as tall as all that is below it. Nothing is left out, at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from app.canvas.card_marks import MARK
from app.canvas.cards import ink_on
from app.canvas.channels import MISSING, OUT
from app.canvas.faces import sibling_marks
from app.canvas.icicle_raster import icicle_pixels
from app.canvas.whole_marks import Boxes, Guest, draw_guest
from app.canvas.whole_mode import WholeMode
from app.language import mark
from app.plain_text import one_line
from engine.events import ROOT, NodeId

TALL = 14.0
"""Pixels of a band that has a label, where the column is wide enough to write along it."""
TALL_SIDEWAYS = 48.0
"""Pixels of a band in a narrow column, whose label stands on its side."""
WIDE = 72.0
NARROW = 20.0
MOST_LABELS = 160
LONGEST = 60
"""Characters of a step in a label."""
INDENT = 8.0
"""Pixels between the ends of a band and its text and marks, where a frame may be."""
MARK_ROOM = MARK + 4
ENOUGH_TEXT = 64.0
"""Pixels of text that marks must leave."""
ELIDED = Qt.TextElideMode.ElideRight


class IcicleMode(WholeMode):
    name = "icicle"
    title = mark("Icicle")
    help = mark("The whole tree, every step a band as tall as what is below it")
    readable = 160.0, 30.0

    def _draw(self, painter: QPainter, window: QRectF, device_ratio: float) -> None:
        levels = self._visible_levels()
        if not len(levels):
            return
        height, width = round(window.height() * device_ratio), round(window.width() * device_ratio)
        rows = np.linspace(self.camera.row_at(0), self.camera.row_at(height / device_ratio), height + 1)
        edges = [round(self.camera.screen_x(level) * device_ratio) for level in (*levels, levels[-1] + 1)]
        background = self._theme.palette.background.rgba()
        pixels = icicle_pixels(
            self._tree.levels, self._tree.blend, levels, rows, edges, width, self._colours(), background
        )
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(device_ratio)
        painter.drawImage(window.topLeft(), image)
        self._draw_texts(painter, window, levels)

    def _draw_texts(self, painter: QPainter, window: QRectF, levels: range) -> None:
        """Along bands that are wide enough, up along narrow ones that are tall enough."""
        sideways = self.camera.column < WIDE
        if self.camera.column < NARROW:
            return
        tree = self._shown.tree
        bands = {
            int(self._tree.levels.nodes[place]): (place, band)
            for place, band in self._tall_bands(window, levels, TALL_SIDEWAYS if sideways else TALL)
        }
        bands = {node: found for node, found in bands.items() if node in tree.nodes}
        painter.setFont(self._theme.scene_font(8))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBackground(self._theme.palette.background)
        metrics = QFontMetricsF(painter.font())
        marked = sibling_marks(tree, bands)
        for node, (place, band) in bands.items():
            plain = self._set_ink(painter, place)
            marks = [solid for solid, nodes in zip((True, False), marked, strict=True) if node in nodes]
            length = (band.height() if sideways else band.width()) - 2 * INDENT
            if length - len(marks) * MARK_ROOM >= ENOUGH_TEXT:
                _draw_marks(painter, band, marks, plain, sideways)
                length -= len(marks) * MARK_ROOM
            step = tree.started.text if node == ROOT and tree.started is not None else tree.nodes[node].step
            _draw_text(painter, band, metrics.elidedText(one_line(step, LONGEST), ELIDED, length), sideways)

    def _set_ink(self, painter: QPainter, place: int) -> bool:
        """To write on a band; whether it is hatched or dim, so that there is no ground to write on."""
        code = int(self._tree.blend.codes[place])
        plain = code in (MISSING, OUT)
        ground = QColor.fromRgb(int(self._colours()[code]))
        painter.setPen(QPen(self._theme.palette.text if plain else ink_on(ground), 1.4))
        painter.setBackgroundMode(Qt.BGMode.OpaqueMode if plain else Qt.BGMode.TransparentMode)
        return plain

    def _draw_guest(self, painter: QPainter, guest: Guest, device_ratio: float) -> None:
        place = guest.place.adjusted(1, 1, -2, -1)
        draw_guest(painter, self._theme, replace(guest, place=place), place)

    def _tall_bands(self, window: QRectF, levels: range, tall: float) -> list[tuple[int, QRectF]]:
        """Places and the visible parts of bands with room for text, the first levels first."""
        view = self._tree.levels
        found: list[tuple[int, QRectF]] = []
        rows = np.array([self.camera.row_at(0), self.camera.row_at(window.height())])
        runs = view.across(np.array(levels), rows)
        for number, level in enumerate(levels):
            places = np.arange(runs.first[number, 0], runs.last[number, 0])
            top = np.maximum(self.camera.screen_ys(view.left[places].astype(float)), 0)
            bottom = np.minimum(self.camera.screen_ys(view.right[places].astype(float)), window.height())
            for at in np.flatnonzero(bottom - top >= tall).tolist():
                left = max(0.0, self.camera.screen_x(level))
                band = QRectF(left, top[at], self.camera.screen_x(level + 1) - left, bottom[at] - top[at])
                found.append((int(places[at]), band))
            if len(found) > MOST_LABELS:
                break
        return found[:MOST_LABELS]

    def _linked(self) -> bool:
        return False

    def _room(self) -> QSizeF:
        return QSizeF(0, 0)  # bands have labels of their own, and no gaps for others

    # Where things are.

    def node_at(self, point: QPointF) -> NodeId | None:
        level, row = self.camera.level_at(point.x()), self.camera.row_at(point.y())
        place = self._tree.levels.at(int(np.floor(level)), row)
        return None if place is None else int(self._tree.levels.nodes[place])

    def _boxes(self, nodes: npt.NDArray[np.int32]) -> Boxes:
        layout, camera = self._tree.layout, self.camera
        left = camera.column * layout.depth[nodes] + camera.x
        heights = camera.row * layout.leaves[nodes]
        return np.stack((left, camera.screen_ys(layout.left[nodes].astype(float)),
                         np.full(len(nodes), camera.column), heights), axis=1)  # fmt: skip


def _draw_text(painter: QPainter, band: QRectF, text: str, sideways: bool) -> None:
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if not sideways:
        painter.drawText(band.adjusted(INDENT, 0, 0, 0), left, text)
        return
    painter.save()
    painter.translate(band.center())
    painter.rotate(-90)
    painter.drawText(QRectF(-band.height() / 2 + INDENT, -band.width() / 2, band.height(), band.width()), left, text)
    painter.restore()


def _draw_marks(painter: QPainter, band: QRectF, marks: Sequence[bool], plain: bool, sideways: bool) -> None:
    """● most visits (True) and ○ best value (False) where the text of a band ends."""
    ink, ground = painter.pen().color(), painter.background()
    for number, solid in enumerate(marks):
        along = INDENT + MARK / 2 + number * MARK_ROOM
        middle = QPointF(band.center().x(), band.top() + along)
        middle = middle if sideways else QPointF(band.right() - along, band.center().y())
        if plain:
            painter.setBrush(ground)
            painter.drawEllipse(middle, MARK / 2, MARK / 2)
        painter.setBrush(ink if solid else Qt.BrushStyle.NoBrush)
        if solid or not plain:
            painter.drawEllipse(middle, MARK / 2, MARK / 2)
