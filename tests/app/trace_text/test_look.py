"""Colours and signs of marks and functions can be told apart and read, in both themes."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtGui import QColor, QRawFont

from app.theme import DARK, LIGHT, Palette, Theme, mix
from app.trace_text.look import (
    FUNCTION_SIGNS,
    FUNCTION_WORDS,
    MARKS,
    TINT,
    chip_font,
    found_format,
    function_colour,
    group_colour,
    mark_colour,
    selected_format,
)
from app.trace_text.text import MarkKind
from app.words.functions import kind_words
from engine.traces.functions import FUNCTIONS
from engine.traces.spans import Kind

BOTH = pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])


def contrast(one: QColor, other: QColor) -> float:
    """After WCAG 2, 1 to 21."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_lines_of_marks_stand_out_from_the_ground(palette: Palette) -> None:
    for kind in get_args(MarkKind):
        assert contrast(mark_colour(kind, palette), palette.background) >= 3, kind


@BOTH
def test_text_can_be_read_on_every_ground(palette: Palette) -> None:
    grounds = {
        "selected": selected_format(palette, focused=True),
        "selected elsewhere": selected_format(palette, focused=False),
        "found": found_format(palette, current=False),
        "current": found_format(palette, current=True),
    }
    for name, style in grounds.items():
        assert contrast(style.foreground().color(), style.background().color()) >= 4.5, name
    for function in FUNCTIONS:
        chip = mix(palette.background, function_colour(function, palette), TINT)
        assert contrast(palette.text, chip) >= 4.5, function


@BOTH
def test_every_group_has_a_colour_and_a_word(palette: Palette) -> None:
    kinds = get_args(Kind)
    assert len({group_colour(kind, palette).name() for kind in kinds}) == len(kinds)
    assert len({kind_words(kind) for kind in kinds}) == len(kinds)


@pytest.mark.usefixtures("qapp")
def test_every_function_has_a_word_and_a_sign_that_the_font_has() -> None:
    font = QRawFont.fromFont(chip_font(Theme("dark")))
    assert set(FUNCTION_WORDS) == set(FUNCTION_SIGNS) == set(FUNCTIONS)
    assert len(set(FUNCTION_SIGNS.values())) == len(FUNCTIONS)
    assert all(font.supportsCharacter(ord(sign)) for sign in FUNCTION_SIGNS.values())
    assert set(MARKS) == set(get_args(MarkKind))
