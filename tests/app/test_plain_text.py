"""Text from a model is drawn as it is: plain, with what would be invisible as boxes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from app.plain_text import as_tool_tip, one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13 - 9 = 4", "13 - 9 = 4"),
        ("a\u202eb", "a⟦202E⟧b"),
        ("\x1b[31m", "⟦001B⟧[31m"),
        ("x\r\ny\tz", "x\ny\tz"),
        ("\ud800", "⟦D800⟧"),
        ("\U000e0041", "⟦E0041⟧"),
        ("Gauß 日本 👩\u200d🔬", "Gauß 日本 👩\u200d🔬"),
    ],
)
def test_what_cannot_be_seen_becomes_a_box(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    left = set(visible(text)) - {"\n", "\t", "\u200c", "\u200d"}
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for character in left)


@given(st.text(), st.integers(1, 50))
def test_one_line_is_one_line(text: str, longest: int) -> None:
    assert len(one_line(text, longest).splitlines()) <= 1


def test_one_line_cuts_before_it_works() -> None:
    assert len(one_line("x" * 10_000_000, 100)) == 100


@pytest.mark.usefixtures("qapp")
def test_a_tool_tip_shows_markup_as_text() -> None:
    step = "<b>x</b> & <img src='file:///etc/passwd'>\n  y\u202e"
    tip = as_tool_tip(step)
    assert tip.startswith("<div")  # or Qt would take it for plain text and show the escapes
    document = QTextDocument()
    document.setHtml(tip)
    assert document.toPlainText() == "<b>x</b> & <img src='file:///etc/passwd'>\n  y⟦202E⟧"


def test_a_long_tool_tip_says_that_it_is_cut() -> None:
    assert "…" in as_tool_tip("x" * 10_000)
    assert len(as_tool_tip("x" * 10_000)) < 3_000
