"""What is drawn over a whole tree: principal path, selection, their labels, the latest phase. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from app.canvas.cards import ink_on
from app.canvas.effects import Effect
from app.canvas.faces import short_number
from app.plain_text import one_line
from app.theme import Theme
from engine.events import ROOT, NodeId
from engine.tree import Tree

PRINCIPAL_WIDTH = 2.4
LABEL = 260.0
"""Pixels that the label of the selected node takes at most."""
LABEL_HEIGHT = 16.0
NARROWEST_LABEL = 56.0
"""In narrower columns the steps of the principal path have no labels."""
MARGINS = 8.0
"""Bands taller than this have their frame inside."""
LONGEST = 80
"""Characters of a step in a label."""
ROOM_FOR_CHIP = QSizeF(84, 18)
CHIP = 13.0
"""Height in px of what backpropagation changed."""
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.SolidLine)
"""Of nodes that a phase touched, phase by phase: not told apart by colour alone."""


@dataclass(frozen=True)
class Overlay:
    """Everything that is drawn over the nodes."""

    tree: Tree
    known: Mapping[NodeId, QRectF]
    """Where the nodes of paths are drawn, on the screen."""
    find: Callable[[NodeId], QRectF | None]
    """Where any node is drawn."""
    principal: Sequence[NodeId]
    selected: NodeId | None
    pointed: NodeId | None
    effect: Effect | None
    progress: float
    """How much of the effect has been played, 0..1."""
    linked: bool
    """Whether the steps of a path are joined by lines."""
    room: QSizeF
    """What a label may take without covering a neighbour."""
    background: QColor
    labels: bool = True
    """Whether nodes need labels to be read."""

    def place_of(self, node: NodeId) -> QRectF | None:
        return self.known.get(node) or self.find(node)

    def places(self, nodes: Iterable[NodeId]) -> list[QRectF]:
        return [place for node in nodes if (place := self.place_of(node)) is not None]

    def reached(self) -> Sequence[NodeId]:
        """Nodes that the phase has come to."""
        effect = self.effect
        if effect is None:
            return ()
        if not effect.path:
            return effect.nodes
        order = effect.path[::-1] if effect.phase == "backpropagation" else effect.path
        return order[: 1 + int(self.progress * (len(order) - 1))]


def draw_overlay(painter: QPainter, theme: Theme, window: QRectF, overlay: Overlay) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_path(painter, window, overlay, overlay.principal, QPen(theme.palette.principal, PRINCIPAL_WIDTH))
    effect = overlay.effect
    if effect is not None:
        pen = QPen(
            theme.palette.phases[effect.number],
            3,
            DASHES[effect.number] if not overlay.linked else Qt.PenStyle.SolidLine,
        )
        _draw_path(painter, window, overlay, overlay.reached() if effect.path else (), pen)
        _draw_marks(painter, theme, window, overlay, effect)
    for node, colour in ((overlay.pointed, theme.palette.text), (overlay.selected, theme.palette.accent)):
        if node is not None and (place := overlay.place_of(node)) is not None:
            _outline(painter, place, QPen(colour, 2))
    if overlay.labels:
        _draw_labels(painter, theme, window, overlay)


def _draw_path(painter: QPainter, window: QRectF, overlay: Overlay, nodes: Sequence[NodeId], pen: QPen) -> None:
    """Lines from node to node, or where these touch each other, outlines."""
    places = overlay.places(nodes)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if not overlay.linked:
        casing = QPen(overlay.background, pen.widthF() + 3)  # or an amber frame is lost on an amber band
        for each in (casing, pen):
            painter.setPen(each)
            for place in places:
                painter.drawRect(place.adjusted(2, 1, -3, -1) if place.height() > MARGINS else place)
        return
    painter.setPen(pen)
    for one, other in pairwise(places):
        left, right = (one, other) if one.x() <= other.x() else (other, one)
        if not left.united(right).intersects(window):
            continue
        start, end = QPointF(left.right(), left.center().y()), QPointF(right.left(), right.center().y())
        middle = (start.x() + end.x()) / 2
        curve = QPainterPath(start)
        curve.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
        painter.drawPath(curve)


def _outline(painter: QPainter, place: QRectF, pen: QPen) -> None:
    """Also around a node of less than a pixel."""
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    grown = QRectF(0, 0, max(8.0, place.width() + 3), max(8.0, place.height() + 3))
    grown.moveCenter(place.center())
    painter.drawRoundedRect(grown, min(7.0, grown.height() / 2), min(7.0, grown.height() / 2))


def _draw_marks(painter: QPainter, theme: Theme, window: QRectF, overlay: Overlay, effect: Effect) -> None:
    """Outlines of what the phase touched; in backpropagation what it changed, where there is room."""
    colour = theme.palette.phases[effect.number]
    roomy = overlay.room.width() >= ROOM_FOR_CHIP.width() and overlay.room.height() >= ROOM_FOR_CHIP.height()
    for node in overlay.reached():
        place = overlay.place_of(node)
        if place is None or not place.intersects(window):
            continue
        _outline(painter, place, QPen(colour, 1.6, DASHES[effect.number]))
        credit = effect.credits.get(node)
        if credit is not None and roomy:
            before, after = short_number(credit.before), short_number(credit.after)
            top = place.bottom() + 2 if overlay.labels else place.top() - CHIP - 2  # labels stand above nodes
            _draw_chip(painter, theme, colour, QPointF(place.left(), top), f"+1  Q {before}→{after}")


def _draw_chip(painter: QPainter, theme: Theme, colour: QColor, corner: QPointF, text: str) -> None:
    painter.setFont(theme.scene_mono(7))
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 10
    box = QRectF(corner.x(), corner.y(), width, CHIP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(ink_on(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _draw_labels(painter: QPainter, theme: Theme, window: QRectF, overlay: Overlay) -> None:
    """The steps that must always be readable: selection and pointer; the principal path where columns are wide enough.

    A label is left out where it would cover one before it.
    """
    always = [node for node in (overlay.selected, overlay.pointed) if node is not None]
    path = [node for node in overlay.principal if node not in always]
    taken: list[QRectF] = []
    painter.setFont(theme.scene_font(8))
    for node in dict.fromkeys((*always, *(path[-1:]), *path)):
        limit = LABEL if node in always else overlay.room.width() - 8
        place = overlay.place_of(node)
        if place is None or limit < NARROWEST_LABEL or not place.intersects(window.adjusted(-4, -4, 4, 4)):
            continue
        box = _draw_label(painter, theme, window, place, _words(overlay.tree, node), limit, taken)
        taken += [box] if box is not None else []


def _draw_label(
    painter: QPainter, theme: Theme, window: QRectF, place: QRectF, text: str, limit: float, taken: list[QRectF]
) -> QRectF | None:
    """Above the node, or below it at the upper edge; gives back the place it took."""
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, limit - 10)
    box = QRectF(place.left(), place.top() - LABEL_HEIGHT - 4, metrics.horizontalAdvance(shown) + 10, LABEL_HEIGHT)
    box.moveLeft(max(window.left() + 2, min(box.left(), window.right() - box.width() - 2)))
    if box.top() < window.top() + 2:
        box.moveTop(max(window.top() + 2, min(place.bottom() + 4, window.bottom() - LABEL_HEIGHT - 2)))
    if any(box.intersects(other) for other in taken):
        return None
    painter.setPen(QPen(theme.palette.border, 1))
    painter.setBrush(theme.palette.panel)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.palette.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    return box


def _words(tree: Tree, node: NodeId) -> str:
    if node not in tree.nodes:
        return ""
    text = tree.started.text if node == ROOT and tree.started is not None else tree.nodes[node].step
    return one_line(text, LONGEST)
