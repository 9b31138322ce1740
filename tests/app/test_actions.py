"""Every action can be reached, no key means two things, and the palette finds what one types."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.commands import MENUS, Action, Actions
from app.commands.keys import is_bare, keys_text
from app.commands.matching import score
from app.commands.registry import title_in_full
from app.dialogs.about import AboutSheet
from app.dialogs.shortcuts import ShortcutsSheet
from app.main_window import MainWindow
from app.plain_text import one_line
from app.settings import Settings
from app.strips.find_answers import command_answers
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


def test_a_key_that_may_do_nothing_now_says_why(qtbot: QtBot, window: MainWindow) -> None:
    """Bare keys, and those that a menu would show in grey."""
    window.show()
    window.canvas.setFocus()
    window.parts.shown.select(None)
    for key, modifier in (
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier),
    ):
        qtbot.waitUntil(lambda: not window.actions_.qaction("edit.compare").isEnabled(), timeout=WAIT)
        with qtbot.waitSignal(window.actions_.refused, timeout=WAIT) as refused:
            qtbot.keyClick(window.canvas, key, modifier)
        assert str(refused.args[0]).startswith("Select ")
        assert window.statusBar().currentMessage() == refused.args[0]
    window.parts.shown.select(0)
    qtbot.waitUntil(window.actions_.qaction("edit.compare").isEnabled, timeout=WAIT)
    with qtbot.assertNotEmitted(window.actions_.refused):
        qtbot.keyClick(window.canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)


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
    for button in window.toolbar.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
        made = button.defaultAction()
        if isinstance(made, QAction):
            assert made.objectName() in {action.id for action in window.actions_}


def looks_like(window: MainWindow, style: Qt.ToolButtonStyle) -> bool:
    """Whether the toolbar has this style and nothing of it is out of sight."""
    last = window.toolbar.widgetForAction(window.actions_.qaction("view.theme"))
    return window.toolbar.toolButtonStyle() == style and window.find_box.isVisible() and last.isVisible()


def test_a_narrow_toolbar_drops_words_and_never_the_find_box(qtbot: QtBot, window: MainWindow) -> None:
    for width, words in ((1900, True), (1000, False), (1900, True)):
        window.resize(width, 700)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
        qtbot.waitUntil(partial(looks_like, window, style), timeout=WAIT)


def test_a_button_with_a_longer_name_drops_words_too(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1900, 700)
    qtbot.waitUntil(lambda: looks_like(window, Qt.ToolButtonStyle.ToolButtonTextBesideIcon), timeout=WAIT)
    window.actions_.qaction("run.pause").setIconText("a name that is much longer " * 20)
    style = Qt.ToolButtonStyle.ToolButtonIconOnly
    qtbot.waitUntil(lambda: window.toolbar.toolButtonStyle() == style, timeout=WAIT)


def test_the_palette_finds_and_does(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.setFocus()
    window.actions_.trigger("help.palette")
    box = window.find_box
    assert box.hasFocus()
    assert set(box.titles()) == {title_in_full(action) for action in window.actions_}
    qtbot.keyClicks(box, "light")
    assert box.titles()[0] == "Light or dark"
    dark = window.parts.theme.dark
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.parts.theme.dark != dark
    assert (box.text(), box.rows.isVisible(), window.canvas.hasFocus()) == ("", False, True)


def test_arrow_keys_move_in_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    window.find_box.open(">")
    qtbot.keyClicks(window.find_box, "event")
    qtbot.keyClick(window.find_box, Qt.Key.Key_Down)
    current = window.find_box.rows.currentItem()
    assert current is not None
    assert current.text(0) == window.find_box.titles()[1]
    assert window.find_box.accessibleDescription() == current.text(0)


def test_what_cannot_be_done_now_is_grey_and_not_done(qtbot: QtBot, window: MainWindow) -> None:
    window.find_box.open(">")
    qtbot.keyClicks(window.find_box, "stop")
    first = window.find_box.rows.topLevelItem(0)
    assert first is not None
    assert (first.text(0), first.isDisabled()) == ("Stop", True)
    qtbot.keyClick(window.find_box, Qt.Key.Key_Return)
    assert window.find_box.rows.isVisible()


def test_what_can_be_done_now_is_offered_before_what_matches_as_well_and_cannot(window: MainWindow) -> None:
    """The keys of a panel that is closed bear its name too; one looks for the way into it."""
    window.docks["thought"].hide()
    first = command_answers(window.actions_)("hidden")[:2]
    assert all(answer.possible for answer in first)
    assert "Compare hidden and exposed" in [answer.title for answer in first]


def test_the_box_finds_steps_and_selects_them(qtbot: QtBot, window: MainWindow) -> None:
    tree = window.parts.shown.tree
    step = next(node for node in tree.nodes.values() if node.parent is not None)
    window.actions_.trigger("go.find_box")
    qtbot.keyClicks(window.find_box, step.step.strip())
    assert window.find_box.titles()[0] == one_line(step.step)
    qtbot.keyClick(window.find_box, Qt.Key.Key_Return)
    assert window.parts.shown.selected == step.id


def test_the_box_says_when_it_finds_nothing_and_escape_leaves_it(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.setFocus()
    window.find_box.open("no such step <b>anywhere</b>")
    assert window.find_box.titles() == ["Nothing found"]
    qtbot.keyClick(window.find_box, Qt.Key.Key_Return)
    qtbot.keyClick(window.find_box, Qt.Key.Key_Escape)
    assert window.find_box.text() == ""
    assert window.canvas.hasFocus()


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


def sheet_of(window: MainWindow) -> ShortcutsSheet:
    window.actions_.trigger("help.shortcuts")
    sheet = window.findChild(ShortcutsSheet)
    assert sheet is not None
    return sheet


def test_the_sheet_lists_every_command_with_its_keys(window: MainWindow) -> None:
    sheet = sheet_of(window)
    rows = sheet.rows()
    for action in window.actions_:
        assert rows[title_in_full(action)] == keys_text(action)
    sheet.filter.setText("shift+f5")
    assert sheet.rows() == {"Stop": "Shift+F5"}
    assert sheet.text().startswith("Stop\tShift+F5\tEnd the run")
    sheet.filter.setText("no such thing")
    assert sheet.rows() == {}
    sheet.reject()


def press(qtbot: QtBot, sheet: ShortcutsSheet, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """As a user does who adds a key to the chosen action."""
    sheet.editor.recorder.setFocus()
    for modifier in modifiers:
        qtbot.keyClick(sheet.editor.recorder, key, modifier)
    if not modifiers:
        qtbot.keyClick(sheet.editor.recorder, key)


def test_a_key_that_is_pressed_in_works_at_once_and_is_remembered(
    qtbot: QtBot, window: MainWindow, settings: Settings
) -> None:
    sheet = sheet_of(window)
    sheet.select("view.theme")
    press(qtbot, sheet, Qt.Key.Key_F9)
    assert "F9" in sheet.rows()["Light or dark"]
    assert settings.keys == {"view.theme": ["Ctrl+Shift+T", "F9"]}
    assert "F9" in window.actions_.qaction("view.theme").toolTip()
    sheet.reject()
    dark = window.parts.theme.dark
    qtbot.keyClick(window.canvas, Qt.Key.Key_F9)
    assert window.parts.theme.dark != dark


def test_a_bare_key_works_in_views_only_and_the_sheet_says_so(qtbot: QtBot, window: MainWindow) -> None:
    sheet = sheet_of(window)
    sheet.select("view.theme")
    press(qtbot, sheet, Qt.Key.Key_Y)
    assert window.actions_["view.theme"].view_keys == ("Y",)
    assert "not while you type" in sheet.editor.words.text()
    sheet.reject()
    dark = window.parts.theme.dark
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Y)
    assert window.parts.theme.dark != dark
    window.actions_.reset("view.theme")
    qtbot.keyClick(window.canvas, Qt.Key.Key_Y)
    assert window.parts.theme.dark != dark


def test_a_key_that_is_taken_is_given_up_only_when_the_user_says_so(qtbot: QtBot, window: MainWindow) -> None:
    sheet = sheet_of(window)
    sheet.select("view.theme")
    press(qtbot, sheet, Qt.Key.Key_F6)
    assert sheet.editor.words.text() == "F6 is the key of “Pause”."
    assert sheet.rows()["Pause"] == "F6"
    assert sheet.editor.take.text() == "Take it from “Pause”"
    sheet.editor.take.click()
    assert sheet.rows()["Pause"] == ""
    assert "F6" in sheet.rows()["Light or dark"]
    sheet.select("run.pause")
    sheet.editor.reset.click()
    assert sheet.rows()["Pause"] == "F6"
    assert "F6" not in sheet.rows()["Light or dark"]


def test_a_key_can_be_taken_away_and_all_come_back(qtbot: QtBot, window: MainWindow, settings: Settings) -> None:
    before = {action.id: action for action in window.actions_}
    sheet = sheet_of(window)
    sheet.select("run.step_phase")
    button = next(b for b in sheet.editor.findChildren(QPushButton) if b.text().startswith("F10"))
    button.click()
    assert sheet.rows()["Step phase"] == ""
    sheet.select("view.theme")
    press(qtbot, sheet, Qt.Key.Key_F10)
    sheet.reset_all.click()
    assert {action.id: action for action in window.actions_} == before
    assert settings.keys == {}


def test_tab_and_escape_leave_the_field_that_hears_keys(qtbot: QtBot, window: MainWindow) -> None:
    sheet = sheet_of(window)
    sheet.select("view.theme")
    press(qtbot, sheet, Qt.Key.Key_Tab)
    assert not sheet.editor.recorder.hasFocus()
    press(qtbot, sheet, Qt.Key.Key_Escape)
    assert "Esc" not in sheet.rows()["Light or dark"]


def test_remembered_keys_come_back_and_nonsense_does_not(make: MakeWindow, settings: Settings) -> None:
    settings.keys = {
        "run.pause": ["F10"], "run.step_phase": ["F6", "no key", ""], "no.action": ["F5"], "view.fit": ["Ctrl+Y"],
    }  # fmt: skip
    actions = make(start=False).actions_
    assert actions["run.pause"].keys == ("F10",)
    assert actions["run.step_phase"].keys == ("F6",)
    assert (actions["view.fit"].keys, actions["view.fit"].view_keys) == (("Ctrl+Y",), ())
    assert actions["run.run"].keys == ("F5",)


def test_the_registry_refuses_a_key_that_is_taken(theme: Theme) -> None:
    actions = Actions(theme)
    actions.add([Action("a", "A", nothing, "Does a", keys=("F5",)), Action("b", "B", nothing, "Does b")])
    with pytest.raises(ValueError, match="F5 is the key of a"):
        actions.rebind("b", ["F5"])
    with pytest.raises(ValueError, match="is no key"):
        actions.rebind("b", ["F5, F6"])


@pytest.mark.parametrize(
    ("key", "bare"),
    [
        ("F", True),
        ("Shift+F", True),
        ("Del", True),
        ("Left", True),
        ("F5", False),
        ("Shift+F5", False),
        ("Ctrl+F", False),
    ],
)
def test_bare_keys_are_those_that_a_text_field_wants(key: str, bare: bool) -> None:
    assert is_bare(key) == bare


def test_about_says_versions_without_importing_them(window: MainWindow) -> None:
    window.dialogs.about()
    sheet = window.findChild(AboutSheet)
    assert sheet is not None
    assert "torch" in sheet._facts
    assert "Espalier 0." in sheet._facts
    next(button for button in sheet.findChildren(QPushButton) if button.text() == "Copy details").click()
    copied = QGuiApplication.clipboard().text()
    assert sheet._facts in copied
    assert "Model policy" in copied  # what the doctor finds
    assert str(Path.home()) not in copied
    sheet.reject()


def test_alt_and_a_letter_open_each_menu(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    assert [title.replace("&", "") for title in titles] == list(MENUS)
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(letters)
