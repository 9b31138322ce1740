"""A run is exported from the window: beside the writer, whole or not at all, and what went wrong is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.output.run_export import RunExport
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_window import session_file


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    return make(session_file(tmp_path / "one.espalier"))


def exporting(window: MainWindow) -> RunExport:
    found = window.findChild(RunExport)
    assert isinstance(found, RunExport)
    return found


def test_the_run_on_screen_is_written_and_the_file_named(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "run.json"
    exporting(window).save(target)
    qtbot.waitUntil(lambda: any("run.json" in text for text in window.banner.texts), timeout=WAIT)
    exported = json.loads(target.read_bytes())
    assert exported["format"] == "espalier-run"
    assert len(exported["nodes"]) == len(window.parts.shown.tree.nodes)


def test_a_folder_that_is_not_there_is_named(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    exporting(window).save(tmp_path / "nowhere" / "run.json")
    qtbot.waitUntil(lambda: any("nowhere" in text for text in window.banner.texts), timeout=WAIT)
    assert not any("…" in text for text in window.banner.texts)
