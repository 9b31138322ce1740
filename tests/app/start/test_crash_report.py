"""A program that dies leaves a report to its next start; one that ends well leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app.dialogs.crash import CrashSheet
from app.start.crash_report import MOST_LOG, CrashGuard, CrashReport, state_folder, without_home
from engine import __version__
from tests.app.conftest import MakeWindow
from tests.app.test_window import session_file

ROOT = Path(__file__).parents[3]

CHILD = """
import faulthandler, os, signal, sys
from pathlib import Path
from app.start.crash_report import CrashGuard
with CrashGuard(Path(sys.argv[1])) as guard:
    guard.session(Path.home() / "one.espalier")
    guard.log("the last words")
    exec(sys.argv[2])
"""


def child(state: Path, code: str) -> int:
    words = [sys.executable, "-c", CHILD, str(state), code]
    return subprocess.run(words, cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode


def told(state: Path) -> CrashReport | None:
    with CrashGuard(state) as guard:
        return guard.last_crash()


@pytest.mark.parametrize("code", ["pass", "sys.exit(3)"])
def test_a_clean_end_leaves_nothing(tmp_path: Path, code: str) -> None:
    child(tmp_path / "state", code)
    assert list((tmp_path / "state").iterdir()) == []
    assert told(tmp_path / "state") is None


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_a_segmentation_fault_is_told_once_with_its_dump(tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert child(state, "faulthandler._sigsegv()") == -signal.SIGSEGV
    report = told(state)
    assert report is not None
    assert report.session == Path.home() / "one.espalier"
    assert f"Espalier {__version__}, from source" in report.text
    for words in ("Segmentation fault", 'File "<string>"', "the last words", "~/one.espalier"):
        assert words in report.text
    assert str(Path.home()) not in report.text
    assert told(state) is None
    assert list(state.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_a_kill_from_outside_leaves_no_dump_and_is_told(tmp_path: Path) -> None:
    assert child(tmp_path / "state", "os.kill(os.getpid(), signal.SIGKILL)") == -signal.SIGKILL
    report = told(tmp_path / "state")
    assert report is not None
    assert "killed from outside" in report.text
    assert "the last words" in report.text


def test_an_error_that_nobody_caught_is_in_the_report(tmp_path: Path) -> None:
    assert child(tmp_path / "state", "raise RuntimeError('a screw is loose')") == 1
    report = told(tmp_path / "state")
    assert report is not None
    assert "RuntimeError: a screw is loose" in report.text


def test_a_program_that_still_runs_has_not_crashed(tmp_path: Path) -> None:
    with CrashGuard(tmp_path) as first:
        first.log("still here")
        assert told(tmp_path) is None
        assert len(list(tmp_path.glob("run-*/log.txt"))) == 1


def test_the_log_on_disk_does_not_grow_for_ever(tmp_path: Path) -> None:
    with CrashGuard(tmp_path) as guard:
        for number in range(3_000):
            guard.log(f"line {number} {'x' * 60}")
        (log,) = tmp_path.glob("run-*/log.txt")
        words = log.read_text()
        assert len(words) < 1.2 * MOST_LOG
        assert "line 2999" in words


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    with CrashGuard(tmp_path / "state") as guard:
        guard.log("nobody hears this")
        guard.session(tmp_path)
        assert guard.last_crash() is None


def test_the_state_folder_is_the_systems() -> None:
    home = Path.home()
    assert state_folder({"XDG_STATE_HOME": "/x"}, "linux") == Path("/x/espalier")
    assert state_folder({}, "linux") == home / ".local/state/espalier"
    assert state_folder({}, "darwin") == home / "Library/Application Support/espalier/state"
    assert state_folder({"LOCALAPPDATA": "/l"}, "win32") == Path("/l/espalier/state")
    assert without_home(f"{home}/a and {home}/b") == "~/a and ~/b"


def test_the_window_says_so_shows_the_details_and_opens_the_session(make: MakeWindow, tmp_path: Path) -> None:
    window, lost = make(session_file(tmp_path / "one.espalier")), session_file(tmp_path / "lost.espalier")
    report = CrashReport(lost, "Espalier 0.1\nSegmentation fault <b>x</b>")
    window.dialogs.tell_of_crash(report, window.banner.say)
    assert "ended unexpectedly last time" in window.banner.texts[-1]
    buttons = {button.text(): button for button in window.banner.findChildren(QPushButton)}
    buttons["Show details"].click()
    sheet = window.findChild(CrashSheet)
    assert sheet is not None
    assert "<b>x</b>" in sheet.text.toPlainText()
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == report.text
    sheet.reject()
    window.dialogs.tell_of_crash(report, window.banner.say)
    next(b for b in window.banner.findChildren(QPushButton) if b.text() == "Open it" and b.isVisible()).click()
    assert window.parts.sessions.path == lost


def test_a_session_that_is_open_already_is_not_offered(make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "one.espalier")
    window = make(path)
    window.dialogs.tell_of_crash(CrashReport(path, ""), window.banner.say)
    assert [button.text() for button in window.banner.findChildren(QPushButton)] == ["Show details"]
