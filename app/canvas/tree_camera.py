"""Where the window looks in a whole tree: pixels per level and per row, apart from each other. Knows no widget.

Places are continuous: level d is [d, d + 1) along x, row r is [r, r + 1) along y.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.canvas.camera import APPROACH, ARRIVED
from app.canvas.viewport import push_back

EDGE = 16.0
"""Pixels between the tree and the edge of the window when it is fitted."""
SMALLEST_COLUMN = 3.0
TALLEST_FITTED = 28.0
"""Pixels per row at most when a small tree is fitted."""


class TreeCamera:
    """screen = place * (column, row) + (x, y), in device-independent pixels."""

    def __init__(self, largest_column: float, largest_row: float) -> None:
        self.column, self.row = 40.0, 10.0
        self.x = self.y = EDGE
        self.window = QSizeF(900, 600)
        self.levels, self.rows = 1, 1
        """What there is to see."""
        self.at_home = True
        """Whether everything is shown, and should be while the tree grows."""
        self._largest = largest_column, largest_row
        self._way = QPointF()

    @property
    def resting(self) -> bool:
        return self._way.isNull()

    def screen_x(self, level: float) -> float:
        return level * self.column + self.x

    def screen_y(self, row: float) -> float:
        return row * self.row + self.y

    def screen_ys(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return rows * self.row + self.y

    def to_screen(self, place: QRectF) -> QRectF:
        """An area in levels and rows."""
        return QRectF(self.screen_x(place.x()), self.screen_y(place.y()),
                      place.width() * self.column, place.height() * self.row)  # fmt: skip

    def level_at(self, x: float) -> float:
        return (x - self.x) / self.column

    def row_at(self, y: float) -> float:
        return (y - self.y) / self.row

    def seen(self) -> QRectF:
        """What the window shows, in levels and rows."""
        return QRectF(self.level_at(0), self.row_at(0), self.window.width() / self.column,
                      self.window.height() / self.row)  # fmt: skip

    def shows_everything(self) -> bool:
        whole = QRectF(0, 0, self.levels, self.rows)
        return self.seen().adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(whole)

    def home(self) -> None:
        """Show everything, now and while the tree grows."""
        self.fit(QRectF(0, 0, self.levels, self.rows))
        self.at_home = True

    def fit(self, place: QRectF) -> None:
        """Show an area in levels and rows, centred; rows and columns are as large as there is room for."""
        self._stop()
        width = max(1.0, self.window.width() - 2 * EDGE)
        height = max(1.0, self.window.height() - 2 * EDGE)
        self.column = min(self._largest[0], max(SMALLEST_COLUMN, width / max(place.width(), 1e-9)))
        self.row = min(TALLEST_FITTED, self._largest[1], height / max(place.height(), 1e-9))
        self.x = EDGE - place.x() * self.column
        self.y = self.window.height() / 2 - place.center().y() * self.row

    def zoom(self, columns: float, rows: float, at: QPointF) -> None:
        """By two factors; the point `at` stays where it is."""
        self._stop()
        level, row = self.level_at(at.x()), self.row_at(at.y())
        smallest_row = (self.window.height() - 2 * EDGE) / max(1, self.rows) / 2
        self.column = min(self._largest[0], max(SMALLEST_COLUMN, self.column * columns))
        self.row = min(self._largest[1], max(min(smallest_row, self._largest[1]), self.row * rows))
        self.x, self.y = at.x() - level * self.column, at.y() - row * self.row
        self._keep_in_sight()

    def pan(self, dx: float, dy: float) -> None:
        self._stop()
        self.x, self.y = self.x + dx, self.y + dy
        self._keep_in_sight()

    def centre_on(self, level: float, row: float) -> None:
        middle = QPointF(self.window.width() / 2, self.window.height() / 2)
        self.pan(middle.x() - self.screen_x(level), middle.y() - self.screen_y(row))

    def resize(self, window: QSizeF) -> None:
        """Show everything still, or keep the middle."""
        self.x += (window.width() - self.window.width()) / 2
        self.y += (window.height() - self.window.height()) / 2
        self.window = window
        if self.at_home:
            self.home()

    def reveal(self, place: QRectF) -> None:
        """Glide until an area in levels and rows can be seen; its top left if it is too large."""
        seen = self.to_screen(place)
        self._way = QPointF(_way(seen.left(), seen.right(), self.window.width()),
                            _way(seen.top(), seen.bottom(), self.window.height()))  # fmt: skip

    def hold(self, before: float, after: float) -> None:
        """What was at row `before` is at row `after` now and stays where it is on the screen."""
        self.y += (before - after) * self.row

    def step(self, animated: bool) -> bool:
        """One frame further; whether the view moved."""
        if self.resting:
            return False
        self.at_home = False
        share = APPROACH if animated and self._way.manhattanLength() > ARRIVED else 1.0
        self.x, self.y = self.x + self._way.x() * share, self.y + self._way.y() * share
        self._way *= 1 - share
        return True

    def _keep_in_sight(self) -> None:
        right, bottom = self.screen_x(self.levels), self.screen_y(self.rows)
        self.x += push_back(self.x, right, self.window.width())
        self.y += push_back(self.y, bottom, self.window.height())

    def _stop(self) -> None:
        self._way = QPointF()
        self.at_home = False


def _way(low: float, high: float, length: float) -> float:
    """How far to move so that [low, high] lies in a window."""
    if low < EDGE or high - low > length - 2 * EDGE:
        return EDGE - low if low < EDGE or low > length - 2 * EDGE else 0.0
    return min(0.0, length - EDGE - high)
