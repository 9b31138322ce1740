"""The panels in their places: nothing of an earlier arrangement stays on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from app.docks import SHARES
from app.main_window import MainWindow
from tests.app.conftest import WAIT, MakeWindow


def tab_bars(window: MainWindow) -> list[list[str]]:
    """Titles of every tab bar of the docks that can be seen."""
    bars = [bar for bar in window.findChildren(QTabBar) if bar.parent() is window and bar.isVisible() and bar.count()]
    return sorted([bar.tabText(at) for at in range(bar.count())] for bar in bars)


def test_every_group_of_panels_has_one_tab_bar(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(start=False)
    window.show()
    window.resize(1440, 900)
    expected = [["Outline", "Runs"], ["Scores", "Votes", "Log"]]
    qtbot.waitUntil(lambda: tab_bars(window) == expected, timeout=WAIT)
    window.docks["votes"].raise_()
    window.docks["runs"].setFloating(True)
    for _ in range(2):
        window.reset_layout()
        qtbot.waitUntil(lambda: tab_bars(window) == expected, timeout=WAIT)
    _, least, most = SHARES["right"]
    assert least <= window.docks["inspector"].width() <= most
    assert not window.docks["runs"].isFloating()
