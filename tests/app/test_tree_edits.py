"""A person at the tree: prune, restore, insert and undo by menu and key, and every refusal in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.insert_step import InsertStepDialog
from app.main_window import MainWindow
from app.panels import OutlinePanel
from engine.events import Expanded, Pruned, Restored, RunResumed
from tests.app.conftest import WAIT, MakeWindow, wait_for_state
from tests.app.test_run_controller import paused
from tests.app.test_window import session_file

STEP = "13 - 9 = 4 (left: 4 4 10)"
ACTIONS = ("edit.undo", "edit.prune", "edit.restore", "edit.insert_step")


def possible(window: MainWindow) -> set[str]:
    """The actions that menus offer at the moment."""
    window.actions_.refresh()
    return {name.removeprefix("edit.") for name in ACTIONS if window.actions_.qaction(name).isEnabled()}


def why(window: MainWindow, name: str) -> str:
    window.actions_.refresh()
    return window.actions_.qaction(f"edit.{name}").toolTip().splitlines()[-1]


def wait_until_pruned(qtbot: QtBot, window: MainWindow, node: int, pruned: bool = True) -> None:
    qtbot.waitUntil(lambda: bool(window.parts.shown.tree.nodes[node].pruned) == pruned, timeout=WAIT)


def test_keys_prune_restore_and_undo(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    assert possible(window) == set()
    assert why(window, "prune") == "Select a step first."
    window.parts.shown.select(1)
    assert possible(window) == {"prune", "insert_step"}
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    wait_until_pruned(qtbot, window, 1)
    qtbot.waitUntil(lambda: possible(window) == {"restore", "undo"}, timeout=WAIT)
    assert why(window, "insert_step") == "Node 1 is out of the search: restore it first."
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    wait_until_pruned(qtbot, window, 1, False)
    qtbot.waitUntil(lambda: window.actions_["edit.undo"].possible(), timeout=WAIT)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until_pruned(qtbot, window, 1)
    kinds = [type(record.event) for record in window.parts.shown.records[-3:]]
    assert kinds == [Pruned, Restored, Pruned]


def test_what_may_not_be_done_says_why(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    shown.select(0)
    assert why(window, "prune") == "The root cannot be pruned: it is the problem itself."
    assert why(window, "restore") == "Node 0 is not pruned."
    assert why(window, "undo") == "Nothing was changed by hand in this run."
    shown.select(1)
    assert "Del" in why(window, "prune")
    shown.seek(shown.total - 1)
    assert "the past" in why(window, "prune")
    assert possible(window) == set()
    shown.go_live()
    assert "prune" in possible(window)


def dialog_of(window: MainWindow) -> InsertStepDialog:
    window.actions_.trigger("edit.insert_step")
    (found,) = window.findChildren(InsertStepDialog)
    return found


def test_a_step_is_inserted_and_its_faults_are_said_while_one_types(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    shown.select(0)
    dialog = dialog_of(window)
    assert not dialog.insert.isEnabled()
    assert dialog.error.text() == ""
    known = shown.tree.nodes[1].step.strip()
    assert known in dialog.line.placeholderText()
    qtbot.keyClicks(dialog.line, known)
    assert "has this step already: it is node 1" in dialog.error.text()
    assert not dialog.insert.isEnabled()
    dialog.line.setText(STEP)
    assert dialog.error.text() == ""
    born = len(shown.tree.nodes)
    qtbot.waitUntil(dialog.line.hasFocus, timeout=WAIT)  # until then Return is a key of the tree
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shown.tree.nodes) > born, timeout=WAIT)
    assert shown.tree.nodes[born].step == f"{STEP}\n"
    event = shown.records[-1].event
    assert isinstance(event, Expanded)
    assert event.generator == "person"


def test_a_run_that_is_over_is_opened_again_in_pause(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    shown = window.parts.shown
    assert shown.tree.finished is not None
    shown.select(1)
    total = shown.total
    window.actions_.trigger("edit.prune")
    wait_until_pruned(qtbot, window, 1)
    wait_for_state(qtbot, window, "paused")
    assert [type(record.event) for record in shown.records[total:]] == [RunResumed, Pruned]
    window.actions_.trigger("edit.undo")
    wait_until_pruned(qtbot, window, 1, False)
    window.actions_.trigger("run.run")
    qtbot.waitUntil(lambda: shown.tree.finished is not None, timeout=WAIT)


def test_another_run_than_the_one_under_way_is_left_alone(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"), seconds=0.02)
    window.actions_.trigger("run.run")
    qtbot.waitUntil(lambda: window.parts.shown.run == 2 and window.parts.shown.total > 4, timeout=WAIT)
    window.parts.sessions.show_run(1)
    window.parts.shown.select(1)
    assert why(window, "prune") == "Run 2 is under way: stop it, then change this one."
    assert possible(window) == set()


@pytest.mark.parametrize("view", ["canvas", "outline"])
def test_the_right_button_opens_the_menu_of_the_step_under_it(qtbot: QtBot, make: MakeWindow, view: str) -> None:
    window = paused(qtbot, make)
    target: QWidget
    if view == "canvas":
        window.canvas.fit()
        window.canvas.settle()
        target, at = (
            window.canvas,
            next(
                QPointF(x, y).toPoint()
                for y in range(0, window.canvas.height(), 6)
                for x in range(0, window.canvas.width(), 12)
                if window.canvas.node_at(QPointF(x, y)) == 1
            ),
        )
    else:
        outline = window.panels["outline"]
        assert isinstance(outline, OutlinePanel)
        qtbot.waitUntil(lambda: outline.model.index_of(1).isValid(), timeout=WAIT)
        outline.view.expandAll()
        target = outline.view.viewport()
        at = outline.view.visualRect(outline.model.index_of(1)).center()
    qtbot.mousePress(target, Qt.MouseButton.RightButton, pos=at)
    QApplication.sendEvent(target, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, target.mapToGlobal(at)))
    menu = window.node_menu
    assert menu.isVisible()
    assert window.parts.shown.selected == 1
    enabled = {entry.objectName() for entry in menu.actions() if entry.isEnabled() and entry.objectName()}
    assert {"edit.prune", "edit.insert_step"} <= enabled
    assert "edit.restore" not in enabled
    menu.hide()
    assert menu.pos() != QPoint()
