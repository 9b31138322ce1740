"""The log as arrays: which phase and iteration each event belongs to. Knows no widget and keeps no event.

Grows with the log, never reads it twice: 100,000 events cost a repaint some array arithmetic, not a loop.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from engine.events import PHASES, Expanded, IterationFinished, NodeId, Record, RunFinished, RunResumed, phase_of

NO_PHASE = -1
SPAN_START = 64
SPAN_GROWTH = 1.25
"""While a run goes on, the time axis grows in steps of a quarter: not a jump for each event."""

Shares = npt.NDArray[np.float64]


class PhaseLog:
    """Cursors count events: cursor c shows the first c events, so c - 1 is the index of the latest one shown."""

    def __init__(self) -> None:
        self._phases = np.empty(1024, np.int8)
        self._iterations = np.empty(1024, np.int32)
        self._length = 0
        self._ends: list[int] = []
        self._births: dict[NodeId, int] = {}
        self._finished = False
        self._chosen: NodeId | None = None

    def __len__(self) -> int:
        return self._length

    @property
    def phases(self) -> npt.NDArray[np.int8]:
        """Index into PHASES for each event, NO_PHASE for events about the whole run; shape (events,)."""
        return self._phases[: self._length]

    @property
    def iteration_ends(self) -> list[int]:
        """Cursors at which an iteration is just complete, ascending."""
        return self._ends

    @property
    def answer_at(self) -> int | None:
        """Cursor at which the run's answer (before there is one: its first answer) was in the tree; None if never."""
        if self._chosen is not None:
            return self._births.get(self._chosen)
        return min(self._births.values(), default=None)

    @property
    def span(self) -> int:
        """Events that the time axis has room for."""
        if self._finished:
            return max(1, self._length)
        span = float(SPAN_START)
        while span < self._length:
            span *= SPAN_GROWTH
        return int(span)

    def extend(self, records: Iterable[Record]) -> None:
        """Events that follow those known."""
        for record in records:
            self._add(record)

    def phase_at(self, cursor: int) -> int:
        """Phase of the latest event shown: an index into PHASES, or NO_PHASE."""
        return int(self._phases[cursor - 1]) if 0 < cursor <= self._length else NO_PHASE

    def iteration_at(self, cursor: int) -> int:
        """Iteration of the latest event shown; 0 before the first."""
        return int(self._iterations[cursor - 1]) if 0 < cursor <= self._length else 0

    def end_before(self, cursor: int) -> int | None:
        """The last iteration end before `cursor`."""
        at = bisect_left(self._ends, cursor)
        return self._ends[at - 1] if at else None

    def end_after(self, cursor: int) -> int | None:
        """The first iteration end after `cursor`."""
        at = bisect_right(self._ends, cursor)
        return self._ends[at] if at < len(self._ends) else None

    def shares(self, columns: int) -> Shares:
        """How much of each pixel column belongs to each phase, in [0, 1]; shape (phases, columns).

        With less events than columns an event fills whole columns; with more, a column is shared out by count.
        """
        used = min(columns, max(1, round(columns * self._length / self.span))) if self._length else 0
        shares = np.zeros((len(PHASES), columns))
        if not used:
            return shares
        if self._length <= used:
            phases = self.phases[np.arange(used) * self._length // used]
            column = np.arange(used)[phases != NO_PHASE]
            shares[phases[column], column] = 1.0
            return shares
        column = np.arange(self._length) * used // self._length
        known = self.phases != NO_PHASE
        cells = self.phases[known].astype(np.int64) * columns + column[known]
        counts = np.bincount(cells, minlength=shares.size).reshape(shares.shape)
        shares[:] = counts / max(1, counts.max())
        return shares

    def _add(self, record: Record) -> None:
        event = record.event
        if self._length == len(self._phases):
            self._phases = np.concatenate((self._phases, np.empty_like(self._phases)))
            self._iterations = np.concatenate((self._iterations, np.empty_like(self._iterations)))
        phase = phase_of(event)
        before = int(self._iterations[self._length - 1]) if self._length else 0
        self._phases[self._length] = NO_PHASE if phase is None else PHASES.index(phase)
        self._iterations[self._length] = getattr(event, "iteration", before)
        self._length += 1
        match event:
            case Expanded():
                self._births.update(
                    {new.node: self._length for new in event.children if new.terminal and not new.broken}
                )
            case IterationFinished():
                self._ends.append(self._length)
            case RunFinished():
                self._finished, self._chosen = True, event.chosen
            case RunResumed():
                self._finished, self._chosen = False, None
