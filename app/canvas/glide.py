"""Nodes of a whole tree on their way from one layout to the next. Knows no widget; time is an argument, in seconds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.canvas.motion import GLIDE, ease_out


class Glide:
    """Nodes on their way from a layout to the next; new ones come out of their parents."""

    def __init__(self, middles: npt.NDArray[np.float64], parents: npt.NDArray[np.int32], began: float) -> None:
        self._middles, self._parents, self._began = middles, parents, began

    def is_over(self, now: float) -> bool:
        return now >= self._began + GLIDE

    def rows(self, nodes: npt.NDArray[np.int32], after: npt.NDArray[np.float64], now: float) -> npt.NDArray[np.float64]:
        """Middles of nodes at this moment."""
        known = len(self._middles)
        above = np.where(nodes < known, nodes, self._parents[nodes])
        before = np.where(above < known, self._middles[np.minimum(above, known - 1)], after)
        return before + (after - before) * ease_out(max(0.0, min(1.0, (now - self._began) / GLIDE)))
