"""One row: what is drawn for hostile text, and where each of its characters is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from app.theme import Theme
from app.trace_text.advances import Advances
from app.trace_text.drawn import Drawn
from app.trace_text.look import text_font
from app.trace_text.row_layout import RowLayout
from app.trace_text.wrapping import codes_of


@pytest.mark.parametrize(
    ("row", "drawn"),
    [
        ("plain\n", "plain"),
        ("plain\r\n", "plain"),
        ("a\rb", "a⟦000D⟧b"),
        ("\x00\u202e\ud800", "⟦0000⟧⟦202E⟧⟦D800⟧"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("tab\there", "tab\there"),
        ("\u2028", "⟦2028⟧"),
    ],
)
def test_what_cannot_be_seen_is_drawn_as_a_box(row: str, drawn: str) -> None:
    assert Drawn(row).text == drawn


@given(st.text(max_size=40))
def test_every_character_has_its_own_place(row: str) -> None:
    drawn = Drawn(row)
    units = [drawn.unit_of(character) for character in range(drawn.last + 1)]
    assert units == sorted(set(units))
    assert units[-1] == len(drawn.text.encode("utf-16-le", "surrogatepass")) // 2
    assert [drawn.character_at(unit) for unit in units] == list(range(drawn.last + 1))
    assert [drawn.nearest(unit) for unit in units] == list(range(drawn.last + 1))


def test_a_box_is_one_character_to_the_mouse() -> None:
    drawn = Drawn("a\u202eb")
    assert [drawn.character_at(unit) for unit in range(8)] == [0, 1, 1, 1, 1, 1, 1, 2]
    assert [drawn.nearest(unit) for unit in (2, 4, 5)] == [1, 1, 2]


@pytest.fixture(scope="session")
def font(qapp: QApplication) -> QFont:
    assert qapp is not None
    return text_font(Theme("dark"))


def laid_out(row: str, font: QFont) -> RowLayout:
    return RowLayout(row, font, Advances(font).tab)


@pytest.mark.parametrize("row", ["plain words", "日本語 text 😀 end", "tab\there\x00!", "wi-fi ffi AVAToWa != ->"])
def test_hit_testing_is_the_way_back(font: QFont, row: str) -> None:
    layout = laid_out(row, font)
    for character in range(len(row)):
        left, right = layout.x_of(character), layout.x_of(character + 1)
        assert layout.character_at((left + right) / 2) == character
        assert layout.gap_at(left + 0.4) == character
    assert layout.character_at(-1) is None
    assert layout.character_at(layout.width + 1) is None


@pytest.mark.parametrize("row", ["", "\n", "نص من اليمين", "abc עברית 12 def", "\u0301" * 50, "\ud800" * 50])
def test_odd_rows_have_places_too(font: QFont, row: str) -> None:
    layout = laid_out(row, font)
    for character in range(len(row) + 1):
        assert 0 <= layout.x_of(character) <= layout.width + 0.01
    for x in range(-5, 400, 7):
        assert 0 <= layout.gap_at(x) <= len(row)


@given(st.text(st.characters(max_codepoint=0x17F), max_size=60))
def test_widths_of_characters_add_up_to_the_row(font: QFont, row: str) -> None:
    row = row.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    width = float(Advances(font).of(codes_of(row)).sum())
    assert width >= laid_out(row, font).width - 2  # its last letter may lean out
