"""The bundled thinker thinks in the real engine, and the dock follows it while it writes and when it has ended."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import open_window
from app.main_window import MainWindow
from app.panels import ThoughtPanel
from engine.commands import RunPlan
from engine.events import Budget
from engine.llm.bundled import THINKER
from tests.helpers.thinking_log import STORY, chain_session

pytestmark = [
    pytest.mark.skipif(not THINKER.is_dir(), reason="the bundled thinker is not there"),
    pytest.mark.timeout(900),
]

WAIT = 300_000


def test_a_thought_is_followed_while_it_is_written(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    open_window(window, chain_session(tmp_path / "one.espalier"))
    parts, panel = window.parts, window.panels["thought"]
    assert isinstance(panel, ThoughtPanel)
    qtbot.waitUntil(lambda: parts.shown.run == 1, timeout=WAIT)
    window.actions_.trigger("view.thought")
    parts.sessions.start(RunPlan("words", STORY, "cot", {"think": True}, 0, Budget(), verifiers=()), False)
    qtbot.waitUntil(lambda: parts.shown.run == 2 and parts.shown.tree.finished is not None, timeout=WAIT)
    bench = panel.bench
    assert bench is not None
    qtbot.waitUntil(lambda: not panel.stale and bench.source.current, timeout=WAIT)
    trace, found = bench.source.trace, bench.desk.found
    assert trace is not None
    assert found is not None
    assert trace.text == "".join(parts.shown.tree.chosen_steps())
    assert trace.of("hidden").strip()
    assert trace.of("exposed").strip()
    assert bench.desk.tokens == len(bench.source.token_ends) > 0
    assert bench.desk.claims is not None
    assert bench.desk.claims.counts["supported"] > 0
