"""The whole program: real window, real engine process, bundled models; from the first start to the reopened file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.bootstrap import open_window
from app.main_window import MainWindow
from app.panels import InspectorPanel, TimelinePanel
from engine.commands import RunPlan
from engine.events import Backpropagated, Expanded, Record, Scored, Selected
from engine.llm.bundled import POLICY, PRM
from engine.tokens import unpack
from engine.tree import fold
from storage.session import Session

pytestmark = [
    pytest.mark.skipif(not (POLICY.is_dir() and PRM.is_dir()), reason="the bundled models are not there"),
    pytest.mark.timeout(900),
]

WAIT = 300_000
SIMULATIONS = 12


def wait_for_state(qtbot: QtBot, window: MainWindow, state: str) -> None:
    qtbot.waitUntil(lambda: window.parts.runs.state == state, timeout=WAIT)


def step(qtbot: QtBot, window: MainWindow) -> tuple[Record, ...]:
    """Press F10 and wait until the phase is done; the events it brought."""
    before = window.parts.shown.total
    qtbot.keyClick(window.canvas, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: window.parts.shown.total > before, timeout=WAIT)
    wait_for_state(qtbot, window, "paused")
    return tuple(window.parts.shown.records[before:])


def test_from_first_start_to_the_reopened_file(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    open_window(window, None)
    shown, sessions = window.parts.shown, window.parts.sessions
    qtbot.waitUntil(lambda: shown.tree.finished is not None, timeout=WAIT)
    first = shown.tree
    assert first.started is not None
    assert first.started.policy == "policy"
    assert first.finished is not None
    assert first.finished.answer
    wait_for_state(qtbot, window, "idle")

    sessions.start(RunPlan("game24", "6 4 1 13", "mcts", {"simulations": SIMULATIONS, "width": 6}, 3), True)
    wait_for_state(qtbot, window, "paused")
    kinds = [type(step(qtbot, window)[0].event) for _ in range(4)]
    assert kinds == [Selected, Expanded, Scored, Backpropagated]
    while True:
        events = [record.event for record in step(qtbot, window)]
        if isinstance(events[0], Selected) and events[0].choices:
            break
    check_inspector_against_log(qtbot, window, events[0])
    check_tokens(shown.records)

    window.actions_.trigger("run.run")
    wait_for_state(qtbot, window, "idle")
    assert shown.tree.finished is not None
    assert shown.tree.iterations_done <= SIMULATIONS
    check_scrubbing(qtbot, window)

    whole, path = shown.tree, tmp_path / "kept.espalier"
    sessions.save_as(path)
    window.close()
    with Session.open(path) as session:
        assert [info.plan.text for info in session.runs()] == ["4 9 10 13", "6 4 1 13"]
        assert fold(session.records(1)) == first
        assert fold(session.records(2)) == whole


def check_inspector_against_log(qtbot: QtBot, window: MainWindow, selected: Selected) -> None:
    """Every number in the table of siblings is the event's, and its sums are right."""
    choice = selected.choices[-1]
    window.parts.shown.select(choice.chosen)
    inspector = window.panels["inspector"]
    assert isinstance(inspector, InspectorPanel)
    qtbot.waitUntil(lambda: len(inspector.siblings.model.rows) == len(choice.children), timeout=WAIT)
    for row, child, n, q, p, u in zip(
        inspector.siblings.model.rows, choice.children, choice.n, choice.q, choice.p, choice.u, strict=True
    ):
        assert (row.node, row.n, row.q, row.p, row.u) == (child, n, q, p, u)
        assert row.chosen == (child == choice.chosen)
        assert u is not None
        assert row.total == pytest.approx((q or 0.0) + u)
        assert row.cells()[1:] == (
            f"{n:,}",
            f"{q:.3f}{'*' * row.stand_in}" if q is not None else "–",
            f"{p:.3f}",
            f"{u:.3f}",
            f"{(q or 0.0) + u:.3f}",
        )
    best = max(inspector.siblings.model.rows, key=lambda row: (row.total or 0.0, -row.node))
    assert best.chosen
    assert f"{best.total:.3f}" in inspector.siblings.words.text()


def check_tokens(records: Sequence[Record]) -> None:
    """Every step of the real policy has its tokens, and they spell the step."""
    steps = [new for record in records if isinstance(record.event, Expanded) for new in record.event.children]
    assert steps
    for new in steps:
        row = unpack(new.tokens)
        assert "".join(token.text for token in row) == new.step
        assert new.logprob == pytest.approx(sum(token.logprob for token in row), abs=1e-3)
        assert all(token.alternatives for token in row)


def check_scrubbing(qtbot: QtBot, window: MainWindow) -> None:
    """Any moment of the run is the fold of the events before it."""
    shown, timeline = window.parts.shown, window.panels["timeline"]
    assert isinstance(timeline, TimelinePanel)
    whole = shown.tree
    for cursor in (1, shown.total // 2, shown.total - 1):
        shown.seek(cursor)
        assert not shown.live
        assert shown.tree == fold(shown.records[:cursor])
    timeline.go_live()
    qtbot.waitUntil(lambda: shown.live, timeout=WAIT)
    assert shown.tree == whole


def test_the_engine_is_killed_and_the_run_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    open_window(window, None)
    shown, runs = window.parts.shown, window.parts.runs
    qtbot.waitUntil(lambda: shown.tree.iterations_done >= 3, timeout=WAIT)
    process = window.parts.engine._process
    assert process is not None
    process.kill()
    qtbot.waitUntil(
        lambda: bool(window.banner.texts) and "Everything up to event" in window.banner.texts[-1], timeout=WAIT
    )
    before = list(shown.records)
    assert runs.active is None
    window.parts.sessions.go_on()
    qtbot.waitUntil(lambda: shown.tree.finished is not None, timeout=WAIT)
    wait_for_state(qtbot, window, "idle")
    assert list(shown.records[: len(before)]) == before
    assert [record.seq for record in shown.records] == list(range(1, shown.total + 1))
