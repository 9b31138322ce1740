"""Tidy tree layout, left to right: which row every item gets. Knows no Qt and no search.

After Reingold & Tilford (1981): the children of a parent are packed as close as the contours of their subtrees allow,
and the parent stands in the middle. Contours are lists and not threads, which is enough for the few hundred items of
the Focus view.
"""

from __future__ import annotations

from collections.abc import Sequence

SIBLING = 1.0
"""Rows between neighbours of one family."""
COUSIN = 1.25
"""Rows between neighbours of different families, so that families can be told apart."""


class _Contour:
    """Lowest and highest row of a subtree at each level, deepest level first (so that a parent is an append)."""

    __slots__ = ("high", "low")

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []

    def shift(self, rows: float) -> None:
        if rows:
            self.low = [row + rows for row in self.low]
            self.high = [row + rows for row in self.high]

    def clearance(self, below: _Contour) -> float:
        """How far `below` must move down to stand clear of this one."""
        shared = min(len(self.high), len(below.low))
        levels = range(1, shared + 1)
        return max(self.high[-level] - below.low[-level] + (SIBLING if level == 1 else COUSIN) for level in levels)

    def merge(self, below: _Contour) -> None:
        """Take in a subtree that stands clear below this one."""
        deeper = len(below.high) - len(self.high)
        if deeper > 0:
            self.low[:0] = below.low[:deeper]
            self.high[:0] = below.high[:deeper]
        shared = len(below.high) - max(deeper, 0)
        self.high[-shared:] = below.high[-shared:]


def tidy_rows(parents: Sequence[int]) -> list[float]:
    """The row of every item, root at row 0; neighbours on a level are at least one row apart, in the order given.

    `parents[i]` is the position of item i's parent, smaller than i; -1 for the first item, the root.
    """
    families: list[list[int]] = [[] for _ in parents]
    for item, parent in enumerate(parents[1:], 1):
        families[parent].append(item)
    offsets = [0.0] * len(parents)
    contours: dict[int, _Contour] = {}
    for item in reversed(range(len(parents))):
        contours[item] = _place_family([contours.pop(child) for child in families[item]], families[item], offsets)
    rows = [0.0] * len(parents)
    for item, parent in enumerate(parents[1:], 1):
        rows[item] = rows[parent] + offsets[item]
    return rows


def _place_family(contours: list[_Contour], family: list[int], offsets: list[float]) -> _Contour:
    """Set the rows of one family relative to its parent; returns the contour of the parent's subtree."""
    whole = _Contour()
    if family:
        whole = contours[0]
        for child, contour in zip(family[1:], contours[1:], strict=True):
            offsets[child] = whole.clearance(contour)
            contour.shift(offsets[child])
            whole.merge(contour)
        middle = offsets[family[-1]] / 2
        for child in family:
            offsets[child] -= middle
        whole.shift(-middle)
    whole.low.append(0.0)
    whole.high.append(0.0)
    return whole
