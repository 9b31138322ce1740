"""A whole tree at any size: which nodes share a pixel, and what colour they have together. Knows no Qt.

Whatever the number of nodes, a picture costs two binary searches for each pixel row of each level: all else is looked
up in running sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from app.canvas.channels import MISSING, OUT, Shading, codes_of
from app.canvas.slots import LEVEL, Integers, Keys, SlotLayout

Places: TypeAlias = npt.NDArray[np.intp]
Codes: TypeAlias = npt.NDArray[np.int16]

COUNTED = 4
"""Up to so many nodes for each place that is looked for, a count of all nodes is faster than binary searches."""


class Levels:
    """The nodes that exist at the cursor in the order of the layout, and where each begins, ends and has its middle.

    Keys are `level * LEVEL + row`; those of the middle count half rows, since the middle of two rows lies between.
    Rows that come in or go out as floats are continuous: row r is [r, r + 1).
    """

    def __init__(self, layout: SlotLayout, count: int) -> None:
        order = layout.order
        self.nodes: Integers = order if count == layout.count else order[order < count]
        depth = layout.depth[self.nodes].astype(np.int64) * LEVEL
        left, leaves = layout.left[self.nodes], layout.leaves[self.nodes]
        self.left: Integers = left
        self.right: Integers = left + leaves
        self.tops: Keys = depth + left
        self.ends: Keys = depth + self.right
        self.middles: Keys = depth + (left + self.right)
        self.count = int(depth[-1] // LEVEL) + 1 if len(self.nodes) else 0
        self.starts: Places = np.searchsorted(self.tops, np.arange(self.count + 1, dtype=np.int64) * LEVEL)
        """(count + 1,) where each level begins in `nodes`."""

    def middle(self, places: Places) -> npt.NDArray[np.float64]:
        """Rows of the middles of nodes, by their place in `nodes`."""
        return (self.left[places] + self.right[places]) / 2

    def of(self, places: Places) -> Places:
        """The levels on which nodes stand."""
        return np.searchsorted(self.starts, places, "right") - 1

    def parents(self, places: Places) -> Places:
        """Where the parents of nodes below the root stand."""
        return np.searchsorted(self.tops, self.tops[places] - LEVEL, "right") - 1

    def between(self, levels: Places, rows: npt.NDArray[np.float64]) -> Runs:
        """Nodes whose middles lie between neighbours of `rows` (pixels + 1,), for each of `levels`."""
        bounds = levels[:, None] * LEVEL + _clipped(np.ceil(2 * rows))
        found = np.searchsorted(self.middles, bounds)
        return Runs(found[:, :-1], found[:, 1:])

    def pixels(self, seen: range, top: float, step: float, count: int) -> Runs:
        """The same for `count` pixels of `step` rows from row `top` on; counted node by node where that is faster."""
        first, last = int(self.starts[seen.start]), int(self.starts[seen.stop])
        if last - first > COUNTED * len(seen) * count:
            return self.between(np.array(seen), np.linspace(top, top + step * count, count + 1))
        middle = (self.left[first:last] + self.right[first:last]) / 2
        pixel = np.clip(np.floor((middle - top) / step), -1, count).astype(np.intp) + 1
        starts = self.starts[seen.start : seen.stop + 1]
        level = np.repeat(np.arange(len(seen)), np.diff(starts))
        counts = np.bincount(level * (count + 2) + pixel, minlength=len(seen) * (count + 2))
        found = starts[:-1, None] + np.cumsum(counts.reshape(len(seen), count + 2), axis=1)[:, :-1]
        return Runs(found[:, :-1], found[:, 1:])

    def across(self, levels: Places, rows: npt.NDArray[np.float64]) -> Runs:
        """Nodes that own a part of what lies between neighbours of `rows` (pixels + 1,), for each of `levels`."""
        base = levels[:, None] * LEVEL
        first = np.searchsorted(self.ends, base + _clipped(np.floor(rows[:-1])), "right")
        return Runs(first, np.searchsorted(self.tops, base + _clipped(np.ceil(rows[1:]))))

    def at(self, level: int, row: float) -> int | None:
        """The place of the node that owns a row of a level; None if nobody does."""
        if not 0 <= level < self.count or row < 0:
            return None
        place = int(np.searchsorted(self.tops, level * LEVEL + int(row), "right")) - 1
        return place if place >= self.starts[level] and row < self.right[place] else None

    def deepest(self, level: int, top: float, bottom: float) -> int:
        """The last level that has nodes in these rows, from a level on that has."""
        rows = np.array([top, bottom])
        while level + 1 < self.count and self.across(np.array([level + 1]), rows).present.any():
            level += 1
        return level

    def nearest(self, level: int, row: float) -> int | None:
        """The place of the node on a level whose middle is nearest to a row; None beyond the levels."""
        if not 0 <= level < self.count:
            return None
        place = int(np.searchsorted(self.middles, level * LEVEL + max(0, int(2 * row))))
        near = [at for at in (place - 1, place) if self.starts[level] <= at < self.starts[level + 1]]
        return min(near, key=lambda at: abs((self.left[at] + self.right[at]) / 2 - row), default=None)


@dataclass(frozen=True)
class Runs:
    """Nodes that share a pixel, by place: [first, last), both of shape (levels, pixels)."""

    first: Places
    last: Places

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        return self.last > self.first


class Blend:
    """Colours of nodes and of runs of them, as places in a `colour_table`."""

    def __init__(
        self,
        levels: Levels,
        shading: Shading,
        visits: npt.NDArray[np.integer],
        out: npt.NDArray[np.bool_],
    ) -> None:
        """`visits` and `out` (out of the search) by node, shape (count,)."""
        self._category = shading.channel.kind == "category"
        self._threshold = shading.threshold
        codes = shading.codes()
        codes[out] = OUT
        self.codes: Codes = codes[levels.nodes]
        """Of single nodes, by place."""
        place, seen = shading.place[levels.nodes], visits[levels.nodes]
        known = self.codes < MISSING
        weight = np.maximum(seen, 1) * known
        self._weight = _sums(weight)
        self._visits = _sums(seen * known) if self._threshold else self._weight
        shares = self._one_hot(place, known) if self._category else [np.where(known, place, 0)]
        self._shares = [_sums(share * weight) for share in shares]

    @cached_property
    def _missing(self) -> npt.NDArray[np.float64]:
        """Asked for only where nothing is known."""
        return _sums(self.codes == MISSING)

    def over(self, runs: Runs) -> Codes:
        """Of runs, by the mean of their nodes weighted by visits (for categories, the heaviest); OUT where empty."""
        codes = np.full(runs.first.shape, OUT, np.int16)
        present = runs.present
        first, last = runs.first[present], runs.last[present]
        alone = last - first == 1
        codes[present] = np.where(alone, self.codes[first], 0)
        found = self._over_many(first[~alone], last[~alone])
        present[present] = ~alone
        codes[present] = found
        return codes

    def _over_many(self, first: Places, last: Places) -> Codes:
        def total(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            found: npt.NDArray[np.float64] = sums[last] - sums[first]
            return found

        weight = total(self._weight)
        shares = [total(sums) for sums in self._shares]
        if self._category:
            place = np.argmax(shares, axis=0).astype(np.float32)
        else:
            place = (shares[0] / np.maximum(weight, 1)).astype(np.float32)
        faint = total(self._visits) < self._threshold if self._threshold else np.zeros(len(first), bool)
        codes = codes_of(place, faint, self._category)
        if (weight > 0).all():
            return codes
        missing = np.where(total(self._missing) > 0, np.int16(MISSING), np.int16(OUT))
        return np.where(weight > 0, codes, missing)

    def _one_hot(self, place: npt.NDArray[np.float32], known: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.bool_]]:
        most = int(place[known].max()) if known.any() else 0
        return [known & (place == category) for category in range(most + 1)]


def _sums(values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """Running sums with a zero in front: what lies in [a, b) is sums[b] - sums[a]."""
    sums = np.empty(len(values) + 1)
    sums[0] = 0
    np.cumsum(values, dtype=np.float64, out=sums[1:])
    return sums


def _clipped(rows: npt.NDArray[np.float64]) -> Keys:
    """Whole numbers that stay on their level."""
    return np.clip(rows, 0, LEVEL - 1).astype(np.int64)
