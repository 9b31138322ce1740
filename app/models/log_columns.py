"""A run's log as arrays: what never changes once it happened. Read once, as it grows; knows no cursor and no Qt.

Times are cursors: what event number c says (counted from 1) has time c and counts from cursor c on.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np

from app.models.births import Births
from app.models.columns import Array, Timetable
from app.models.cost_sums import CostSums
from app.models.known_nodes import KnownNodes
from app.models.log_parts import Facts, Moments, Recounts, Walks
from app.models.step_marks import StepMarks
from engine.events import (
    ROOT,
    AnyEvent,
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

PART = 8192
"""Events that are read between two fillings of the arrays: rows that wait are slow to hold in great numbers."""

OTHER = -1
_CODES: dict[type[Event], int] = {Expanded: 0, Selected: 1, Backpropagated: 2, IterationFinished: 3, Scored: 4}
"""Events of which there are many: those of a part of the log are read at once, kind by kind."""


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
        self._costs: list[tuple[int, Cost]] = []
        self._judged: list[tuple[int, Cost]] = []
        self._ats: list[float] = []
        """Of the expansions in this part: seconds after the run began."""
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
        self._at_once: dict[type[Event], Callable[[list[int], list[Any]], None]] = {
            Expanded: self._on_expansions,
            Selected: self._on_selections,
            Backpropagated: self._on_credits,
            IterationFinished: lambda times, _events: self.ends.extend(times),
            Scored: self._on_scores,
        }

    def extend(self, records: Sequence[Record]) -> None:
        """Events that follow those known. Raises TreeError where they make no sense; then nothing more can be read."""
        if not self.events and records:
            self._begin(records[0])
        for first in range(0, len(records), PART):
            part = records[first : first + PART]
            self._ats = [record.at - self._began for record in part if type(record.event) is Expanded]
            try:
                self._read(part)
            except TreeError:
                raise
            except (ValueError, OverflowError) as error:
                raise TreeError(f"an event holds numbers that do not fit ({error})") from error

    def nodes_at(self, cursor: int) -> int:
        """How many nodes exist at a cursor."""
        births = self.nodes["birth"]
        return int(births.searchsorted(births.dtype.type(cursor), side="right"))

    def _read(self, records: Sequence[Record]) -> None:
        """Kinds of events of which there are many are read at once, the others then one by one."""
        first, events = self.events + 1, [record.event for record in records]
        kinds = np.array([_CODES.get(type(event), OTHER) for event in events], np.int8)
        for kind, read in self._at_once.items():
            places = np.flatnonzero(kinds == _CODES[kind])
            if kind is Scored and not self._are_one_models(events, places):
                kinds[places] = OTHER  # whose word counts is seen one by one
            elif len(places):
                read((places + first).tolist(), [events[place] for place in places.tolist()])
        for place in np.flatnonzero(kinds == OTHER).tolist():
            self._read_one(first + place, events[place])
        self._settle()
        self.moments.follow(events)
        self.events += len(records)

    def _read_one(self, time: int, event: Event) -> None:
        try:
            self._readers.get(type(event), self._on_remark)(time, event)
        except TreeError:
            raise
        except ValueError as error:  # of a strict zip
            raise TreeError(f"{type(event).__name__} holds lists that should be of one length") from error

    def _settle(self) -> None:
        self.recounts.settle()
        for table in (self.counts, self.flights, self.marks, self.prms, self.cuts, self.noises, self.facts):
            table.settle()
        for rows, sums in ((self._costs, self.costs), (self._judged, self.judging)):
            rows.sort(key=itemgetter(0))
            sums.extend(np.array([time for time, _ in rows], np.int32), [cost for _, cost in rows])
            rows.clear()

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

    def _on_selections(self, times: list[int], events: list[Selected]) -> None:
        self.selections.extend(times)
        when, nodes = self.walks.extend(times, events)
        self.nodes.need_all(nodes, when, "Selected")

    def _on_credits(self, times: list[int], events: list[Backpropagated]) -> None:
        when = np.array(times, np.int32)
        leaves = np.fromiter(map(attrgetter("leaf"), events), np.int64, len(events))
        self.nodes.need_all(leaves, when, "Backpropagated")
        self.credits.put(when, leaves, np.fromiter(map(attrgetter("value"), events), np.float64, len(events)))
        golden = [time for time, event in zip(times, events, strict=True) if event.source == "gold"]
        if golden:
            self._on_gold(golden[0])

    def _on_expansions(self, times: list[int], events: list[Expanded]) -> None:
        self.nodes.grow(times, events, self._ats)
        for time, event in zip(times, events, strict=True):
            self.facts.note(time, event.parent, 0)
            self._costs.append((time, event.cost))

    def _on_fact(self, time: int, node: int, place: int, kind: str) -> None:
        self.nodes.need(node, time, kind)
        self.facts.note(time, node, place)

    def _on_remark(self, time: int, event: Event) -> None:
        self._known.check(event, time)
        self.remarks.append(time)

    def _on_flown(self, time: int, event: VirtualLossChanged) -> None:
        self.nodes.need(event.leaf, time, "VirtualLossChanged")
        self.flights.add((time, event.leaf, event.change))

    def _on_scores(self, times: list[int], events: list[Scored]) -> None:
        """Those of which `_are_one_models` holds."""
        scores = list(chain.from_iterable(map(attrgetter("scores"), events)))
        nodes = np.fromiter(map(attrgetter("node"), scores), np.int64, len(scores))
        costs = list(zip(times, map(attrgetter("cost"), events), strict=True))
        self._costs += costs
        self._judged += costs
        counts = np.array([len(event.scores) for event in events])
        when = np.repeat(np.array(times, np.int32), counts)
        self.nodes.need_all(nodes, when, "Scored")
        values = np.fromiter(map(attrgetter("value"), scores), np.float64, len(scores))
        self.facts.note_all(when, nodes, np.arange(len(nodes)) - np.repeat(np.cumsum(counts) - counts, counts))
        self.prms.put(when, nodes, values)
        if scores:
            marked, who = zip(*self._marks.mark_all(nodes.tolist(), values.tolist(), "prm"), strict=True)
            self.marks.put(when, nodes, np.array(marked), np.array(who))

    def _are_one_models(self, events: list[AnyEvent], places: Array) -> bool:
        """Whether the scores at these places are a PRM's alone, as in most searches: none is of a step that is no
        proper one, and no person set one in between."""
        scores = [score for place in places.tolist() for score in getattr(events[place], "scores", ())]
        broken = self.nodes.broken
        if any(score.source != "prm" for score in scores) or any(score.node in broken for score in scores if broken):
            return False
        return ScoreSet not in set(map(type, events))

    def _on_scored(self, time: int, event: Scored) -> None:
        self._costs.append((time, event.cost))
        self._judged.append((time, event.cost))
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
        self._costs.append((time, event.cost))
        if event.cost.scored:  # the rest is the policy's
            self._judged.append((time, Cost(scored=event.cost.scored)))
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
