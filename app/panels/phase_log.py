"""The log as arrays: the phase, iteration and time of each event, and where answers, edits and nodes came. No widget.

Grows with the log and never reads it twice. Events are counted by running sums, so what lies in a pixel column costs
two look-ups for each phase, however many events that are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from app.models.columns import Column
from engine.events import (
    PHASES,
    Asked,
    Backpropagated,
    BordersMoved,
    Event,
    Expanded,
    IterationFinished,
    NodeId,
    PrivacySet,
    Pruned,
    Record,
    Restored,
    RunFinished,
    RunNamed,
    RunResumed,
    RunStarted,
    Scored,
    ScoreSet,
    Selected,
    StepLabelled,
    StepRated,
    TaskUndone,
    VirtualLossChanged,
    phase_of,
)

NO_PHASE = -1
SPAN_START = 64
SPAN_GROWTH = 1.25
"""While a run goes on, the time axis grows in steps of a quarter: not a jump for each event."""

Shares = npt.NDArray[np.float64]
Cursors = npt.NDArray[np.int32]

_VARYING = (Expanded, Pruned, VirtualLossChanged)
"""Events whose phase is not that of their class."""
_PLAIN = (Selected, Scored, Backpropagated)
"""The many events that leave no mark."""
_PHASE_NUMBER = {None: NO_PHASE} | {phase: number for number, phase in enumerate(PHASES)}


class PhaseLog:
    """Cursors count events: cursor c shows the first c events, so c - 1 is the index of the latest one shown."""

    def __init__(self) -> None:
        self._phases = Column(np.int8)
        self._iterations = Column(np.int32)
        self._elapsed = Column(np.float64)
        self._counts = [Column(np.int32) for _ in PHASES]
        self._answers, self._edits, self._births = (Column(np.int32) for _ in range(3))
        self._new_answers, self._new_edits, self._new_births = list[int](), list[int](), list[int]()
        self._of_kind: dict[type[Event], int] = {}
        self._ends: list[int] = []
        self._phase_ends: list[int] = []
        self._known = (NO_PHASE, 0)
        self._iteration = 0
        self._last_at = 0.0
        self._finished = False
        self._chosen: NodeId | None = None

    def __len__(self) -> int:
        return len(self._phases)

    @property
    def phases(self) -> npt.NDArray[np.int8]:
        """Index into PHASES for each event, NO_PHASE for events about the whole run; shape (events,)."""
        return self._phases.view

    @property
    def iterations(self) -> npt.NDArray[np.int32]:
        """Iteration of each event, 0 before the first; shape (events,)."""
        return self._iterations.view

    @property
    def elapsed(self) -> npt.NDArray[np.float64]:
        """Seconds from the beginning of the run to each event, never falling; shape (events,).

        The time between the end of a run and what follows (it is gone on with, it is written about) does not count.
        """
        return self._elapsed.view

    @property
    def iteration_ends(self) -> list[int]:
        """Cursors at which an iteration is just complete, ascending."""
        return self._ends

    @property
    def phase_ends(self) -> list[int]:
        """Cursors at which a phase of an iteration is just complete and the next one begins, ascending."""
        return self._phase_ends

    @property
    def answers(self) -> Cursors:
        """Cursors at which an answer came into the tree, ascending."""
        return self._answers.view

    @property
    def edits(self) -> Cursors:
        """Cursors at which a person had changed something in the run, ascending."""
        return self._edits.view

    @property
    def chosen_at(self) -> int | None:
        """Cursor at which the run's answer was in the tree; None while there is none."""
        return None if self._chosen is None else self.birth(self._chosen)

    @property
    def finished(self) -> bool:
        return self._finished

    @property
    def span(self) -> int:
        """Events that the time axis has room for."""
        if self._finished:
            return max(1, len(self))
        span = float(SPAN_START)
        while span < len(self):
            span *= SPAN_GROWTH
        return int(span)

    def birth(self, node: NodeId) -> int | None:
        """The cursor from which a node exists; None if it does not."""
        return int(self._births.view[node]) if 0 <= node < len(self._births) else None

    def extend(self, records: Iterable[Record]) -> None:
        """Events that follow those known."""
        time = len(self)
        rows: list[tuple[int, int, float]] = []
        for record in records:
            time += 1
            rows.append(self._row(time, record))
        if rows:
            self._settle(rows)

    def phase_at(self, cursor: int) -> int:
        """Phase of the latest event shown: an index into PHASES, or NO_PHASE."""
        return int(self.phases[cursor - 1]) if 0 < cursor <= len(self) else NO_PHASE

    def iteration_at(self, cursor: int) -> int:
        """Iteration of the latest event shown; 0 before the first."""
        return int(self.iterations[cursor - 1]) if 0 < cursor <= len(self) else 0

    def seconds_at(self, cursor: int) -> float:
        """Seconds from the beginning of the run to the latest event shown."""
        return float(self.elapsed[cursor - 1]) if 0 < cursor <= len(self) else 0.0

    def counts(self, firsts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> npt.NDArray[np.int32]:
        """How many events of each phase have an index in [first, end), for each such pair; shape (phases, pairs)."""
        return np.array([_sum_before(ends, sums.view) - _sum_before(firsts, sums.view) for sums in self._counts])

    def shares(self, firsts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> Shares:
        """How much of each stretch of events belongs to each phase, the largest share being 1; 0 where there is
        nothing. Shape (phases, stretches)."""
        counts = self.counts(firsts, ends)
        shares = counts / np.maximum(1, counts.sum(axis=0))
        most = shares.max(initial=0.0)
        return np.asarray(shares / most if most else shares)

    def _row(self, time: int, record: Record) -> tuple[int, int, float]:
        event = record.event
        seconds = max(0.0, record.at - self._last_at) if time > 1 and not self._idle_before(event) else 0.0
        self._last_at = record.at
        phase = self._phase_number(event)
        self._iteration = getattr(event, "iteration", self._iteration)
        if phase != NO_PHASE and (phase, self._iteration) != self._known:
            if self._known[0] != NO_PHASE:
                self._phase_ends.append(time - 1)
            self._known = phase, self._iteration
        if type(event) not in _PLAIN:
            self._note(time, event)
        return phase, self._iteration, seconds

    def _idle_before(self, event: Event) -> bool:
        return self._finished or type(event) is RunResumed

    def _phase_number(self, event: Event) -> int:
        kind = type(event)
        number = self._of_kind.get(kind)
        if number is None:
            number = _PHASE_NUMBER[phase_of(event)]
            if kind not in _VARYING:
                self._of_kind[kind] = number
        return number

    def _note(self, time: int, event: Any) -> None:
        """What marks and steps on the timeline are made of."""
        match event:
            case Expanded():
                self._new_births += [time] * len(event.children)
                if any(new.terminal and not new.broken for new in event.children):
                    self._new_answers.append(time)
                if event.generator == "person":
                    self._new_edits.append(time)
            case IterationFinished():
                self._ends.append(time)
            case Pruned(by="person") | Restored(by="person") | Asked() | BordersMoved() | StepLabelled():
                self._new_edits.append(time)
            case StepRated(by="") | RunNamed() | PrivacySet() | ScoreSet() | TaskUndone():
                self._new_edits.append(time)
            case RunStarted():
                self._new_births.append(time)
            case RunFinished():
                self._finished, self._chosen = True, event.chosen
            case RunResumed():
                self._finished, self._chosen = False, None

    def _settle(self, rows: list[tuple[int, int, float]]) -> None:
        phases, iterations, seconds = zip(*rows, strict=True)
        new = np.array(phases, np.int8)
        before = self.elapsed[-1] if len(self) else 0.0
        self._elapsed.extend(before + np.cumsum(seconds))
        self._iterations.extend(np.array(iterations, np.int32))
        for number, sums in enumerate(self._counts):
            known = sums.view[-1] if len(sums) else 0
            sums.extend(known + np.cumsum(new == number))
        self._phases.extend(new)
        for column, cursors in (
            (self._births, self._new_births), (self._answers, self._new_answers), (self._edits, self._new_edits),
        ):  # fmt: skip
            column.extend(np.array(cursors, np.int32))
            cursors.clear()

    # iterations and phases around a cursor

    def end_before(self, cursor: int) -> int | None:
        """The last iteration end before `cursor`."""
        return _before(self._ends, cursor)

    def end_after(self, cursor: int) -> int | None:
        """The first iteration end after `cursor`."""
        return _after(self._ends, cursor)

    def phase_end_before(self, cursor: int) -> int | None:
        """The last end of a phase before `cursor`."""
        return _before(self._phase_ends, cursor)

    def phase_end_after(self, cursor: int) -> int | None:
        """The first end of a phase after `cursor`; None while the last phase goes on."""
        return _after(self._phase_ends, cursor)


def _sum_before(places: npt.NDArray[np.intp], sums: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The running sum over the first `place` entries, for each place; places beyond the end count as the end."""
    if not len(sums):
        return np.zeros(len(places), np.int32)
    within = np.minimum(places, len(sums))
    return np.asarray(np.where(within > 0, sums[np.maximum(within, 1) - 1], 0))


def _before(ends: list[int], cursor: int) -> int | None:
    at = bisect_left(ends, cursor)
    return ends[at - 1] if at else None


def _after(ends: list[int], cursor: int) -> int | None:
    at = bisect_right(ends, cursor)
    return ends[at] if at < len(ends) else None
