"""A person's changes to a run under way, from the controller through a real engine process into the file."""

from __future__ import annotations

import os

import pytest
from pytestqt.qtbot import QtBot

from app.engine_client import Done
from app.main_window import MainWindow
from app.plans import FIRST_PLAN
from engine.breakpoints import IterationReached
from engine.commands import AnyCommand, Prune, SetBreakpoints, StartRun
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
    shown, sessions = window.parts.shown, window.parts.sessions
    edits = window.parts.edits
    assert edits.history.next_undo is None
    shown.select(1)
    edits.prune()
    qtbot.waitUntil(lambda: bool(shown.tree.nodes[1].pruned), timeout=WAIT)
    undo(qtbot, window)
    assert not shown.tree.nodes[1].pruned
    born = len(shown.tree.nodes)
    edits.insert_step(0, STEP)
    qtbot.waitUntil(lambda: len(shown.tree.nodes) > born, timeout=WAIT)
    assert shown.tree.nodes[born].step == f"{STEP}\n"
    undo(qtbot, window)
    assert shown.tree.nodes[born].pruned
    qtbot.waitUntil(lambda: not edits.why_not_redo(), timeout=WAIT)
    edits.redo()
    qtbot.waitUntil(lambda: not shown.tree.nodes[born].pruned, timeout=WAIT)
    session = sessions._session
    assert session is not None
    records = session.records(1)
    assert fold(records) == shown.tree
    kinds = [type(record.event) for record in records[-5:]]
    assert kinds == [Pruned, Restored, Expanded, Pruned, Restored]


def undo(qtbot: QtBot, window: MainWindow) -> None:
    """Take back the latest change, and wait until it is."""
    edits = window.parts.edits
    qtbot.waitUntil(lambda: not edits.why_not_undo(), timeout=WAIT)
    done = edits.history.done
    edits.undo()
    qtbot.waitUntil(lambda: edits.history.done == done - 1 and not edits.history.busy, timeout=WAIT)


def test_a_refusal_is_a_notice(qtbot: QtBot, make: MakeWindow) -> None:
    window = paused(qtbot, make)
    runs, edits = window.parts.runs, window.parts.edits
    heard: list[str] = []
    with qtbot.waitSignal(runs.notice, timeout=WAIT) as caught:
        edits.perform(Prune(1, (0,)), heard.append)
    assert "The root cannot be pruned" in caught.args[0].text
    assert heard == [caught.args[0].text]
    assert edits.why_not_undo() == "Nothing was changed by hand in this run."


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_a_run_whose_engine_died_before_its_first_event_can_be_gone_on_with(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(start=False)
    runs, sessions = window.parts.runs, window.parts.sessions
    sessions.new_session()
    sessions.start(FIRST_PLAN)
    engine = window.parts.engine
    qtbot.waitUntil(lambda: engine.pid > 0, timeout=WAIT)
    with qtbot.waitSignal(runs.notice, timeout=WAIT) as caught:
        os.kill(engine.pid, 9)
    notice = caught.args[0]
    assert "Nothing was recorded yet." in notice.text
    go_on = next(press for title, press in notice.buttons if title == "Go on")
    go_on()
    qtbot.waitUntil(lambda: window.parts.shown.tree.finished is not None, timeout=WAIT)
    assert [record.seq for record in window.parts.shown.records] == list(range(1, window.parts.shown.total + 1))


def test_breakpoints_reach_the_run_under_way_once_and_those_to_come(
    qtbot: QtBot, make: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = paused(qtbot, make)
    runs = window.parts.runs
    sent: list[AnyCommand] = []
    send = window.parts.engine.send

    def watched(command: AnyCommand, done: Done | None = None) -> int:
        sent.append(command)
        return send(command, done)

    monkeypatch.setattr(window.parts.engine, "send", watched)
    place = (IterationReached(3),)
    runs.break_at(place)
    runs.break_at(place)
    assert sent == [SetBreakpoints(1, place)]
    window.parts.sessions.start(FIRST_PLAN)
    qtbot.waitUntil(lambda: runs.active == 2, timeout=WAIT)
    began = next(command for command in sent if isinstance(command, StartRun))
    assert began.breakpoints == place
    qtbot.waitUntil(lambda: runs.hit is not None, timeout=WAIT)
    assert window.parts.shown.tree.iterations_done == 3
