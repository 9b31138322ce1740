"""A run's log as arrays: what never changes once it happened. Read once, as it grows; knows no cursor and no Qt.

Times are cursors: what event number c says (counted from 1) has time c and counts from cursor c on.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np

from app.models.births import Births
from app.models.columns import Array, Timetable
from app.models.cost_sums import CostSums, columns_of
from app.models.kinds import Kind, Part, numbers
from app.models.known_nodes import KnownNodes
from app.models.log_parts import Facts, Moments, Recounts, Walks
from app.models.step_marks import StepMarks
from engine.events import (
    ROOT,
    Backpropagated,
    Cost,
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
    ScoreSet,
    Selected,
    TaskUndone,
    VirtualLossChanged,
    Voted,
)
from engine.nodes import TreeError
from engine.overruling import parts_undone
from engine.parts import UNIT

MOST = 8192
"""Events that are read between two fillings of the arrays: rows that wait are slow to hold in great numbers."""


class LogColumns:
    """`extend` it with the records of a log. They need not have been folded: it sees whether they can be."""

    def __init__(self) -> None:
        self.events = 0
        self.nodes = Births()
        self.moments = Moments()
        self.credits = Timetable(leaf=np.int32, value=np.float64)
        self.counts = Timetable(node=np.int32, visits=np.int32, value=np.float64, single=np.bool_)
        """Credited: more visits of a node alone, the sum of their values, and whether it is that of one visit."""
        self.recounts = Recounts()
        self.flights = Timetable(leaf=np.int32, change=np.int32)
        self.marks = Timetable(node=np.int32, mark=np.float32, source=np.uint8)
        self.prms = Timetable(node=np.int32, score=np.float32)
        self.cuts = Timetable(node=np.int32, pruned=np.bool_)
        self.noises = Timetable(node=np.int32, prior=np.float32)
        self.walks = Walks()
        self.facts = Facts()
        self.costs = CostSums()
        self.judging = CostSums()
        """What the verifiers alone have used."""
        self.selections, self.ends, self.votes, self.resumptions, self.finishes = (array("q") for _ in range(5))
        """Times of Selected, IterationFinished, Voted, RunResumed, RunFinished."""
        self.remarks = array("q")
        """Times of all other events: rare ones that change no node, such as a person's notes. They are folded again."""
        self.gold_at: int | None = None
        self.scale = UNIT
        self._began = 0.0
        self._known = KnownNodes(self.nodes)
        self._marks = StepMarks()
        self._readers: dict[type[Event], Callable[[int, Any], None]] = {
            RunStarted: self._on_started,
            RunResumed: lambda time, _event: self.resumptions.append(time),
            Scored: self._on_scored,
            ScoreSet: self._on_score_set,
            RolledOut: self._on_rolled_out,
            Credited: self._on_credited,
            PriorsNoised: self._on_noised,
            VirtualLossChanged: self._on_flown,
            Pruned: self._on_cut,
            Restored: self._on_cut,
            TaskUndone: self._on_undone,
            Voted: lambda time, _event: self.votes.append(time),
            RunFinished: self._on_end,
        }
        self._at_once: dict[type[Event], Callable[[Part, Kind], None]] = {
            Expanded: self._on_expansions,
            Selected: self._on_selections,
            Backpropagated: self._on_credits,
            IterationFinished: lambda part, ends: _note(part.times(ends), self.ends),
            Scored: self._on_scores,
        }
        """Events of which there are many: those of a part of the log are read at once, kind by kind."""

    def extend(self, records: Sequence[Record]) -> None:
        """Events that follow those known. Raises TreeError where they make no sense; then nothing more can be read."""
        if not self.events and records:
            self._begin(records[0])
        for first in range(0, len(records), MOST):
            try:
                self._read(Part(records[first : first + MOST], self.events + 1))
            except TreeError:
                raise
            except (ValueError, OverflowError) as error:
                raise TreeError(f"an event holds numbers that do not fit ({error})") from error

    def nodes_at(self, cursor: int) -> int:
        """How many nodes exist at a cursor."""
        births = self.nodes["birth"]
        return int(births.searchsorted(births.dtype.type(cursor), side="right"))

    def _read(self, part: Part) -> None:
        """Kinds of events of which there are many are read at once, the others then one by one."""
        others = dict(part.kinds)
        for kind, read in self._at_once.items():
            # Whose word counts is else seen one by one.
            if kind in part.kinds and (kind is not Scored or self._are_one_models(part)):
                read(part, others.pop(kind))
        for place in sorted(chain.from_iterable(found.places.tolist() for found in others.values())):
            self._read_one(part.first + place, part.events[place])
        self._settle()
        self.moments.follow(part)
        self.events += len(part.events)

    def _read_one(self, time: int, event: Event) -> None:
        try:
            self._readers.get(type(event), self._on_remark)(time, event)
        except TreeError:
            raise
        except ValueError as error:  # of a strict zip
            raise TreeError(f"{type(event).__name__} holds lists that should be of one length") from error

    def _settle(self) -> None:
        for table in (self.counts, self.flights, self.marks, self.prms, self.cuts, self.noises, self.facts):
            table.settle()
        for sums in (self.recounts, self.costs, self.judging):
            sums.settle()

    def _begin(self, record: Record) -> None:
        if not isinstance(record.event, RunStarted):
            raise TreeError(f"{type(record.event).__name__} comes before RunStarted")
        self._began, self.scale = record.at, record.event.scale
        self.nodes.start(1)

    def _on_started(self, time: int, event: RunStarted) -> None:
        self._known.check(event, time)  # which refuses a second one

    def _on_end(self, time: int, event: RunFinished) -> None:
        self._known.check(event, time)
        self.finishes.append(time)

    def _on_selections(self, part: Part, found: Kind) -> None:
        times = part.times(found)
        _note(times, self.selections)
        when, nodes = self.walks.extend(times, found.events)
        self.nodes.need_all(nodes, when, "Selected")

    def _on_credits(self, part: Part, found: Kind) -> None:
        when, leaves = part.times(found), found.numbers("leaf")
        self.nodes.need_all(leaves, when, "Backpropagated")
        self.credits.put(when, leaves, found.numbers("value", np.float64))
        sources = list(map(attrgetter("source"), found.events))
        if "gold" in sources:
            self._on_gold(int(when[sources.index("gold")]))

    def _on_expansions(self, part: Part, found: Kind) -> None:
        when, parents = part.times(found), found.numbers("parent")
        self.nodes.grow(when, found.events, part.ats(found) - self._began)
        self.facts.note_all(when, parents, np.zeros(len(parents), np.int64))
        self.costs.note_all(when, columns_of(list(map(attrgetter("cost"), found.events))))

    def _on_fact(self, time: int, node: int, place: int, kind: str) -> None:
        self.nodes.need(node, time, kind)
        self.facts.note(time, node, place)

    def _on_remark(self, time: int, event: Event) -> None:
        self._known.check(event, time)
        self.remarks.append(time)

    def _on_flown(self, time: int, event: VirtualLossChanged) -> None:
        self.nodes.need(event.leaf, time, "VirtualLossChanged")
        self.flights.add((time, event.leaf, event.change))

    def _on_scores(self, part: Part, found: Kind) -> None:
        """Those of which `_are_one_models` holds."""
        said = list(map(attrgetter("scores"), found.events))
        scores = list(chain.from_iterable(said))
        counts, nodes = np.fromiter(map(len, said), np.int64, len(said)), numbers(scores, "node")
        costs = columns_of(list(map(attrgetter("cost"), found.events)))
        self.costs.note_all(part.times(found), costs)
        self.judging.note_all(part.times(found), costs)
        when = np.repeat(part.times(found), counts)
        self.nodes.need_all(nodes, when, "Scored")
        values = numbers(scores, "value", np.float64)
        self.facts.note_all(when, nodes, np.arange(len(nodes)) - np.repeat(np.cumsum(counts) - counts, counts))
        self.prms.put(when, nodes, values)
        marked, who = self._marks.mark_all(nodes.tolist(), values.tolist(), "prm")
        self.marks.put(when, nodes, np.array(marked), np.array(who))

    def _are_one_models(self, part: Part) -> bool:
        """Whether the scores are a PRM's alone, as in most searches: none is of a step that is no proper one, and no
        person set one in between."""
        scores = list(chain.from_iterable(map(attrgetter("scores"), part.kinds[Scored].events)))
        if ScoreSet in part.kinds or not set(map(attrgetter("source"), scores)) <= {"prm"}:
            return False
        return self.nodes.broken.isdisjoint(map(attrgetter("node"), scores))

    def _on_scored(self, time: int, event: Scored) -> None:
        self.costs.note(time, event.cost)
        self.judging.note(time, event.cost)
        for place, score in enumerate(event.scores):
            node, source = score.node, score.source
            self._on_fact(time, node, place, "Scored")
            if source == "prm":
                self.prms.add((time, node, score.value))
            elif source == "gold":
                self._on_gold(time)
            if node not in self.nodes.broken:
                self.marks.add((time, node, *self._marks.mark(node, score.value, source)))

    def _on_score_set(self, time: int, event: ScoreSet) -> None:
        self._on_fact(time, event.node, 0, "ScoreSet")
        if event.node not in self.nodes.broken:
            self.marks.add((time, event.node, *self._marks.set_by_hand(event.node, event.value)))

    def _on_rolled_out(self, time: int, event: RolledOut) -> None:
        self._on_fact(time, event.node, 0, "RolledOut")
        self._known.play(event)
        self.costs.note(time, event.cost)
        if event.cost.scored:  # the rest is the policy's
            self.judging.note(time, Cost(scored=event.cost.scored))
        if event.source == "gold":
            self._on_gold(time)

    def _on_credited(self, time: int, event: Credited) -> None:
        for node, visits, value in zip(event.nodes, event.visits, event.values, strict=True):
            self.nodes.need(node, time, "Credited")
            self.counts.add((time, node, visits, value, event.single and visits == 1))

    def _on_gold(self, time: int) -> None:
        self.gold_at = time if self.gold_at is None else min(time, self.gold_at)

    def _on_noised(self, time: int, event: PriorsNoised) -> None:
        for place, (child, prior) in enumerate(zip(event.children, event.priors, strict=True)):
            self.noises.add((time, child, prior))
            self._on_fact(time, child, place, "PriorsNoised")

    def _on_cut(self, time: int, event: Pruned | Restored) -> None:
        pruned = isinstance(event, Pruned)
        reasons = event.reasons if isinstance(event, Pruned) else event.nodes
        for place, (node, _reason) in enumerate(zip(event.nodes, reasons, strict=True)):
            if node == ROOT and pruned:
                raise TreeError("Pruned names the root")
            if node != ROOT:
                self.cuts.add((time, node, pruned))
                self._on_fact(time, node, place, "Pruned" if pruned else "Restored")

    def _on_undone(self, time: int, event: TaskUndone) -> None:
        cut = len(event.out) + len(event.back)
        for place, node in enumerate(parts_undone(event)):
            if place < cut and node == ROOT:
                raise TreeError("TaskUndone names the root as pruned or restored")
            self._on_fact(time, node, place, "TaskUndone")
            if place < cut:
                self.cuts.add((time, node, place < len(event.out)))
        for node in event.nodes:
            self.nodes.need(node, time, "TaskUndone")
        self.recounts.note(time, event)


def _note(times: Array, known: array[int]) -> None:
    """At the end of what is known."""
    known.frombytes(times.astype(np.int64).tobytes())
