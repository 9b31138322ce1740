"""Map: the whole tree as nodes and links. Pixels from afar, dots nearer, text cards from close by."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from app.canvas.cards import CardPictures
from app.canvas.channels import MISSING
from app.canvas.content import marks_of, striped
from app.canvas.faces import Face, Frame, node_face, sibling_marks
from app.canvas.lod import Places, Runs
from app.canvas.map_edges import Lines, near_edges, run_edges
from app.canvas.overlays import LABEL_HEIGHT
from app.canvas.primitives import draw_lines, draw_sprites
from app.canvas.scene import CARD_HEIGHT, CARD_WIDTH, COLUMN_GAP, ROW_GAP
from app.canvas.sprites import Sprites
from app.canvas.values import ValueRange
from app.canvas.whole import WholeTree
from app.canvas.whole_marks import Boxes, Guest, draw_guest, draw_guest_edge
from app.canvas.whole_mode import WholeMode
from app.language import mark
from app.models.shown_run import ShownRun
from app.theme import Theme
from engine.events import NodeId

DOTS = 2.0
"""Pixels per row from which nodes are dots; below, all that share a pixel are one."""
FADE_IN = 44.0, 64.0
"""Pixels per row between which cards fade in."""
CARD_COLUMN = 200.0, 250.0
"""Pixels per level between which cards fade in."""
ALL_CURVES = 3000
"""With more edges than this they are straight and not smoothed."""
SCALES = 20
"""Cards are drawn at this many sizes, so that a zoom does not draw each anew in every frame."""
ROOM_FOR_MARKS = 16.0
"""Pixels per row from which dots tell the most visited from the best valued."""


class MapMode(WholeMode):
    name = "map"
    title = mark("Map")
    help = mark("The whole tree, every step a dot; text when you come close")
    readable = largest = CARD_WIDTH + COLUMN_GAP, CARD_HEIGHT + ROW_GAP

    def __init__(self, shown: ShownRun, theme: Theme, tree: WholeTree, clock: Callable[[], float]) -> None:
        super().__init__(shown, theme, tree, clock)
        self._cards = CardPictures(theme)
        self._sprites: tuple[object, Sprites] | None = None
        self._faces: dict[tuple[NodeId, str], Face] = {}
        self._pixels = np.empty((0, 0), np.uint32)
        self.drawn = 0
        """Nodes, or runs of nodes, in the last picture."""

    def rebuild(self) -> None:
        super().rebuild()
        self._faces.clear()  # other nodes may be selected, found or pinned now

    # Painting.

    def _draw(self, painter: QPainter, window: QRectF, device_ratio: float) -> None:
        levels = self._visible_levels()
        if not len(levels):
            return
        if self.camera.row < DOTS:
            self._draw_runs(painter, window, levels, device_ratio)
        else:
            self._draw_nodes(painter, window, levels, device_ratio)

    def _draw_runs(self, painter: QPainter, window: QRectF, levels: range, ratio: float) -> None:
        """One glyph for all nodes of a level that share a pixel, and one edge to the first of them."""
        height, width = round(window.height() * ratio), round(window.width() * ratio)
        runs = self._tree.levels.pixels(levels, self.camera.row_at(0), 1 / (self.camera.row * ratio), height)
        self._draw_lines(painter, run_edges(self._tree.levels, levels, runs, ratio, self.camera, window))
        codes = self._tree.blend.over(runs)
        colours = np.where(runs.present, self._colours()[codes], np.uint32(0))
        hollow = runs.present & (codes == MISSING)
        for each in (colours, hollow):  # one pixel is lost among edges
            each[:, 1:] = np.where(runs.present[:, 1:], each[:, 1:], each[:, :-1])
        pixels, background = self._empty_pixels(height, width), self._theme.palette.background.rgba()
        thick = max(2, min(9, round(self.camera.column * 0.28))) * ratio
        for number, level in enumerate(levels):
            left = round(self.camera.screen_x(level + 0.5) * ratio - thick / 2)
            pixels[:, max(0, left) : max(0, round(left + thick))] = colours[number][:, None]
            rim = round(ratio)
            inside = pixels[:, max(0, left + rim) : max(0, round(left + thick) - rim)]
            inside[hollow[number]] = background
        self.drawn = int(runs.present.sum())
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        painter.drawImage(window.topLeft(), image)

    def _empty_pixels(self, height: int, width: int) -> npt.NDArray[np.uint32]:
        """The same memory for every picture of a size: fresh memory of megabytes is slow to touch."""
        if self._pixels.shape != (height, width):
            self._pixels = np.empty((height, width), np.uint32)
        self._pixels.fill(0)
        return self._pixels

    def _draw_nodes(self, painter: QPainter, window: QRectF, levels: range, ratio: float) -> None:
        places = self._seen_places(levels, window)
        if self._card_opacity() >= 1:
            self._draw_edges(painter, window, levels, QPointF(self._card_scale() * CARD_WIDTH / 2, 0))
        else:
            self._draw_edges(painter, window, levels, QPointF())
            self._draw_dots(painter, places, ratio)
        self.drawn = len(places)
        if self._card_opacity() > 0:
            self._draw_cards(painter, places, ratio)

    def _seen_places(self, levels: range, window: QRectF) -> Places:
        margin = max(1.0, CARD_HEIGHT / self.camera.row)
        rows = np.array([self.camera.row_at(0) - margin, self.camera.row_at(window.height()) + margin])
        runs: Runs = self._tree.levels.between(np.array(levels), rows)
        pieces = [np.arange(first, last) for first, last in zip(runs.first[:, 0], runs.last[:, 0], strict=True)]
        return np.concatenate(pieces).astype(np.intp)

    def _draw_edges(self, painter: QPainter, window: QRectF, levels: range, half: QPointF) -> None:
        edges = near_edges(self._tree.levels, levels, self.camera, window)
        curved = len(edges) < ALL_CURVES
        lines = edges.lines(self._middles, self.camera, half.x(), curved)
        self._draw_lines(painter, lines, smooth=curved)

    def _draw_lines(self, painter: QPainter, lines: Lines, smooth: bool = False) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        painter.setPen(QPen(self._theme.palette.edge, 0))
        draw_lines(painter, lines)

    def _draw_dots(self, painter: QPainter, places: Places, ratio: float) -> None:
        atlas, side = self._dots().atlas(self._dot_size(), ratio)
        x = np.round(self.camera.column * (self._tree.levels.of(places) + 0.5) + self.camera.x)
        pieces = self._dots().pieces(x, np.round(self._middles(places)), self._tree.blend.codes[places], side, ratio)
        draw_sprites(painter, pieces, atlas)
        if self.camera.row >= ROOM_FOR_MARKS:
            self._draw_marks(painter, places)

    def _draw_marks(self, painter: QPainter, places: Places) -> None:
        """● in the dot of the most visited, ○ around that of the best value, among siblings."""
        tree = self._shown.tree
        nodes = [node for node in self._tree.levels.nodes[places].tolist() if node in tree.nodes]
        most_visits, best_value = sibling_marks(tree, nodes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.palette.text, 1.2))
        for node in nodes:
            if node in most_visits or node in best_value:
                dot = self._dot(node)
                if node in best_value:
                    painter.drawEllipse(dot.adjusted(-2, -2, 2, 2))
                if node in most_visits:
                    painter.save()
                    painter.setBrush(self._theme.palette.text)
                    painter.drawEllipse(dot.center(), dot.width() / 5, dot.width() / 5)
                    painter.restore()

    def _draw_cards(self, painter: QPainter, places: Places, ratio: float) -> None:
        scale = self._card_scale()
        painter.setOpacity(self._card_opacity())
        for node, card in self.places_of(self._tree.levels.nodes[places].tolist()).items():
            face = self._face(node)
            if face is None:
                continue
            self._cards.draw(painter, face, card.topLeft(), scale, ratio)
        painter.setOpacity(1)

    def _draw_guest(self, painter: QPainter, guest: Guest, device_ratio: float) -> None:
        """A card beside its parent where there are cards, otherwise a dashed dot with the end of the text."""
        draw_guest_edge(painter, self._theme, guest)
        if guest.beside is not None and self._card_opacity() > 0:
            self._cards.draw(painter, guest.face, guest.place.topLeft(), self._card_scale(), device_ratio)
            return
        dot, high = guest.place, min(self.camera.row, LABEL_HEIGHT)
        text = QRectF(dot.right(), dot.center().y() - high / 2, self.camera.column - dot.width(), high)
        draw_guest(painter, self._theme, guest, text)

    def _face(self, node: NodeId) -> Face | None:
        """As the mode Focus would draw it; made once for every change of the tree."""
        tree = self._shown.tree
        if node not in tree.nodes:
            return None
        frame: Frame = (
            "selected" if node == self._shown.selected else "principal" if node in self._principal else "plain"
        )
        found = self._faces.get((node, frame))
        if found is None:
            marks = marks_of(tree, [node], self._shown.attention)
            values, key = ValueRange(), self._tree.key()
            if key.channel.kind == "value":
                values.low, values.high = key.low, key.high
            face = node_face(tree, tree.nodes[node], values, frame, False, marks)
            found = self._faces[node, frame] = striped(face, self._tree.shading, tree.nodes[node], self._tree.threshold)
        return found

    def _dots(self) -> Sprites:
        table = self._colours()
        if self._sprites is None or self._sprites[0] is not table:
            self._sprites = table, Sprites(table, exact=self._tree.channel.kind == "category")
        return self._sprites[1]

    # Where things are.

    def node_at(self, point: QPointF) -> NodeId | None:
        level = int(self.camera.level_at(point.x()))
        place = self._tree.levels.nearest(level, self.camera.row_at(point.y()))
        if place is None:
            return None
        node = int(self._tree.levels.nodes[place])
        reach = 0.0 if self._card_opacity() > 0 else 5.0
        seen = self.place_of(node)
        return node if seen is not None and seen.adjusted(-reach, -reach, reach, reach).contains(point) else None

    def _boxes(self, nodes: npt.NDArray[np.int32]) -> Boxes:
        layout, camera = self._tree.layout, self.camera
        rows = layout.left[nodes] + layout.leaves[nodes] / 2
        if self._glide is not None:
            rows = self._glide.rows(nodes, rows, self._clock())
        scale = self._card_scale() if self._card_opacity() > 0 else 0.0
        wide, high = (CARD_WIDTH * scale, CARD_HEIGHT * scale) if scale else (self._dot_size(), self._dot_size())
        left = camera.column * (layout.depth[nodes] + 0.5) + camera.x - wide / 2
        top = camera.screen_ys(rows) - high / 2
        return np.stack((left, top, np.full(len(nodes), wide), np.full(len(nodes), high)), axis=1)

    def _labelled(self) -> bool:
        return self._card_opacity() < 1

    def _dot(self, node: NodeId) -> QRectF:
        size = self._dot_size()
        dot = QRectF(0, 0, size, size)
        dot.moveCenter(self.places_of([node])[node].center())
        return dot

    def _dot_size(self) -> float:
        return max(4.0, min(24.0, self.camera.row * 0.62, self.camera.column * 0.5))

    def _card_scale(self) -> float:
        room = min(self.camera.row / (CARD_HEIGHT + ROW_GAP), self.camera.column / (CARD_WIDTH + COLUMN_GAP))
        return max(1, int(room * SCALES + 1e-6)) / SCALES

    def _card_opacity(self) -> float:
        rows = (self.camera.row - FADE_IN[0]) / (FADE_IN[1] - FADE_IN[0])
        columns = (self.camera.column - CARD_COLUMN[0]) / (CARD_COLUMN[1] - CARD_COLUMN[0])
        return max(0.0, min(1.0, rows, columns))
