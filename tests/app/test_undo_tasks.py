"""In the window: what a task did is one entry of the history, is taken back and done again; scores by hand; names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.dialogs.score import ScoreDialog
from app.main_window import MainWindow
from app.panels.history import EVENT, HistoryPanel
from app.panels.runs import RunsPanel
from engine.events import PrivacySet, RunNamed, ScoreSet, TaskUndone
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_run_controller import paused
from tests.app.test_window import session_file


def words(window: MainWindow) -> list[str]:
    return [edit.words for edit in window.parts.edits.history.edits]


def asked(qtbot: QtBot, window: MainWindow, node: int, verb: str, **fields: Any) -> None:
    """Ask for something at a node and wait until it is done."""
    count = len(words(window))
    window.parts.shown.select(node)
    window.parts.verbs.ask(verb, **fields)
    qtbot.waitUntil(lambda: len(words(window)) > count, timeout=WAIT)


def wait_for(qtbot: QtBot, window: MainWindow, done: int) -> None:
    history = window.parts.edits.history
    qtbot.waitUntil(lambda: history.done == done and not history.busy, timeout=WAIT)


def test_a_task_is_one_edit_and_is_taken_back_and_done_again(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    asked(qtbot, window, 1, "deepen", simulations=2)
    before = shown.tree.root.visits - 2
    assert words(window) == ["2 more simulations below node 1"]
    assert window.parts.edits.undo_words() == "Undo 2 more simulations below node 1"
    born = len(shown.tree.nodes) - 1
    window.actions_.trigger("edit.undo")
    wait_for(qtbot, window, 0)
    assert isinstance(shown.records[-1].event, TaskUndone)
    assert shown.tree.root.visits == before
    assert shown.tree.is_out(born)
    window.actions_.trigger("edit.redo")
    wait_for(qtbot, window, 1)
    assert shown.tree.root.visits == before + 2
    assert not shown.tree.is_out(born)


def test_only_this_branch_and_a_written_step_are_one_edit_each(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    asked(qtbot, window, 1, "only")
    asked(qtbot, window, 1, "edit", step="13 - 9 = 4 (left: 4 4 10)", then="nothing")
    assert words(window) == ["only the branch of node 1", "node 1 in other words, then nothing below it"]
    window.parts.edits.go_to(0)
    wait_for(qtbot, window, 0)
    assert not any(node.pruned and not node.taken_back for node in window.parts.shown.tree.nodes.values())


def test_what_a_task_did_is_taken_back_after_the_file_was_opened_again(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path
) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    visits = window.parts.shown.tree.root.visits
    asked(qtbot, window, 1, "deepen", simulations=1)
    window.parts.sessions.close()
    again = make(tmp_path / "one.espalier")
    assert words(again) == words(window)
    again.actions_.trigger("edit.undo")
    wait_for(qtbot, again, 0)
    assert again.parts.shown.tree.root.visits == visits
    again.parts.sessions.close()
    third = make(tmp_path / "one.espalier")
    (task, undone) = words(third)
    assert undone == f"{task}, taken back"


def test_a_score_by_hand_stands_before_the_verifiers_word(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    assert window.actions_["edit.score"].obstacle() == "Select a step first."
    shown.select(0)
    assert "root cannot be scored" in window.actions_["edit.score"].obstacle()
    shown.select(1)
    before = shown.tree.nodes[1].mark
    window.actions_.trigger("edit.score")
    (dialog,) = window.findChildren(ScoreDialog)
    assert not dialog.take_away.isEnabled()
    dialog.value.setValue(0.125)
    dialog.set.click()
    qtbot.waitUntil(lambda: shown.tree.nodes[1].mark == (0.125, "person"), timeout=WAIT)
    assert isinstance(shown.records[-1].event, ScoreSet)
    assert words(window) == ["score 0.125 of node 1"]
    qtbot.waitUntil(window.actions_["edit.undo"].possible, timeout=WAIT)
    window.actions_.trigger("edit.undo")
    qtbot.waitUntil(lambda: shown.tree.nodes[1].mark == before, timeout=WAIT)
    wait_for(qtbot, window, 0)
    window.actions_.trigger("edit.redo")
    qtbot.waitUntil(lambda: shown.tree.nodes[1].mark == (0.125, "person"), timeout=WAIT)


def test_a_run_is_named_in_place_and_kept_private(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    panel, shown = window.panels["runs"], window.parts.shown
    assert isinstance(panel, RunsPanel)
    window.docks.show("runs")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1, timeout=WAIT)
    window.actions_.trigger("runs.rename")
    editor = panel.view.indexWidget(panel.view.currentIndex()) or panel.view.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.placeholderText() == "Name of the run", "the row is covered by it"
    qtbot.keyClicks(editor, "the <b>first</b> try")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(shown.records[-1].event, RunNamed), timeout=WAIT)
    window.actions_.trigger("runs.private")
    assert isinstance(shown.records[-1].event, PrivacySet)
    assert window.actions_["runs.private"].checked is not None
    assert window.parts.names.is_private()
    qtbot.waitUntil(lambda: "private" in panel.model.data(panel.model.index(0)), timeout=WAIT)
    assert panel.model.data(panel.model.index(0)).startswith("1  the <b>first</b> try · ")
    assert not panel.model.data(panel.model.index(0), Qt.ItemDataRole.DecorationRole).isNull()
    assert words(window) == ["name “the <b>first</b> try” of the run", "keeping the run private"]
    window.parts.edits.go_to(0)
    wait_for(qtbot, window, 0)
    qtbot.waitUntil(lambda: not panel.model.data(panel.model.index(0)).startswith("1  the"), timeout=WAIT)
    window.actions_.trigger("edit.redo")
    wait_for(qtbot, window, 1)
    window.parts.sessions.close()
    with Session.open(tmp_path / "one.espalier") as session:
        assert (session.info(1).title, session.info(1).private) == ("the <b>first</b> try", False)


def test_another_run_of_the_session_is_named_without_being_shown(make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "one.espalier")
    with Session.open(path) as session:
        second = session.new_run(session.plan(1))
        session.append([replace(record, run=second) for record in session.records(1)])
    window = make(path)
    assert window.parts.shown.run == second
    window.parts.names.name(1, "the first")
    assert [info.title for info in window.parts.sessions.runs] == ["the first", ""]
    window.parts.names.name(1, "the first")
    assert window.parts.sessions.runs[0].events == window.parts.shown.total + 1


def test_the_interrupted_run_on_the_screen_can_be_gone_on_with_where_it_stands(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path
) -> None:
    path = session_file(tmp_path / "one.espalier")
    with Session.open(path) as whole, Session.create(tmp_path / "cut.espalier") as cut:
        cut.new_run(whole.plan(1))
        cut.append(whole.records(1, until=9))
    window = make(tmp_path / "cut.espalier")
    panel, shown = window.panels["runs"], window.parts.shown
    assert isinstance(panel, RunsPanel)
    window.docks.show("runs")
    qtbot.waitUntil(panel.footer.isVisible, timeout=WAIT)
    assert panel.interrupted.text() == "Run 1 was interrupted."
    assert "interrupted" in panel.model.data(panel.model.index(0))
    panel.go_on.click()
    qtbot.waitUntil(lambda: shown.tree.finished is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: not panel.footer.isVisible(), timeout=WAIT)


def test_the_history_says_why_nothing_can_be_taken_back_in_a_file_that_is_only_read(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path
) -> None:
    path = session_file(tmp_path / "one.espalier")
    with Session.open(path):  # somebody else has it
        window = make(path)
        panel = window.panels["history"]
        assert isinstance(panel, HistoryPanel)
        window.docks.show("history")
        qtbot.waitUntil(lambda: "cannot be written" in panel.hint.text(), timeout=WAIT)


def test_the_event_of_an_edit_only_shows_its_moment(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    panel, shown = window.panels["history"], window.parts.shown
    assert isinstance(panel, HistoryPanel)
    window.docks.show("history")
    asked(qtbot, window, 1, "only")
    shown.select(1)
    window.parts.edits.note(1, "look")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3, timeout=WAIT)
    edit, total = window.parts.edits.history.edits[0], shown.total
    panel.table.clicked.emit(panel.model.index(1, EVENT))
    assert (shown.cursor, shown.total) == (edit.seq, total)
    assert window.parts.edits.history.done == 2
    assert "past" not in panel.hint.text()
    panel.table.clicked.emit(panel.model.index(0, EVENT))  # before all: there is no event to look at
    wait_for(qtbot, window, 0)
