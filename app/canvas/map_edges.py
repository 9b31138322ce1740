"""Edges of the Map that can be seen, as lines: few from close by, one for each pixel from afar. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF

from app.canvas.lod import Levels, Places, Runs
from app.canvas.primitives import curves
from app.canvas.tree_camera import TreeCamera

Lines = npt.NDArray[np.float64]

OUTSIDE = 96
"""Edges that leave the window to each side of a level, at most: more of them fall on the same pixels."""
STEP = 8.0
"""Pixels between edges to places outside of the window, where nobody can tell them apart."""
DENSE, CLOSE = 0.5, 2.0
"""With fewer pixels per row than DENSE, edges are so many that one for every CLOSE pixels looks the same."""
FEW, PIECES = 600, (6, 14)
"""Lines that stand for a curve; more of them while there are FEW edges."""


@dataclass(frozen=True)
class Edges:
    """Edges from parents to children, by their places in `Levels`."""

    children: Places
    parents: Places
    levels: Places
    """Of the children."""

    def __len__(self) -> int:
        return len(self.children)

    def lines(
        self, middles: Callable[[Places], npt.NDArray[np.float64]], camera: TreeCamera, half: float, curved: bool
    ) -> Lines:
        """(n, 4) lines on the screen; `half`: pixels from the middle of a node to where its edges begin."""
        starts = np.stack((camera.column * (self.levels - 0.5) + camera.x + half, middles(self.parents)), axis=1)
        ends = np.stack((camera.column * (self.levels + 0.5) + camera.x - half, middles(self.children)), axis=1)
        return curves(starts, ends, PIECES[len(self) < FEW]) if curved else np.concatenate((starts, ends), axis=1)


def near_edges(levels: Levels, seen: range, camera: TreeCamera, window: QRectF) -> Edges:
    """All edges to nodes in the window, and enough of those that leave it."""
    rows = np.array([camera.row_at(-camera.row), camera.row_at(window.height() + camera.row)])
    inside = levels.between(np.array(seen), rows)
    children: list[Places] = []
    for number, level in enumerate(seen):
        first, last = int(inside.first[number, 0]), int(inside.last[number, 0])
        if level == 0:
            continue
        low, high = _children_of_seen(levels, level, rows)
        outer = [part for part in ((low, min(first, high)), (max(last, low), high)) if part[1] > part[0]]
        children += [np.arange(first, last), *(_some(*part) for part in outer)]
    return _edges(levels, children)


def run_edges(levels: Levels, seen: range, runs: Runs, ratio: float, camera: TreeCamera, window: QRectF) -> Lines:
    """One edge to the first node of each pixel of a level, straight, cut off far outside of the window.

    `runs`: the nodes of each of `seen` that share a pixel of the screen, of which there are `ratio` to a pixel.
    """
    height = window.height()
    below = np.array([level for level in seen if level > 0], np.intp)
    if not len(below):
        return np.empty((0, 4))
    every = max(1, round(ratio * (1.0 if camera.row >= DENSE else CLOSE)))
    first = runs.first[len(seen) - len(below) :, ::every]
    ends = np.append(first[:, 1:], runs.last[len(seen) - len(below) :, -1:], axis=1)
    children = [first[ends > first]]
    for outside in (np.arange(-height, STEP, STEP), np.arange(height, 2 * height, STEP)):
        beyond = levels.between(below, (outside - camera.y) / camera.row)
        children.append(beyond.first[beyond.present])
    lines = _edges(levels, children).lines(
        lambda places: camera.screen_ys(levels.middle(places)), camera, 0.0, curved=False
    )
    lines[:, (1, 3)] = np.clip(np.floor(lines[:, (1, 3)]), -height, 2 * height)
    return lines[((lines[:, 1] >= 0) | (lines[:, 3] >= 0)) & ((lines[:, 1] <= height) | (lines[:, 3] <= height))]


def _edges(levels: Levels, children: list[Places]) -> Edges:
    places = np.concatenate(children).astype(np.intp) if children else np.empty(0, np.intp)
    return Edges(places, levels.parents(places), levels.of(places))


def _children_of_seen(levels: Levels, level: int, rows: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Places of the children of all nodes of the level above that are in the window."""
    parents = levels.between(np.array([level - 1]), rows)
    first, last = int(parents.first[0, 0]), int(parents.last[0, 0])
    if last <= first:
        return 0, 0
    span = levels.across(np.array([level]), np.array([levels.left[first], levels.right[last - 1]], float))
    return int(span.first[0, 0]), int(span.last[0, 0])


def _some(first: int, last: int) -> Places:
    return np.unique(np.linspace(first, last - 1, min(OUTSIDE, last - first)).astype(np.intp))
