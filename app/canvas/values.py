"""How values are spread over the ramp: the 5th to 95th percentile of Q, kept up to date node by node. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from engine.events import NodeId
from engine.tree import Tree

FEW = 8
"""Below this many visited nodes a percentile says nothing: the ramp is 0 to 1."""
NARROWEST = 0.1
"""The ramp covers at least this much, so that noise is not blown up to full colour."""
GRAIN = 0.02
"""Both ends are multiples of this, since every shift repaints every card."""


class ValueRange:
    """Maps values in [0, 1] to places on the colour ramp."""

    def __init__(self) -> None:
        self.low, self.high = 0.0, 1.0
        self._values = np.full(64, np.nan)

    def update(self, tree: Tree, touched: Iterable[NodeId] | None) -> None:
        """Read Q of the touched nodes anew; None reads the whole tree."""
        if touched is None:
            self._values[:] = np.nan
            touched = tree.nodes
        self._reserve(len(tree.nodes))
        for node in touched:
            value = tree.nodes[node].value
            self._values[node] = np.nan if value is None else value
        self.low, self.high = stretch(self._values[~np.isnan(self._values)])

    def place(self, value: float) -> float:
        """Where on the ramp, in [0, 1]."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def _reserve(self, count: int) -> None:
        if count > len(self._values):
            grown = np.full(2 * count, np.nan)
            grown[: len(self._values)] = self._values
            self._values = grown


def stretch(known: npt.NDArray[np.floating]) -> tuple[float, float]:
    """The ends of the ramp for values in [0, 1] without nan, by the rules above."""
    low, high = 0.0, 1.0
    if len(known) >= FEW:
        low, high = (float(bound) for bound in np.percentile(known, (5, 95)))
        missing = max(0.0, NARROWEST - (high - low)) / 2
        low, high = max(0.0, low - missing), min(1.0, high + missing)
    return floor(low / GRAIN) * GRAIN, ceil(high / GRAIN) * GRAIN
