"""How values are spread over the ramp: the 5th to 95th percentile of Q, kept up to date node by node. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from app.models.past_nodes import values
from engine.events import NodeId, Scale
from engine.parts import UNIT
from engine.tree import Tree

FEW = 8
"""Below this many visited nodes a percentile says nothing: the ramp is the whole scale."""
NARROWEST = 0.1
"""The ramp covers at least this share of the scale, so that noise is not blown up to full colour."""
GRAIN = 0.02
"""Both ends are multiples of this share, since every shift repaints every card."""


class ValueRange:
    """Maps values on a run's scale to places on the colour ramp."""

    def __init__(self) -> None:
        self.scale = UNIT
        self.low, self.high = 0.0, 1.0
        self._values = np.full(64, np.nan)

    def update(self, tree: Tree, touched: Iterable[NodeId] | None) -> None:
        """Read Q of the touched nodes anew; None reads the whole tree."""
        self.scale = tree.scale
        if touched is None:
            self._values = values(tree)
        self._reserve(len(tree.nodes))
        for node in touched or ():
            value = tree.nodes[node].value
            self._values[node] = np.nan if value is None else value
        self.low, self.high = stretch(self._values[~np.isnan(self._values)], self.scale)

    @property
    def stretched(self) -> bool:
        """Whether the ends are not those of the scale."""
        return (self.low, self.high) != (self.scale.low, self.scale.high)

    def place(self, value: float) -> float:
        """Where on the ramp, in [0, 1]."""
        return Scale(self.low, self.high).share(value)

    def _reserve(self, count: int) -> None:
        if count > len(self._values):
            grown = np.full(2 * count, np.nan)
            grown[: len(self._values)] = self._values
            self._values = grown


def stretch(known: npt.NDArray[np.floating], scale: Scale = UNIT) -> tuple[float, float]:
    """The ends of the ramp for values on a scale, without nan, by the rules above."""
    low, high = 0.0, 1.0
    width = scale.high - scale.low
    if len(known) >= FEW and width > 0:
        low, high = (float(bound - scale.low) / width for bound in np.percentile(known, (5, 95)))
        missing = max(0.0, NARROWEST - (high - low)) / 2
        low, high = max(0.0, low - missing), min(1.0, high + missing)
    low, high = floor(low / GRAIN) * GRAIN, ceil(high / GRAIN) * GRAIN
    return (low, high) if scale.is_unit else (scale.low + low * width, scale.low + high * width)
