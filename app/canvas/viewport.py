"""Where the window looks: scale and offset between the tree's pixels and the widget's. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

SMALLEST, LARGEST = 0.08, 3.0
MARGIN = 24.0
KEPT_IN_SIGHT = 80.0
"""Panning stops when this much of the tree is left in the window."""


@dataclass
class Viewport:
    """screen = scene * scale + offset, all in device-independent pixels."""

    scale: float = 1.0
    x: float = MARGIN
    y: float = MARGIN

    def to_screen(self, rect: QRectF) -> QRectF:
        return QRectF(
            rect.x() * self.scale + self.x,
            rect.y() * self.scale + self.y,
            rect.width() * self.scale,
            rect.height() * self.scale,
        )

    def to_scene(self, point: QPointF) -> QPointF:
        return QPointF((point.x() - self.x) / self.scale, (point.y() - self.y) / self.scale)

    def zoom(self, factor: float, at: QPointF) -> None:
        """Zoom by `factor`; the point under the cursor stays where it is."""
        fixed = self.to_scene(at)
        self.scale = min(LARGEST, max(SMALLEST, self.scale * factor))
        self.x = at.x() - fixed.x() * self.scale
        self.y = at.y() - fixed.y() * self.scale

    def fit(self, rect: QRectF, window: QSizeF, largest: float = 1.0) -> None:
        """Show all of `rect` (scene), centred, at most at `largest`."""
        width = max(1.0, window.width() - 2 * MARGIN)
        height = max(1.0, window.height() - 2 * MARGIN)
        wanted = min(width / max(1.0, rect.width()), height / max(1.0, rect.height()), largest)
        self.scale = max(SMALLEST, wanted)
        self.x = window.width() / 2 - rect.center().x() * self.scale
        self.y = window.height() / 2 - rect.center().y() * self.scale

    def pan(self, dx: float, dy: float, bounds: QRectF, window: QSizeF) -> None:
        """Move what is seen by pixels of the screen, but never lose `bounds` (scene) out of the window."""
        self.x += dx
        self.y += dy
        seen = self.to_screen(bounds)
        self.x += push_back(seen.left(), seen.right(), window.width())
        self.y += push_back(seen.top(), seen.bottom(), window.height())

    def way_into_view(self, rect: QRectF, window: QSizeF) -> QPointF:
        """The shortest pan that brings `rect` (scene) into the window, its top left first if it is too large."""
        seen = self.to_screen(rect)
        return QPointF(
            _way(seen.left(), seen.right(), MARGIN, window.width() - MARGIN),
            _way(seen.top(), seen.bottom(), MARGIN, window.height() - MARGIN),
        )

    def way_within(self, way: QPointF, bounds: QRectF, window: QSizeF) -> QPointF:
        """`way`, changed so far that no room lies empty beside `bounds` (scene) which these could fill."""
        seen = self.to_screen(bounds).translated(way)
        return way + QPointF(
            _way_to_fill(seen.left(), seen.right(), MARGIN, window.width() - MARGIN),
            _way_to_fill(seen.top(), seen.bottom(), MARGIN, window.height() - MARGIN),
        )


def push_back(low: float, high: float, length: float) -> float:
    """How far [low, high] must move so that KEPT_IN_SIGHT of it is left in a window of `length`."""
    return max(0.0, KEPT_IN_SIGHT - high) + min(0.0, length - KEPT_IN_SIGHT - low)


def _way(low: float, high: float, first: float, last: float) -> float:
    if low < first or high - low > last - first:
        return first - low
    return min(0.0, last - high)


def _way_to_fill(low: float, high: float, first: float, last: float) -> float:
    if high - low <= last - first:
        return _way(low, high, first, last)
    return min(0.0, first - low) + max(0.0, last - high)
