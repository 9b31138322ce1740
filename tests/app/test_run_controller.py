"""A person's changes to a run under way, from the controller through a real engine process into the file."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from engine.events import Expanded, Pruned, Restored
from engine.tree import fold
from tests.app.conftest import WAIT, MakeWindow, wait_for_state

STEP = "13 - 9 = 4 (left: 4 4 10)"


def paused(qtbot: QtBot, make: MakeWindow) -> MainWindow:
    """A window whose first run is in pause and has grown a little."""
    window = make(seconds=0.02)
    qtbot.waitUntil(lambda: window.parts.shown.total >= 8, timeout=WAIT)
    window.actions_.trigger("run.pause")
    wait_for_state(qtbot, window, "paused")
    return window


def test_prune_insert_and_undo_reach_the_file(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    runs, shown, sessions = window.parts.runs, window.parts.shown, window.parts.sessions
    assert not runs.can_undo
    runs.prune([1])
    qtbot.waitUntil(lambda: runs.can_undo and bool(shown.tree.nodes[1].pruned), timeout=WAIT)
    runs.undo()
    qtbot.waitUntil(lambda: not shown.tree.nodes[1].pruned, timeout=WAIT)
    born = len(shown.tree.nodes)
    runs.insert_step(0, STEP)
    qtbot.waitUntil(lambda: runs.can_undo, timeout=WAIT)
    assert shown.tree.nodes[born].step == f"{STEP}\n"
    runs.undo()
    qtbot.waitUntil(lambda: bool(shown.tree.nodes[born].pruned), timeout=WAIT)
    runs.restore([born])
    qtbot.waitUntil(lambda: not shown.tree.nodes[born].pruned, timeout=WAIT)
    session = sessions._session
    assert session is not None
    records = session.records(1)
    assert fold(records) == shown.tree
    kinds = [type(record.event) for record in records[-5:]]
    assert kinds == [Pruned, Restored, Expanded, Pruned, Restored]


def test_a_refusal_is_a_notice(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    runs = window.parts.runs
    with qtbot.waitSignal(runs.notice, timeout=WAIT) as caught:
        runs.prune([0])
    assert "The root cannot be pruned" in caught.args[0].text
    runs.stop()
    wait_for_state(qtbot, window, "idle")
    with qtbot.waitSignal(runs.notice, timeout=WAIT) as caught:
        runs.insert_step(0, STEP)
    assert "under way" in caught.args[0].text
    runs.undo()  # nothing is there to be taken back
