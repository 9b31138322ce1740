"""A picture of a whole run without a window: title line, tree, legend. Works without a display."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter

from app.canvas.cards import CardPictures, tone_colour
from app.canvas.channels import VALUE
from app.canvas.content import Content, Dressed
from app.canvas.faces import Tone
from app.canvas.legend import STRIP, Key, draw_legend
from app.canvas.paint import Picture, draw_picture
from app.canvas.viewport import Viewport
from app.language import tr
from app.plain_text import one_line
from app.theme import Theme
from engine.tree import Tree

TITLE_HEIGHT = 64.0
INSET = 24.0
READABLE = 0.8
"""A picture cannot be zoomed: fewer cards are shown until they have at least this scale."""
CARD_COUNTS = (32, 24, 16, 10, 6)
DEFAULT_SIZE = QSize(1600, 1000)


def save_picture(tree: Tree, path: Path, dark: bool, size: QSize | tuple[int, int] = DEFAULT_SIZE) -> None:
    """Write a picture of the tree in `size` pixels to `path`; its suffix is the format (.png, .jpg, .bmp, .webp).

    Raises OSError if the file cannot be written. Uses the running application; without one it makes one that needs no
    display.
    """
    application = QGuiApplication.instance() or QGuiApplication(["espalier", "-platform", "offscreen"])
    width, height = size.toTuple() if isinstance(size, QSize) else size
    image = draw_run(tree, Theme("dark" if dark else "light"), QSize(width, height))
    if not image.save(str(path)):
        raise OSError(f"The picture could not be written to {path}.")
    del application  # not before the picture is drawn


def draw_run(tree: Tree, theme: Theme, size: QSize) -> QImage:
    """Title, tree and legend as an image."""
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.palette.background)
    whole = QRectF(0, 0, size.width(), size.height())
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, TITLE_HEIGHT)
        _draw_tree(painter, tree, theme, whole.adjusted(0, 0, 0, -TITLE_HEIGHT - STRIP))
        painter.translate(0, -TITLE_HEIGHT)
        _draw_title(painter, tree, theme, whole.width())
    return image


def _draw_tree(painter: QPainter, tree: Tree, theme: Theme, window: QRectF) -> None:
    content = Content()
    content.values.update(tree, None)
    dressed, viewport = _as_many_cards_as_fit(content, tree, window)
    picture = Picture(dressed, dressed.scene.places, np.ones(len(dressed.faces)), viewport)
    draw_picture(painter, theme, CardPictures(theme), picture, window)
    strip = QRectF(0, window.height(), window.width(), STRIP)
    values = content.values
    draw_legend(painter, theme, strip, Key(VALUE, values.low, values.high, values.stretched))


def _as_many_cards_as_fit(content: Content, tree: Tree, window: QRectF) -> tuple[Dressed, Viewport]:
    viewport = Viewport()
    for content.cards in CARD_COUNTS:
        dressed = content.dress(tree)
        left, top, right, bottom = dressed.scene.bounds()
        viewport.fit(QRectF(left, top, right - left, bottom - top), window.size())
        if viewport.scale >= READABLE:
            break
    return dressed, viewport


def _draw_title(painter: QPainter, tree: Tree, theme: Theme, width: float) -> None:
    """Problem and search at the left, the answer and what the check said at the right."""
    palette = theme.palette
    verdict, tone = verdict_of(tree)
    answer = tree.finished.answer if tree.finished is not None else None
    right = _line(painter, answer or tr("no answer"), theme.scene_font(14), palette.text, width, 30, at_right=True)
    lower = _line(painter, verdict, theme.scene_font(10), tone_colour(theme, tone), width, 52, at_right=True)
    problem = one_line(tree.started.text) if tree.started is not None else tr("no run")
    bold = theme.scene_font(14)
    bold.setWeight(QFont.Weight.DemiBold)
    _line(painter, problem, bold, palette.text, width - right, 30)
    _line(painter, summary_of(tree), theme.scene_font(10), palette.secondary, width - lower, 52)


def _line(
    painter: QPainter, text: str, font: QFont, colour: QColor, width: float, baseline: float, at_right: bool = False
) -> float:
    """Draw one line between the insets, elided if need be; returns the width it took."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(
        one_line(text), Qt.TextElideMode.ElideRight, (width - 2 * INSET) * (0.6 if at_right else 1)
    )
    taken = metrics.horizontalAdvance(shown)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(width - INSET - taken if at_right else INSET, baseline), shown)
    return taken


def verdict_of(tree: Tree) -> tuple[str, Tone]:
    """What the exact check at the end said of the answer."""
    if tree.finished is None:
        return tr("still searching"), "neutral"
    if tree.finished.correct is None:
        return tree.finished.verdict or tr("not checked"), "neutral"
    word = tr("✓ correct") if tree.finished.correct else tr("✗ wrong")
    said = f"{word}: {tree.finished.verdict}" if tree.finished.verdict else word
    return said, "good" if tree.finished.correct else "bad"


def summary_of(tree: Tree) -> str:
    """The search in one line."""
    if tree.started is None:
        return ""
    parts = (
        tree.started.search,
        tr("{count} iterations").format(count=tree.iterations_done),
        tr("{count} nodes").format(count=len(tree.nodes)),
        tr("policy {name}").format(name=tree.started.policy),
        tr("seed {seed}").format(seed=tree.started.seed),
        *((tr("gold answer used"),) if tree.gold else ()),
    )
    return "  ·  ".join(parts)
