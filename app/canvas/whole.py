"""The whole tree of the shown run, laid out and shaded: what Map, Icicle and minimap paint from. Knows no widget.

While the cursor is in the past the layout is that of the whole log, with later nodes left out: scrubbing moves nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.canvas.channels import VALUE, Channel, Shading, shade
from app.canvas.legend import Key
from app.canvas.lod import Blend, Levels
from app.canvas.slots import SlotLayout, any_above
from app.models.history import History
from app.models.shown_run import ShownRun

LARGE = 200_000
"""From this many nodes on, a live tree is read at most every EVERY seconds: reading it takes longer than a frame."""
EVERY = 0.1
FEW_VISITS = 2
"""Values of nodes with fewer visits than this are faint, unless the user says otherwise."""


class WholeTree:
    """`refresh` it before use; it reads only what has changed."""

    def __init__(self, shown: ShownRun) -> None:
        self._shown = shown
        self.channel: Channel = VALUE
        """What the colours show."""
        self.threshold = FEW_VISITS
        """Values of nodes with fewer visits are faint."""
        self.version = 0
        """Grows with every change of what is below, also when another run is shown."""
        self.reset()

    def reset(self) -> None:
        """Another run is shown."""
        self.layout = SlotLayout()
        self.levels = Levels(self.layout, 0)
        self.out: npt.NDArray[np.bool_] = np.empty(0, bool)
        """(count,) whether a node, or one above it, is pruned."""
        self._visits: npt.NDArray[np.int32] = np.empty(0, np.int32)
        """(count,) as they were read: the history may have gone elsewhere by the time that somebody paints."""
        self.version += 1
        self.inserted_per_second = 0.0
        self._history: History | None = None
        self._read: tuple[int, Channel, int] | None = None
        self._shape = (0, 0)
        self._at = float("-inf")
        self.shading: Shading = shade(self.channel, History(), self.threshold)
        self._blend: Blend | None = None

    @property
    def count(self) -> int:
        """Nodes at the cursor."""
        return len(self.levels.nodes)

    @property
    def blend(self) -> Blend:
        """The colours; made when first asked for after a change."""
        if self._blend is None:
            self._blend = Blend(self.levels, self.shading, self._visits, self.out)
        return self._blend

    def key(self) -> Key:
        """What the colours mean."""
        shading = self.shading
        return Key(shading.channel, shading.low, shading.high, shading.stretched)

    def is_due(self, now: float) -> bool:
        """Whether reading a change now would not come too soon after the last time."""
        return self.layout.count < LARGE or not self._shown.live or now - self._at >= EVERY

    def refresh(self, now: float) -> bool:
        """Read what has changed; whether anything had."""
        history = self._shown.history
        if history is not self._history:
            self.reset()
            self._history = history
        state = history.version, self.channel, self.threshold
        if state == self._read:
            return False
        total, count = len(history.parent), history.count
        if total > self.layout.count:
            self.inserted_per_second = (total - self.layout.count) / max(now - self._at, 1e-3)
            self.layout.insert(history.parent[self.layout.count :])
        if (total, count) != self._shape:
            self.levels = Levels(self.layout, count)
            self._shape = total, count
        self.out = any_above(history.parent[:count], history.pruned) if history.pruned.any() else history.pruned
        self.shading = shade(self.channel, history, self.threshold)
        self._visits = history.visits
        self._blend = None
        self._read, self._at = state, now
        self.version += 1
        return True
