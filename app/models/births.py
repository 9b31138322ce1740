"""The nodes of a log as they were born, and whether a node existed at a time. Knows no cursor and no Qt."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

import numpy as np

from app.models.columns import Array, Table
from engine.events import Expanded, NewNode, NodeId
from engine.nodes import TreeError

GENERATORS = ("sample", "propose", "person", "given")


class Births(Table):
    """A row for each node; `duplicates` is a running sum, see `Tree.duplicates`. Times ascend from call to call."""

    def __init__(self) -> None:
        super().__init__(
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
        self.answers = array("q")
        """Terminal nodes that hold a proper answer, oldest first."""
        self.broken: set[NodeId] = set()
        """Steps that are no proper ones."""
        self._depths = array("q")
        self._times = array("q")
        self._duplicates = 0

    def start(self, time: int) -> None:
        """The root."""
        self.add((-1, 0, time, 1.0, np.nan, 0.0, 0, False, False, False, 1, -1, 0))
        self.settle()
        self._depths.append(0)
        self._times.append(time)

    def exists(self, node: NodeId, time: int) -> bool:
        """Whether there is such a node at that time."""
        return 0 <= node < len(self._times) and self._times[node] <= time

    def need(self, node: NodeId, time: int, kind: str) -> None:
        """Raises TreeError if there is no such node at that time; `kind` is the event that names it."""
        if not self.exists(node, time):
            raise TreeError(f"{kind} names node {node}, which does not exist")

    def need_all(self, nodes: Array, times: Array, kind: str) -> None:
        """The same of many at once; shapes (m,)."""
        births = self["birth"]
        known = (nodes >= 0) & (nodes < len(births))
        known[known] = births[nodes[known]] <= times[known]
        if not known.all():
            raise TreeError(f"{kind} names node {nodes[~known][0]}, which does not exist")

    def grow(self, times: Sequence[int], events: Sequence[Expanded], seconds: Sequence[float]) -> None:
        """Children that were born in these events, `seconds` after the run began. Raises TreeError if they cannot be
        the next ones."""
        counts = np.array([len(event.children) for event in events])
        children = list(chain.from_iterable(map(attrgetter("children"), events)))
        first = len(self._depths)
        twins = np.array([_twin(number, new) for number, new in enumerate(children, first)], np.int32)
        parents = np.fromiter(map(attrgetter("parent"), events), np.int64, len(events))
        unborn = (parents < 0) | (parents >= first + np.cumsum(counts) - counts)
        if unborn.any():
            raise TreeError(f"Expanded names node {parents[unborn][0]}, which does not exist")
        for parent, count in zip(parents.tolist(), counts.tolist(), strict=True):
            self._depths.extend((self._depths[parent] + 1,) * count)
        samples = np.array([new.samples for new in children], np.int64)
        again = np.where(twins >= 0, samples, np.maximum(0, samples - 1))
        broken = np.array([bool(new.broken) for new in children], np.bool_)
        terminal = np.array([new.terminal for new in children], np.bool_)
        when = np.repeat(np.array(times, np.int32), counts)
        self.put(
            np.repeat(parents, counts),
            np.array(self._depths[first:]),
            when,
            np.array([new.prior for new in children]),
            np.array([np.nan if new.logprob is None else new.logprob for new in children]),
            np.repeat(np.array(seconds), counts),
            np.repeat(np.array([GENERATORS.index(event.generator) for event in events]), counts),
            terminal,
            np.array([new.hidden for new in children], np.bool_),
            broken,
            samples,
            twins,
            self._duplicates + np.cumsum(again),
        )
        self._times.extend(when.tolist())
        self._duplicates += int(again.sum())
        self.broken.update((first + np.flatnonzero(broken)).tolist())
        self.answers.extend((first + np.flatnonzero(terminal & ~broken)).tolist())


def _twin(number: NodeId, new: NewNode) -> NodeId:
    """The node's twin, -1 for none. Raises TreeError if it cannot be that, or the node not have this number."""
    if new.node != number:
        raise TreeError(f"Expanded gives node number {new.node} where {number} is next")
    if new.twin is None:
        return -1
    if not 0 <= new.twin < number:
        raise TreeError(f"Expanded calls node {new.twin} the twin of node {number}, and a twin is a node before it")
    return new.twin
