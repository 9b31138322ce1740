"""Keys and values of a batch of contexts, and snapshots of them kept for later. Knows tensors, no architecture."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

GROWTH = 64
"""Columns added when a batch has outgrown its room."""


@dataclass(frozen=True)
class CacheShape:
    """What one token leaves behind in a network. No layers: the network keeps no keys and values."""

    layers: int
    heads: int
    """Heads of keys and values (not of queries)."""
    width: int
    """Numbers per head."""
    dtype: torch.dtype
    device: torch.device

    @property
    def token_bytes(self) -> int:
        """Bytes of what one token leaves."""
        return self.layers * 2 * self.heads * self.width * self.dtype.itemsize


@dataclass(frozen=True)
class Snapshot:
    """Keys and values of one context, detached from any batch."""

    ids: tuple[int, ...]
    data: Tensor
    """(layers, 2, tokens, heads, width)"""

    @property
    def nbytes(self) -> int:
        return int(self.data.nbytes) + 8 * len(self.ids)


class KeyValues:
    """A batch of contexts that end in the same column: short ones are padded at the left.

    data (layers, 2, rows, room, heads, width); ids (rows, room); the first `pads[row]` of `used` columns are padding.
    """

    def __init__(self, shape: CacheShape, pads: Sequence[int], room: int) -> None:
        self.shape = shape
        self.used = 0
        self.pads = torch.tensor(pads, device=shape.device)
        self.padded = any(pads)
        self.data = torch.empty(
            (shape.layers, 2, len(pads), room, shape.heads, shape.width), dtype=shape.dtype, device=shape.device
        )
        self.ids = torch.zeros((len(pads), room), dtype=torch.long, device=shape.device)

    @property
    def rows(self) -> int:
        return len(self.pads)

    def append(self, ids: Tensor) -> None:
        """Take in columns of token ids (rows, columns); the network then writes their keys and values."""
        columns = ids.shape[1]
        if self.used + columns > self.ids.shape[1]:
            self._grow(self.used + columns + GROWTH)
        self.ids[:, self.used : self.used + columns] = ids
        self.used += columns

    def positions(self, columns: int) -> Tensor:
        """Position of the last `columns` tokens in their contexts (rows, columns); padding stands at 0."""
        last = torch.arange(self.used - columns, self.used, device=self.shape.device)
        return (last - self.pads[:, None]).clamp(min=0)

    def visible(self, columns: int) -> Tensor | None:
        """Which of the used columns the last `columns` see: (rows, 1, columns, used), or None where all see all before.

        Padding sees itself, else its softmax would be empty and not-a-number would spread.
        """
        if not self.padded and columns in (1, self.used):
            return None
        key = torch.arange(self.used, device=self.shape.device)
        query = key[self.used - columns :, None]
        seen = (key <= query) & (key >= self.pads[:, None, None]) | (key == query)
        return seen[:, None]

    def begin(self, snapshots: Sequence[Snapshot | None], columns: int) -> None:
        """Fill the first columns of a new batch: each row's padding, then as much of its snapshot as fits."""
        self.used = columns
        for row, (pad, snapshot) in enumerate(zip(self.pads.tolist(), snapshots, strict=True)):
            count = max(columns - pad, 0)
            self.data[:, :, row, : columns - count].zero_()  # never read with a weight, but 0 * nan would spread
            if count and snapshot:
                self.data[:, :, row, pad:columns] = snapshot.data[:, :, :count]
                self.ids[row, pad:columns] = torch.tensor(snapshot.ids[:count], device=self.shape.device)

    def fork(self, counts: Sequence[int], room: int) -> KeyValues:
        """A new batch with `counts[row]` copies of each row, in order; this batch stays as it is."""
        pads = [pad for pad, count in zip(self.pads.tolist(), counts, strict=True) for _ in range(count)]
        forked = KeyValues(self.shape, pads, self.used + room)
        first = 0
        for row, count in enumerate(counts):
            forked.data[:, :, first : first + count, : self.used] = self.data[:, :, row : row + 1, : self.used]
            forked.ids[first : first + count, : self.used] = self.ids[row, : self.used]
            first += count
        forked.used = self.used
        return forked

    def select(self, rows: Sequence[int]) -> None:
        """Keep only these rows, in this order."""
        index = torch.tensor(rows, device=self.shape.device)
        kept = self.data.new_empty((*self.data.shape[:2], len(rows), *self.data.shape[3:]))
        kept[:, :, :, : self.used] = self.data[:, :, index, : self.used]
        self.data, self.ids, self.pads = kept, self.ids[index], self.pads[index]
        self.padded = bool(self.pads.any())

    def snapshot(self, row: int) -> Snapshot:
        start = int(self.pads[row])
        ids = tuple(self.ids[row, start : self.used].tolist())
        return Snapshot(ids, self.data[:, :, row, start : self.used].clone())

    def _grow(self, room: int) -> None:
        room = max(room, self.ids.shape[1] * 3 // 2)
        data = self.data.new_empty((*self.data.shape[:3], room, *self.data.shape[4:]))
        data[:, :, :, : self.used] = self.data[:, :, :, : self.used]
        ids = self.ids.new_zeros((self.rows, room))
        ids[:, : self.used] = self.ids[:, : self.used]
        self.data, self.ids = data, ids


class Snapshots:
    """The most recently used snapshots, up to a number of bytes. A miss costs time, never changes a result.

    A snapshot serves every context that begins as it does, for as many tokens as they share: what a causal network
    leaves behind for a token hangs on those before it alone. So none is kept that is the beginning of another.
    """

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.nbytes = 0
        self._kept: OrderedDict[tuple[int, ...], Snapshot] = OrderedDict()
        self._sorted: list[tuple[int, ...]] = []

    def __len__(self) -> int:
        return len(self._kept)

    def longest_prefix(self, ids: tuple[int, ...], limit: int) -> tuple[Snapshot | None, int]:
        """The snapshot that shares most first tokens with `ids`, and how many of those count: `limit` at most."""
        place = bisect_left(self._sorted, ids)
        beside = self._sorted[max(place - 1, 0) : place + 1]  # what shares most with a text sorts next to it
        best = max(beside, key=lambda other: shared(ids, other), default=())
        count = min(shared(ids, best), limit)
        if count < 1:
            return None, 0
        self._kept.move_to_end(best)
        return self._kept[best], count

    def holds(self, ids: tuple[int, ...]) -> bool:
        """Whether all of `ids` is there."""
        return self.longest_prefix(ids, len(ids))[1] == len(ids)

    def keep(self, snapshot: Snapshot) -> None:
        """Let a snapshot that brings something new take the place of its own beginnings, and of the oldest ones."""
        if snapshot.nbytes > self.budget or self.holds(snapshot.ids):
            return
        place = bisect_left(self._sorted, snapshot.ids)
        if place and shared(snapshot.ids, self._sorted[place - 1]) == len(self._sorted[place - 1]):
            self._forget(self._kept.pop(self._sorted[place - 1]))
        insort(self._sorted, snapshot.ids)
        self._kept[snapshot.ids] = snapshot
        self.nbytes += snapshot.nbytes
        while self.nbytes > self.budget:
            self._forget(self._kept.popitem(last=False)[1])

    def _forget(self, snapshot: Snapshot) -> None:
        self.nbytes -= snapshot.nbytes
        del self._sorted[bisect_left(self._sorted, snapshot.ids)]


def shared(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many first tokens two contexts have in common."""
    least, most = 0, min(len(one), len(other))
    while least < most:  # halving, since slices are compared much faster than tokens are counted
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least
