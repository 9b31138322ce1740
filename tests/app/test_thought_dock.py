"""The dock “Hidden and exposed” in the window: the way there, its keys, undo, and the run that it proposes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.dialogs.new_run import NewRunForm
from app.main_window import MainWindow
from app.panels import ThoughtPanel
from app.thought.bench import ThoughtBench
from tests.app.conftest import WAIT, MakeWindow
from tests.helpers.thinking_log import SHOWN, chain_log, chain_session


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    window = make(chain_session(tmp_path / "one.espalier", chain_log(), chain_log((), SHOWN)))
    qtbot.waitUntil(lambda: window.parts.shown.run is not None, timeout=WAIT)
    return window


def bench_of(window: MainWindow, qtbot: QtBot, run: int) -> ThoughtBench:
    panel = window.panels["thought"]
    assert isinstance(panel, ThoughtPanel)
    window.parts.sessions.show_run(run)
    qtbot.waitUntil(lambda: window.parts.shown.run == run, timeout=WAIT)
    window.actions_.trigger("view.thought")
    qtbot.waitUntil(lambda: panel.bench is not None and panel.bench.source.current, timeout=WAIT)
    assert panel.bench is not None
    return panel.bench


def test_the_way_there_is_in_the_menu_of_a_step(window: MainWindow, qtbot: QtBot) -> None:
    entry = window.actions_.qaction("view.thought")
    assert entry in window.node_menu.actions()
    assert entry.isEnabled()
    panel = window.panels["thought"]
    assert isinstance(panel, ThoughtPanel)
    assert panel.bench is None
    bench_of(window, qtbot, 1)
    assert panel.open_bench is not None


def test_keys_lead_label_and_undo(window: MainWindow, qtbot: QtBot) -> None:
    bench = bench_of(window, qtbot, 1)
    window.activateWindow()
    hidden = bench.view.columns.hidden
    hidden.setFocus()
    qtbot.keyClick(hidden, Qt.Key.Key_F4)
    assert bench.view.columns.exposed.selected_text() == SHOWN[1]
    bench.walk.to_step(1)
    hidden.setFocus()
    qtbot.waitUntil(lambda: not window.actions_["thought.label_backtrack"].obstacle(), timeout=WAIT)
    window.actions_.trigger("thought.label_backtrack")
    qtbot.waitUntil(lambda: bench.walk.function() == "backtrack", timeout=WAIT)
    window.actions_.trigger("edit.undo")
    qtbot.waitUntil(lambda: bench.walk.function() == "compute", timeout=WAIT)


def test_a_run_without_a_thought_proposes_one_with(window: MainWindow, qtbot: QtBot) -> None:
    bench_of(window, qtbot, 2)
    window.actions_.trigger("thought.think")
    form = window.findChild(NewRunForm)
    assert form is not None
    assert (form.plan().search, form.plan().settings["think"]) == ("cot", True)
    form.reject()


def test_what_reads_traces_is_not_imported_at_the_start() -> None:
    code = "import sys, app.panels.thought; print(*(name for name in sys.modules if name.startswith('app.thought')))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(found.stdout.split()) == {"app.thought", "app.thought.actions"}
