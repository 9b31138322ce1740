"""Paints the rows of a view: grounds, text, caret and what stands beside it. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.theme import mix
from app.trace_text.line import Line
from app.trace_text.look import selected_format
from app.trace_text.reading_view import ReadingView
from app.trace_text.row_layout import RowLayout, Style
from app.trace_text.text import MarkKind, Piece, Range


@dataclass
class Lit:
    """Which pieces stand out, and how."""

    selected: int | None = None
    hovered: int | None = None
    highlighted: Collection[int] = ()
    """The partners of another piece."""
    partners: Mapping[int, MarkKind] = field(default_factory=dict)
    """Pieces with a mark of a link."""
    masked: Collection[int] = ()
    """Pieces of which a bar is shown in place of the text."""
    found: list[Range] = field(default_factory=list)
    current: int = -1
    """Which of what was found the search stands at; -1 for none."""


def paint_rows(painter: QPainter, view: ReadingView, lit: Lit) -> None:
    """All rows in sight."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lines = view.lines()
    view.forget_layouts(lines)
    for line in lines:
        _paint_ground(painter, view, line, lit)
    for line in lines:
        layout = view.layout_of(line)
        _paint_beside(painter, view, line, lit)
        if line.piece is not None and line.piece in lit.masked:
            _paint_mask(painter, view, line, layout)
        else:
            _paint_text(painter, view, line, layout)
        _paint_caret(painter, view, line, layout)


def _paint_ground(painter: QPainter, view: ReadingView, line: Line, lit: Lit) -> None:
    ground = _ground(view, line, lit)
    if ground is not None:
        painter.fillRect(QRectF(0, line.y, view.viewport().width(), view.row_height), ground)


def _ground(view: ReadingView, line: Line, lit: Lit) -> QColor | None:
    palette = view.theme.palette
    if line.piece is None:
        return None
    if line.piece == lit.selected:
        return mix(palette.background, palette.accent, 0.20)
    if line.piece in lit.highlighted:
        return mix(palette.background, palette.principal, 0.18)
    return mix(palette.background, palette.text, 0.06) if line.piece == lit.hovered else None


def _paint_beside(painter: QPainter, view: ReadingView, line: Line, lit: Lit) -> None:
    if line.piece is None:
        return
    piece, palette = view.text.pieces[line.piece], view.theme.palette
    view.gutter.paint_bar(painter, piece, line.y, view.row_height)
    if line.heads:
        hidden = line.piece in lit.masked
        shown = Piece(piece.start, piece.end, piece.group, None, piece.number) if hidden else piece
        view.gutter.paint(painter, shown, None if hidden else lit.partners.get(line.piece), line.y, view.row_height)
    edge = {lit.selected: palette.accent}.get(line.piece)
    if edge is None and line.piece in lit.highlighted:
        edge = palette.principal
    if edge is not None:
        right = view.viewport().width() - 2
        painter.fillRect(QRectF(right, line.y, 2, view.row_height), edge)


def _paint_text(painter: QPainter, view: ReadingView, line: Line, layout: RowLayout) -> None:
    palette = view.theme.palette
    low, high = (min(max(place - line.row.start, 0), layout.drawn.last) for place in view.selected_places)
    selected = [Style(low, high, selected_format(palette, view.hasFocus()))] if low < high else []
    painter.setPen(palette.text)
    layout.draw(painter, _text_at(view, line, layout), selected)


def _text_at(view: ReadingView, line: Line, layout: RowLayout) -> QPointF:
    """In the middle of the row's height, however high its letters are."""
    return QPointF(view.text_left, line.y + (view.row_height - layout.height) / 2)


def _paint_mask(painter: QPainter, view: ReadingView, line: Line, layout: RowLayout) -> None:
    palette = view.theme.palette
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mix(palette.background, palette.text, 0.30))
    height = view.row_height * 0.6
    bar = QRectF(view.text_left, line.y + (view.row_height - height) / 2, layout.width, height)
    painter.drawRoundedRect(bar, 3, 3)


def _paint_caret(painter: QPainter, view: ReadingView, line: Line, layout: RowLayout) -> None:
    place = view.caret_place
    at_end = place == line.row.end == len(view.shown)
    if not view.hasFocus() or not (line.row.start <= place < line.row.end or at_end):
        return
    x = view.text_left + layout.x_of(place - line.row.start)
    painter.setPen(QPen(view.theme.palette.text, 1.5))
    painter.drawLine(QPointF(x, line.y + 2), QPointF(x, line.y + view.row_height - 2))
