"""An icicle of any number of nodes as pixels; the minimap is a small one. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.canvas.channels import MISSING
from app.canvas.lod import Blend, Levels, Runs

Pixels = npt.NDArray[np.uint32]

SEPARATED = 4.0
"""Bands of at least so many pixels have a line between them."""
HATCH = 6
"""Pixels from one line of the hatching of missing numbers to the next."""


def icicle_pixels(
    levels: Levels,
    blend: Blend,
    seen: range,
    rows: npt.NDArray[np.float64],
    edges: Sequence[int],
    width: int,
    table: npt.NDArray[np.uint32],
    background: int,
) -> Pixels:
    """(pixels, width) ARGB.

    `rows` (pixels + 1,) are the rows where pixels begin and end, `edges` (levels + 1,) the pixels where columns do;
    `table` is a `colour_table`.
    """
    runs = levels.across(np.array(seen), rows)
    codes = blend.over(runs)
    colours = np.where(runs.present, table[codes], np.uint32(background))
    colours[_separators(levels, runs, rows)] = background
    hatched = runs.present & (codes == MISSING)
    pixels = np.full((len(rows) - 1, width), background, np.uint32)
    for number, (left, right) in enumerate(pairwise(edges)):
        left, right = max(0, left), min(width, right - 1 if right - left > HATCH else right)
        if right > left:
            pixels[:, left:right] = colours[number][:, None]
            if hatched[number].any():
                _hatch(pixels[:, left:right], hatched[number], background)
    return pixels


def _separators(levels: Levels, runs: Runs, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """(levels, pixels) whether a tall band begins in a pixel: it may share that one with the band before it."""
    per_row = 1 / max(rows[1] - rows[0], 1e-12)
    at = np.clip(runs.last - 1, 0, max(0, len(levels.nodes) - 1))
    tall = (levels.right[at] - levels.left[at]) * per_row >= SEPARATED
    begins = np.zeros(at.shape, bool)
    begins[:, 1:] = runs.present[:, 1:] & (runs.last[:, 1:] != runs.last[:, :-1])
    found: npt.NDArray[np.bool_] = begins & tall
    return found


def _hatch(column: Pixels, rows: npt.NDArray[np.bool_], background: int) -> None:
    """Cut slanted lines out of the rows of a column."""
    y, x = np.flatnonzero(rows), np.arange(column.shape[1])
    part = column[y]
    part[(y[:, None] + x) % HATCH >= HATCH // 3] = background
    column[y] = part
