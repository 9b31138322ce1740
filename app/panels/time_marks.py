"""The marks above the lanes of the timeline: what each kind means, which one is seen. Knows no run, paints nothing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from app.language import mark, tr
from app.mark_shapes import Mark

SLOT_PX = 11
"""Marks nearer than this would cover each other: only the one that matters most is drawn."""


WORDS = {
    Mark.CHOSEN: mark("★ the run's answer was found"),
    Mark.BOOKMARK: mark("⚑ bookmark"),
    Mark.NOTE: mark("✎ note"),
    Mark.EDIT: mark("changed by hand"),
    Mark.STOP: mark("a breakpoint was hit"),
    Mark.ANSWER: mark("☆ an answer was found"),
}

Places = Mapping[Mark, npt.NDArray[np.float64]]
"""Where the marks of a kind are, in pixels, ascending."""


def seen(places: Places, first: float, last: float) -> dict[int, Mark]:
    """Which mark is drawn in each slot between two pixels: slot number -> kind. Costs the slots, not the marks."""
    slots = int(max(0.0, last - first)) // SLOT_PX + 1
    edges = first + SLOT_PX * np.arange(slots + 1)
    found: dict[int, Mark] = {}
    for kind in sorted(places, reverse=True):
        bounds = np.searchsorted(places[kind], edges)
        found.update(dict.fromkeys(np.flatnonzero(np.diff(bounds)).tolist(), kind))
    return found


def words_near(places: Places, x: float) -> list[str]:
    """What the marks around a point are, each kind once."""
    return [tr(WORDS[kind]) for kind in sorted(places) if nearest(places[kind], x) is not None]


def nearest(places: npt.NDArray[np.float64], x: float) -> int | None:
    """Index of the mark next to a point; None if none is near."""
    if not len(places):
        return None
    at = int(np.searchsorted(places, x))
    around = [index for index in (at - 1, at) if 0 <= index < len(places)]
    best = min(around, key=lambda index: abs(places[index] - x))
    return best if abs(places[best] - x) <= SLOT_PX / 2 else None
