"""Pictures of cards: drawn once per face, scale and theme, kept in a least-recently-used cache. Knows no tree."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from app.canvas.faces import HIDDEN, RAMP_STEPS, Face, Tone
from app.canvas.scene import CARD_HEIGHT, CARD_WIDTH
from app.theme import Theme, mix

CACHED = 600
MARGIN = 8.0
"""Around the card in its picture, for the frame and the stack behind it."""
RADIUS = 7.0
STRIPE = 5.0
INDENT = 13.0
FAR = 0.58
"""Below this scale small print cannot be read: the card shows its text alone, larger."""
EVEN_LUMINANCE = 0.179
"""Black and white have the same contrast (4.58:1) against a colour of this luminance."""
_SINGLE = QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)


class CardPictures:
    """Draws faces; a picture is MARGIN wider than the card on every side."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._cache: OrderedDict[tuple[Face, float, float], QPixmap] = OrderedDict()
        theme.changed.connect(self._cache.clear)

    def __len__(self) -> int:
        return len(self._cache)

    def picture(self, face: Face, scale: float, device_ratio: float) -> QPixmap:
        """The face at `scale` for a screen with `device_ratio` device pixels per pixel."""
        key = (face, scale, device_ratio)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._draw(face, scale, device_ratio)
            if len(self._cache) > CACHED:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(key)
        return found

    def _draw(self, face: Face, scale: float, device_ratio: float) -> QPixmap:
        whole = scale * device_ratio
        picture = QPixmap(round((CARD_WIDTH + 2 * MARGIN) * whole), round((CARD_HEIGHT + 2 * MARGIN) * whole))
        picture.fill(Qt.GlobalColor.transparent)
        picture.setDevicePixelRatio(device_ratio)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            painter.translate(MARGIN, MARGIN)
            draw_card(painter, self._theme, face, far=scale < FAR)
        return picture


def draw_card(painter: QPainter, theme: Theme, face: Face, far: bool = False) -> None:
    """One card with its left top at (0, 0)."""
    if face.dimmed:
        painter.setOpacity(0.6)
    _draw_body(painter, theme, face)
    if far:
        _draw_text(painter, theme, face, theme.ui_font(15), rows=(25.0, 49.0), tag_width=0.0)
        return
    tag_width = _draw_tag(painter, theme, face)
    tag_width += _draw_in_flight(painter, theme, face, CARD_WIDTH - 7 - tag_width)
    _draw_text(painter, theme, face, theme.ui_font(9), rows=(18.0, 33.0), tag_width=tag_width)
    pill_width = _draw_pill(painter, theme, face)
    _draw_stats(painter, theme, face, CARD_WIDTH - INDENT - 8 - pill_width)


def _draw_body(painter: QPainter, theme: Theme, face: Face) -> None:
    palette = theme.palette
    if face.stacked:
        painter.setPen(QPen(palette.border, 1))
        painter.setBrush(palette.panel)
        for step in (6.0, 3.0):
            painter.drawRoundedRect(_SINGLE.translated(step, step), RADIUS, RADIUS)
    painter.setPen(_frame_pen(theme, face))
    painter.setBrush(palette.background if face.tag == HIDDEN else palette.card)
    painter.drawRoundedRect(_SINGLE, RADIUS, RADIUS)
    if face.kind == "node":
        _draw_stripe(painter, theme, face.stripe)


def _frame_pen(theme: Theme, face: Face) -> QPen:
    palette = theme.palette
    if face.kind != "node":
        return QPen(palette.phases[1 if face.kind == "writing" else 2], 1.5, Qt.PenStyle.DashLine)
    match face.frame:
        case "selected":
            return QPen(palette.accent, 2.4)
        case "principal":
            return QPen(palette.principal, 1.5)
    return QPen(palette.border, 1)


def _draw_stripe(painter: QPainter, theme: Theme, place: int | None) -> None:
    """The value at the left edge; an unvisited node has an outline there and no colour."""
    inside = QPainterPath()
    inside.addRoundedRect(_SINGLE.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
    bar = QPainterPath()
    bar.addRect(QRectF(0, 0, STRIPE + 1, CARD_HEIGHT))
    if place is None:
        painter.setPen(QPen(theme.palette.faint, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(STRIPE + 0.5, 4), QPointF(STRIPE + 0.5, CARD_HEIGHT - 4))
    else:
        painter.fillPath(inside & bar, theme.value_colour(place / RAMP_STEPS))


def _draw_text(
    painter: QPainter, theme: Theme, face: Face, font: QFont, rows: tuple[float, float], tag_width: float
) -> None:
    width = CARD_WIDTH - INDENT - 10
    lines = two_lines(face.text, QFontMetricsF(font), width - tag_width, width)
    painter.setFont(font)
    painter.setPen(theme.palette.text)
    for line, baseline in zip(lines, rows, strict=True):
        painter.drawText(QPointF(INDENT, baseline), line)


def two_lines(text: str, metrics: QFontMetricsF, first: float, second: float) -> tuple[str, str]:
    """`text` broken into a line of width `first` and one of width `second`, elided if need be.

    Breaks between words; inside one only if it is wider than the line, as it is in scripts without spaces.
    """
    if metrics.horizontalAdvance(text) <= first:
        return text, ""
    taken = _that_fits(text, metrics, first)
    at_space = text.rfind(" ", 0, taken + 1)
    end = at_space if at_space > 0 else taken
    return text[:end], metrics.elidedText(text[end:].lstrip(), Qt.TextElideMode.ElideRight, second)


def _that_fits(text: str, metrics: QFontMetricsF, width: float) -> int:
    """How many characters of `text` fit into `width`."""
    return bisect_right(range(1, len(text) + 1), width, key=lambda count: metrics.horizontalAdvance(text[:count]))


def _draw_stats(painter: QPainter, theme: Theme, face: Face, width: float) -> None:
    font = theme.ui_font(8) if face.dimmed or face.kind != "node" else theme.mono_font(8)
    painter.setFont(font)
    painter.setPen(theme.palette.secondary)
    text = QFontMetricsF(font).elidedText(face.stats, Qt.TextElideMode.ElideRight, width)
    painter.drawText(QPointF(INDENT, CARD_HEIGHT - 8), text)


def _draw_pill(painter: QPainter, theme: Theme, face: Face) -> float:
    """The score; returns the width taken. A missing one is an empty outline with a dash."""
    if not face.pill:
        return 0.0
    box = QRectF(CARD_WIDTH - 48, CARD_HEIGHT - 20, 40, 14)
    if face.pill_place is None:
        painter.setPen(QPen(theme.palette.faint, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = theme.palette.secondary
    else:
        fill = theme.value_colour(face.pill_place / RAMP_STEPS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        ink = ink_on(fill)
    painter.drawRoundedRect(box, 7, 7)
    painter.setFont(theme.mono_font(7.5))
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, face.pill)
    return box.width() + 8


def _draw_tag(painter: QPainter, theme: Theme, face: Face) -> float:
    """A word in the right upper corner, such as the verdict; returns the width taken."""
    if not face.tag:
        return 0.0
    font = theme.ui_font(8)
    width = QFontMetricsF(font).horizontalAdvance(face.tag) + 12
    box = QRectF(CARD_WIDTH - width - 7, 6, width, 16)
    colour = tone_colour(theme, face.tone)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(mix(theme.palette.card, colour, 0.12))
    painter.drawRoundedRect(box, 5, 5)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, face.tag)
    return width + 6


def _draw_in_flight(painter: QPainter, theme: Theme, face: Face, right: float) -> float:
    """A pill in the colour of selection, which a virtual loss turns away, that ends at `right`; the width taken."""
    if not face.in_flight:
        return 0.0
    fill = theme.palette.phases[0]
    text = "in flight" if face.in_flight == 1 else f"{face.in_flight} in flight"
    painter.setFont(theme.ui_font(7.5))
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12
    box = QRectF(right - width, 6, width, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(ink_on(fill))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return width + 6


def tone_colour(theme: Theme, tone: Tone) -> QColor:
    return {"good": theme.palette.good, "bad": theme.palette.bad, "neutral": theme.palette.secondary}[tone]


def ink_on(fill: QColor) -> QColor:
    """Black or white, whichever reads better on `fill`: at least 4.5:1 on every colour."""
    return QColor("#000000") if luminance(fill) > EVEN_LUMINANCE else QColor("#ffffff")


def luminance(colour: QColor) -> float:
    """Relative luminance in [0, 1], WCAG 2."""

    def linear(part: float) -> float:
        return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
