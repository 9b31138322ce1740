"""Colours of scores at the desk, one by one and as a table for pictures of many. Knows no score, no run, no widget.

The ramp is the theme's: blue, grey, amber stay apart under every colour blindness. A step after the first error is
faded, one without a score is hatched; a number on any other scale than [0, 1] has no colour.
"""

from __future__ import annotations

from math import isnan
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from app.theme import Theme, mix

SHADES = 256
"""Colours for scores from 0 to 1 in a `lookup`; the same number, faded, follow."""
MISSING, NOTHING = 2 * SHADES, 2 * SHADES + 1
"""Places in a `lookup` for a step without a score, and for what lies beyond the end of a trace (it is transparent)."""
FADED = 0.72
"""Share of the background in the colour of a step after the first error."""
DARK_INK, LIGHT_INK = QColor("#000000"), QColor("#ffffff")
"""Pure: on any colour, one of the two has a contrast of 4.58 at least."""

Codes: TypeAlias = npt.NDArray[np.uint16]


def score_colour(theme: Theme, score: float | None, *, faded: bool = False) -> QColor:
    """Of a score in [0, 1] (clamped); for a missing one that of the hatching, since it is not a low one."""
    colour = theme.value_colour(None if score is None or isnan(score) else score)
    return mix(colour, theme.palette.background, FADED) if faded else colour


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever can be read better on `colour` (WCAG's contrast: larger of the two)."""
    light = _luminance(colour)
    return LIGHT_INK if 1.05 / (light + 0.05) > (light + 0.05) / (_luminance(DARK_INK) + 0.05) else DARK_INK


def lookup(theme: Theme) -> npt.NDArray[np.uint8]:
    """(NOTHING + 1, 4) RGBA for `codes`: SHADES colours, the same faded, and those of MISSING and NOTHING."""
    shades = [step / (SHADES - 1) for step in range(SHADES)]
    colours = [score_colour(theme, score, faded=faded) for faded in (False, True) for score in shades]
    rows = [colour.getRgb() for colour in (*colours, missing_colour(theme), QColor(0, 0, 0, 0))]
    return np.array(rows, np.uint8)


def codes(values: npt.NDArray[np.floating], lengths: npt.NDArray[np.integer], errors: npt.NDArray[np.integer]) -> Codes:
    """Places in a `lookup` for a table of scores.

    values: (traces, longest), nan is missing. lengths: (traces,) steps of each. errors: (traces,) column of each one's
    first error, -1 for none; what comes after it is faded.
    """
    column = np.arange(values.shape[1])
    known = ~np.isnan(values)
    found = (np.clip(np.where(known, values, 0), 0, 1) * (SHADES - 1) + 0.5).astype(np.uint16)
    after = (errors[:, None] >= 0) & (column > errors[:, None])
    found += after * np.uint16(SHADES)
    found[~known] = MISSING
    found[column >= lengths[:, None]] = NOTHING
    return found


def missing_colour(theme: Theme) -> QColor:
    """Of a step without a score where it is too small to be hatched: hardly more than the background."""
    return mix(theme.palette.faint, theme.palette.background, 0.65)


def hatch(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Fill a place where a score is missing."""
    painter.fillRect(rect, QBrush(theme.palette.faint, Qt.BrushStyle.BDiagPattern))


def _luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
