"""Banner, breadcrumbs, phases and the recent-files menu: what they say, as plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.banner import Banner, Notice
from app.breadcrumbs import BreadcrumbBar
from app.menus import RecentMenu
from app.models.shown_run import ShownRun
from app.theme import Theme
from engine.frames import Status
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


def test_recent_files_are_read_when_the_menu_opens(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    files: list[Path] = []
    opened: list[Path] = []
    menu = RecentMenu(parent, lambda: files, opened.append)
    menu.fill()
    assert [(entry.text(), entry.isEnabled()) for entry in menu.actions()] == [("No file yet", False)]
    files.append(tmp_path / "a & b.espalier")
    menu.fill()
    assert [entry.text() for entry in menu.actions()] == ["a && b"]
    menu.actions()[0].trigger()
    assert opened == files
