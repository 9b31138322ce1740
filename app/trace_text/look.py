"""How a trace's text looks: its font, the colours and line styles of marks, links and functions, in both themes.

Every kind has a colour and a shape of its own, so that nobody needs the colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen, QTextCharFormat

from app.language import mark as word
from app.theme import Palette, Theme, mix
from app.trace_text.text import Group, MarkKind
from app.words.functions import FUNCTION_WORDS as FUNCTION_WORDS
from engine.traces.functions import Function

POINTS = 10.0
LINE_HEIGHT = 1.35
TINT = 0.30
"""How much of its colour a chip's ground has."""

Underline = QTextCharFormat.UnderlineStyle
Line = Qt.PenStyle


@dataclass(frozen=True, slots=True)
class MarkLook:
    """How one kind of mark is drawn."""

    role: str
    """The palette's name of its colour."""
    underline: Underline
    line: Line
    """Of ribbons between linked pieces."""
    words: str


MARKS: dict[MarkKind, MarkLook] = {
    "supported": MarkLook("good", Underline.SingleUnderline, Line.SolidLine, word("supported by the thought")),
    "only hidden": MarkLook("secondary", Underline.DotLine, Line.DotLine, word("only in the thought")),
    "only exposed": MarkLook("principal", Underline.DashUnderline, Line.DashLine, word("only in the answer")),
    "contradicted": MarkLook("bad", Underline.WaveUnderline, Line.DashDotLine, word("contradicted by the thought")),
    "number": MarkLook("accent", Underline.DashDotLine, Line.SolidLine, word("a number")),
    "found": MarkLook("principal", Underline.NoUnderline, Line.SolidLine, word("found")),
    "tag": MarkLook("secondary", Underline.NoUnderline, Line.SolidLine, word("a tag")),
}

FUNCTION_SIGNS: dict[Function, str] = {
    "setup": "△",
    "plan": "◇",
    "fact": "•",
    "compute": "=",
    "uncertain": "?",
    "check": "✓",
    "backtrack": "↺",
    "consolidate": "Σ",
    "answer": "★",
}
"""The bundled font has all of them."""


def text_font(theme: Theme) -> QFont:
    """Without kerning and ligatures: `!=` stays what the model wrote, and widths of characters add up to a row's."""
    font = theme.ui_font(POINTS)
    font.setKerning(False)
    for feature in ("calt", "liga"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def chip_font(theme: Theme) -> QFont:
    """For what stands beside the text."""
    return theme.ui_font(8)


def mark_colour(kind: MarkKind, palette: Palette) -> QColor:
    """Of a mark's line, and of ribbons."""
    colour: QColor = getattr(palette, MARKS[kind].role)
    return colour


def mark_pen(kind: MarkKind, palette: Palette, width: float, opacity: float) -> QPen:
    """For lines between linked pieces. Lines up to a pixel wide are drawn ten times as fast as others."""
    colour = QColor(mark_colour(kind, palette))
    colour.setAlphaF(opacity)
    return QPen(colour, width, MARKS[kind].line)


def mark_format(kind: MarkKind, palette: Palette) -> QTextCharFormat:
    """For marked text."""
    style = QTextCharFormat()
    if kind == "tag":
        style.setForeground(palette.secondary)
        style.setBackground(palette.panel)
    elif kind == "found":
        return found_format(palette, current=False)
    else:
        style.setUnderlineStyle(MARKS[kind].underline)
        style.setUnderlineColor(mark_colour(kind, palette))
    return style


def found_format(palette: Palette, current: bool) -> QTextCharFormat:
    """For what a search found; `current` is the one that the search stands at."""
    style = QTextCharFormat()
    style.setBackground(palette.accent if current else mix(palette.card, palette.principal, 0.35))
    style.setForeground(palette.on_accent if current else palette.text)
    return style


def selected_format(palette: Palette, focused: bool) -> QTextCharFormat:
    """For selected text."""
    style = QTextCharFormat()
    style.setBackground(mix(palette.card, palette.accent, 0.45 if focused else 0.25))
    style.setForeground(palette.text)
    return style


def group_colour(group: Group, palette: Palette) -> QColor:
    """Of the bar beside the text."""
    return {
        "hidden": palette.accent,
        "exposed": palette.good,
        "summary": palette.phases[2],
        "tool": palette.phases[3],
        "tag": palette.edge,
        "redacted": palette.bad,
    }[group]


def function_colour(function: Function, palette: Palette) -> QColor:
    """Of a chip; its ground has TINT of it, and its text is the palette's."""
    return {
        "setup": palette.secondary,
        "plan": palette.phases[0],
        "fact": palette.edge,
        "compute": palette.phases[1],
        "uncertain": palette.phases[3],
        "check": palette.accent,
        "backtrack": palette.bad,
        "consolidate": palette.phases[2],
        "answer": palette.principal,
    }[function]
