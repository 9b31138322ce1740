"""The bar that finds steps and the line that goes to them, in a whole window, with real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs.go_to import GoToDialog
from app.main_window import MainWindow
from app.models.shown_run import ShownRun
from app.strips.find_bar import FindBar
from app.theme import Theme
from tests.app.canvas.trees import Search
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_window import session_file

Keys = Qt.Key
SEARCH = Search(width=4, seed=3).run(30)


@pytest.fixture
def bar(qtbot: QtBot) -> FindBar:
    shown = ShownRun()
    bar = FindBar(shown, Theme("dark"))
    qtbot.addWidget(bar)
    shown.show(1, SEARCH.records)
    bar.open()
    return bar


def nodes_with(text: str) -> list[int]:
    return [node.id for node in SEARCH.tree.nodes.values() if text in node.step]


def test_hits_are_marked_counted_and_gone_through(bar: FindBar) -> None:
    shown = bar._shown
    QTest.keyClicks(bar.line, "4 * 9")
    hits = nodes_with("4 * 9")
    assert shown.attention.hits == tuple(hits)
    assert bar.count.text() == f"{len(hits)} hits"
    QTest.keyClick(bar.line, Keys.Key_Return)
    assert (shown.selected, bar.count.text()) == (hits[0], f"1 of {len(hits)}")
    QTest.keyClick(bar.line, Keys.Key_Return)
    assert shown.selected == hits[1]
    for _ in range(2):
        QTest.keyClick(bar.line, Keys.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (shown.selected, bar.count.text()) == (hits[-1], f"{len(hits)} of {len(hits)}")
    QTest.keyClick(bar.line, Keys.Key_Return)
    assert shown.selected == hits[0]


def test_the_way_goes_on_from_the_selected_step(bar: FindBar) -> None:
    hits = nodes_with("4 * 9")
    QTest.keyClicks(bar.line, "4 * 9")
    bar._shown.select(hits[2] - 1)
    bar.next()
    assert bar._shown.selected == hits[2]
    bar._shown.select(hits[2] - 1)
    bar.previous()
    assert bar._shown.selected == hits[1]


def test_case_visits_and_verdict_narrow_it_down(bar: FindBar) -> None:
    shown, tree = bar._shown, SEARCH.tree
    QTest.keyClicks(bar.line, "WAIT")
    assert shown.attention.hits
    bar.match_case.setChecked(True)
    assert (shown.attention.hits, bar.count.text()) == ((), "0 hits")
    bar.line.clear()
    assert bar.count.text() == ""
    bar.visits.setValue(5)
    assert shown.attention.hits == tuple(node for node in tree.nodes if tree.nodes[node].visits >= 5)
    bar.visits.setValue(0)
    bar.solved.setChecked(True)
    right = {node.id for node in tree.answers() if (score := node.score("rule")) is not None and score.value == 1}
    assert set(shown.attention.hits) == right != set()


def test_time_travel_finds_again(bar: FindBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.line, "=")
    before = len(bar._shown.attention.hits)
    bar._shown.seek(20)
    qtbot.waitUntil(lambda: 0 < len(bar._shown.attention.hits) < before, timeout=WAIT)
    assert max(bar._shown.attention.hits) < len(bar._shown.tree.nodes)


def test_closing_forgets_the_hits_and_opening_finds_them_again(bar: FindBar) -> None:
    QTest.keyClicks(bar.line, "4 * 9")
    QTest.keyClick(bar.line, Keys.Key_Escape)
    assert not bar.isVisible()
    assert not bar.has_hits()
    bar.open()
    assert bar.has_hits()


def test_another_run_is_searched_anew(bar: FindBar, qtbot: QtBot) -> None:
    other = Search(width=2, seed=9).run(6)
    QTest.keyClicks(bar.line, "13")
    bar._shown.show(2, other.records)
    expected = tuple(n.id for n in other.tree.nodes.values() if "13" in (n.step if n.id else "4 9 10 13"))
    qtbot.waitUntil(lambda: bar._shown.attention.hits == expected, timeout=WAIT)


# In the window.


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    window = make(session_file(tmp_path / "one.espalier"))
    window.activateWindow()
    window.canvas.setFocus()
    return window


def test_the_keys_open_the_bar_and_give_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window.canvas, Keys.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.find_bar.line.hasFocus()
    QTest.keyClicks(window.find_bar.line, "=")
    qtbot.waitUntil(lambda: window.actions_.qaction("go.next_hit").isEnabled(), timeout=WAIT)
    QTest.keyClick(window.find_bar.line, Keys.Key_F3)
    first = window.parts.shown.selected
    assert first == window.parts.shown.attention.hits[0]
    QTest.keyClick(window.find_bar.line, Keys.Key_Escape)
    assert window.canvas.hasFocus()
    assert window.parts.shown.selected == first


def test_going_to_a_step_by_its_number(qtbot: QtBot, window: MainWindow) -> None:
    shown = window.parts.shown
    QTest.keyClick(window.canvas, Keys.Key_G, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(GoToDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.line.hasFocus, timeout=WAIT)
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.line, "9999")
    assert (dialog.go.isEnabled(), dialog.error.text()) == (False, "There is no step 9999.")
    dialog.line.setText("2")
    QTest.keyClick(dialog.line, Keys.Key_Return)
    assert shown.selected == 2
    assert shown.live


def test_going_to_what_is_not_born_at_the_cursor_moves_the_cursor(window: MainWindow) -> None:
    shown = window.parts.shown
    shown.seek(1)
    window.dialogs.go_to()
    dialog = window.findChild(GoToDialog)
    assert dialog is not None
    dialog.line.setText("node 2")
    dialog.go.click()
    assert shown.selected == 2
    assert 2 in shown.tree.nodes
    assert not shown.live


def test_going_to_an_iteration_shows_its_end(window: MainWindow) -> None:
    shown = window.parts.shown
    window.dialogs.go_to()
    dialog = window.findChild(GoToDialog)
    assert dialog is not None
    dialog.line.setText("iteration 2")
    dialog.go.click()
    assert shown.tree.iterations_done == 2
    assert shown.tree.selected is not None
    assert shown.selected == shown.tree.selected.leaf


def test_history_has_keys(qtbot: QtBot, window: MainWindow) -> None:
    shown = window.parts.shown
    for node in (1, 2):
        shown.select(node)
    qtbot.waitUntil(window.actions_.qaction("go.back").isEnabled, timeout=WAIT)
    QTest.keyClick(window.canvas, Keys.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.selected == 1
    qtbot.waitUntil(window.actions_.qaction("go.forward").isEnabled, timeout=WAIT)
    QTest.keyClick(window.canvas, Keys.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown.selected == 2


def test_reduced_motion_is_obeyed_at_once_and_remembered(window: MainWindow) -> None:
    seen = [(window.canvas.animations, window.parts.settings.reduced_motion)]
    for _ in range(2):
        window.actions_.trigger("view.reduced_motion")
        seen.append((window.canvas.animations, window.parts.settings.reduced_motion))
    assert seen == [(True, None), (False, True), (True, False)]


def test_a_desktop_without_animations_is_obeyed_unless_the_user_says_otherwise(
    make: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.reduced_motion.desktop_keeps_still", lambda: True)
    window = make(start=False)
    seen = [window.canvas.animations]
    window.actions_.trigger("view.reduced_motion")
    assert [*seen, window.canvas.animations] == [False, True]
