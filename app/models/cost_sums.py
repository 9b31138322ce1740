"""Running sums of what events cost, at any cursor. Knows no event and no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from app.models.columns import Array, Timetable
from engine.events import Cost

_FIELDS = Cost.__struct_fields__
_WHOLE = tuple(name for name in _FIELDS if name != "seconds")
_ORDER = (*_WHOLE, "seconds")
_numbers = attrgetter(*_ORDER)


class CostSums:
    """Grows at its end. Sums are made in order of time, so they equal those of a fold bit by bit."""

    def __init__(self) -> None:
        self._sums = Timetable(**dict.fromkeys(_WHOLE, np.int64), seconds=np.float64)

    def extend(self, times: Array, costs: Sequence[Cost]) -> None:
        """Each cost counts from its cursor on; they come in order of time, none before the last one known."""
        if not costs:
            return
        last = self._sums.rows - 1
        columns = []
        for name, numbers in zip(_ORDER, zip(*map(_numbers, costs), strict=True), strict=True):
            known = self._sums[name]
            values = np.array(numbers, known.dtype)
            values[0] += known[last] if last >= 0 else 0
            columns.append(np.cumsum(values, dtype=known.dtype))
        self._sums.put(times, *columns)

    def at(self, cursor: int) -> Cost:
        """The sum of what was used up to `cursor`."""
        row = int(self._sums["time"].searchsorted(np.int32(cursor), side="right")) - 1
        return Cost(**{name: self._sums[name].item(row) for name in _FIELDS}) if row >= 0 else Cost()
