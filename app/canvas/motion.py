"""Movement: cards glide to their new places and new ones grow. Knows no widget; time is an argument, in seconds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.canvas.scene import Key, Places, Scene

GLIDE = 0.16
"""How long a card takes to its new place."""
GROW = 0.2
"""How long a new card takes to appear."""


def ease_out(share: float) -> float:
    """Fast at first, slow at the end; [0, 1] to [0, 1]."""
    return float(1 - (1 - share) ** 3)


class Motion:
    """The cards of a scene on their way from where they were to where they belong."""

    def __init__(self) -> None:
        self.scene = Scene()
        self._start: Places = self.scene.places
        self._began = -GLIDE
        self._births: dict[Key, float] = {}

    def go_to(self, scene: Scene, now: float, anchor: Key | None, animated: bool = True) -> None:
        """Head for a new scene. The anchor's card stays where it is going to be, and all others are laid around it."""
        before, seen = self.scene, self.places(now)
        if anchor is not None and anchor in before.index and anchor in scene.index:
            scene.places += before.places[before.index[anchor]] - scene.places[scene.index[anchor]]
        self._births = {
            key: self._births.get(_written(key, place, scene, before) or key, now if before.items else -GROW)
            for key, place in scene.index.items()
        }
        start = scene.places.copy()
        for key, place in scene.index.items():
            origin = _origin(key, place, scene, before)
            if origin is not None:
                start[place] = seen[origin]
        unmoved = np.array_equal(start, scene.places)
        self.scene, self._start = scene, start
        self._began = -GLIDE if unmoved or not animated else now
        if not animated:
            self._births = dict.fromkeys(scene.index, -GROW)

    def places(self, now: float) -> Places:
        """Where the cards are."""
        share = (now - self._began) / GLIDE
        if share >= 1:
            return self.scene.places
        return self._start + (self.scene.places - self._start) * ease_out(max(0.0, share))

    def presence(self, now: float) -> npt.NDArray[np.float64]:
        """How much of every card is there: 0 at its birth, 1 when it is grown."""
        ages = np.asarray([now - self._births[item.key] for item in self.scene.items])
        return np.clip(ages / GROW, 0.0, 1.0)

    def moving(self, now: float) -> bool:
        newest = max(self._births.values(), default=-GROW)
        return now < self._began + GLIDE or now < newest + GROW


def _origin(key: Key, place: int, scene: Scene, before: Scene) -> int | None:
    """Where a card comes from: its own old place, or for a new node the step that was being written beside it."""
    if key in before.index:
        return before.index[key]
    written = _written(key, place, scene, before)
    if written is not None:
        return before.index[written]
    item = scene.items[place]
    return before.index.get(scene.items[item.parent].key) if item.parent >= 0 and item.node is not None else None


def _written(key: Key, place: int, scene: Scene, before: Scene) -> Key | None:
    """The step under way that has become this new node: it has the same card still. None if there was none."""
    item = scene.items[place]
    if key in before.index or item.parent < 0 or item.node is None:
        return None
    siblings = [other for other in scene.items if other.parent == item.parent]
    written: Key = ("writing", scene.items[item.parent].key[1], siblings.index(item))
    return written if written in before.index else None
