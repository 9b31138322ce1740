"""Notes and bookmarks in the window: by key and dialog, on a run under way and on one that is over, and in the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.dialogs.note import NoteDialog
from app.main_window import MainWindow
from app.panels import HistoryPanel, NotesPanel
from engine.events import Bookmarked, Noted, RunFinished, RunResumed
from engine.tree import fold
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow, wait_for_state
from tests.app.test_run_controller import paused
from tests.app.test_window import session_file

TEXT = "Looks right.\n<b>But</b> is it?"


def write_note(window: MainWindow, text: str) -> NoteDialog:
    """Open the dialog for the selected node and keep a text."""
    window.actions_.trigger("edit.note")
    (dialog,) = window.findChildren(NoteDialog)
    dialog.text.setPlainText(text)
    dialog.keep.click()
    return dialog


def close_session(window: MainWindow) -> Session:
    """What is in the file once the window has let go of it."""
    path = window.parts.sessions.path
    assert path is not None
    window.close()
    return Session.open(path)


def test_keys_set_a_bookmark_and_walk_along_bookmarks(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    shown = window.parts.shown
    window.canvas.setFocus()
    for node in (5, 2, 7):
        shown.select(node)
        window.actions_.refresh()
        qtbot.keyClick(window.canvas, Qt.Key.Key_M)
    assert shown.remarks.bookmarks == {2, 5, 7}
    walk = []
    window.actions_.refresh()
    for _ in range(4):
        qtbot.keyClick(window.canvas, Qt.Key.Key_Apostrophe)
        walk.append(shown.selected)
    assert walk == [2, 5, 7, 2]
    qtbot.keyClick(window.canvas, Qt.Key.Key_QuoteDbl)
    assert shown.selected == 7
    qtbot.keyClick(window.canvas, Qt.Key.Key_M)
    assert shown.remarks.bookmarks == {2, 5}


def test_a_bookmark_of_the_future_is_gone_to_at_its_birth(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    shown = window.parts.shown
    last = len(shown.tree.nodes) - 1
    shown.select(last)
    window.actions_.trigger("edit.bookmark")
    shown.seek(3)
    assert (shown.selected, shown.cursor) == (None, 3)
    window.actions_.trigger("go.next_bookmark")
    assert shown.selected == last
    assert shown.cursor == int(shown.history.birth[last])


def test_what_is_said_of_a_run_that_is_over_follows_its_end(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    shown, sessions = window.parts.shown, window.parts.sessions
    total = shown.total
    shown.select(1)
    shown.seek(10)  # in the past, too
    write_note(window, f"  {TEXT}\n")
    window.actions_.trigger("edit.bookmark")
    assert not shown.live
    assert [record.event for record in shown.records[total:]] == [Noted(1, TEXT), Bookmarked(1, True)]
    assert window.parts.runs.active is None
    assert sessions.shown_info is not None
    assert sessions.shown_info.state == "finished"
    window.actions_.trigger("edit.undo")
    assert shown.remarks.bookmarks == set()
    assert window.actions_["edit.redo"].label is not None
    assert window.parts.edits.redo_words() == "Redo bookmark of node 1"
    assert window.parts.edits.undo_words() == "Undo note of node 1"
    sessions.open_again()
    wait_for_state(qtbot, window, "paused")
    assert isinstance(shown.records[-1].event, RunResumed)
    assert [record.seq for record in shown.records] == list(range(1, shown.total + 1))
    with close_session(window) as session:
        records = session.records(1)
    assert fold(records).notes == {1: TEXT}
    ends = [type(record.event) for record in records]
    assert ends[total - 1 : total + 4] == [RunFinished, Noted, Bookmarked, Bookmarked, RunResumed]


def test_notes_of_a_run_under_way_go_through_the_engine(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    shown.select(1)
    write_note(window, TEXT)
    qtbot.waitUntil(lambda: shown.remarks.notes == {1: TEXT}, timeout=WAIT)
    window.actions_.trigger("run.run")
    shown.select(2)
    window.actions_.trigger("edit.bookmark")
    qtbot.waitUntil(lambda: shown.remarks.bookmarks == {2}, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.parts.edits.history.busy, timeout=WAIT)
    assert [edit.words for edit in window.parts.edits.history.edits] == ["note of node 1", "bookmark of node 2"]
    with close_session(window) as session:
        assert fold(session.records(1)).notes == {1: TEXT}


def test_what_is_said_while_the_engine_dies_is_kept(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    shown.select(1)
    window.actions_.trigger("edit.bookmark")
    window.parts.engine.kill("The engine was ended for a test.")
    assert shown.remarks.bookmarks == {1}
    assert [record.seq for record in shown.records] == list(range(1, shown.total + 1))
    window.actions_.trigger("edit.undo")
    assert shown.remarks.bookmarks == set()


def test_a_file_that_cannot_be_written_takes_no_note(make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "one.espalier")
    with Session.open(path):
        window = make(path)
        assert not window.parts.sessions.writable
        window.parts.shown.select(1)
        assert "cannot be written to" in window.parts.edits.why_not_remark()
        window.actions_.trigger("edit.bookmark")
        assert window.parts.shown.remarks.bookmarks == set()


def test_the_dialog_says_what_is_wrong_and_an_empty_note_is_none(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    shown = window.parts.shown
    shown.select(1)
    dialog = write_note(window, "x" * 30_000)
    assert "30,000 characters" in dialog.error.text()
    assert not dialog.keep.isEnabled()
    dialog.text.setPlainText("short")
    assert dialog.error.text() == ""
    dialog.keep.click()
    assert shown.remarks.notes == {1: "short"}
    dialog.deleteLater()
    total = shown.total
    window.actions_.trigger("edit.note")
    again = next(each for each in window.findChildren(NoteDialog) if each.text.toPlainText() == "short")
    again.keep.click()
    assert shown.total == total  # the same note again is no event
    again.text.setPlainText("")
    again._accept()
    assert shown.remarks.notes == {}


def test_the_panel_lists_filters_goes_there_and_copies(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    shown, panel = window.parts.shown, window.panels["notes"]
    assert isinstance(panel, NotesPanel)
    window.docks["notes"].show()
    window.docks["notes"].raise_()
    qtbot.waitUntil(lambda: panel.isVisible() and not panel.stale, timeout=WAIT)
    assert not panel.content.isVisibleTo(panel)
    for node, text in ((4, TEXT), (2, "second")):
        shown.select(node)
        window.parts.edits.note(node, text)
    window.parts.edits.toggle_bookmark()
    qtbot.waitUntil(lambda: len(panel.model.rows) == 2 and panel.model.rows[0].bookmarked, timeout=WAIT)
    assert [row.node for row in panel.model.rows] == [2, 4]
    assert panel.model.text(panel.model.rows[0], 0) == "⚑ 2"
    assert "<b>" not in panel.model.tip(panel.model.rows[1], 2)
    panel.table.clicked.emit(panel.model.index(1, 0))
    assert shown.selected == 4
    panel.filter.setText("SECOND")
    qtbot.waitUntil(lambda: [row.node for row in panel.model.rows] == [2], timeout=WAIT)
    panel.filter.clear()
    panel.copy_button.click()
    step = shown.tree.nodes[4].step.strip()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"# Notes: {shown.tree.started.text}\n\n## Node 2 ⚑\n")  # type: ignore[union-attr]
    assert copied.endswith(f"## Node 4\n\n```\n{step}\n```\n\n{TEXT}\n")


def test_the_history_lists_edits_and_a_click_goes_to_that_state(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    shown, panel = window.parts.shown, window.panels["history"]
    assert isinstance(panel, HistoryPanel)
    window.docks["history"].show()
    window.docks["history"].raise_()
    for node in (1, 2, 3):
        shown.select(node)
        window.parts.edits.toggle_bookmark()
    qtbot.waitUntil(lambda: panel.isVisible() and not panel.stale and len(panel.model.rows) == 4, timeout=WAIT)
    words = [panel.model.text(row, 0) for row in panel.model.rows]
    assert words == ["Nothing changed by hand", *(f"bookmark of node {node}" for node in (1, 2, 3))]
    assert panel.table.currentIndex().row() == 3
    panel.table.clicked.emit(panel.model.index(1, 0))
    qtbot.waitUntil(lambda: not panel.stale, timeout=WAIT)
    assert shown.remarks.bookmarks == {1}
    assert panel.table.currentIndex().row() == 1
    assert [row.done for row in panel.model.rows] == [True, True, False, False]
    assert panel.model.colour(panel.model.rows[3], 0) is not None
    panel.table.clicked.emit(panel.model.index(3, 0))
    assert shown.remarks.bookmarks == {1, 2, 3}
    panel.table.clicked.emit(panel.model.index(0, 0))
    assert shown.remarks.bookmarks == set()


def test_a_run_can_be_written_about_while_another_is_under_way(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"), seconds=0.02)
    shown, edits = window.parts.shown, window.parts.edits
    window.actions_.trigger("run.run")
    qtbot.waitUntil(lambda: shown.run == 2 and shown.total > 4, timeout=WAIT)
    window.parts.sessions.show_run(1)
    shown.select(1)
    edits.toggle_bookmark()
    assert shown.remarks.bookmarks == {1}
    edits.undo()
    assert shown.remarks.bookmarks == set()
    edits.redo()
    window.parts.sessions.show_run(2)
    assert not edits.history.edits
    window.parts.sessions.show_run(1)
    assert [edit.words for edit in edits.history.edits] == ["bookmark of node 1"]
    with close_session(window) as session:
        assert fold(session.records(1)).bookmarks == {1}
        assert fold(session.records(2)).bookmarks == set()
