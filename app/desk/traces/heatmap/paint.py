"""How a heat map is painted: cells as one image, marks, labels, numbers of steps. Knows no widget and no session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.desk.colours import hatch, missing_colour
from app.desk.traces.heatmap.frame import HEAD_PX, MARK_PX, Frame, round_numbers
from app.desk.traces.heatmap.picture import Pixels, Rows, Sheet, image_of
from app.language import tr
from app.panels.plots import whole_ticks
from app.panels.texts import decimal
from app.theme import Theme

SEPARATED_PX = 6.0
"""Rows and columns of at least this size have a line between them."""
WRITTEN_PX = 32.0
"""Columns of at least this width have their scores written in them, where rows have labels."""
NUMBER_PX = 34
"""Room for the number of a step."""
TICK_PX = 12
"""Height of the number of a row."""
SMALL = 8.0
MARK_WIDTH = 3.0
"""Of the first error, at the left edge of its cell."""


@dataclass(frozen=True, eq=False, slots=True)
class View:
    """All that a heat map shows at a moment."""

    sheet: Sheet
    order: Rows
    """(traces,) from the top row down."""
    colours: Pixels
    inks: Sequence[QColor]
    """By code: of the numbers that are written in cells."""
    marks: Pixels
    frame: Frame
    selected: int | None
    """Row of the trace on the screen."""
    cursor: tuple[int, int] | None
    """Row and column of the cursor, while the map has the keyboard."""


def paint_map(painter: QPainter, view: View, theme: Theme) -> None:
    """The whole widget."""
    frame = view.frame
    painter.fillRect(QRectF(0, 0, frame.width, frame.height), theme.palette.background)
    if not view.sheet.traces:
        return
    rows, top, high = frame.rows_drawn()
    traces = view.order[rows]
    band = QRectF(0, top, frame.width, len(rows) * high)
    painter.setClipRect(QRectF(0, HEAD_PX, frame.width, frame.room))
    _paint_cells(painter, view, traces, band, theme)
    _paint_errors(painter, view, traces, band, theme)
    _paint_separators(painter, frame, theme)
    if frame.labelled and frame.column_px >= WRITTEN_PX:
        _paint_scores(painter, view, theme)
    painter.drawImage(QRectF(frame.left - MARK_PX, band.y(), MARK_PX - 2, band.height()), image_of(view.marks[traces]))
    _paint_labels(painter, view, theme)
    _paint_selected(painter, view, theme)
    _paint_cursor(painter, view, theme)
    painter.setClipping(False)
    _paint_head(painter, frame, theme)


def _paint_cells(painter: QPainter, view: View, traces: Rows, band: QRectF, theme: Theme) -> None:
    """Hatching, and the image over it, in which steps without a score are holes."""
    frame, seen = view.frame, view.frame.columns_in_sight
    painter.fillRect(frame.cells, missing_colour(theme))
    hatch(painter, frame.cells, theme)
    codes = view.sheet.codes[traces, seen.start : seen.stop]
    left = frame.left + seen.start * frame.column_px - frame.across
    target = QRectF(left, band.y(), len(seen) * frame.column_px, band.height())
    painter.save()
    painter.setClipRect(frame.cells)
    painter.drawImage(target, image_of(view.colours[codes]))
    painter.restore()


def _paint_errors(painter: QPainter, view: View, traces: Rows, band: QRectF, theme: Theme) -> None:
    """A bar at the left edge of each first error."""
    frame = view.frame
    errors = view.sheet.errors[traces]
    high = band.height() / max(1, len(traces))
    found = np.flatnonzero(errors >= 0)
    lefts = frame.left + errors[found] * frame.column_px - frame.across
    inside = lefts >= frame.left
    bars = [
        QRectF(left, band.y() + row * high, MARK_WIDTH, high)
        for row, left in zip(found[inside].tolist(), lefts[inside].tolist(), strict=True)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.palette.text)
    painter.drawRects(bars)


def _paint_separators(painter: QPainter, frame: Frame, theme: Theme) -> None:
    cells = frame.cells
    lines = []
    if frame.row_px >= SEPARATED_PX:
        for row in frame.rows_in_sight:
            y = frame.cell(row, 0).top()
            lines.append(QLineF(frame.left - MARK_PX, y, cells.right(), y))
    if frame.column_px >= SEPARATED_PX:
        for column in frame.columns_in_sight:
            x = frame.cell(0, column).left()
            lines.append(QLineF(x, cells.top(), x, cells.bottom()))
    painter.setPen(QPen(theme.palette.background, 1))
    painter.drawLines(lines)


def _paint_scores(painter: QPainter, view: View, theme: Theme) -> None:
    """The numbers themselves, where there is room for them."""
    frame, sheet = view.frame, view.sheet
    painter.setFont(theme.mono_font(SMALL))
    centred = Qt.AlignmentFlag.AlignCenter
    for row in frame.rows_in_sight:
        trace = int(view.order[row])
        codes, values = sheet.codes[trace].tolist(), sheet.values[trace].tolist()
        for column in frame.columns_in_sight:
            if codes[column] < len(view.inks):
                painter.setPen(view.inks[codes[column]])
                painter.drawText(frame.cell(row, column), centred, decimal(values[column]))


def _paint_labels(painter: QPainter, view: View, theme: Theme) -> None:
    """Words beside each row, or numbers beside some of them."""
    frame = view.frame
    room = QRectF(4, 0, frame.left - MARK_PX - 8, 0)
    if frame.labelled:
        painter.setFont(theme.mono_font(SMALL))
        cut = painter.fontMetrics().elidedText
        painter.setPen(theme.palette.text)
        for row in frame.rows_in_sight:
            label = cut(view.sheet.label(int(view.order[row])), Qt.TextElideMode.ElideRight, int(room.width()))
            place = QRectF(room.x(), frame.cell(row, 0).y(), room.width(), frame.row_px)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        return
    painter.setFont(theme.mono_font(SMALL))
    painter.setPen(theme.palette.secondary)
    for number in round_numbers(frame.rows_in_sight, max(2, frame.room // NUMBER_PX)):
        top = frame.cell(number - 1, 0).center().y() - TICK_PX / 2
        place = QRectF(room.x(), min(max(HEAD_PX, top), frame.height - TICK_PX), room.width(), TICK_PX)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{number:,}")


def _paint_selected(painter: QPainter, view: View, theme: Theme) -> None:
    """A frame around the row of the trace on the screen, and an arrow, since a low row has no inside."""
    if view.selected is None:
        return
    frame, cells = view.frame, view.frame.cells
    row = frame.cell(view.selected, 0)
    box = QRectF(frame.left - MARK_PX, row.top(), cells.right() - frame.left + MARK_PX, row.height())
    thin = box.adjusted(0, -1.5, 0, 1.5) if box.height() < 4 else box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(theme.palette.accent, 2 if box.height() >= 4 else 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(thin)
    tip, middle = frame.left - MARK_PX, row.center().y()
    arrow = QPolygonF([QPointF(tip, middle), QPointF(tip - 6, middle - 4), QPointF(tip - 6, middle + 4)])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.palette.accent)
    painter.drawPolygon(arrow)


def _paint_cursor(painter: QPainter, view: View, theme: Theme) -> None:
    if view.cursor is None:
        return
    box = view.frame.cell(*view.cursor)
    if box.height() < 6:
        box.adjust(0, -3, 0, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, colour in ((3.5, theme.palette.background), (1.5, theme.palette.text)):
        painter.setPen(QPen(colour, width))
        painter.drawRect(box.adjusted(1, 1, -1, -1))


def _paint_head(painter: QPainter, frame: Frame, theme: Theme) -> None:
    """Numbers of the steps."""
    painter.setFont(theme.mono_font(SMALL))
    painter.setPen(theme.palette.secondary)
    seen = frame.columns_in_sight
    head = QRectF(0, 0, frame.left - MARK_PX - 4, HEAD_PX)
    painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tr("step"))
    room = max(1, int(len(seen) * frame.column_px / NUMBER_PX))
    for tick, words in whole_ticks(seen.start + 1, seen.stop, room):
        cell = frame.cell(0, int(tick) - 1)
        place = QRectF(cell.center().x() - NUMBER_PX / 2, 0, NUMBER_PX, HEAD_PX)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
