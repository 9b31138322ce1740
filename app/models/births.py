"""The nodes of a log as they were born, and whether a node existed at a time. Knows no cursor and no Qt."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

import numpy as np

from app.models.columns import Array, Table
from app.models.kinds import numbers
from engine.events import Expanded, NewNode, NodeId
from engine.nodes import TreeError

GENERATORS = ("sample", "propose", "person", "given")
_GENERATOR = {generator: number for number, generator in enumerate(GENERATORS)}


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

    def grow(self, times: Array, events: Sequence[Expanded], seconds: Array) -> None:
        """Children that were born in these events, `seconds` after the run began. Raises TreeError if they cannot be
        the next ones."""
        litters = list(map(attrgetter("children"), events))
        counts = np.fromiter(map(len, litters), np.int64, len(litters))
        children: list[NewNode] = list(chain.from_iterable(litters))
        first = len(self._depths)
        twins = _twins(children, first)
        parents = numbers(events, "parent")
        unborn = (parents < 0) | (parents >= first + np.cumsum(counts) - counts)
        if unborn.any():
            raise TreeError(f"Expanded names node {parents[unborn][0]}, which does not exist")
        for parent, count in zip(parents.tolist(), counts.tolist(), strict=True):
            self._depths.extend((self._depths[parent] + 1,) * count)
        samples, terminal = numbers(children, "samples"), numbers(children, "terminal", np.bool_)
        again = np.where(twins >= 0, samples, np.maximum(0, samples - 1))
        broken = np.fromiter(map(bool, map(attrgetter("broken"), children)), np.bool_, len(children))
        logprobs = map(attrgetter("logprob"), children)
        generators = map(_GENERATOR.__getitem__, map(attrgetter("generator"), events))
        when = np.repeat(times, counts)
        self.put(
            np.repeat(parents, counts),
            np.array(self._depths[first:]),
            when,
            numbers(children, "prior", np.float64),
            np.array([np.nan if logprob is None else logprob for logprob in logprobs]),
            np.repeat(seconds, counts),
            np.repeat(np.fromiter(generators, np.uint8, len(events)), counts),
            terminal,
            numbers(children, "hidden", np.bool_),
            broken,
            samples,
            twins,
            self._duplicates + np.cumsum(again),
        )
        self._times.frombytes(when.astype(np.int64).tobytes())
        self._duplicates += int(again.sum())
        self.broken.update((first + np.flatnonzero(broken)).tolist())
        self.answers.extend((first + np.flatnonzero(terminal & ~broken)).tolist())


def _twins(children: Sequence[NewNode], first: NodeId) -> Array:
    """The twin of each of these nodes, -1 for none; shape (children,). Raises TreeError if one cannot be that, or the
    nodes are not those from number `first` on."""
    given, twins = numbers(children, "node"), list(map(attrgetter("twin"), children))
    right = np.arange(first, first + len(children))
    if (given != right).any():
        place = np.flatnonzero(given != right)[0]
        raise TreeError(f"Expanded gives node number {given[place]} where {right[place]} is next")
    found = np.array([-1 if twin is None else twin for twin in twins], np.int64)
    wrong = (found >= right) | ((found < 0) & np.array([twin is not None for twin in twins], np.bool_))
    if wrong.any():
        twin, number = found[wrong][0], right[wrong][0]
        raise TreeError(f"Expanded calls node {twin} the twin of node {number}, and a twin is a node before it")
    return found
