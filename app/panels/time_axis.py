"""Which stretch of a run a timeline shows, and where on it a cursor lies: by event or by time. Knows no widget.

A place is a number of events, or of seconds since the run began. An event fills the places from the one before it to
its own: it is what was done in that time.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from app.panels.phase_log import PhaseLog

Scale = Literal["events", "time"]
ZOOM = 1.25
"""Of one notch of the wheel."""
NARROWEST = {"events": 8.0, "time": 0.01}
"""What is shown at least: events, or seconds."""

Indices = npt.NDArray[np.intp]


class TimeAxis:
    """The part of a log between `first` and `last`; the whole, which grows with the run, unless it is zoomed."""

    def __init__(self, log: PhaseLog | None = None) -> None:
        self.log = log if log is not None else PhaseLog()
        self.scale: Scale = "events"
        self._part: tuple[float, float] | None = None

    @property
    def zoomed(self) -> bool:
        return self._part is not None

    @property
    def span(self) -> float:
        """The place at which the whole ends."""
        if self.scale == "events":
            return float(self.log.span)
        grown = self.log.span / max(1, len(self.log))
        return max(NARROWEST["time"], self.log.seconds_at(len(self.log)) * grown)

    @property
    def part(self) -> tuple[float, float]:
        """The first and the last place shown."""
        return self._part or (0.0, self.span)

    def set_scale(self, scale: Scale) -> None:
        """By event or by time; shows the whole."""
        self.scale, self._part = scale, None

    def show_all(self) -> None:
        self._part = None

    def zoom(self, factor: float, at: float) -> None:
        """Show `factor` times as much; the place `at` (a share of the width, 0..1) stays where it is."""
        first, last = self.part
        length = max(NARROWEST[self.scale], (last - first) * factor)
        self._show(first + (last - first - length) * at, length)

    def pan(self, shares: float) -> None:
        """Move the part by so many of its lengths, later if positive."""
        first, last = self.part
        self._show(first + (last - first) * shares, last - first)

    def centre(self, place: float) -> None:
        """Show as much as now, around a place."""
        first, last = self.part
        self._show(place - (last - first) / 2, last - first)

    def reveal(self, cursor: int) -> None:
        """Move the part no further than it takes to show this cursor."""
        if self._part is None:
            return
        (first, last), place = self._part, self.place_of(cursor)
        if place > last:
            self._show(place - (last - first), last - first)
        elif place < first:
            self._show(place, last - first)

    def place_of(self, cursor: int) -> float:
        """Where a cursor lies: at the end of the latest event that it shows."""
        return float(cursor) if self.scale == "events" else self.log.seconds_at(cursor)

    def places_of(self, cursors: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
        """`place_of` for many cursors, all of them at least 1."""
        return cursors.astype(np.float64) if self.scale == "events" else self.log.elapsed[cursors - 1]

    def cursor_of(self, place: float) -> int:
        """The cursor that shows the event at a place, 1..events; 1 for an empty log."""
        return max(1, min(int(self._events_before(np.array([place]))[0]) + 1, len(self.log)))

    def stretches(self, columns: int) -> tuple[Indices, Indices]:
        """For each of so many equal columns the first event that lies in it, and the first that does not.

        An event that is wider than a column lies in several; columns after the last event are empty.
        """
        edges = self._events_before(np.linspace(*self.part, columns + 1))
        firsts, ends = edges[:-1], np.maximum(edges[1:], edges[:-1] + 1)
        length = len(self.log)
        return np.minimum(firsts, length), np.minimum(ends, length)

    def _events_before(self, places: npt.NDArray[np.float64]) -> Indices:
        """How many events have ended before each place, or just there."""
        if self.scale == "events":
            return np.floor(places).astype(np.intp)
        before = np.searchsorted(self.log.elapsed, places, side="right")
        return np.asarray(before, np.intp)

    def _show(self, first: float, length: float) -> None:
        whole = self.span
        if length >= whole:
            self._part = None
        else:
            first = min(max(0.0, first), whole - length)
            self._part = first, first + length
