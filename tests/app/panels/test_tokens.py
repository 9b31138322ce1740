"""Token heat: shade, words and places, also for texts that Qt counts differently from Python."""

from __future__ import annotations

from math import log

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.panels.tokens import DARKEST, MOST_TOKENS, TokenHeat, drawn, token_words, uncertainty
from app.theme import Theme
from engine.tokens import Alternative, Token


def token(text: str, p: float = 0.5) -> Token:
    return Token(text, 1, log(p), 0.25, (Alternative(text, p), Alternative("<b>", 1 - p)))


@pytest.fixture
def heat(theme: Theme, qtbot: QtBot) -> TokenHeat:
    view = TokenHeat(theme)
    qtbot.addWidget(view)
    return view


def shade_at(heat: TokenHeat, position: int) -> float:
    cursor = QTextCursor(heat.document())
    cursor.setPosition(position + 1)
    return float(cursor.charFormat().background().color().alphaF())


def test_shade_is_uncertainty_only(heat: TokenHeat) -> None:
    heat.set_row((token("sure", 1.0), token("half", 0.5), token("wild", 0.01)))
    assert shade_at(heat, 0) == pytest.approx(0.0, abs=0.01)
    assert shade_at(heat, 4) == pytest.approx(DARKEST * 0.5, abs=0.01)
    assert shade_at(heat, 8) == pytest.approx(DARKEST * 0.99, abs=0.01)


def test_line_ends_are_drawn(heat: TokenHeat) -> None:
    heat.set_row((token("13 - 9"), token(" = 4\n")))
    assert heat.toPlainText() == "13 - 9 = 4⏎\n"


def test_tokens_are_found_by_position_beyond_the_basic_plane(heat: TokenHeat) -> None:
    row = (token("🌳"), token("\u202e"), token("x"))
    heat.set_row(row)
    box = len(drawn(row[1]))
    assert heat.token_at(0) is heat.token_at(1) is row[0]  # one character, two UTF-16 units
    assert heat.token_at(2) is row[1]
    assert heat.token_at(2 + box) is row[2]
    assert heat.token_at(3 + box) is None


def test_text_of_a_model_is_not_obeyed(heat: TokenHeat) -> None:
    heat.set_row((token("<b>bold</b>"), token("\x00")))
    assert heat.toPlainText() == "<b>bold</b>⟦0000⟧"


def test_words_hold_probability_entropy_and_five_alternatives() -> None:
    others = tuple(Alternative(f"t{i}", 0.1 - i / 100) for i in range(8))
    words = token_words(Token("4\n", 1, log(0.5), 1.25, (Alternative("4\n", 0.5), *others)))
    assert words.splitlines()[0] == "“4⏎”  p 0.500   entropy 1.25 nats"
    assert words.splitlines()[1] == "● 0.500  “4⏎”"
    assert len(words.splitlines()) == 6


def test_a_very_long_row_is_cut_and_says_so(heat: TokenHeat) -> None:
    heat.set_row((token("a"),) * (MOST_TOKENS + 7))
    assert heat.toPlainText().endswith("… 7 more tokens")
    assert heat.token_at(MOST_TOKENS + 3) is None


def test_a_log_probability_above_zero_is_no_negative_uncertainty() -> None:
    assert uncertainty(Token("a", 1, 1e-6, 0.0)) == 0.0


def test_without_probabilities_it_says_so(heat: TokenHeat) -> None:
    heat.set_row(())
    assert heat.toPlainText() == ""
    assert "no token probabilities" in heat.placeholderText()
