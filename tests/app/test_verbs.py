"""A person asks the engine for things: keys, forms, tokens, queue, breakpoints; and an engine that dies meanwhile."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.dialogs.ask import AskDialog
from app.dialogs.breakpoint import BreakpointDialog
from app.main_window import MainWindow
from app.panels import InspectorPanel, QueuePanel
from app.settings import Settings
from engine.breakpoints import AnswerFound, IterationReached, TextMatched
from engine.events import Asked, AskEnded, Expanded, RunResumed, Selected
from tests.app.conftest import WAIT, MakeWindow, wait_for_state
from tests.app.panels.test_tokens import token
from tests.app.test_run_controller import paused
from tests.app.test_window import session_file

STEP = "13 - 9 = 4 (left: 4 4 10)"


def last_end(window: MainWindow) -> AskEnded | None:
    ends = [record.event for record in window.parts.shown.records if isinstance(record.event, AskEnded)]
    return ends[-1] if ends else None


def wait_for_task(qtbot: QtBot, window: MainWindow, number: int = 1) -> None:
    qtbot.waitUntil(lambda: (end := last_end(window)) is not None and end.task == number, timeout=WAIT)


def why(window: MainWindow, name: str) -> str:
    return window.actions_[f"engine.{name}"].obstacle()


def queue_of(window: MainWindow) -> QueuePanel:
    window.docks.show("queue")
    panel = window.panels["queue"]
    assert isinstance(panel, QueuePanel)
    return panel


def test_a_key_searches_harder_and_nothing_moves_the_selection(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    assert why(window, "deepen") == "Select a step first."
    shown.select(1)
    window.canvas.setFocus()
    visits = shown.tree.nodes[1].visits
    window.actions_.refresh()
    qtbot.keyClick(window.canvas, Qt.Key.Key_A)
    shown.select(2)
    wait_for_task(qtbot, window)
    assert shown.tree.nodes[1].visits == visits + 8
    assert shown.selected == 2
    wait_for_state(qtbot, window, "paused")
    asked = next(record.event for record in shown.records if isinstance(record.event, Asked))
    assert (asked.verb, asked.node, asked.by) == ("deepen", 1, "person")


def test_what_cannot_be_asked_says_why(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    shown.select(0)
    assert why(window, "equalise") == "The root has no siblings."
    assert why(window, "only") == "The root is in every branch: select a step."
    assert why(window, "edit") == "The root is the problem itself: start another run to change it."
    assert why(window, "reroll").startswith("The root is the problem itself")
    assert why(window, "cancel_tasks") == "The engine was asked for nothing that it has not done."
    shown.select(1)
    assert why(window, "reroll").startswith("No tokens are known of node 1")
    shown.seek(shown.total - 1)
    assert "the past" in why(window, "deepen")


def test_only_this_branch_and_back_again(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    shown.select(1)
    window.actions_.trigger("engine.only")
    wait_for_task(qtbot, window)
    pruned = [node.id for node in shown.tree.nodes.values() if node.pruned]
    assert pruned == [child for child in shown.tree.root.children if child != 1]
    qtbot.waitUntil(lambda: window.actions_["edit.undo"].possible(), timeout=WAIT)
    window.actions_.trigger("edit.undo")
    qtbot.waitUntil(lambda: not any(node.pruned for node in shown.tree.nodes.values()), timeout=WAIT)


def test_an_edited_step_stands_beside_its_original(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    shown.select(1)
    window.actions_.trigger("engine.edit")
    (dialog,) = window.findChildren(AskDialog)
    line = dialog.form.field("step")
    old = shown.tree.nodes[1].step.strip()
    assert dialog.form.values()["step"] == old
    assert not dialog.ask.isEnabled()
    assert dialog.error.text() == ""  # nobody has typed anything yet
    line.setText(f"{old} ")  # type: ignore[attr-defined]
    assert "has this step already" in dialog.error.text()
    line.setText(STEP)  # type: ignore[attr-defined]
    assert dialog.error.text() == ""
    qtbot.mouseClick(dialog.ask, Qt.MouseButton.LeftButton)
    wait_for_task(qtbot, window)
    written = next(
        record.event
        for record in shown.records
        if isinstance(record.event, Expanded) and record.event.generator == "person"
    )
    assert (written.parent, written.children[0].step) == (0, f"{STEP}\n")
    assert shown.tree.nodes[1].step.strip() == old


def test_a_run_that_is_over_is_opened_again(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    shown = window.parts.shown
    total = shown.total
    shown.select(1)
    window.parts.verbs.ask("deepen", simulations=2)
    wait_for_task(qtbot, window)
    kinds = [type(record.event) for record in shown.records[total:]]
    assert kinds[:3] == [RunResumed, Asked, Selected]
    asked = shown.records[total + 1].event
    assert isinstance(asked, Asked)
    assert "beyond the end of the run" in asked.words
    wait_for_state(qtbot, window, "paused")


def test_tasks_stand_in_the_queue_and_each_can_be_cancelled(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=0.2)
    shown = window.parts.shown
    panel = queue_of(window)
    assert panel.nothing.isVisible() or not panel.tasks
    qtbot.waitUntil(lambda: len(shown.tree.nodes) > 1, timeout=WAIT)
    window.parts.runs.pause()
    wait_for_state(qtbot, window, "paused")
    for node in (1, 2):
        shown.select(node)
        window.parts.verbs.ask("deepen", simulations=50)
    qtbot.waitUntil(lambda: len(panel.tasks) == 2 and panel.tasks[1].bar.text() == "waiting", timeout=WAIT)
    assert panel.tasks[0].words.text() == "50 more simulations below node 1"
    assert panel.tasks[0].cross.accessibleName() == "Cancel: 50 more simulations below node 1"
    assert not panel.nothing.isVisible()
    qtbot.mouseClick(panel.tasks[0].cross, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [row.words.text() for row in panel.tasks] == ["50 more simulations below node 2"],
                    timeout=WAIT)  # fmt: skip
    assert last_end(window) is not None
    qtbot.mouseClick(panel.cancel_all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.tasks, timeout=WAIT)
    wait_for_state(qtbot, window, "paused")
    assert panel.nothing.isVisible()
    assert not panel.cancel_all.isEnabled()


def test_an_engine_that_dies_in_a_task_says_that_it_is_gone(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=0.2)
    shown, runs = window.parts.shown, window.parts.runs
    qtbot.waitUntil(lambda: len(shown.tree.nodes) > 1, timeout=WAIT)
    shown.select(1)
    window.parts.verbs.ask("deepen", simulations=50)
    qtbot.waitUntil(lambda: bool(runs.tasks) and runs.tasks[0].under_way, timeout=WAIT)
    os.kill(window.parts.engine.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    qtbot.waitUntil(lambda: any("What it was just asked for is gone." in text for text in window.banner.texts),
                    timeout=WAIT)  # fmt: skip
    assert not runs.tasks
    window.parts.sessions.go_on(paused=True)
    wait_for_task(qtbot, window)
    end = last_end(window)
    assert end is not None
    assert "The engine had ended" in end.why


def test_a_breakpoint_pauses_the_run_and_shows_the_place(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    window.parts.breakpoints.add(AnswerFound())
    window.parts.runs.go_on()
    qtbot.waitUntil(lambda: any(text.startswith("Paused: An answer") for text in window.banner.texts), timeout=WAIT)
    hit = window.parts.runs.hit
    assert hit is not None
    assert hit.node is not None
    assert not window.parts.shown.selected  # nothing has moved it
    strip = next(strip for strip in window.banner._strips.values() if strip.notice.text.startswith("Paused"))
    strip.notice.buttons[0][1]()
    qtbot.waitUntil(lambda: shown.selected == hit.node, timeout=WAIT)
    window.parts.breakpoints.put_in_force(0, False)
    window.parts.runs.go_on()
    qtbot.waitUntil(lambda: not any(text.startswith("Paused") for text in window.banner.texts), timeout=WAIT)


def test_a_step_is_rolled_again_from_a_token(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(None, 0.02, True, "tokens")
    shown = window.parts.shown
    qtbot.waitUntil(lambda: len(shown.tree.nodes) > 2, timeout=WAIT)
    window.parts.runs.pause()
    wait_for_state(qtbot, window, "paused")
    shown.select(1)
    inspector = window.panels["inspector"]
    assert isinstance(inspector, InspectorPanel)
    window.docks.show("inspector")
    qtbot.waitUntil(lambda: len(inspector.tokens.row) > 3, timeout=WAIT)
    kept = inspector.tokens.row[0].text
    menu = inspector.tokens.menu_of(1)
    assert menu.actions()[0].isEnabled()
    menu.actions()[0].trigger()
    menu.close()
    wait_for_task(qtbot, window)
    place = next(at for at, record in enumerate(shown.records) if isinstance(record.event, Asked))
    born = next(record.event for record in shown.records[place:] if isinstance(record.event, Expanded))
    assert born.parent == 0
    assert all(child.step.startswith(kept) for child in born.children)
    assert shown.selected == 1


def test_a_run_that_begins_knows_the_breakpoints(qtbot: QtBot, make: MakeWindow, settings: Settings) -> None:
    settings.breakpoints = [(IterationReached(3), True), (IterationReached(2), False)]
    window = make(seconds=0.02)
    qtbot.waitUntil(lambda: window.parts.runs.hit is not None, timeout=WAIT)
    assert window.parts.runs.hit is not None
    assert window.parts.runs.hit.words == "Iteration 3 is done."
    wait_for_state(qtbot, window, "paused")


def test_breakpoints_are_added_changed_and_remembered(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    listed = queue_of(window).breakpoints
    qtbot.mouseClick(listed.add, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(BreakpointDialog)
    dialog.kinds.setCurrentText("A step matches a text")
    assert not dialog.keep.isEnabled()
    qtbot.keyClicks(dialog.field, "left: 24")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.parts.settings.breakpoints == [(TextMatched("left: 24"), True)]
    assert listed.view.item(0).text() == "A step holds “left: 24”"
    listed.view.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert window.parts.settings.breakpoints == [(TextMatched("left: 24"), False)]
    listed.view.setCurrentRow(0)
    qtbot.mouseClick(listed.change, Qt.MouseButton.LeftButton)
    dialog = window.findChildren(BreakpointDialog)[-1]
    assert dialog.value() == "left: 24"
    dialog.kinds.setCurrentText("An iteration is done")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert window.parts.settings.breakpoints == [(IterationReached(10), True)]
    qtbot.mouseClick(listed.remove, Qt.MouseButton.LeftButton)
    assert window.parts.settings.breakpoints == []
    assert listed.view.count() == 0


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_a_token_offers_to_write_on_from_it(qtbot: QtBot, make: MakeWindow, way: str) -> None:
    window = paused(qtbot, make)
    shown = window.parts.shown
    inspector = window.panels["inspector"]
    assert isinstance(inspector, InspectorPanel)
    shown.select(1)
    window.docks.show("inspector")
    qtbot.waitUntil(inspector.tokens.isVisible, timeout=WAIT)
    inspector.tokens.set_row((token("13 "), token("- "), token("9 & ")))
    window.actions_["engine.reroll"].callback()
    if way == "mouse":
        qtbot.mouseClick(inspector.tokens.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    else:
        qtbot.keyClick(inspector.tokens, Qt.Key.Key_Return)
    menu = next(menu for menu in inspector.tokens.findChildren(QMenu) if menu.title() == "Re-roll")
    first, _, chosen, *_ = menu.actions()
    assert first.text() == "Re-roll from here: the policy draws this token anew"
    assert chosen.text() == "Take “13 ”  p 0.500, and go on"
    assert not first.isEnabled()  # the scripted policy gives no tokens
    assert "No tokens are known" in first.toolTip()
    menu.close()
