"""A real window with a real engine process and the bundled models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.main_window import MainWindow
from app.settings import Settings
from tests.app.conftest import engine_of


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    qtbot.wait(0)  # the bot outlives the window
    made = make_window(qapp, settings, engine_of("-m", "engine"), tmp_path / "sessions")
    yield made
    made.close()
    made.deleteLater()
