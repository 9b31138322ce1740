"""Every action can be reached, no key means two things, and the palette finds what one types."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.commands import MENUS, Action, Actions
from app.commands.registry import keys_text
from app.dialogs.about import AboutSheet
from app.dialogs.palette import CommandPalette, score
from app.dialogs.shortcuts import ShortcutsSheet
from app.main_window import MainWindow
from app.theme import Theme
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_window import session_file


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    return make(session_file(tmp_path / "one.espalier"))


def nothing() -> None:
    pass


def test_every_action_is_in_a_menu_once_with_words_and_a_tool_tip(window: MainWindow) -> None:
    in_menus: Counter[str] = Counter()
    for menu in window.menuBar().findChildren(QMenu):
        in_menus.update(entry.objectName() for entry in menu.actions())
    for action in window.actions_:
        made = window.actions_.qaction(action.id)
        assert in_menus[action.id] == 1, f"{action.id} is in no menu, or in two"
        assert action.menu in MENUS
        assert action.title[0].isupper() or action.title[0].isdigit()
        assert action.help in made.toolTip()
        assert made.text().split("\t")[0]


def test_no_key_means_two_things(window: MainWindow) -> None:
    keys = [QKeySequence(key).toString() for one in window.actions_ for key in (*one.keys, *one.view_keys)]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert "" not in keys


def test_the_keys_of_the_house_are_bound(window: MainWindow) -> None:
    wanted = {
        "Space": "run.run_or_pause", "F5": "run.run", "F10": "run.step_phase", "F11": "run.step_iteration",
        "Shift+F5": "run.stop", "Ctrl+N": "file.new_run", "Ctrl+O": "file.open", "Ctrl+Shift+S": "file.save_as",
        "Ctrl+W": "file.close", "Ctrl+Q": "file.close", ",": "timeline.previous_event", ".": "timeline.next_event",
        "<": "timeline.previous_iteration", ">": "timeline.next_iteration", "Shift+L": "timeline.live",
        "F": "view.fit", "1": "view.actual_size", "Ctrl+Shift+P": "help.palette", "?": "help.shortcuts",
    }  # fmt: skip
    found = {key: getattr(window.actions_.by_key(key), "id", None) for key in wanted}
    assert found == wanted


def test_a_name_or_a_key_that_is_taken_is_refused(theme: Theme) -> None:
    actions = Actions(theme)
    actions.add([Action("a", "A", nothing, "Does a", keys=("F5",))])
    with pytest.raises(ValueError, match="two actions are called a"):
        actions.add([Action("a", "A", nothing, "Does a")])
    with pytest.raises(ValueError, match="F5 is the key of both a and b"):
        actions.add([Action("b", "B", nothing, "Does b", view_keys=("F5",))])


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


def test_an_action_that_may_not_be_done_is_not_done(theme: Theme) -> None:
    done: list[str] = []
    actions = Actions(theme)
    actions.add([Action("a", "A", lambda: done.append("a"), "Does a", enabled=lambda: False)])
    actions.trigger("a")
    assert done == []
    assert not actions.qaction("a").isEnabled()


def test_bare_keys_work_in_views_and_leave_text_fields_alone(qtbot: QtBot, window: MainWindow) -> None:
    shown = window.parts.shown
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Comma)
    qtbot.waitUntil(lambda: shown.cursor == shown.total - 1, timeout=WAIT)
    window.show_log()
    line = window.panels["log"].findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "a,f1")
    assert line.text() == "a,f1"
    assert shown.cursor == shown.total - 1


def test_the_toolbar_has_no_dead_buttons(window: MainWindow) -> None:
    for button in window.toolbar.findChildren(QToolButton):
        made = button.defaultAction()
        if isinstance(made, QAction):
            assert made.objectName() in {action.id for action in window.actions_}


def test_the_palette_finds_and_does(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.trigger("help.palette")
    palette = window.findChild(CommandPalette)
    assert palette is not None
    assert set(palette.titles()) == {action.title for action in window.actions_}
    qtbot.keyClicks(palette._line, "light")
    assert palette.titles()[0] == "Light or dark"
    dark = window.parts.theme.dark
    qtbot.keyClick(palette._line, Qt.Key.Key_Return)
    assert window.parts.theme.dark != dark


def test_arrow_keys_move_in_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    window.dialogs.palette(window.actions_)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette._line, "event")
    qtbot.keyClick(palette._line, Qt.Key.Key_Down)
    current = palette._list.currentItem()
    assert current is not None
    assert current.text(0) == palette.titles()[1]
    palette.close()


@pytest.mark.parametrize(
    ("typed", "title", "matches"),
    [("sp", "Step phase", True), ("", "Run", True), ("nru", "New run…", True), ("xq", "Run", False)],
)
def test_letters_match_in_their_order(typed: str, title: str, matches: bool) -> None:
    assert (score(typed, title) is not None) == matches


def test_beginnings_of_words_win() -> None:
    titles = ["Inspector", "Stop", "Step phase", "Last event"]
    assert max(titles, key=lambda title: score("sp", title) or 0.0) == "Step phase"
    assert max(titles, key=lambda title: score("st", title) or 0.0) == "Stop"


def test_the_sheet_lists_every_key(window: MainWindow) -> None:
    window.dialogs.shortcuts(window.actions_)
    sheet = window.findChild(ShortcutsSheet)
    assert sheet is not None
    rows = sheet.rows()
    for action in window.actions_:
        if keys_text(action):
            assert rows[action.title] == keys_text(action)
    sheet.reject()


def test_about_says_versions_without_importing_them(window: MainWindow) -> None:
    window.dialogs.about()
    sheet = window.findChild(AboutSheet)
    assert sheet is not None
    assert "torch" in sheet._facts
    assert "Espalier 0." in sheet._facts
    sheet.reject()
