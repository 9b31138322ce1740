"""House rules for every test: no window on anybody's screen, no noise, nothing left running, nothing read from home."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import pytest
from hypothesis import settings
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from pytestqt.qtbot import QtBot

settings.register_profile("espalier", deadline=None)  # a shared machine has slow moments
settings.load_profile("espalier")

T = TypeVar("T")

GRACE_SECONDS = 5.0
"""How long what a test started may take to end after it."""
MOST_WORKERS = 4
"""Each needs some two gigabytes in the end: torch, and the models that tests have read."""
PATIENCE_MS = 60_000
"""How long a test waits, unless it says so, for what should take a moment: a shared machine has slow moments."""
_HOMES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
_STREAMS = {"capsys", "capfd", "capsysbinary", "capfdbinary"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite runs on every core; tests that somebody names run in this process."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    return 0 if named else min(MOST_WORKERS, os.cpu_count() or 1)


def pytest_configure() -> None:
    """The 5 seconds of pytest-qt are over before a busy machine has painted a window."""
    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
        assert wait.__kwdefaults__, "they are keywords"
        wait.__kwdefaults__["timeout"] = PATIENCE_MS


def pytest_collection_finish() -> None:
    """The offscreen platform complains of what it cannot do; pytest-qt hears it in a test, nobody between tests."""

    def say(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        if not (message or "").startswith("This plugin does not support"):
            sys.stderr.write(f"{message}\n")

    qInstallMessageHandler(say)


@pytest.fixture(autouse=True, scope="session")
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, recent files and autosaves of tests stay out of the user's home, and the user's out of tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _HOMES:
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """A test that leaves a thread or a child process behind fails."""
    threads, children = _threads(), _children()
    yield
    if left := _after_grace(lambda: _threads() - threads):
        pytest.fail(f"threads left running: {', '.join(sorted(thread.name for thread in left))}")
    if left_pids := _after_grace(lambda: _children() - children):
        pytest.fail(f"child processes left running: {', '.join(map(_command_line, sorted(left_pids)))}")


def _after_grace(left: Callable[[], set[T]]) -> set[T]:
    """What is left once there was time to end."""
    deadline = time.monotonic() + GRACE_SECONDS
    while left() and time.monotonic() < deadline:
        time.sleep(0.01)
    return left()


def _threads() -> set[threading.Thread]:
    """Live threads that Python started (one of Qt's shows up as a dummy as soon as it runs a line of Python)."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def _children() -> set[int]:
    """Child processes, zombies included; none where the system has no /proc."""
    pids: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            pids.update(map(int, task.read_text().split()))
        except FileNotFoundError:  # that thread has ended meanwhile
            continue
    return pids


def _command_line(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        words = ""
    return f"{pid} ({words or 'a zombie'})"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that passes but prints or logs something it did not ask to read fails: noise hides what matters."""
    report = yield
    noise = _noise(report, set(getattr(item, "fixturenames", ()))) if report.passed else ""
    if noise:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} makes noise during {call.when}:\n{noise}"
    return report


def _noise(report: pytest.TestReport, fixtures: set[str]) -> str:
    """What was captured in this phase and asked for by nobody."""
    if fixtures & _STREAMS:
        return ""
    phase = f" {report.when}"
    wanted = {"Captured log"} if "caplog" in fixtures else set()
    sections = [(title, text) for title, text in report.sections if title.endswith(phase)]
    return "\n".join(f"{title}: {text}" for title, text in sections if text and title.removesuffix(phase) not in wanted)
