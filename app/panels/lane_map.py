"""Where things lie on a timeline of a given size: pixels from places and cursors, and back. Paints nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF

from app.mark_shapes import Mark
from app.panels.lane_picture import Columns
from app.panels.time_axis import TimeAxis
from app.panels.time_marks import Places

Cursors = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Scene:
    """What a timeline shows beside the log."""

    cursor: int = 0
    kept: tuple[int, int] | None = None
    """Ends of the time range."""
    marks: Mapping[Mark, Cursors] = field(default_factory=dict)
    """Cursors of the marks of each kind, ascending."""
    tell: Callable[[int], str] = lambda _cursor: ""
    """What the event that leads to a cursor did, in words."""


@dataclass(frozen=True)
class LaneMap:
    """An axis laid over a rectangle: that of the lanes."""

    axis: TimeAxis
    lanes: QRectF

    def x(self, place: float) -> float:
        first, last = self.axis.part
        return self.lanes.left() + self.lanes.width() * (place - first) / (last - first)

    def x_of(self, cursor: int) -> float:
        """Where a cursor lies: the right end of the latest event shown."""
        return self.x(self.axis.place_of(cursor))

    def share(self, x: float) -> float:
        """How far to the right a point lies; 0 to 1 within the lanes."""
        return (x - self.lanes.left()) / max(1.0, self.lanes.width())

    def cursor_at(self, x: float) -> int:
        """The cursor that a point stands for: an event is shown when the point lies on it."""
        first, last = self.axis.part
        return self.axis.cursor_of(first + self.share(x) * (last - first))

    def columns(self, scene: Scene, width: int) -> Columns:
        """What of the scene each of so many pixel columns shows."""

        def column(cursor: int) -> int:
            return round(min(1.0, max(0.0, self.share(self.x_of(cursor)))) * width)

        kept = scene.kept
        return Columns(column(scene.cursor), (column(kept[0] - 1), column(kept[1])) if kept else (0, width))

    def places(self, marks: Mapping[Mark, Cursors]) -> Places:
        """Where the marks between the ends of the axis are, in pixels; of very many, a few for each pixel."""
        first, last = self.axis.part
        scale = self.lanes.width() / (last - first)
        return {
            kind: self.lanes.left() + (self.axis.places_of(self._in_sight(cursors)) - first) * scale
            for kind, cursors in marks.items()
        }

    def _in_sight(self, cursors: Cursors) -> Cursors:
        first, last = (self.axis.cursor_of(place) for place in self.axis.part)
        one, other = np.searchsorted(cursors, (first - 1, last + 1))
        every = max(1, int(other - one) // (4 * max(1, int(self.lanes.width()))))
        return cursors[one:other:every]
