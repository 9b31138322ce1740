"""What changes about the nodes of a tree, as arrays at one cursor. Moves forward through the columns of the log.

Numbers are added up in order of time, so they equal those of a fold bit by bit. Knows no event and no Qt.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.models.columns import Array, Ids, grown
from app.models.log_columns import LogColumns
from app.models.step_marks import NOBODY, POLICY

FIELDS: dict[str, tuple[npt.DTypeLike, float]] = {
    "visits": (np.int32, 0),
    "value_sum": (np.float64, 0.0),
    "square_sum": (np.float64, 0.0),
    "best": (np.float64, -np.inf),
    "virtual": (np.int32, 0),
    "mark": (np.float32, np.nan),
    "source": (np.uint8, NOBODY),
    "prm": (np.float32, np.nan),
    "pruned": (np.bool_, False),
    "prior": (np.float32, 1.0),
    "walk": (np.int32, -1),
    "fact": (np.int32, -1),
}
"""Name -> type, and what a node has at its birth (a broken one has a mark, and each its own prior).

`walk` and `fact` are rows of `LogColumns`: the latest of each node; -1 for none."""

ROW_BYTES = sum(np.dtype(dtype).itemsize for dtype, _ in FIELDS.values())

WRITES = 1 << 18
"""Path entries that are made at once: a deep tree must not take all memory."""


class Moment:
    """The nodes at `cursor`. `moment["visits"]` has shape (count,), likewise every name in FIELDS."""

    def __init__(self) -> None:
        self.cursor = 0
        self.count = 0
        self._data: dict[str, Array] = {name: np.empty(0, dtype) for name, (dtype, _) in FIELDS.items()}

    def __getitem__(self, name: str) -> Array:
        return self._data[name][: self.count]

    @property
    def nbytes(self) -> int:
        return ROW_BYTES * self.count

    def copy(self) -> Moment:
        """A moment of its own, with no room to grow."""
        twin = Moment()
        twin.cursor, twin.count = self.cursor, self.count
        twin._data = {name: self[name].copy() for name in FIELDS}
        return twin

    def become(self, other: Moment) -> None:
        """Take the values of another moment, in the memory that is there: new memory costs ten times the copying."""
        self._reserve(other.count)
        self.cursor, self.count = other.cursor, other.count
        for name in FIELDS:
            self[name][:] = other[name]

    def advance(self, log: LogColumns, cursor: int) -> None:
        """Move on to a later cursor."""
        for stop in (*log.recounts.stops(self.cursor, cursor), cursor):  # before and after these is not the same
            self._advance(log, stop)

    def _advance(self, log: LogColumns, cursor: int) -> None:
        before, self.cursor = self.cursor, cursor
        self._bear(log, log.nodes_at(cursor))
        self._credit(log, before)
        self._count(log, before)
        self._recount(log, before)
        self._fly(log, before)
        self._write(log, before)

    def _reserve(self, count: int) -> None:
        if count > len(self._data["visits"]):
            self._data = {name: grown(data, count) for name, data in self._data.items()}

    def _bear(self, log: LogColumns, count: int) -> None:
        first, self.count = self.count, count
        if count == first:
            return
        self._reserve(count)
        for name, (_, value) in FIELDS.items():
            self[name][first:] = value
        self["prior"][first:] = log.nodes["prior"][first:count]
        broken = first + np.flatnonzero(log.nodes["broken"][first:count])
        self["mark"][broken], self["source"][broken] = 0.0, POLICY

    def _credit(self, log: LogColumns, after: int) -> None:
        rows = log.credits.between(after, self.cursor)
        leaves, values = log.credits["leaf"][rows].astype(np.intp), log.credits["value"][rows]
        for part in _parts(leaves, log):
            nodes, lengths = paths(leaves[part], log)
            credit = np.repeat(values[part], lengths)
            np.add.at(self["visits"], nodes, np.ones(len(nodes), np.int32))
            np.add.at(self["value_sum"], nodes, credit)
            np.add.at(self["square_sum"], nodes, credit * credit)
            np.maximum.at(self["best"], nodes, credit)

    def _count(self, log: LogColumns, after: int) -> None:
        rows = log.counts.between(after, self.cursor)
        if rows.start == rows.stop:
            return
        nodes, visits = log.counts["node"][rows].astype(np.intp), log.counts["visits"][rows]
        values = log.counts["value"][rows]
        np.add.at(self["visits"], nodes, visits)
        np.add.at(self["value_sum"], nodes, values)
        single = log.counts["single"][rows]
        np.add.at(self["square_sum"], nodes, np.where(single, values * values, np.inf))
        np.maximum.at(self["best"], nodes[single], values[single])

    def _recount(self, log: LogColumns, after: int) -> None:
        """What a task that was taken back, or done again, changed: as `engine.overruling` folds it."""
        rows = log.recounts.between(after, self.cursor)
        if rows.start == rows.stop:
            return
        nodes = log.recounts["node"][rows]
        for name in ("visits", "value_sum", "square_sum"):
            self[name][nodes] += log.recounts[name][rows]
        self["best"][nodes] = log.recounts["best"][rows]
        left = nodes[self["visits"][nodes] == 0]
        self["value_sum"][left] = self["square_sum"][left] = 0.0

    def _fly(self, log: LogColumns, after: int) -> None:
        """Virtual losses; when a run is resumed what was in flight never came back."""
        resumptions = log.resumptions
        if (last := bisect_right(resumptions, self.cursor)) and resumptions[last - 1] > after:
            after = resumptions[last - 1]
            self["virtual"][:] = 0
        rows = log.flights.between(after, self.cursor)
        leaves, changes = log.flights["leaf"][rows].astype(np.intp), log.flights["change"][rows]
        for part in _parts(leaves, log):
            nodes, lengths = paths(leaves[part], log)
            np.add.at(self["virtual"], nodes, np.repeat(changes[part], lengths))

    def _write(self, log: LogColumns, after: int) -> None:
        """What is said of one node counts until something else is said: the last of equal places wins."""
        for table, column, name in (
            (log.marks, "mark", "mark"),
            (log.marks, "source", "source"),
            (log.prms, "score", "prm"),
            (log.cuts, "pruned", "pruned"),
            (log.noises, "prior", "prior"),
        ):
            rows = table.between(after, self.cursor)
            self[name][table["node"][rows]] = table[column][rows]
        for table, name in ((log.walks, "walk"), (log.facts, "fact")):
            rows = table.between(after, self.cursor)
            self[name][table["node"][rows]] = np.arange(rows.start, rows.stop)


def _parts(leaves: Ids, log: LogColumns) -> list[slice]:
    """`leaves` cut so that the paths of a part have about WRITES entries at most."""
    if not len(leaves):
        return []
    ends = np.cumsum(log.nodes["depth"][leaves] + 1)
    cuts = np.searchsorted(ends, np.arange(WRITES, ends[-1], WRITES), side="left")
    bounds = np.unique(np.concatenate(([0], cuts, [len(leaves)]))).tolist()
    return [slice(first, last) for first, last in pairwise(bounds)]


def paths(leaves: Ids, log: LogColumns) -> tuple[Ids, Ids]:
    """The nodes from each leaf up to the root, one path after the other, and the length of each path."""
    parent = log.nodes["parent"]
    lengths = log.nodes["depth"][leaves].astype(np.intp) + 1
    nodes = np.empty(int(lengths.sum()), np.intp)
    at = np.cumsum(lengths) - lengths
    while len(leaves):
        nodes[at] = leaves
        above = parent[leaves]
        alive = above >= 0
        if not alive.all():
            above, at = above[alive], at[alive]
        leaves, at = above.astype(np.intp), at + 1
    return nodes, lengths
