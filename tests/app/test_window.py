"""The whole window with a real engine process and scripted models: first start, stepping, death, files, closing."""

from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.banner import NoticeStrip
from app.dialogs.new_run import NewRunForm
from app.main_window import FRAME, MainWindow
from app.panels import RunsPanel
from app.plans import FIRST_PLAN
from app.settings import Settings
from app.strips.phase_indicator import PhaseIndicator
from app.strips.status_bar import RunStatusBar
from engine.commands import RunPlan
from engine.events import Backpropagated, Phase, RunFinished, RunResumed
from engine.tree import fold
from storage.errors import SessionError
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow, wait_for_state
from tests.helpers.block_surgery import spoil
from tests.helpers.logs import search_log
from tests.helpers.running import plan, run_log
from tests.helpers.same_tree import assert_same_tree

SLOW = 0.03
"""Seconds per model call: slow enough to be caught in the middle of a run."""


def wait_for_events(qtbot: QtBot, window: MainWindow, least: int) -> None:
    qtbot.waitUntil(lambda: window.parts.shown.total >= least, timeout=WAIT)


def is_next_after(phases: PhaseIndicator, done: Phase | None) -> bool:
    return phases.next not in (None, done)


def session_file(path: Path, runs: int = 1) -> Path:
    """A session with finished runs, made without a window."""
    with Session.create(path) as session:
        for seed in range(runs):
            wish = plan(seed=seed, simulations=4)
            session.append(run_log(wish, number=session.new_run(wish)))
    return path


def test_the_first_start_runs_a_first_search(qtbot: QtBot, make: MakeWindow) -> None:
    window = make()
    shown, sessions = window.parts.shown, window.parts.sessions
    qtbot.waitUntil(lambda: shown.tree.finished is not None, timeout=WAIT)
    wait_for_state(qtbot, window, "idle")
    assert shown.tree.started is not None
    assert (shown.tree.started.text, shown.tree.started.seed) == (FIRST_PLAN.text, 0)
    assert "has looked for 24" in window.welcome_page.hint.text()
    path = sessions.path
    assert path is not None
    assert window.windowTitle() == f"{path.stem} — Espalier"
    window.close()
    with Session.open(path) as session:
        assert fold(session.records(1)) == shown.tree


def test_a_later_start_opens_the_last_session(make: MakeWindow, settings: Settings, tmp_path: Path) -> None:
    path = session_file(tmp_path / "kept.espalier")
    settings.add_recent_file(path)
    window = make()
    assert window.parts.sessions.path == path
    assert window.parts.shown.total > 0
    assert window.parts.runs.active is None
    assert window.banner.texts == []


def test_pause_steps_and_numbers(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=SLOW)
    wait_for_events(qtbot, window, 12)
    window.actions_.trigger("run.pause")
    wait_for_state(qtbot, window, "paused")
    shown, phases = window.parts.shown, window.breadcrumbs.phases
    seen = []
    for _ in range(4):
        qtbot.waitUntil(lambda: phases.next is not None, timeout=WAIT)
        coming, before = phases.next, shown.total
        window.actions_.trigger("run.step_phase")
        wait_for_events(qtbot, window, before + 1)
        qtbot.waitUntil(partial(is_next_after, phases, coming), timeout=WAIT)
        seen.append((coming, phases.lit))
    assert {came for came, _ in seen} == {"selection", "expansion", "simulation", "backpropagation"}
    assert all(came == lit for came, lit in seen)
    done = shown.tree.iterations_done
    window.actions_.trigger("run.step_iteration")
    qtbot.waitUntil(lambda: shown.tree.iterations_done == done + 1, timeout=WAIT)
    wait_for_state(qtbot, window, "paused")
    window.actions_.trigger("run.run")
    wait_for_state(qtbot, window, "running")


def test_space_pauses_and_goes_on(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=SLOW)
    wait_for_events(qtbot, window, 5)
    wait_for_state(qtbot, window, "running")
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    wait_for_state(qtbot, window, "paused")
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    wait_for_state(qtbot, window, "running")


def test_stop_ends_the_run_and_go_on_continues_it(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=SLOW)
    wait_for_events(qtbot, window, 20)
    window.actions_.trigger("run.stop")
    wait_for_state(qtbot, window, "idle")
    finished = window.parts.shown.tree.finished
    assert finished is not None
    assert finished.reason == "stopped"
    assert window.actions_["run.run"].label is not None
    window.actions_.refresh()
    assert window.actions_.qaction("run.run").text() == "Go on"
    window.actions_.trigger("run.run")
    qtbot.waitUntil(lambda: window.parts.shown.tree.finished is None, timeout=WAIT)
    assert any(isinstance(record.event, RunResumed) for record in window.parts.shown.records)


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_a_killed_engine_loses_nothing_and_the_run_goes_on(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=SLOW)
    shown, runs = window.parts.shown, window.parts.runs
    wait_for_events(qtbot, window, 20)
    with qtbot.waitSignal(window.parts.engine.died, timeout=WAIT):
        os.kill(window.parts.engine.pid, 9)
    total, tree = shown.total, fold(shown.records)
    expected = f"The engine stopped unexpectedly (killed by signal 9). Everything up to event {total} is kept."
    assert window.banner.texts[-1] == expected
    assert runs.state == "idle"
    assert shown.tree == tree
    button(window, "Go on").click()
    assert expected not in window.banner.texts
    wait_for_events(qtbot, window, total + 5)
    assert isinstance(shown.records[total].event, RunResumed)
    runs.stop()
    wait_for_state(qtbot, window, "idle")
    path = window.parts.sessions.path
    assert path is not None
    window.close()
    with Session.open(path) as session:
        assert session.records(1) == list(shown.records)


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_an_idle_engine_that_dies_can_be_restarted(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "a.espalier"))
    engine = window.parts.engine
    qtbot.waitUntil(lambda: window.parts.runs.about_engine != "", timeout=WAIT)
    with qtbot.waitSignal(engine.died, timeout=WAIT):
        os.kill(engine.pid, 9)
    assert "stopped unexpectedly" in window.banner.texts[-1]
    with qtbot.waitSignal(engine.hello, timeout=WAIT):
        button(window, "Restart engine").click()


def button(window: MainWindow, title: str) -> Any:
    from PySide6.QtWidgets import QPushButton

    return next(found for found in window.banner.findChildren(QPushButton) if found.text() == title)


def test_a_batch_goes_to_the_file_before_it_goes_on_the_screen(
    qtbot: QtBot, make: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[tuple[str, int]] = []
    append = Session.append

    def watched(self: Session, records: Any) -> None:
        append(self, records)
        order.append(("file", records[-1].seq))

    monkeypatch.setattr(Session, "append", watched)
    window = make(start=False)
    window.parts.shown.cursor_moved.connect(lambda cursor, _: order.append(("screen", cursor)))
    from app.bootstrap import open_window

    open_window(window, None)
    qtbot.waitUntil(lambda: window.parts.shown.tree.finished is not None, timeout=WAIT)
    batches = [entry for entry in order if entry[1]]
    assert batches[::2] == [("file", seq) for kind, seq in batches if kind == "file"]
    assert batches[1::2] == [("screen", seq) for _, seq in batches[::2]]


def test_a_file_opens_with_the_tree_it_was_saved_with(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "two.espalier", runs=2)
    window = make(path)
    runs = window.panels["runs"]
    assert isinstance(runs, RunsPanel)
    assert window.parts.shown.run == 2
    assert_same_tree(window.parts.shown.tree, fold(run_log(plan(seed=1, simulations=4), number=2)))
    qtbot.waitUntil(lambda: len(runs._runs) == 2, timeout=WAIT)
    runs.run_chosen.emit(1)
    assert window.parts.shown.run == 1
    window.parts.shown.seek(3)
    assert_same_tree(window.parts.shown.tree, fold(run_log(plan(seed=0, simulations=4))[:3]))


def test_save_as_moves_a_working_file_and_goes_on_there(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(seconds=SLOW)
    sessions, settings = window.parts.sessions, window.parts.settings
    working = sessions.path
    assert working is not None
    wait_for_events(qtbot, window, 10)
    sessions.save_as(tmp_path / "named")
    assert sessions.path == tmp_path / "named.espalier"
    assert not working.exists()
    qtbot.waitUntil(lambda: window.windowTitle() == "named — Espalier", timeout=WAIT)
    assert settings.recent_files[0] == sessions.path
    wait_for_events(qtbot, window, 30)
    window.close()
    with Session.open(tmp_path / "named.espalier") as session:
        assert session.records(1) == list(window.parts.shown.records)


def test_save_as_of_a_named_file_keeps_the_old_one(make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "one.espalier")
    window = make(path)
    window.parts.sessions.save_as(tmp_path / "copy.espalier")
    assert path.exists()
    assert (tmp_path / "copy.espalier").exists()


def test_save_as_that_fails_is_a_sentence_and_changes_nothing(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    window.parts.sessions.save_as(tmp_path / "no such folder" / "two.espalier")
    assert window.parts.sessions.name == "one"
    assert "two.espalier" in window.banner.texts[-1] or "cannot be saved" in window.banner.texts[-1]


def test_closing_in_the_middle_of_a_run_keeps_it_for_tomorrow(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=SLOW)
    wait_for_events(qtbot, window, 20)
    window.close()
    kept = list(window.parts.shown.records)
    again = make(seconds=0.0)
    assert again.parts.shown.records == kept
    assert again.parts.sessions.can_go_on()
    again.actions_.trigger("run.run")
    qtbot.waitUntil(lambda: again.parts.shown.tree.finished is not None, timeout=WAIT)
    credits = [record for record in again.parts.shown.records if isinstance(record.event, Backpropagated)]
    assert len(credits) == again.parts.shown.tree.root.visits


def test_a_file_that_is_no_session_is_a_sentence(make: MakeWindow, tmp_path: Path) -> None:
    bad = tmp_path / "bad.espalier"
    bad.write_bytes(b"SQLite format 3\0" + b"x" * 500)
    window = make(session_file(tmp_path / "good.espalier"))
    window.parts.sessions.open(bad)
    assert "bad.espalier" in window.banner.texts[-1]
    assert window.parts.sessions.name == "good"


def test_a_start_with_a_bad_file_has_an_empty_session(make: MakeWindow, tmp_path: Path) -> None:
    window = make(tmp_path / "missing.espalier")
    assert "missing.espalier" in " ".join(window.banner.texts)
    assert window.parts.sessions.writable
    assert window.parts.runs.active is None


def test_a_read_only_session_says_why_and_runs_nothing(make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "held.espalier")
    with Session.open(path):
        window = make(path)
        assert "cannot be changed here" in window.banner.texts[-1]
        assert not window.actions_["file.new_run"].enabled()
        assert not window.actions_["run.run"].enabled()
        window.parts.sessions.save_as(tmp_path / "mine.espalier")
        assert window.actions_["run.run"].enabled()
        assert all("cannot be changed here" not in text for text in window.banner.texts)


def test_a_full_disk_is_said_until_it_is_over(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=SLOW)
    session = window.parts.sessions._session
    assert session is not None
    full = SessionError("x.espalier could not be written: the disk is full.")
    speaker = threading.Thread(target=lambda: session.on_error(full))
    speaker.start()
    speaker.join()
    qtbot.waitUntil(lambda: any("disk is full" in text for text in window.banner.texts), timeout=WAIT)
    wait_for_events(qtbot, window, window.parts.shown.total + 5)
    qtbot.waitUntil(lambda: all("disk is full" not in text for text in window.banner.texts), timeout=WAIT)


def test_a_second_run_waits_until_the_first_has_stopped(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=SLOW)
    wait_for_events(qtbot, window, 10)
    window.parts.sessions.start(RunPlan("game24", "3 3 8 8", "cot", {}, seed=5))
    qtbot.waitUntil(lambda: window.parts.shown.run == 2, timeout=WAIT)
    wait_for_events(qtbot, window, 2)
    first, second = window.parts.sessions.runs
    assert (first.state, first.reason) == ("finished", "stopped")
    assert second.plan.text == "3 3 8 8"


def test_the_toolbar_offers_the_strategy_that_was_run_last(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    assert window.toolbar.search.currentData() == "mcts"
    window.parts.sessions.start(RunPlan("game24", "3 3 8 8", "beam", {}))
    assert window.toolbar.search.currentData() == "beam"


def test_run_again_takes_a_seed_that_was_not_used(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    sessions = window.parts.sessions
    for _ in range(2):
        sessions.run_again("mcts")
        wait_for_state(qtbot, window, "idle")
    assert [info.plan.seed for info in sessions.runs[1:]] == [0, 1]


def test_a_refused_plan_is_a_sentence(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    refuse(qtbot, window, "ten")
    runs = window.panels["runs"]
    assert isinstance(runs, RunsPanel)
    window.docks.show("runs")
    qtbot.waitUntil(lambda: "not started: " in str(runs.model.index(0).data()), timeout=WAIT)
    strip = window.banner.findChildren(NoticeStrip)[-1]
    way_on = next(button for button in strip.findChildren(QPushButton) if button.text() == "New run…")
    way_on.click()
    form = window.findChild(NewRunForm)
    assert form is not None
    assert form.plan().text == "4 9 ten 13"
    form.reject()


def test_a_run_that_never_began_gives_its_place_to_the_next(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    sessions = window.parts.sessions
    refuse(qtbot, window, "ten")
    refuse(qtbot, window, "eleven")
    assert [info.plan.text for info in sessions.runs[1:]] == ["4 9 eleven 13"]
    sessions.start(plan(simulations=4))
    assert window.banner.texts == []
    wait_for_state(qtbot, window, "idle")
    refuse(qtbot, window, "ten")
    assert [info.state for info in sessions.runs] == ["finished", "finished", "planned"]
    other = session_file(tmp_path / "two.espalier")
    sessions.open(other)
    assert window.parts.runs.refused == {}
    assert window.banner.texts == []


def refuse(qtbot: QtBot, window: MainWindow, number: str) -> None:
    """Start what the engine cannot read."""
    window.parts.sessions.start(RunPlan("game24", f"4 9 {number} 13", "mcts", {}))
    qtbot.waitUntil(lambda: any(number in text for text in window.banner.texts), timeout=WAIT)
    wait_for_state(qtbot, window, "idle")
    assert len(window.banner.texts) == 1


def test_a_file_that_opens_takes_back_that_another_did_not(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    for name in ("missing", "gone"):
        window.parts.sessions.open(tmp_path / f"{name}.espalier")
    assert len(window.banner.texts) == 1
    assert "gone.espalier" in window.banner.texts[0]
    window.parts.sessions.open(session_file(tmp_path / "two.espalier"))
    assert window.banner.texts == []


def test_events_that_do_not_fit_end_the_engine_not_the_window(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    runs = window.parts.runs
    window.parts.sessions.start(RunPlan("game24", "4 9 10 13", "mcts", {}))
    runs._on_records(search_log(1, run=9))
    assert any("there is no such run" in text for text in window.banner.texts)
    assert runs.state == "idle"


def test_a_damaged_log_shows_what_can_be_read(make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "hurt.espalier")
    spoil(path, 7)
    window = make(path)
    assert window.parts.shown.total == 6
    assert "Event 7" in window.banner.texts[-1]


def test_files_that_a_session_leaves_behind_are_no_recent_files(
    make: MakeWindow, settings: Settings, tmp_path: Path
) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    window.parts.sessions.new_session()
    window.parts.sessions.new_session()  # the first one was empty and goes
    window.parts.sessions.save_as(tmp_path / "named.espalier")
    assert settings.known_files == [tmp_path / "named.espalier", tmp_path / "one.espalier"]


def test_an_empty_working_session_leaves_no_file(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    window.parts.sessions.new_session()
    working = window.parts.sessions.path
    assert working is not None
    assert working.exists()
    window.close()
    assert not working.exists()


def test_a_close_that_cannot_save_keeps_the_window(
    make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make(session_file(tmp_path / "one.espalier"))

    def refuse(_: Session, *, discard: bool = False) -> None:
        if not discard:
            raise SessionError("one.espalier could not be written: the disk is full.")

    monkeypatch.setattr(Session, "close", refuse)
    window.close()
    assert window.isVisible()
    assert any("disk is full" in text for text in window.banner.texts)
    session = window.parts.sessions._session
    button(window, "Close anyway").click()
    assert not window.isVisible()
    monkeypatch.undo()
    assert session is not None
    session.close()


def test_layout_is_remembered_and_can_be_reset(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "one.espalier")
    window = make(path)
    window.actions_.trigger("view.panel.outline")
    assert window.docks["outline"].isHidden()
    window.close()
    again = make(path)
    assert again.docks["outline"].isHidden()
    again.actions_.trigger("view.reset")
    qtbot.waitUntil(lambda: not again.docks["outline"].isHidden(), timeout=WAIT)


def test_the_theme_is_changed_and_remembered(make: MakeWindow, settings: Settings, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    before = window.parts.theme.dark
    window.actions_.trigger("view.theme")
    assert window.parts.theme.dark != before
    assert settings.theme == ("light" if before else "dark")


def test_finished_runs_say_so(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    end = window.parts.shown.records[-1].event
    assert isinstance(end, RunFinished)
    bar = window.statusBar()
    assert isinstance(bar, RunStatusBar)
    words = "● solved" if end.correct else "● not solved" if end.correct is False else f"● {end.reason}"
    qtbot.waitUntil(lambda: bar.texts()[0] == words, timeout=WAIT)
    assert f"{len(window.parts.shown.tree.nodes):,} nodes" in bar.texts()[1]


def test_a_fresh_window_leaves_room_for_the_frame_on_a_small_screen(make: MakeWindow) -> None:
    window = make(start=False)
    framed, free = window.height() + FRAME.top() + FRAME.bottom(), window.screen().availableSize()
    assert framed <= free.height(), "the status bar is below the edge"
