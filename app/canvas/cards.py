"""Pictures of cards: drawn once per face, scale and theme, kept in a least-recently-used cache. Knows no tree."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPaintEngine, QPainter, QPainterPath, QPen, QPixmap

from app.canvas.card_marks import draw_card_pin, draw_remarks, draw_sibling_marks
from app.canvas.channels import FADED, channel_named, colour_at
from app.canvas.faces import HIDDEN, RAMP_STEPS, Face, Tone
from app.canvas.scene import CARD_HEIGHT, CARD_WIDTH
from app.language import tr
from app.theme import Theme, mix
from app.words.node import EDITED

CACHED = 600
MARGIN = 8.0
"""Around the card in its picture, for the frame and the stack behind it."""
RADIUS = 7.0
STRIPE = 5.0
INDENT = 13.0
FAR = 0.58
"""Below this scale small print cannot be read: the card shows its text alone, larger."""
HIT = 13.0
"""Legs in px of the corner that marks a hit."""
HIGHLIGHT = 0.35
"""Share of the accent colour behind text that was searched for."""
EVEN_LUMINANCE = 0.179
"""Black and white have the same contrast (4.58:1) against a colour of this luminance."""
_SINGLE = QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)


class CardPictures:
    """Draws faces; a picture is MARGIN wider than the card on every side."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._cache: OrderedDict[tuple[Face, float, float, bool], QPixmap] = OrderedDict()
        theme.changed.connect(self._cache.clear)

    def __len__(self) -> int:
        return len(self._cache)

    def picture(self, face: Face, scale: float, device_ratio: float) -> QPixmap:
        """The face at `scale` for a screen with `device_ratio` device pixels per pixel."""
        key = (face, scale, device_ratio, self._theme.dark)
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

    def draw(self, painter: QPainter, face: Face, corner: QPointF, scale: float, device_ratio: float) -> None:
        """The face with its left top at `corner`; on paper and in vector files as lines and real text."""
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:
            painter.save()
            painter.translate(corner)
            painter.scale(scale, scale)
            draw_card(painter, self._theme, face, far=scale < FAR)
            painter.restore()
            return
        corner = (corner - QPointF(MARGIN, MARGIN) * scale) * device_ratio
        corner = QPointF(corner.toPoint()) / device_ratio  # keeps the text crisp
        painter.drawPixmap(corner, self.picture(face, scale, device_ratio))


def draw_card(painter: QPainter, theme: Theme, face: Face, far: bool = False) -> None:
    """One card with its left top at (0, 0)."""
    if face.dimmed:
        painter.setOpacity(0.6)
    _draw_body(painter, theme, face)
    if far:
        _draw_text(painter, theme, face, theme.scene_font(15), rows=(25.0, 49.0), tag_width=0.0)
        return
    tag_width = draw_card_pin(painter, theme, face)
    tag_width += draw_remarks(painter, theme, face, CARD_WIDTH - 7 - tag_width)
    tag_width += _draw_tag(painter, theme, face, CARD_WIDTH - 7 - tag_width)
    tag_width += _draw_in_flight(painter, theme, face, CARD_WIDTH - 7 - tag_width)
    _draw_text(painter, theme, face, theme.scene_font(9), rows=(18.0, 33.0), tag_width=tag_width)
    taken = _draw_pill(painter, theme, face)
    taken += draw_sibling_marks(painter, theme, face, CARD_WIDTH - 8 - taken)
    _draw_stats(painter, theme, face, CARD_WIDTH - INDENT - 8 - taken)


def _draw_body(painter: QPainter, theme: Theme, face: Face) -> None:
    palette = theme.palette
    if face.stacked:
        painter.setPen(QPen(palette.border, 1))
        painter.setBrush(palette.panel)
        for step in (6.0, 3.0):
            painter.drawRoundedRect(_SINGLE.translated(step, step), RADIUS, RADIUS)
    painter.setPen(_frame_pen(theme, face))
    painter.setBrush(palette.background if face.tag in (HIDDEN, EDITED) else palette.card)
    painter.drawRoundedRect(_SINGLE, RADIUS, RADIUS)
    if face.kind == "node":
        _draw_stripe(painter, theme, face)
    if face.hit:
        _draw_hit(painter, theme)


def _draw_hit(painter: QPainter, theme: Theme) -> None:
    """A filled corner: also where the text that was found is on none of the two lines."""
    inside, corner = QPainterPath(), QPainterPath(QPointF(CARD_WIDTH, CARD_HEIGHT - HIT))
    inside.addRoundedRect(_SINGLE, RADIUS, RADIUS)
    corner.lineTo(CARD_WIDTH, CARD_HEIGHT)
    corner.lineTo(CARD_WIDTH - HIT, CARD_HEIGHT)
    corner.closeSubpath()
    painter.fillPath(inside & corner, theme.palette.accent)


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


def _draw_stripe(painter: QPainter, theme: Theme, face: Face) -> None:
    """The channel's number at the left edge; without one, an unvisited node say, an outline there and no colour."""
    inside = QPainterPath()
    inside.addRoundedRect(_SINGLE.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
    bar = QPainterPath()
    bar.addRect(QRectF(0, 0, STRIPE + 1, CARD_HEIGHT))
    if face.stripe is None:
        painter.setPen(QPen(theme.palette.faint, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(STRIPE + 0.5, 4), QPointF(STRIPE + 0.5, CARD_HEIGHT - 4))
    else:
        channel = channel_named(face.channel)
        steps = 1 if channel.kind == "category" else RAMP_STEPS
        colour = colour_at(theme, channel, face.stripe / steps)
        painter.fillPath(inside & bar, mix(colour, theme.palette.card, FADED) if face.faint else colour)


def _draw_text(
    painter: QPainter, theme: Theme, face: Face, font: QFont, rows: tuple[float, float], tag_width: float
) -> None:
    width = CARD_WIDTH - INDENT - 10
    metrics = QFontMetricsF(font)
    lines = two_lines(face.text, metrics, width - tag_width, width)
    painter.setFont(font)
    painter.setPen(theme.palette.text)
    for line, baseline in zip(lines, rows, strict=True):
        if face.sought:
            _draw_highlights(painter, theme, metrics, line, face.sought, baseline)
        painter.drawText(QPointF(INDENT, baseline), line)


def _draw_highlights(
    painter: QPainter, theme: Theme, metrics: QFontMetricsF, line: str, sought: str, baseline: float
) -> None:
    """Behind every place of a line where the text that was searched for stands, in whatever case."""
    folded, sought = line.casefold(), sought.casefold()
    colour = mix(theme.palette.card, theme.palette.accent, HIGHLIGHT)
    at = folded.find(sought)
    while at >= 0:
        left, width = metrics.horizontalAdvance(line[:at]), metrics.horizontalAdvance(line[at : at + len(sought)])
        painter.fillRect(QRectF(INDENT + left, baseline - metrics.ascent(), width, metrics.height()), colour)
        at = folded.find(sought, at + len(sought))


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
    font = theme.scene_font(8) if face.dimmed or face.kind != "node" else theme.scene_mono(8)
    painter.setFont(font)
    painter.setPen(theme.palette.secondary)
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(stats_that_fit(face.stats, metrics, width), Qt.TextElideMode.ElideRight, width)
    painter.drawText(QPointF(INDENT, CARD_HEIGHT - 8), text)


def stats_that_fit(stats: str, metrics: QFontMetricsF, width: float) -> str:
    """Without the prior where the marks at the right take its room: half a number is none."""
    rest, prior, _ = stats.rpartition("  P ")
    return rest if prior and metrics.horizontalAdvance(stats) > width else stats


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
    painter.setFont(theme.scene_mono(7.5))
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, face.pill)
    return box.width() + 8


def _draw_tag(painter: QPainter, theme: Theme, face: Face, right: float) -> float:
    """A word in the right upper corner, such as the verdict, that ends at `right`; returns the width taken."""
    if not face.tag:
        return 0.0
    font = theme.scene_font(8)
    tag = tr(face.tag)
    width = QFontMetricsF(font).horizontalAdvance(tag) + 12
    box = QRectF(right - width, 6, width, 16)
    colour = tone_colour(theme, face.tone)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(mix(theme.palette.card, colour, 0.12))
    painter.drawRoundedRect(box, 5, 5)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)
    return width + 6


def _draw_in_flight(painter: QPainter, theme: Theme, face: Face, right: float) -> float:
    """A pill in the colour of selection, which a virtual loss turns away, that ends at `right`; the width taken."""
    if not face.in_flight:
        return 0.0
    fill = theme.palette.phases[0]
    text = tr("in flight") if face.in_flight == 1 else tr("{count} in flight").format(count=face.in_flight)
    painter.setFont(theme.scene_font(7.5))
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
