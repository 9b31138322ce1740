"""The lanes of the timeline as a picture: bars for the phases in each pixel column. Knows no widget and no run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from app.panels.phase_log import Shares
from app.theme import Theme, mix

FADED = 0.65
"""Share of the background in what lies behind the cursor."""
OUTSIDE = 0.88
"""The same, for what lies outside the time range."""

Pixels = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the pixel columns mean."""

    shown: int
    """Columns before the cursor."""
    kept: tuple[int, int]
    """First column of the time range, and the first after it."""


def lane_picture(shares: Shares, columns: Columns, lane: int, gap: int, theme: Theme) -> QImage:
    """Bars standing on each lane's floor, as high as the phase's share. `lane` and `gap` are heights in pixels."""
    lanes, width = shares.shape
    pixels: Pixels = np.empty((lanes * (lane + gap), width), np.uint32)
    pixels[:] = theme.palette.panel.rgba()
    above_floor = np.arange(lane, 0, -1)[:, None]
    for number, row in enumerate(shares):
        heights = np.where(row > 0, np.maximum(2, np.ceil(row * lane)), 0)
        inks = _inks(theme.palette.phases[number], columns, width, theme)
        top = number * (lane + gap)
        pixels[top : top + lane] = np.where(above_floor <= heights, inks, pixels[top : top + lane])
    height = len(pixels)
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _inks(colour: QColor, columns: Columns, width: int, theme: Theme) -> Pixels:
    """The colour of a lane in each column."""
    inks: Pixels = np.full(width, mix(colour, theme.palette.panel, FADED).rgba(), np.uint32)
    inks[: columns.shown] = colour.rgba()
    outside = mix(colour, theme.palette.panel, OUTSIDE).rgba()
    inks[: columns.kept[0]] = outside
    inks[columns.kept[1] :] = outside
    return inks
