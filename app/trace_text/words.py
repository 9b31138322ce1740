"""What is said about a piece: in tool tips and to screen readers. Plain text; draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from app.language import tr
from app.plain_text import one_line
from app.trace_text.gutter import Spot
from app.trace_text.look import FUNCTION_WORDS, MARKS
from app.trace_text.text import Piece
from app.words.functions import kind_words

if TYPE_CHECKING:
    from app.trace_text.marked_view import MarkedView

LONGEST = 300


def tip_of(view: MarkedView, point: QPointF) -> str:
    """What there is to say about a point of the viewport; empty for nothing."""
    line = view.line_at(point.y())
    if line is None:
        return ""
    spot = view.gutter.spot_at(point.x())
    if spot is not None:
        return _of_spot(view, line.piece, spot) if line.piece is not None and line.heads else ""
    place = view.place_under(point)
    if place is None or view.is_masked(line):
        return ""
    offset = view.shown.offset_of(place)
    marks = view.text.marks_in(offset, offset + 1)
    return "\n".join(
        dict.fromkeys(tr(MARKS[mark.kind].words) + (f": {mark.why}" if mark.why else "") for mark in marks)
    )


def _of_spot(view: MarkedView, number: int, spot: Spot) -> str:
    piece = view.text.pieces[number]
    if spot == Spot.LINK:
        kind = view.partners.get(number)
        return tr(MARKS[kind].words) if kind else ""
    return piece_words(piece, number in view.masked)


def piece_words(piece: Piece, masked: bool = False) -> str:
    """Its number, what it is, and what it is for; of a masked one nothing that tells what it says."""
    parts = [tr("step {number}").format(number=piece.number) if piece.number else "", kind_words(piece.group)]
    if masked:
        return ", ".join(filter(None, parts))
    if piece.function is not None:
        parts.append(tr(FUNCTION_WORDS[piece.function]))
    if piece.by_hand:
        parts.append(tr("labelled by hand"))
    return ", ".join(filter(None, parts))


def spoken(view: MarkedView) -> str:
    """The row at the caret, with what it belongs to."""
    if not len(view.shown):
        return ""
    row = view.rows.row(view.rows.number_of(view.caret_place))
    number = view.text.piece_at(view.shown.offset_of(row.start))
    if number is None:
        return one_line(view.shown.text(*row), LONGEST)
    words = piece_words(view.text.pieces[number], number in view.masked)
    if number in view.masked:
        return tr("{piece}: not shown").format(piece=words)
    return f"{words}: {one_line(view.shown.text(*row), LONGEST)}"
