"""The file that tells scripts outside what the window shows: they wait for it and believe it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.banner import Notice
from app.bootstrap import open_window
from app.main_window import MainWindow
from app.status_file import VARIABLE, StatusFile, tell_status
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_window import session_file


def told(path: Path) -> dict[str, Any]:
    """What the file says; empty while there is none."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


@pytest.fixture
def status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "status.json"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def opened(make: MakeWindow, path: Path | None = None) -> MainWindow:
    """A window as the program opens it, with its status told."""
    window = make(start=False)
    tell_status(window)
    open_window(window, path)
    return window


def test_it_tells_of_a_first_search_and_when_what_was_seen(qtbot: QtBot, make: MakeWindow, status: Path) -> None:
    before = time.time()
    window = opened(make)
    qtbot.waitUntil(lambda: told(status).get("ended") == "finished", timeout=WAIT)
    qtbot.waitUntil(lambda: told(status)["state"] == "idle", timeout=WAIT)
    said = told(status)
    assert before < said["painted"] < said["simulated"] < time.time()
    assert said["iterations"] == window.parts.shown.tree.iterations_done > 0
    assert said["total"] == window.parts.shown.total
    assert (said["pid"], said["engine"]) == (os.getpid(), window.parts.engine.pid)
    assert said["engine"] > 0
    assert Path(said["session"]).is_file()


def test_a_recorded_run_is_no_simulation_of_this_window(
    qtbot: QtBot, make: MakeWindow, status: Path, tmp_path: Path
) -> None:
    opened(make, session_file(tmp_path / "one.espalier"))
    qtbot.waitUntil(lambda: told(status).get("total", 0) > 0, timeout=WAIT)
    assert told(status)["painted"] is not None
    assert told(status)["simulated"] is None


def test_it_tells_of_dialogs_and_of_what_the_program_says(
    qtbot: QtBot, make: MakeWindow, status: Path, tmp_path: Path
) -> None:
    window = opened(make, session_file(tmp_path / "one.espalier"))
    qtbot.waitUntil(lambda: told(status).get("dialog") == "", timeout=WAIT)
    window.banner.say(Notice("Mind the gap."))
    window.dialogs.save_as()
    qtbot.waitUntil(lambda: told(status)["dialog"] == "Save the session as", timeout=WAIT)
    assert told(status)["says"] == ["Mind the gap."]


def test_a_file_that_cannot_be_written_is_said_once(
    qtbot: QtBot,
    make: MakeWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "missing" / "status.json"))
    window = opened(make, session_file(tmp_path / "one.espalier"))
    said = ""

    def complained() -> bool:
        nonlocal said
        said += capsys.readouterr().err
        return "cannot be written" in said

    qtbot.waitUntil(complained, timeout=WAIT)
    (teller,) = window.findChildren(StatusFile)
    assert not teller._timer.isActive()
    assert said.count("cannot be written") == 1
