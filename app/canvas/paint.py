"""Draws a scene through a viewport: edges, cards, folds and the latest phase. Knows no widget and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.canvas.cards import FAR, MARGIN, RADIUS, CardPictures, ink_on
from app.canvas.content import Dressed
from app.canvas.effects import Effect
from app.canvas.faces import change
from app.canvas.primitives import curves, draw_lines
from app.canvas.scene import CARD_HEIGHT, CARD_WIDTH, ROW_GAP, Places, Scene
from app.canvas.viewport import Viewport
from app.theme import Theme

THICKEST = 3.2
"""Width in px of an edge that takes all visits of the root."""
PRINCIPAL_WIDTH = 2.6
OUTLINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.SolidLine)
"""Of cards that a phase touched, phase by phase: not told apart by colour alone."""
CHIP = 13.0
"""Height in px of a chip above a card."""
FOLD_LABEL = QRectF(CARD_WIDTH + 9, CARD_HEIGHT - 13, 42, 17)
"""Where the "+n" of hidden children stands, relative to the card."""


@dataclass
class Picture:
    """Everything one frame needs."""

    dressed: Dressed
    places: Places
    presence: npt.NDArray[np.float64]
    """How much of each card is there, 0..1."""
    viewport: Viewport = field(default_factory=Viewport)
    effect: Effect | None = None
    progress: float = 1.0
    device_ratio: float = 1.0

    @property
    def scene(self) -> Scene:
        return self.dressed.scene

    def card(self, place: int) -> QRectF:
        """On the screen."""
        x, y = self.places[place]
        return self.viewport.to_screen(QRectF(x, y, CARD_WIDTH, CARD_HEIGHT))

    def fold_label(self, place: int) -> QRectF:
        """On the screen."""
        x, y = self.places[place]
        return self.viewport.to_screen(FOLD_LABEL.translated(x, y))


def draw_picture(painter: QPainter, theme: Theme, cards: CardPictures, picture: Picture, window: QRectF) -> None:
    """The whole tree, as far as it can be seen in `window`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    seen = visible_cards(picture, window)
    _draw_edges(painter, theme, picture, window)
    if picture.effect is not None and picture.effect.path:
        _draw_walk(painter, theme, picture, picture.effect)
    for place in seen:
        _draw_card(painter, cards, picture, place)
    for place in seen:
        if picture.scene.items[place].hidden:
            _draw_fold_label(painter, theme, picture, place)
    if picture.effect is not None:
        _draw_marks(painter, theme, picture, picture.effect)


def visible_cards(picture: Picture, window: QRectF) -> list[int]:
    """Positions of the cards that touch the window."""
    scale, view = picture.viewport.scale, picture.viewport
    left = picture.places[:, 0] * scale + view.x
    top = picture.places[:, 1] * scale + view.y
    inside = (left < window.right()) & (left + (CARD_WIDTH + 60) * scale > window.left())
    inside &= (top < window.bottom()) & (top + (CARD_HEIGHT + MARGIN) * scale > window.top())
    return [int(place) for place in np.flatnonzero(inside)]


def _draw_edges(painter: QPainter, theme: Theme, picture: Picture, window: QRectF) -> None:
    """Edges nobody went along are one call with the fast pen; the few others have widths of their own."""
    starts, ends, children = _edge_ends(picture, window)
    guests = np.asarray([picture.scene.items[child].node is None for child in children], dtype=bool)
    principal = picture.dressed.principal[children]
    thin = (picture.dressed.weights[children] <= 0) & ~principal & ~guests & ~picture.dressed.out[children]
    painter.setPen(QPen(theme.palette.edge, 0))
    draw_lines(painter, curves(starts[thin], ends[thin]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for wanted in (~thin & ~principal, principal):
        for edge in np.flatnonzero(wanted):
            painter.setPen(_edge_pen(theme, picture, int(children[edge])))
            painter.drawPath(_curve(QPointF(*starts[edge]), QPointF(*ends[edge])))


def _edge_ends(picture: Picture, window: QRectF) -> tuple[Places, Places, npt.NDArray[np.intp]]:
    """Starts, ends (screen) and children of the edges that can touch the window."""
    parents = picture.scene.parents
    scale, view = picture.viewport.scale, picture.viewport
    offset = np.array((view.x, view.y))
    children = np.flatnonzero(parents >= 0)
    starts = (picture.places[parents[children]] + (CARD_WIDTH, CARD_HEIGHT / 2)) * scale + offset
    ends = (picture.places[children] + (0.0, CARD_HEIGHT / 2)) * scale + offset
    near = (starts[:, 0] < window.right()) & (ends[:, 0] > window.left())
    near &= (np.minimum(starts[:, 1], ends[:, 1]) < window.bottom()) & (
        np.maximum(starts[:, 1], ends[:, 1]) > window.top()
    )
    return starts[near], ends[near], children[near]


def _edge_pen(theme: Theme, picture: Picture, child: int) -> QPen:
    kind = picture.scene.items[child].key[0]
    scale = max(0.6, picture.viewport.scale)
    if kind != "node":
        return QPen(theme.palette.phases[1 if kind == "writing" else 2], 1.4 * scale, Qt.PenStyle.DashLine)
    if picture.dressed.out[child]:
        return QPen(theme.palette.edge, 1.2 * scale, Qt.PenStyle.DotLine)
    if picture.dressed.principal[child]:
        return _round_pen(theme.palette.principal, PRINCIPAL_WIDTH * scale)
    return _round_pen(theme.palette.edge, (1 + (THICKEST - 1) * float(picture.dressed.weights[child])) * scale)


def _round_pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def _curve(start: QPointF, end: QPointF) -> QPainterPath:
    middle = (start.x() + end.x()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
    return path


def _draw_card(painter: QPainter, cards: CardPictures, picture: Picture, place: int) -> None:
    face, scale, ratio = picture.dressed.faces[place], picture.viewport.scale, picture.device_ratio
    corner = picture.card(place).topLeft()
    presence = float(picture.presence[place])
    if presence >= 1:
        cards.draw(painter, face, corner, scale, ratio)
        return
    pixmap = cards.picture(face, scale, ratio)
    corner = corner - QPointF(MARGIN, MARGIN) * scale
    size = pixmap.deviceIndependentSize()
    grown = 0.7 + 0.3 * presence
    painter.setOpacity(presence)
    painter.drawPixmap(
        QRectF(corner.x(), corner.y() + size.height() * (1 - grown) / 2, size.width() * grown, size.height() * grown),
        pixmap,
        QRectF(pixmap.rect()),
    )
    painter.setOpacity(1)


def _draw_fold_label(painter: QPainter, theme: Theme, picture: Picture, place: int) -> None:
    scale = picture.viewport.scale
    painter.setFont(_scaled(theme.scene_font(8), scale))
    label = f"+{picture.scene.items[place].hidden}"
    box = picture.fold_label(place)
    width = QFontMetricsF(painter.font()).horizontalAdvance(label) + 10 * scale
    box.setWidth(min(box.width(), width))
    painter.setPen(QPen(theme.palette.border, 1))
    painter.setBrush(theme.palette.panel)
    painter.drawRoundedRect(box, 5 * scale, 5 * scale)
    painter.setPen(theme.palette.secondary)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)


def _scaled(font: QFont, scale: float) -> QFont:
    font.setPixelSize(max(1, round(font.pixelSize() * scale)))
    return font


def _draw_walk(painter: QPainter, theme: Theme, picture: Picture, effect: Effect) -> None:
    """The walk along a path: down in selection, up in backpropagation, as far as it has got."""
    places = [place for node in effect.path if (place := picture.scene.of_node(node)) is not None]
    if effect.phase == "backpropagation":
        places.reverse()
    colour = theme.palette.phases[effect.number]
    reached = picture.progress * (len(places) - 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_round_pen(colour, 3.4 * max(0.6, picture.viewport.scale)))
    for number, (one, other) in enumerate(pairwise(places)):
        if number >= reached:
            break
        upper, lower = (other, one) if effect.phase == "backpropagation" else (one, other)
        path = _curve(_right_middle(picture.card(upper)), _left_middle(picture.card(lower)))
        painter.drawPath(path)
        if reached - number < 1:
            along = reached - number
            _draw_pulse(painter, colour, path, 1 - along if effect.phase == "backpropagation" else along)


def _draw_pulse(painter: QPainter, colour: QColor, path: QPainterPath, along: float) -> None:
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(path.pointAtPercent(along), 6.0, 6.0)
    painter.restore()


def _left_middle(card: QRectF) -> QPointF:
    return QPointF(card.left(), card.center().y())


def _right_middle(card: QRectF) -> QPointF:
    return QPointF(card.right(), card.center().y())


def _draw_marks(painter: QPainter, theme: Theme, picture: Picture, effect: Effect) -> None:
    """Outlines in the phase's colour, and in backpropagation the value that each card was credited with."""
    colour = theme.palette.phases[effect.number]
    for place in _marked(picture, effect):
        card = picture.card(place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.6, OUTLINES[effect.number]))
        gap = 3.5 * picture.viewport.scale
        painter.drawRoundedRect(card.adjusted(-gap, -gap, gap, gap), RADIUS, RADIUS)
    for place, text in chips(picture):
        _draw_chip(painter, theme, colour, picture.card(place), text, picture.viewport.scale)


def _marked(picture: Picture, effect: Effect) -> Iterable[int]:
    nodes = effect.nodes
    if effect.path:
        order = effect.path[::-1] if effect.phase == "backpropagation" else effect.path
        nodes = order[: 1 + int(picture.progress * (len(order) - 1))]
    return [place for node in nodes if (place := picture.scene.of_node(node)) is not None]


def chips(picture: Picture) -> list[tuple[int, str]]:
    """Positions of the cards that backpropagation has reached, and what it changed: `+1  Q .62→.66`."""
    effect = picture.effect
    if effect is None or effect.phase != "backpropagation" or picture.viewport.scale < FAR:
        return []
    credited = ((place, effect.credits.get(picture.scene.items[place].key[1])) for place in _marked(picture, effect))
    return [(place, f"+1  Q {change(credit.before, credit.after)}") for place, credit in credited if credit]


def chip_box(card: QRectF, text_width: float, scale: float) -> QRectF:
    """A chip lies in the gap above its card, at the right end: on no text, neither its own card's nor another's."""
    width = text_width + 12 * scale
    return QRectF(card.right() - width - RADIUS * scale, card.top() - ROW_GAP * scale, width, CHIP * scale)


def _draw_chip(painter: QPainter, theme: Theme, colour: QColor, card: QRectF, text: str, scale: float) -> None:
    painter.setFont(_scaled(theme.scene_mono(7.5), scale))
    box = chip_box(card, QFontMetricsF(painter.font()).horizontalAdvance(text), scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(ink_on(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
