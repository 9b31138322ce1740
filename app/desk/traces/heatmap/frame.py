"""Where the cells of a heat map lie in a view of some size: rows and columns from pixels, and back. Paints nothing."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from app.desk.traces.heatmap.picture import Rows

HEAD_PX = 16
MARK_PX = 8
"""Between the labels of the rows and the cells: right or wrong."""
LABEL_PX = 13.0
"""Rows of at least this height have a label."""
READABLE_PX, TALLEST_PX = 17.0, 34.0
"""The height of a row that is to be read, and the greatest that zooming gives."""
SCREENS = 3
"""Of at most so many times what is in sight, rows are readable at first; more of them are shown all at once."""
NARROWEST_PX, WIDEST_PX = 5.0, 96.0
"""Columns: more steps than fit are scrolled, a few do not become bands."""
NUMBERS_PX = 50
"""Room for the numbers of rows that are too low for a label."""
LABELS_SHARE = 3
"""Labels have at most this part of the width."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A heat map of so many rows and columns in a view."""

    width: int
    height: int
    rows: int
    columns: int
    labels: int = 100
    """Pixels that the labels would like."""
    zoom: float | None = None
    """Pixels of a row; None: as `usual` has it."""
    across: int = 0
    """Pixels that are scrolled out of sight at the left, and at the top."""
    down: int = 0

    @property
    def room(self) -> int:
        """Height for the cells."""
        return max(1, self.height - HEAD_PX)

    @property
    def whole(self) -> float:
        """Pixels of a row where all are in sight."""
        return min(TALLEST_PX, self.room / max(1, self.rows))

    @property
    def usual(self) -> float:
        """Pixels of a row before anybody zooms: to be read, unless there are too many."""
        return max(READABLE_PX if self.rows * READABLE_PX <= SCREENS * self.room else 0.0, min(READABLE_PX, self.whole))

    @property
    def row_px(self) -> float:
        wanted = self.usual if self.zoom is None else self.zoom
        return min(TALLEST_PX, max(wanted, min(self.whole, READABLE_PX)))

    @property
    def labelled(self) -> bool:
        return self.row_px >= LABEL_PX

    @property
    def left(self) -> int:
        """Where the cells begin; the marks stand before them."""
        labels = max(NUMBERS_PX, min(self.labels, self.width // LABELS_SHARE))
        return (labels if self.labelled else NUMBERS_PX) + MARK_PX

    @property
    def column_px(self) -> float:
        return min(WIDEST_PX, max(NARROWEST_PX, (self.width - self.left) / max(1, self.columns)))

    @property
    def scrolled_px(self) -> tuple[int, int]:
        """How far it can be scrolled to the right, and down."""
        across = ceil(self.columns * self.column_px) - (self.width - self.left)
        down = ceil(self.rows * self.row_px - 1e-6) - self.room
        return max(0, across), max(0, down)

    @property
    def cells(self) -> QRectF:
        """The part of the view that has cells."""
        wide = min(self.width - self.left, self.columns * self.column_px - self.across)
        high = min(self.room, self.rows * self.row_px - self.down)
        return QRectF(self.left, HEAD_PX, max(0.0, wide), max(0.0, high))

    @property
    def rows_in_sight(self) -> range:
        first = int(self.down / self.row_px)
        return range(first, min(self.rows, ceil((self.down + self.room) / self.row_px)))

    @property
    def columns_in_sight(self) -> range:
        first = int(self.across / self.column_px)
        last = ceil((self.across + self.width - self.left) / self.column_px)
        return range(first, min(self.columns, last))

    def rows_drawn(self) -> tuple[Rows, float, float]:
        """(rows, top, height of each): one row for every pixel where they are lower than that, the one in its middle.

        Those of a pixel that are passed over are not drawn; the hover tip is about the one that is.
        """
        seen = self.rows_in_sight
        if self.row_px >= 1:
            return np.arange(seen.start, seen.stop), HEAD_PX + seen.start * self.row_px - self.down, self.row_px
        middles = (np.arange(ceil(self.cells.height())) + 0.5 + self.down) / self.row_px
        return np.minimum(middles.astype(np.int64), self.rows - 1), HEAD_PX, 1.0

    def row_at(self, y: float) -> int | None:
        if not 0 <= y - HEAD_PX < self.cells.height():
            return None
        pixel = y - HEAD_PX if self.row_px >= 1 else int(y - HEAD_PX) + 0.5
        return min(self.rows - 1, int((pixel + self.down) / self.row_px))

    def column_at(self, x: float) -> int | None:
        place = x - self.left
        return int((place + self.across) / self.column_px) if 0 <= place < self.cells.width() else None

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column."""
        row, column = self.row_at(place.y()), self.column_at(place.x())
        return None if row is None or column is None else (row, column)

    def cell(self, row: int, column: int) -> QRectF:
        """In the view; of low rows at least a pixel high."""
        top = HEAD_PX + row * self.row_px - self.down
        return QRectF(self.left + column * self.column_px - self.across, top, self.column_px, max(1.0, self.row_px))

    def scroll_to(self, row: int, column: int | None = None) -> tuple[int, int]:
        """(across, down) with that row, and that column, in sight; scrolled no farther than needed."""
        across = (
            self.across if column is None else _in_sight(column, self.column_px, self.across, self.width - self.left)
        )
        return across, _in_sight(row, self.row_px, self.down, self.room)


def round_numbers(seen: range, wanted: int) -> list[int]:
    """About `wanted` of the rows in sight, from 1: the first, and multiples of 1, 2 or 5 times a power of 10."""
    least = max(1, len(seen) / wanted)
    power = 10 ** floor(log10(least))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= least)
    first = max(step, ceil((seen.start + 1) / step) * step)
    found = list(range(first, seen.stop + 1, step))
    return [1, *found] if seen.start == 0 and step > 1 else found


def _in_sight(number: int, px: float, scrolled: int, room: int) -> int:
    """Pixels to be scrolled so that the band of that number, each `px` thick, lies within the room."""
    start, end = floor(number * px), ceil((number + 1) * px)
    return min(start, max(scrolled, end - room))
