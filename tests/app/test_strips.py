"""Banner, breadcrumbs, phases and the recent-files menu: what they say, as plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.banner import Banner, Notice
from app.models.shown_run import ShownRun
from app.settings import Settings
from app.strips.breadcrumbs import BreadcrumbBar
from app.strips.recent_menu import RecentMenu
from app.theme import Theme
from engine.frames import Status
from tests.app.odd_log import odd_log
from tests.helpers.logs import search_log


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    made = Banner(Theme("dark"))
    qtbot.addWidget(made)
    return made


def test_a_notice_with_the_same_key_replaces_the_one_before(banner: Banner) -> None:
    assert banner.isHidden()
    banner.say(Notice("one", key="k"))
    banner.say(Notice("two", key="k"))
    banner.say(Notice("three"))
    assert banner.texts == ["two", "three"]
    assert not banner.isHidden()
    banner.close_notice("k")
    banner.close_notice("three")
    banner.close_notice("never said")
    assert banner.texts == []
    assert banner.isHidden()


def test_a_button_acts_and_closes(banner: Banner) -> None:
    done: list[str] = []
    banner.say(Notice("oh", buttons=(("Do it", lambda: done.append("it")),)))
    banner.findChildren(QPushButton)[0].click()
    assert (done, banner.texts) == (["it"], [])


def test_the_cross_closes(banner: Banner) -> None:
    banner.say(Notice("oh"))
    banner.findChildren(QToolButton)[0].click()
    assert banner.texts == []


def test_a_notice_is_plain_text(banner: Banner) -> None:
    banner.say(Notice("<b>bold\u202e</b>"))
    label = banner.findChildren(QLabel)[0]
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>bold⟦202E⟧</b>"


@pytest.fixture
def bar(qtbot: QtBot) -> BreadcrumbBar:
    shown = ShownRun()
    made = BreadcrumbBar(shown, Theme("dark"))
    qtbot.addWidget(made)
    made.resize(1600, 30)
    made.show()
    return made


def test_crumbs_name_the_trace_and_select(bar: BreadcrumbBar) -> None:
    shown = bar._shown
    shown.show(1, search_log(3))
    assert bar.texts() == ["root"]
    shown.select(5)
    assert bar.texts() == ["root", "step 1", "step 3", "step 5"]
    crumbs = [crumb for crumb in bar.findChildren(QToolButton) if crumb.text() == "step 1"]
    crumbs[-1].click()
    assert shown.selected == 1
    assert bar.texts() == ["root", "step 1"]


def test_a_long_trace_keeps_root_and_end(bar: BreadcrumbBar) -> None:
    shown = bar._shown
    shown.show(1, search_log(30))
    shown.select(59)
    bar.resize(700, 30)
    texts = bar.texts()
    assert (texts[0], texts[-1]) == ("root", "step 59")
    assert 2 <= len(texts) < 30
    wide = len(texts)
    bar.resize(480, 30)
    assert len(bar.texts()) < wide


def test_steps_without_room_are_in_a_menu(bar: BreadcrumbBar) -> None:
    shown = bar._shown
    shown.show(1, search_log(30))
    shown.select(59)
    bar.resize(700, 30)
    ellipsis = next(button for button in bar.buttons() if button.text() == "…")
    assert ellipsis.accessibleName() == "The steps between"
    ellipsis.click()
    menu = ellipsis.findChild(QMenu)
    assert menu is not None
    assert menu.isVisible()
    between = [entry.text() for entry in menu.actions()]
    assert ["root", *between, *bar.texts()[1:]] == ["root", *(f"step {node}" for node in range(1, 60, 2))]
    menu.actions()[2].trigger()
    menu.close()
    assert shown.selected == 5


def test_crumbs_are_reached_by_tab_and_keep_the_focus(qtbot: QtBot, bar: BreadcrumbBar) -> None:
    shown = bar._shown
    shown.show(1, search_log(3))
    shown.select(5)
    bar.activateWindow()
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in bar.buttons())
    qtbot.waitUntil(bar.buttons()[1].isVisible)
    bar.buttons()[1].setFocus()
    QTest.keyClick(bar.buttons()[1], Qt.Key.Key_Space)
    assert shown.selected == 1
    assert bar.buttons()[-1].hasFocus()


def test_hoisting_is_said_and_has_a_way_back(bar: BreadcrumbBar) -> None:
    shown = bar._shown
    shown.show(1, search_log(3))
    shown.select(5)
    shown.attention.hoist(3)
    assert bar.texts() == ["‹ Whole tree", "step 3", "step 5"]
    bar.buttons()[0].click()
    assert bar.texts() == ["root", "step 1", "step 3", "step 5"]


def test_a_twin_is_named_and_gone_to(bar: BreadcrumbBar) -> None:
    shown = bar._shown
    shown.show(1, odd_log())
    twin = next(node for node in shown.tree.nodes.values() if node.twin is not None)
    shown.select(twin.id)
    assert bar.texts()[-1] == f"= node {twin.twin}"
    bar.buttons()[-1].click()
    assert shown.selected == twin.twin


def test_phases_follow_the_cursor_and_say_what_comes(bar: BreadcrumbBar) -> None:
    shown, phases = bar._shown, bar.phases
    shown.show(1, search_log(2, finished=False))
    seen = []
    for cursor in range(2, 6):
        shown.seek(cursor)
        seen.append(phases.lit)
    assert seen == ["selection", "expansion", "simulation", "backpropagation"]
    shown.set_status(Status(1, "paused", phase="expansion"))
    nothing_comes = phases.next  # looking back: what comes is not what is shown
    shown.go_live()
    coming = phases.next
    shown.set_status(Status(1, "running", phase="expansion"))
    assert (nothing_comes, coming, phases.next) == (None, "expansion", None)


def test_a_step_is_announced_and_a_running_search_is_not(bar: BreadcrumbBar, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("app.strips.phase_indicator.announce", lambda _about, sentence: said.append(sentence))
    shown = bar._shown
    log = search_log(2, finished=False)
    shown.show(1, log[:2])
    shown.set_status(Status(1, "running", phase="expansion"))
    shown.append(log[2:3])
    assert said == []
    shown.set_status(Status(1, "paused", phase="simulation"))
    assert said == ["Phase: Expand, next: Simulate"]


def test_recent_files_are_read_when_the_menu_opens(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    opened: list[Path] = []
    menu = RecentMenu(parent, settings, opened.append)
    menu.fill()
    assert [(entry.text(), entry.isEnabled()) for entry in menu.actions()] == [("No file yet", False)]
    file = tmp_path / "a & b.espalier"
    file.touch()
    settings.add_recent_file(file)
    menu.fill()
    assert [entry.text() for entry in menu.actions()] == ["a && b", "", "Clear this list"]
    menu.actions()[0].trigger()
    assert opened == [file]
    menu.actions()[-1].trigger()
    assert settings.known_files == []


def test_a_recent_file_that_is_gone_says_so_and_can_be_removed(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = RecentMenu(parent, settings, lambda _: None)
    for name in ("gone", "here"):
        settings.add_recent_file(tmp_path / f"{name}.espalier")
    (tmp_path / "here.espalier").touch()
    menu.fill()
    here, gone = menu.actions()[:2]
    assert here.text() == "here"
    assert gone.text() == "gone (not there any more)"
    inner = gone.menu()
    assert isinstance(inner, QMenu)
    inner.actions()[0].trigger()
    assert settings.known_files == [tmp_path / "here.espalier"]
