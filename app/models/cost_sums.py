"""Running sums of what events cost, at any cursor. Knows no event and no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from app.models.columns import Array, Timetable
from app.models.kinds import numbers
from engine.events import Cost

_DTYPES = {name: np.float64 if name == "seconds" else np.int64 for name in Cost.__struct_fields__}

Columns: TypeAlias = tuple[Array, ...]
"""An array for each field of Cost."""


def columns_of(costs: Sequence[Cost]) -> Columns:
    """Raises OverflowError for a number that is too large."""
    return tuple([numbers(costs, name, dtype) for name, dtype in _DTYPES.items()])


class CostSums:
    """Grows at its end. Sums are made in order of time, so they equal those of a fold bit by bit."""

    def __init__(self) -> None:
        self._sums = Timetable(**_DTYPES)
        self._fresh: list[tuple[Array, Columns]] = []

    def note(self, time: int, cost: Cost) -> None:
        """It counts from that cursor on, once it is settled with others, in any order of time among them, after all
        that were settled before."""
        self.note_all(np.array([time]), columns_of([cost]))

    def note_all(self, times: Array, costs: Columns) -> None:
        """The same of many; shapes (m,)."""
        self._fresh.append((times, costs))

    def settle(self) -> None:
        """Add up what was noted."""
        if not any(len(times) for times, _ in self._fresh):
            return
        times = np.concatenate([times for times, _ in self._fresh])
        order = np.argsort(times, kind="stable")
        sums = []
        for name, parts in zip(_DTYPES, zip(*(costs for _, costs in self._fresh), strict=True), strict=True):
            known, values = self._sums[name], np.concatenate(parts)[order]
            values[0] += known[-1] if len(known) else 0
            sums.append(np.cumsum(values))
        self._sums.put(times[order], *sums)
        self._fresh.clear()

    def at(self, cursor: int) -> Cost:
        """The sum of what was used up to `cursor`."""
        row = int(self._sums["time"].searchsorted(np.int32(cursor), side="right")) - 1
        return Cost(**{name: self._sums[name].item(row) for name in _DTYPES}) if row >= 0 else Cost()
