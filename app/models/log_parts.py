"""Tables of a log that know how their rows hang together. Know no cursor and no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

import numpy as np

from app.models.columns import Array, Table, Timetable
from app.models.kinds import Part
from engine.events import PHASES, Event, Expanded, NodeId, Pruned, Selected, TaskUndone, VirtualLossChanged, phase_of

NO_PHASE = KEPT = -1
"""KEPT: an event that leaves phase or iteration as it is."""
WINDOW = 4096
"""Rows that are looked through at first for an earlier one of the same node."""
_DIFFERING = (VirtualLossChanged, Expanded, Pruned)
"""Kinds of events of which not all belong to the same phase."""


class Moments(Table):
    """For each event: `phase` and `iteration` of the tree after it."""

    def __init__(self) -> None:
        super().__init__(phase=np.int8, iteration=np.int32)
        self._phase, self._iteration = NO_PHASE, 0

    def follow(self, part: Part) -> None:
        """Raises OverflowError for an iteration with a number that is too large."""
        phases = np.empty(len(part.events), np.int8)
        iterations = np.full(len(part.events), KEPT, np.int32)
        for kind, found in part.kinds.items():
            phases[found.places] = _phases(kind, found.events)
            if "iteration" in kind.__struct_fields__:
                iterations[found.places] = found.numbers("iteration", np.int32)
        self._phase, self._iteration = _fill(phases, self._phase), _fill(iterations, self._iteration)
        self.put(phases, iterations)


def _phases(kind: type[Event], events: Sequence[Event]) -> int | list[int]:
    """Of events of one kind: that of all, or each one's."""
    if kind is Expanded and "person" not in set(map(attrgetter("generator"), events)):
        return _phase(events[0])
    return [_phase(event) for event in events] if kind in _DIFFERING else _phase(events[0])


def _phase(event: Event) -> int:
    phase = phase_of(event)
    return KEPT if phase is None else PHASES.index(phase)


def _fill(values: Array, before: int) -> int:
    """Put what came before in the place of each KEPT; the last one."""
    last = np.where(values != KEPT, np.arange(len(values)), -1)
    np.maximum.accumulate(last, out=last)
    values[:] = np.where(last >= 0, values[last], before)
    return int(values[-1])


class Walks(Timetable):
    """Selections that went on below a `node`: its choice is in the event, unless the way there was prescribed."""

    def __init__(self) -> None:
        super().__init__(node=np.int32)

    def extend(self, times: Array, events: Sequence[Selected]) -> tuple[Array, Array]:
        """All nodes that were passed, and when; shape (passed,)."""
        paths = list(map(attrgetter("path"), events))
        lengths = np.fromiter(map(len, paths), np.int64, len(paths))
        nodes = np.fromiter(chain.from_iterable(paths), np.int64, int(lengths.sum()))
        when = np.repeat(times, lengths)
        goes_on = np.ones(len(nodes), np.bool_)
        goes_on[np.cumsum(lengths)[lengths > 0] - 1] = False
        self.put(when[goes_on], nodes[goes_on])
        return when, nodes

    def before(self, row: int) -> int:
        """The row of the selection before that in `row` which went on below the same node; -1: none."""
        nodes = self["node"]
        node, room = nodes[row], WINDOW
        while row > 0:
            first = max(0, row - room)
            found = np.flatnonzero(nodes[first:row] == node)
            if len(found):
                return first + int(found[-1])
            row, room = first, 2 * room
        return -1


class Facts(Timetable):
    """What happened to a `node` alone: Expanded (the parent's), Scored, RolledOut, PriorsNoised, Pruned, Restored,
    ScoreSet, TaskUndone. Its `place` in the event, and the row of the node's fact before, `previous` (-1: none)."""

    def __init__(self) -> None:
        super().__init__(node=np.int32, place=np.int32, previous=np.int32)
        self._last = np.empty(0, np.int32)
        self._fresh: list[tuple[Array, Array, Array]] = []

    def note(self, time: int, node: NodeId, place: int) -> None:
        """To be settled with others, in any order of time among them, after all that were settled before."""
        self.add((time, node, place, -1))

    def note_all(self, times: Array, nodes: Array, places: Array) -> None:
        """The same of many; shapes (m,)."""
        self._fresh.append((times, nodes, places))

    def settle(self) -> None:
        known = self.rows
        super().settle()
        for times, nodes, places in self._fresh:
            self.put(times, nodes, places, np.full(len(times), -1))
        self._fresh.clear()
        order = np.argsort(self["time"][known:], kind="stable")
        for name in ("time", "node", "place"):
            self[name][known:] = self[name][known:][order]
        self._link(self["node"][known:], known)

    def _link(self, nodes: Array, first: int) -> None:
        """Find the fact before of each of these rows, the first of which is `first`."""
        if not len(nodes):
            return
        if (most := int(nodes.max())) >= len(self._last):
            self._last = np.concatenate((self._last, np.full(most + 1, -1, np.int32)))
        order = np.argsort(nodes, kind="stable")
        rows, sorted_nodes = first + order, nodes[order]
        starts = np.concatenate(([True], sorted_nodes[1:] != sorted_nodes[:-1]))
        before = np.concatenate(([-1], rows[:-1]))
        self["previous"][rows] = np.where(starts, self._last[sorted_nodes], before)
        self._last[sorted_nodes] = rows  # of equal places the last one wins

    def up_to(self, row: int) -> list[tuple[int, int]]:
        """Time and place of the fact in `row` and of all before it about the same node, oldest first."""
        times, places, before = self["time"], self["place"], self["previous"]
        found = []
        while row >= 0:
            found.append((times.item(row), places.item(row)))
            row = before.item(row)
        found.reverse()
        return found


class Recounts(Timetable):
    """What a task that was taken back, or done again, changed about the numbers of a `node`; `best` is the one from
    then on, -inf for none."""

    def __init__(self) -> None:
        super().__init__(node=np.int32, visits=np.int32, value_sum=np.float64, square_sum=np.float64, best=np.float64)

    def note(self, time: int, event: TaskUndone) -> None:
        """Raises ValueError if its columns differ in length."""
        columns = (event.nodes, event.visits, event.values, event.squares, event.bests)
        for node, visits, value, square, best in zip(*columns, strict=True):
            self.add((time, node, visits, value, square, -np.inf if best is None else best))

    def stops(self, after: int, until: int) -> list[int]:
        """The times after `after` and before `until` at which such a thing happened."""
        return sorted({time for time in self["time"][self.between(after, until)].tolist() if time < until})
