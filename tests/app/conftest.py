"""A whole window for a test: real parts, a real engine process, scripted models, files in a temporary folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window, open_window
from app.engine_client import EngineClient
from app.engine_process import child_environment
from app.main_window import MainWindow
from app.settings import Settings

ROOT = Path(__file__).parents[2]
WAIT = 60_000
"""Milliseconds that a test waits for what should take a moment."""

MakeWindow = Callable[..., MainWindow]


def engine_of(*arguments: str) -> EngineClient:
    """A client of `python ARGUMENTS`."""
    environment = {**child_environment(os.environ), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return EngineClient([sys.executable, *arguments], environment)


def scripted(seconds: float = 0.0) -> Sequence[str]:
    """An engine that is real but for its models; each call of the policy takes `seconds`."""
    return ("-m", "tests.helpers.scripted_engine", str(seconds))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication, settings: Settings, tmp_path: Path) -> Iterator[MakeWindow]:
    """Makes windows as the program does, and closes them at the end."""
    made: list[MainWindow] = []

    def window(path: Path | None = None, seconds: float = 0.0, start: bool = True, *words: str) -> MainWindow:
        one = make_window(qapp, settings, engine_of(*scripted(seconds), *words), tmp_path / "sessions")
        made.append(one)
        if start:
            open_window(one, path)
            qtbot.waitUntil(lambda: one.parts.sessions.path is not None, timeout=WAIT)
        return one

    yield window
    for one in made:
        one._discard = True
        one.close()
        one.deleteLater()


def wait_for_state(qtbot: QtBot, window: MainWindow, state: str) -> None:
    qtbot.waitUntil(lambda: window.parts.runs.state == state, timeout=WAIT)
