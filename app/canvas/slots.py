"""Where every node of a whole tree stands: rows for leaves, levels for depths, kept up batch by batch. Knows no Qt.

Each node owns the rows [left, left + leaves): a leaf one, an inner node those of its children, in order of birth. So
nodes of a level never overlap, and what lies below a node is an interval. A batch of any shape goes in at once: every
new subtree is laid out as a block and its rows are inserted as one, so a node that is there already only moves and
grows by what was inserted before and inside its interval.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Integers: TypeAlias = npt.NDArray[np.int32]
Keys: TypeAlias = npt.NDArray[np.int64]

LEVEL = 1 << 32
"""A row and its level in one sortable number: level * LEVEL + row."""


class SlotLayout:
    """`insert` parents in order of creation. Arrays have shape (count,), by node: parent, depth, left, leaves."""

    def __init__(self) -> None:
        self.version = 0
        """Grows with every batch."""
        self.order: Integers = np.empty(0, np.int32)
        """All nodes, level by level, from the top row to the bottom."""
        self._fields = {name: np.empty(0, np.int32) for name in ("parent", "depth", "left", "leaves", "inner")}

    @property
    def count(self) -> int:
        return len(self.order)

    @property
    def parent(self) -> Integers:
        return self._fields["parent"][: self.count]

    @property
    def depth(self) -> Integers:
        return self._fields["depth"][: self.count]

    @property
    def left(self) -> Integers:
        return self._fields["left"][: self.count]

    @property
    def leaves(self) -> Integers:
        return self._fields["leaves"][: self.count]

    @property
    def rows(self) -> int:
        """How many rows the tree takes."""
        return int(self.leaves[0]) if self.count else 0

    @property
    def levels(self) -> int:
        return int(self.depth[self.order[-1]]) + 1 if self.count else 0

    def keys(self, rows: Integers) -> Keys:
        """(count,) rows by node as sortable numbers in `order`."""
        return self.depth[self.order].astype(np.int64) * LEVEL + rows[self.order]

    def middle(self, node: int) -> float:
        """The middle of a node's rows; row r is [r, r + 1)."""
        return float(self.left[node] + self.leaves[node] / 2)

    def insert(self, parents: npt.NDArray[np.integer]) -> None:
        """Add nodes count, count + 1, ... whose parents are older; -1 for the very first node, the root."""
        if not len(parents):
            return
        old = self.count
        self._reserve(old + len(parents))
        fields = {name: array[: old + len(parents)] for name, array in self._fields.items()}
        fields["parent"][old:] = parents
        block = _Block(fields["parent"][old:] - old)
        fields["leaves"][old:] = block.leaves
        fields["inner"][old:] = 0
        if old:
            self._make_room(block, fields, old)
        else:
            fields["depth"][:], fields["left"][:] = block.depth, block.offset
        fields["inner"][parents[parents >= 0]] = 1
        self._merge(fields, old)
        self.version += 1

    def _make_room(self, block: _Block, fields: dict[str, Integers], old: int) -> None:
        """Move and widen the `old` nodes, and put the blocks in between."""
        left, leaves, depth = (fields[name][:old] for name in ("left", "leaves", "depth"))
        tops = block.tops
        parents, family = np.unique(fields["parent"][old:][tops], return_inverse=True)
        room = np.bincount(family, weights=block.leaves[tops]).astype(np.int32)
        was_leaf = fields["inner"][parents] == 0
        added = room - was_leaf  # the first child of a leaf takes over its row
        gap = _Gaps(left[parents] + leaves[parents], depth[parents], added, self.rows)
        start = np.where(was_leaf, left[parents] + gap.above(left[parents]), gap.starts)
        right = left + leaves
        leaves += gap.above(right - 1) - gap.above(left) + gap.at_the_end(right, depth)
        left += gap.above(left)
        base = (start[family] + _running(block.leaves[tops], family))[block.top]
        fields["left"][old:] = base + block.offset
        fields["depth"][old:] = depth[fields["parent"][old:][tops]][block.top] + 1 + block.depth

    def _merge(self, fields: dict[str, Integers], old: int) -> None:
        """Sort the new nodes into `order`."""
        keys = fields["depth"].astype(np.int64) * LEVEL + fields["left"]
        new = old + np.argsort(keys[old:]).astype(np.int32)
        if not old:
            self.order = new
            return
        places = np.searchsorted(keys[self.order], keys[new])
        self.order = np.insert(self.order, places, new)

    def _reserve(self, count: int) -> None:
        for name, array in self._fields.items():
            if count > len(array):
                grown = np.empty(max(count, 2 * len(array)), np.int32)
                grown[: self.count] = array[: self.count]
                self._fields[name] = grown


class _Block:
    """New nodes on their own, by position in the batch; a parent below 0 is one that was there before."""

    def __init__(self, parents: Integers) -> None:
        inside = np.where(parents < 0, -1, parents)
        inner = np.zeros(len(parents), bool)
        inner[inside[inside >= 0]] = True
        self.leaves: Integers = sum_below(inside, (~inner).astype(np.int32))
        self.tops = np.flatnonzero(inside < 0)
        """The roots of the new subtrees."""
        steps = (inside >= 0).astype(np.int32)
        self.depth: Integers = sum_above(inside, steps)
        """Below the root of the subtree."""
        rows = np.where(inside >= 0, _running(self.leaves, inside), 0).astype(np.int32)
        self.offset: Integers = sum_above(inside, rows)
        """Rows below the first one of the subtree."""
        number = np.zeros(len(parents), np.int32)
        number[self.tops] = np.arange(len(self.tops))
        self.top: Integers = sum_above(inside, number)
        """Which of `tops` a node belongs to."""


class _Gaps:
    """Rows inserted below parents whose intervals end at `ends`.

    Parents on one chain may end at the same row; what is inserted there comes deepest parent first.
    """

    def __init__(self, ends: Integers, depths: Integers, added: Integers, rows: int) -> None:
        self._counts = np.bincount(ends, weights=added, minlength=rows + 1).astype(np.int32)
        self._above: Integers = np.cumsum(self._counts, dtype=np.int32)
        order = np.lexsort((-depths, ends))
        self._keys: Keys = _end_keys(ends[order], depths[order])
        self._sums: Integers = np.concatenate(([0], np.cumsum(added[order]))).astype(np.int32)
        self.starts: Integers = np.empty_like(ends)
        """The row, after all has moved, where what each parent gets begins."""
        self.starts[order] = ends[order] + self._sums[:-1]

    def above(self, rows: Integers) -> Integers:
        """How many rows are inserted at or above each of `rows`."""
        return self._above[rows]

    def at_the_end(self, ends: Integers, depths: Integers) -> Integers:
        """What nodes that end at `ends` get there, for themselves and for what is below them."""
        some = np.flatnonzero(self._counts[ends])
        last = np.searchsorted(self._keys, _end_keys(ends[some], depths[some]), "right")
        first = np.searchsorted(self._keys, ends[some].astype(np.int64) * LEVEL)
        gained = np.zeros(len(ends), np.int32)
        gained[some] = self._sums[last] - self._sums[first]
        return gained


def _end_keys(ends: Integers, depths: Integers) -> Keys:
    return ends.astype(np.int64) * LEVEL + (LEVEL - 1) - depths


def _running(values: Integers, family: npt.NDArray[np.integer]) -> Integers:
    """For each value the sum of those before it in its family."""
    order = np.argsort(family, kind="stable")
    before = np.cumsum(values[order]) - values[order]
    first = np.ones(len(order), bool)
    first[1:] = family[order][1:] != family[order][:-1]
    before -= np.maximum.accumulate(np.where(first, before, 0))
    sums = np.empty_like(values)
    sums[order] = before
    return sums


def sum_below(parents: Integers, values: Integers) -> Integers:
    """For each node the sum of `values` over itself and all below it; parents below 0 are none.

    By doubling: after round k a node knows its sum down to 2**k levels, so a chain of n takes log n rounds.
    """
    sums, above = values.copy(), parents
    while len(known := np.flatnonzero(above >= 0)):
        sums = sums + np.bincount(above[known], weights=sums[known], minlength=len(sums)).astype(np.int32)
        above = _jump(above)
    return sums


def sum_above(parents: Integers, values: Integers) -> Integers:
    """For each node the sum of `values` over itself and all above it; parents below 0 are none."""
    sums, above = values.copy(), parents
    while (above >= 0).any():
        sums = sums + np.where(above >= 0, sums[above], 0)
        above = _jump(above)
    return sums


def any_above(parents: Integers, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """For each node whether it or one above it is flagged; parents below 0 are none."""
    found, above = flags.copy(), parents
    while (above >= 0).any():
        found = found | np.where(above >= 0, found[above], False)
        above = _jump(above)
    return found


def _jump(above: Integers) -> Integers:
    """Twice as far up."""
    return np.where(above >= 0, above[above], -1).astype(np.int32)
