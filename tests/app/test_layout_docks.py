"""The panels in their places: nothing of an earlier arrangement stays on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from app.docks import BESIDE, SHARES, TIMELINE_PX
from app.main_window import MainWindow
from app.panels import PANELS
from app.panels.panel import PanelWidget
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_window import session_file


def tab_bars(window: MainWindow) -> list[list[str]]:
    """Titles of every tab bar of the docks that can be seen."""
    bars = [bar for bar in window.findChildren(QTabBar) if bar.parent() is window and bar.isVisible() and bar.count()]
    return sorted([bar.tabText(at) for at in range(bar.count())] for bar in bars)


def test_every_group_of_panels_has_one_tab_bar(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(start=False)
    window.show()
    window.resize(1440, 900)
    first = [[panel.title for panel in PANELS if panel.area == area and panel.at_first] for area in SHARES]
    expected = sorted(titles for group in first if len(titles := [t for t in group if t != "Timeline"]) > 1)
    qtbot.waitUntil(lambda: tab_bars(window) == expected, timeout=WAIT)
    window.docks["votes"].raise_()
    window.docks["runs"].setFloating(True)
    for _ in range(2):
        window.reset_layout()
        qtbot.waitUntil(lambda: tab_bars(window) == expected, timeout=WAIT)
    _, least, most = SHARES["right"]
    assert least <= window.docks["inspector"].width() <= most
    assert not window.docks["runs"].isFloating()


@pytest.mark.parametrize("width", [1280, 1440])
def test_the_timeline_gets_its_half_of_the_bottom(qtbot: QtBot, make: MakeWindow, width: int) -> None:
    """However many tabs stand beside it: its lanes are read along their length."""
    window = make(start=False)
    window.show()
    window.resize(width, 800)
    window.reset_layout()
    bottom = [window.docks[name] for name in BESIDE]
    qtbot.waitUntil(lambda: all(dock.isVisible() for dock in bottom), timeout=WAIT)
    qtbot.waitUntil(lambda: bottom[0].width() >= 0.45 * sum(dock.width() for dock in bottom), timeout=WAIT)


def test_a_panel_outside_the_window_gets_the_room_that_it_wants(qtbot: QtBot, make: MakeWindow) -> None:
    """Its place at the bottom is small; the button in its title takes it out."""
    window = make(start=False)
    window.show()
    window.resize(1280, 800)
    panel = window.panels["formula_lab"]
    assert isinstance(panel, PanelWidget)
    window.docks.show("formula_lab")
    window.docks["formula_lab"].setFloating(True)
    qtbot.waitUntil(lambda: panel.width() >= panel.preferred_size.width() - 20, timeout=WAIT)
    window.reset_layout()
    qtbot.waitUntil(lambda: not window.docks["formula_lab"].isFloating(), timeout=WAIT)


@pytest.mark.parametrize("width", [1280, 1600])
def test_every_tab_of_a_fresh_layout_is_in_sight(qtbot: QtBot, make: MakeWindow, width: int) -> None:
    """Nothing hides behind the arrows of a tab bar that is too narrow."""
    window = make(start=False)
    window.show()
    window.resize(width, 800)
    window.reset_layout()
    qtbot.waitUntil(lambda: len(tab_bars(window)) == 3, timeout=WAIT)

    def fits(bar: QTabBar) -> bool:
        return sum(bar.tabRect(at).width() for at in range(bar.count())) <= bar.width()

    bars = [bar for bar in window.findChildren(QTabBar) if bar.parent() is window and bar.isVisible()]
    qtbot.waitUntil(lambda: all(fits(bar) for bar in bars), timeout=WAIT)


def test_a_panel_that_is_asked_for_gets_room_once(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    """Two columns of text cannot be read in the height of a plot; asked for again, nothing moves."""
    window = make(session_file(tmp_path / "one.espalier"))
    window.show()
    window.resize(1280, 800)
    window.reset_layout()
    thought, timeline = window.docks["thought"], window.docks["timeline"]
    qtbot.waitUntil(timeline.isVisible, timeout=WAIT)
    window.actions_.trigger("view.thought")
    qtbot.waitUntil(lambda: thought.height() >= 0.4 * window.height(), timeout=WAIT)
    qtbot.waitUntil(lambda: thought.width() > 1.3 * timeline.width(), timeout=WAIT)
    assert timeline.width() >= TIMELINE_PX - 5
    assert window.canvas.height() > 0.25 * window.height()
    before = thought.size()
    for _ in range(3):
        window.actions_.trigger("view.thought")
        QApplication.processEvents()
    assert thought.size() == before


def test_a_panel_newer_than_the_kept_layout_has_a_place_too(qtbot: QtBot, make: MakeWindow) -> None:
    """Qt would leave it over the others, without a title, at the top left."""
    window = make(start=False)
    window.show()
    window.resize(1440, 900)
    desk = window.docks["desk"]
    window.removeDockWidget(desk)
    earlier = window.saveState(1)
    assert window.docks.restore(earlier, 1)
    assert window.dockWidgetArea(desk) == Qt.DockWidgetArea.BottomDockWidgetArea
    assert not desk.isVisible()
    window.docks.show("desk")
    qtbot.waitUntil(lambda: any("PRM desk" in titles for titles in tab_bars(window)), timeout=WAIT)


def test_a_panel_opened_by_the_menu_window_has_room(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(start=False)
    window.show()
    window.resize(1280, 800)
    window.reset_layout()
    qtbot.waitUntil(window.docks["timeline"].isVisible, timeout=WAIT)
    window.actions_.trigger("view.panel.desk")
    desk = window.docks["desk"]
    qtbot.waitUntil(lambda: desk.height() >= 0.4 * window.height(), timeout=WAIT)
    window.actions_.trigger("view.panel.desk")
    assert desk.isHidden()
