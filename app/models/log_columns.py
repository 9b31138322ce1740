"""A run's log as arrays: what never changes once it happened. Read once, as it grows; knows no cursor and no Qt.

Times are cursors: what event number c says (counted from 1) has time c and counts from cursor c on.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any, get_args

import numpy as np

from app.models.columns import Table, Timetable
from app.models.cost_sums import CostSums
from engine.events import (
    PHASES,
    ROOT,
    Backpropagated,
    Credited,
    Event,
    Expanded,
    IterationFinished,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RolledOut,
    RunFinished,
    RunResumed,
    RunStarted,
    Scored,
    Selected,
    Source,
    VirtualLossChanged,
    Voted,
    phase_of,
)
from engine.nodes import PRECEDENCE
from engine.parts import UNIT

SOURCES: tuple[Source, ...] = get_args(Source)
NOBODY = 255
"""In place of an index into SOURCES: nobody said anything."""
NO_PHASE = -1
GENERATORS = ("sample", "propose", "person", "given")

PART = 4096
"""Events that are read between two fillings of the arrays: rows that wait are slow to hold in great numbers."""

_NUMBER = {source: number for number, source in enumerate(SOURCES)}
_RANK = {source: rank for rank, source in enumerate(PRECEDENCE)}
_RULE = _NUMBER["rule"]
POLICY = _NUMBER["policy"]


class LogColumns:
    """`extend` it with records that fold (see `engine.tree`): it does not check them again."""

    def __init__(self) -> None:
        self.events = 0
        self.nodes = Table(
            parent=np.int32,
            depth=np.int32,
            birth=np.int32,
            prior=np.float32,
            logprob=np.float32,
            born_at=np.float64,
            generator=np.uint8,
            terminal=np.bool_,
            hidden=np.bool_,
            broken=np.bool_,
            samples=np.int32,
            twin=np.int32,
            duplicates=np.int32,
        )
        """Each node as it was born; `duplicates` is a running sum, see `Tree.duplicates`."""
        self.moments = Table(phase=np.int8, iteration=np.int32)
        """For each event: phase and iteration of the tree after it."""
        self.credits = Timetable(leaf=np.int32, value=np.float64)
        self.counts = Timetable(node=np.int32, visits=np.int32, value=np.float64)
        """Credited: more visits of a node alone, and the sum of their values."""
        self.flights = Timetable(leaf=np.int32, change=np.int32)
        self.marks = Timetable(node=np.int32, mark=np.float32, source=np.uint8)
        self.prms = Timetable(node=np.int32, score=np.float32)
        self.cuts = Timetable(node=np.int32, pruned=np.bool_)
        self.noises = Timetable(node=np.int32, prior=np.float32)
        self.choices = Timetable(node=np.int32, place=np.int32)
        """Selections among the children of a node: which Choice of the event."""
        self.facts = Timetable(node=np.int32, place=np.int32, previous=np.int32)
        """What happened to a node alone: Expanded (the parent's), Scored, RolledOut, PriorsNoised, Pruned, Restored.
        Its place in the event, and the row of the node's fact before (-1: none)."""
        self.costs = CostSums()
        self.answers = array("q")
        """Terminal nodes that hold a proper answer, oldest first."""
        self.selections, self.ends, self.votes, self.resumptions, self.finishes = (array("q") for _ in range(5))
        """Times of Selected, IterationFinished, Voted, RunResumed, RunFinished."""
        self.remarks = array("q")
        """Times of all other events: rare ones that change no node, such as a person's notes. They are folded again."""
        self.gold_at: int | None = None
        self.scale = UNIT
        self._began = 0.0
        self._phase, self._iteration = NO_PHASE, 0
        self._duplicates = 0
        self._depths = array("q")
        self._last_facts = array("q")
        self._facts = 0
        self._said = array("d")
        self._ranks = bytearray()
        self._refused: set[int] = set()
        self._broken: set[int] = set()
        self._readers: dict[type[Event], Callable[[int, Any, float], None]] = {
            RunStarted: self._on_started,
            RunResumed: lambda time, _event, _at: self.resumptions.append(time),
            Selected: self._on_selected,
            Expanded: self._on_expanded,
            Scored: self._on_scored,
            RolledOut: self._on_rolled_out,
            Backpropagated: self._on_backpropagated,
            Credited: self._on_credited,
            PriorsNoised: self._on_noised,
            VirtualLossChanged: lambda time, event, _at: self.flights.add((time, event.leaf, event.change)),
            Pruned: self._on_cut,
            Restored: self._on_cut,
            Voted: lambda time, _event, _at: self.votes.append(time),
            IterationFinished: lambda time, _event, _at: self.ends.append(time),
            RunFinished: lambda time, _event, _at: self.finishes.append(time),
        }

    def extend(self, records: Sequence[Record]) -> None:
        """Events that follow those known."""
        if not self.events and records:
            self._began = records[0].at
        for first in range(0, len(records), PART):
            self._read(records[first : first + PART])

    def nodes_at(self, cursor: int) -> int:
        """How many nodes exist at a cursor."""
        births = self.nodes["birth"]
        return int(births.searchsorted(births.dtype.type(cursor), side="right"))

    def facts_up_to(self, row: int) -> list[tuple[int, int]]:
        """Time and place of the fact in `row` and of all before it about the same node, oldest first."""
        times, places, before = self.facts["time"], self.facts["place"], self.facts["previous"]
        found = []
        while row >= 0:
            found.append((times.item(row), places.item(row)))
            row = before.item(row)
        found.reverse()
        return found

    def _read(self, records: Sequence[Record]) -> None:
        time, phase, iteration = self.events, self._phase, self._iteration
        for record in records:
            time += 1
            event = record.event
            self._readers.get(type(event), self._on_remark)(time, event, record.at)
            if (found := phase_of(event)) is not None:
                phase = PHASES.index(found)
            iteration = getattr(event, "iteration", iteration)
            self.moments.add((phase, iteration))
        self.events, self._phase, self._iteration = time, phase, iteration
        self._settle()

    def _settle(self) -> None:
        for table in (self.nodes, self.moments, self.credits, self.counts, self.flights, self.marks, self.prms):
            table.settle()
        for table in (self.cuts, self.noises, self.choices, self.facts):
            table.settle()

    def _on_started(self, time: int, event: RunStarted, _at: float) -> None:
        self.scale = event.scale
        self.nodes.add((-1, 0, time, 1.0, np.nan, 0.0, 0, False, False, False, 1, -1, 0))
        self._bear(depth=0, broken=False)

    def _on_selected(self, time: int, event: Selected, _at: float) -> None:
        self.selections.append(time)
        for place, choice in enumerate(event.choices):
            self.choices.add((time, choice.parent, place))

    def _on_fact(self, time: int, node: int, place: int) -> None:
        self.facts.add((time, node, place, self._last_facts[node]))
        self._last_facts[node] = self._facts
        self._facts += 1

    def _on_remark(self, time: int, _event: Event, _at: float) -> None:
        self.remarks.append(time)

    def _on_expanded(self, time: int, event: Expanded, at: float) -> None:
        parent, generator = event.parent, GENERATORS.index(event.generator)
        depth, at = self._depths[parent] + 1, at - self._began
        self._on_fact(time, parent, 0)
        self.costs.add(time, event.cost)
        for new in event.children:
            broken = bool(new.broken)
            logprob = np.nan if new.logprob is None else new.logprob
            twin = -1 if new.twin is None else new.twin
            flags = new.terminal, new.hidden, broken
            self._duplicates += new.samples if twin >= 0 else max(0, new.samples - 1)
            counts = new.samples, twin, self._duplicates
            self.nodes.add((parent, depth, time, new.prior, logprob, at, generator, *flags, *counts))
            if new.terminal and not broken:
                self.answers.append(new.node)
            self._bear(depth, broken)

    def _bear(self, depth: int, broken: bool) -> None:
        if broken:
            self._broken.add(len(self._depths))
        self._depths.append(depth)
        self._last_facts.append(-1)
        self._said.append(0.0)
        self._ranks.append(NOBODY)

    def _on_scored(self, time: int, event: Scored, _at: float) -> None:
        self.costs.add(time, event.cost)
        for place, score in enumerate(event.scores):
            node, source = score.node, score.source
            self._on_fact(time, node, place)
            if source == "prm":
                self.prms.add((time, node, score.value))
            elif source == "gold":
                self._on_gold(time)
            if node not in self._broken:
                self.marks.add((time, node, *self._mark(node, score.value, source)))

    def _mark(self, node: int, value: float, source: Source) -> tuple[float, int]:
        """What the step is worth after this score, and who says it: as `engine.tree` folds it."""
        if source == "rule":
            (self._refused.add if value == 0.0 else self._refused.discard)(node)
        if (rank := _RANK[source]) <= self._ranks[node]:
            self._ranks[node], self._said[node] = rank, value
        if node in self._refused:
            return 0.0, _RULE
        return self._said[node], _NUMBER[PRECEDENCE[self._ranks[node]]]

    def _on_rolled_out(self, time: int, event: RolledOut, _at: float) -> None:
        self._on_fact(time, event.node, 0)
        self.costs.add(time, event.cost)
        if event.source == "gold":
            self._on_gold(time)

    def _on_credited(self, time: int, event: Credited, _at: float) -> None:
        for node, visits, value in zip(event.nodes, event.visits, event.values, strict=True):
            self.counts.add((time, node, visits, value))

    def _on_backpropagated(self, time: int, event: Backpropagated, _at: float) -> None:
        self.credits.add((time, event.leaf, event.value))
        if event.source == "gold":
            self._on_gold(time)

    def _on_gold(self, time: int) -> None:
        self.gold_at = time if self.gold_at is None else self.gold_at

    def _on_noised(self, time: int, event: PriorsNoised, _at: float) -> None:
        for place, (child, prior) in enumerate(zip(event.children, event.priors, strict=True)):
            self.noises.add((time, child, prior))
            self._on_fact(time, child, place)

    def _on_cut(self, time: int, event: Pruned | Restored, _at: float) -> None:
        pruned = isinstance(event, Pruned)
        for place, node in enumerate(event.nodes):
            if node != ROOT:
                self.cuts.add((time, node, pruned))
                self._on_fact(time, node, place)
