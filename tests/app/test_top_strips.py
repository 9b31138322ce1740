"""The window fits on a small screen with large letters, whatever is said above the tree."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.banner import Notice
from app.strips.top_strips import LEAST, TopStrips
from tests.app.conftest import MakeWindow
from tests.app.test_window import session_file

LOW = 700
"""Pixels: a screen of 720 less the desktop's own bar."""


def test_with_large_text_the_window_is_still_no_higher_than_a_small_screen(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path
) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    window.parts.theme.set_text_size(150)
    window.resize(1280, LOW)
    window.reception.welcome()
    for number in range(3):
        words = f"{number}: something went wrong, and this is said in a sentence " * 5
        window.banner.say(Notice(words, buttons=(("One way on", print), ("Another", print))))
    window.find_bar.show()
    for name in window.docks:
        window.docks.show(name)
        qtbot.wait(1)
        assert window.minimumSizeHint().height() <= LOW, name
    assert window.height() == LOW
    assert window.statusBar().geometry().bottom() < LOW


def test_strips_have_all_the_room_they_want_where_there_is_room(qtbot: QtBot) -> None:
    strip, below, window = QLabel("x\n" * 10), QWidget(), QWidget()
    strip.hide()
    strips = TopStrips(strip)
    column = QVBoxLayout(window)
    column.addWidget(strips)
    column.addWidget(below, 1)
    qtbot.addWidget(window)
    window.resize(400, 600)
    window.show()
    assert strips.height() == 0
    strip.show()
    assert strips.height() == strip.height() == strip.sizeHint().height()
    assert strips.minimumSizeHint().height() == LEAST
    strip.hide()
    assert strips.height() == 0


def test_a_sentence_that_just_fits_is_not_kept_from_it_by_a_scroll_bar(qtbot: QtBot) -> None:
    strip, below, window = QLabel("two words"), QWidget(), QWidget()
    strip.setWordWrap(True)
    strips = TopStrips(strip)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(strips)
    column.addWidget(below, 1)
    qtbot.addWidget(window)
    line = strip.fontMetrics().lineSpacing()
    below.setMinimumHeight(10 * line)
    window.resize(strip.fontMetrics().horizontalAdvance("two words") + 2, 11 * line + column.spacing())
    window.show()
    bar = strips.verticalScrollBar()
    strip.setText("two words " * 30)
    qtbot.waitUntil(bar.isVisible)
    strip.setText("two words")
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert strip.height() <= strips.height()
