"""What the banner says again with the same buttons changes its words alone, so that a press of a button counts."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.banner import Banner, Notice
from app.theme import Theme


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


def test_words_change_and_buttons_stay(qtbot: QtBot, theme: Theme) -> None:
    banner, pressed = Banner(theme), []
    qtbot.addWidget(banner)
    buttons = (("Cancel", lambda: pressed.append("cancel")),)
    banner.say(Notice("1 of 9", "hint", buttons, key="how far"))
    (button,) = banner.findChildren(QPushButton)
    banner.say(Notice("2 of 9", "hint", buttons, key="how far"))
    assert banner.texts == ["2 of 9"]
    assert banner.findChildren(QPushButton) == [button]
    button.click()
    assert (pressed, banner.texts) == (["cancel"], [])


def test_other_buttons_are_another_notice(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(theme)
    qtbot.addWidget(banner)
    banner.say(Notice("1 of 9", "hint", (("Cancel", lambda: None),), key="how far"))
    banner.say(Notice("Done", "hint", key="how far"))
    assert banner.texts == ["Done"]
    assert not [button for button in banner.findChildren(QPushButton) if button.isVisibleTo(banner)]
