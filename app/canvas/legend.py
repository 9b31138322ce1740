"""The strip under the tree: the key to its colours. Knows no tree.

A strip of its own and not a box over the tree, because a box covers cards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from app.canvas.card_marks import MARK
from app.canvas.channels import VALUE, Channel, colours, missing_colour
from app.language import mark, tr
from app.models.step_marks import SOURCES
from app.theme import Theme

STRIP = 30.0
"""Height in px."""
BAR = 120.0
SWATCH = 10.0
GAP = 8.0


@dataclass(frozen=True)
class Key:
    """What the colours mean at the moment: a channel between two ends."""

    channel: Channel = VALUE
    low: float = 0.0
    high: float = 1.0
    stretched: bool = False


def draw_legend(painter: QPainter, theme: Theme, strip: QRectF, key: Key, room: float | None = None) -> None:
    """From the left: what the colours show, missing numbers, the frame and the marks. What finds no room is left out.

    `room`: where whatever stands at the right of the strip begins.
    """
    painter.save()
    painter.fillRect(strip, theme.palette.panel)
    painter.setPen(QPen(theme.palette.border, 1))
    painter.drawLine(strip.topLeft() + QPointF(0, 0.5), strip.topRight() + QPointF(0, 0.5))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.scene_font(8))
    pen = _Pen(painter, theme, strip, strip.right() if room is None else strip.left() + room)
    if key.channel.kind == "category":
        pen.text(caption(key))
        for name, colour in zip(SOURCES, colours(theme, key.channel), strict=True):
            pen.sample(partial(_fill, painter, colour), tr(SOURCE_NAMES[name]))
    else:
        pen.ramp(key)
    pen.sample(lambda box: draw_missing(painter, theme, box), tr("missing"))
    pen.sample(pen.frame, tr("principal path: the best trace so far"))
    pen.sample(pen.filled, tr("most visits"))
    pen.sample(pen.ring, tr("best value"))
    painter.restore()


def draw_missing(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Hatched and outlined, without any colour of the map."""
    painter.setPen(QPen(missing_colour(theme), 1))
    painter.setBrush(QBrush(missing_colour(theme), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(box)


def caption(key: Key) -> str:
    """What the ramp shows; stretched ramps say so."""
    title = tr("Value Q, score") if key.channel is VALUE else tr(key.channel.title)
    return f"{title} (5–95 %)" if key.stretched else title


SOURCE_NAMES = {
    "policy": mark("policy"),
    "prm": mark("PRM"),
    "orm": mark("ORM"),
    "self-evaluation": mark("self-evaluation"),
    "rule": mark("rule"),
    "code": mark("code"),
    "person": mark("person"),
    "gold": mark("gold answer"),
}


def _fill(painter: QPainter, colour: QColor, box: QRectF) -> None:
    painter.fillRect(box, colour)


class _Pen:
    """Writes along the strip."""

    def __init__(self, painter: QPainter, theme: Theme, strip: QRectF, end: float) -> None:
        self._painter, self._theme, self._strip, self._end = painter, theme, strip, end
        self._x = strip.left() + 12

    def text(self, text: str) -> None:
        width = self._width(text)
        place = QRectF(self._x, self._strip.y(), width, self._strip.height())
        self._painter.setPen(self._theme.palette.secondary)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        self._x += width + GAP

    def ramp(self, key: Key) -> None:
        self.text(caption(key))
        self.text(key.channel.text(key.low))
        bar = QRectF(self._x, self._strip.center().y() - 4, BAR, 8)
        stops = colours(self._theme, key.channel)
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        for number, colour in enumerate(stops):
            ramp.setColorAt(number / (len(stops) - 1), colour)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(ramp)
        self._painter.drawRoundedRect(bar, 3, 3)
        self._x = bar.right() + GAP
        self.text(key.channel.text(key.high))

    def sample(self, draw: Callable[[QRectF], None], text: str) -> None:
        """A small picture and what it means, if there is room for both."""
        if self._x + 3 * GAP + SWATCH + self._width(text) > self._end:
            return
        self._x += GAP
        draw(QRectF(self._x, self._strip.center().y() - SWATCH / 2, SWATCH, SWATCH))
        self._x += SWATCH + 0.75 * GAP
        self.text(text)

    def frame(self, box: QRectF) -> None:
        self._painter.setPen(QPen(self._theme.palette.principal, 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(box, 3, 3)

    def filled(self, box: QRectF) -> None:
        self._dot(box, Qt.BrushStyle.SolidPattern)

    def ring(self, box: QRectF) -> None:
        self._dot(box, Qt.BrushStyle.NoBrush)

    def _dot(self, box: QRectF, style: Qt.BrushStyle) -> None:
        self._painter.setPen(QPen(self._theme.palette.text, 1.4))
        self._painter.setBrush(QBrush(self._theme.palette.text, style))
        self._painter.drawEllipse(box.center(), MARK / 2, MARK / 2)

    def _width(self, text: str) -> float:
        return QFontMetricsF(self._painter.font()).horizontalAdvance(text) + 1
