"""The heat map of scores as pixels: one for each step of each trace, rows in any order. Knows no widget and no session.

A score is a code, a code a colour of a lookup table (app.desk.colours). Other colours need no other codes, another
order of the rows takes the same ones in that order, and only the rows in sight become an image.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from app.desk.colours import MISSING, NOTHING, SHADES, Codes, codes, ink_on, lookup, score_colour
from app.theme import Theme

Rows = npt.NDArray[np.int64]
Pixels = npt.NDArray[np.uint32]
"""RGBA in the order of the bytes."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The scores of traces, a row each."""

    values: npt.NDArray[np.float32]
    """(traces, longest) in [0, 1]; nan: missing, or beyond the end."""
    lengths: npt.NDArray[np.int32]
    """(traces,) steps of each."""
    errors: npt.NDArray[np.integer]
    """(traces,) column of the first error; -1 where there is none."""
    correct: npt.NDArray[np.floating]
    """(traces,) 1 where the answer is right, 0 where it is wrong, nan where nobody knows."""
    label: Callable[[int], str] = str
    """What stands beside the row of a trace, in a few words; asked for rows in sight only."""
    tell: Callable[[int, int], str] = lambda trace, step: f"{trace}, {step}"
    """All that there is to say about a step (from 0) of a trace; asked at the mouse and at the cursor."""
    codes: Codes = field(init=False)
    """(traces, longest) places in `colours_of`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", codes(self.values, self.lengths, self.errors))

    @property
    def traces(self) -> int:
        return len(self.lengths)

    @property
    def longest(self) -> int:
        """Steps of the longest trace."""
        return int(self.values.shape[1])

    def value(self, trace: int, step: int) -> float | None:
        """The score of a step, from 0; None where there is none."""
        value = float(self.values[trace, step])
        return None if np.isnan(value) else value


NOTHING_TO_SHOW = Sheet(
    np.empty((0, 0), np.float32), np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32)
)


def colours_of(theme: Theme) -> Pixels:
    """(codes,) of `Sheet.codes`. A missing score is transparent: hatching lies behind; past the end is the panel."""
    table = lookup(theme)
    table[MISSING] = 0
    table[NOTHING] = np.array(theme.palette.background.getRgb(), np.uint8)
    return np.ascontiguousarray(table).view(np.uint32)[:, 0]


def inks_of(theme: Theme) -> tuple[QColor, ...]:
    """What can be read on each colour of a score, by code; a score after the first error is written quietly."""
    shades = (step / (SHADES - 1) for step in range(SHADES))
    plain = tuple(ink_on(score_colour(theme, shade)) for shade in shades)
    return plain + (theme.palette.secondary,) * SHADES


def marks_of(correct: npt.NDArray[np.floating], theme: Theme) -> Pixels:
    """(traces, 2) a right answer has two pixels, a wrong one the left one only, of another colour; unknown has none."""
    good, bad = (np.array(colour.getRgb(), np.uint8).view(np.uint32)[0] for colour in _ends(theme))
    pixels: Pixels = np.zeros((len(correct), 2), np.uint32)
    pixels[correct == 1] = good
    pixels[correct == 0, 0] = bad
    return pixels


def image_of(pixels: Pixels) -> QImage:
    """(rows, columns) pixels as an image of its own."""
    rows, columns = pixels.shape
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888_Premultiplied).copy()


def _ends(theme: Theme) -> tuple[QColor, QColor]:
    return theme.palette.good, theme.palette.bad
