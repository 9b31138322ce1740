"""Colours of scores: missing is not low, what comes after an error is faded, and every number can be read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QColor

from app.desk.colours import MISSING, NOTHING, SHADES, _luminance, codes, ink_on, lookup, score_colour
from app.theme import Mode, Theme

MODES: tuple[Mode, ...] = ("dark", "light")


def test_codes_tell_missing_faded_and_beyond_the_end() -> None:
    values = np.array([[0.0, 0.5, 1.0], [0.2, np.nan, np.nan]], np.float32)
    found = codes(values, np.array([3, 2]), np.array([0, -1]))
    assert found.tolist() == [[0, SHADES + 128, SHADES + 255], [51, MISSING, NOTHING]]


@pytest.mark.parametrize("mode", MODES)
def test_the_table_holds_what_the_single_colours_are(mode: Mode) -> None:
    theme = Theme(mode)
    table = lookup(theme)
    assert table.shape == (NOTHING + 1, 4)
    for score in (0.0, 0.4, 1.0):
        at = round(score * (SHADES - 1))
        assert tuple(table[at]) == score_colour(theme, at / (SHADES - 1)).getRgb()
        assert tuple(table[SHADES + at]) == score_colour(theme, at / (SHADES - 1), faded=True).getRgb()
    assert table[NOTHING, 3] == 0
    assert tuple(table[MISSING]) not in {tuple(row) for row in table[:SHADES]}


@pytest.mark.parametrize("mode", MODES)
def test_a_number_on_its_colour_can_be_read(mode: Mode) -> None:
    theme = Theme(mode)
    for step in range(0, 101, 5):
        colour = score_colour(theme, step / 100)
        assert contrast(ink_on(colour), colour) >= 4.5, step


@pytest.mark.parametrize("mode", MODES)
def test_missing_is_no_score_and_faded_is_nearer_to_the_background(mode: Mode) -> None:
    theme = Theme(mode)
    assert score_colour(theme, None) == score_colour(theme, float("nan")) == theme.palette.faint
    background = theme.palette.background
    for score in (0.0, 1.0):
        plain, faded = score_colour(theme, score), score_colour(theme, score, faded=True)
        assert contrast(faded, background) < contrast(plain, background)
    ends = [score_colour(theme, score) for score in (0.0, 0.5, 1.0)]
    assert all(one != other for one, other in pairwise(ends))


def contrast(one: QColor, other: QColor) -> float:
    """WCAG's."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)
