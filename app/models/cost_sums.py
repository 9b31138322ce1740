"""Running sums of what events cost, at any cursor. Knows no event and no Qt."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from engine.events import Cost, add_costs

SPACING = 64
"""Costs between two sums that are kept: a million of them would weigh more than the log."""


class CostSums:
    """Grows at its end. Sums are made in order of time, so they equal those of a fold bit by bit."""

    def __init__(self) -> None:
        self._times = array("q")
        self._costs: list[Cost] = []
        self._sums = [Cost()]

    def add(self, time: int, cost: Cost) -> None:
        """`cost` counts from cursor `time` on, which is not before the last one."""
        self._times.append(time)
        self._costs.append(cost)
        if len(self._costs) % SPACING == 0:
            self._sums.append(add_costs((self._sums[-1], *self._costs[-SPACING:])))

    def at(self, cursor: int) -> Cost:
        """The sum of what was used up to `cursor`."""
        known = bisect_right(self._times, cursor)
        whole = known // SPACING
        return add_costs((self._sums[whole], *self._costs[whole * SPACING : known]))
