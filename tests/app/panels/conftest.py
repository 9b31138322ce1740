"""The run on screen and the look, as the window would hand them to a panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.breakpoints import Breakpoints
from app.engine_client import EngineClient
from app.file_imports import FileImports
from app.going_on import GoingOn
from app.models.shown_run import ShownRun
from app.naming import RunNames
from app.panels.panel import PanelWidget
from app.parts import Parts
from app.probing import Probing
from app.run_controller import RunController
from app.scoring import Scoring
from app.session_controller import SessionController
from app.settings import Settings
from app.text_finder import TextFinder
from app.theme import Theme
from app.trace_imports import TraceImports
from app.tree_edits import TreeEdits
from app.verbs import Verbs

P = TypeVar("P", bound=PanelWidget)


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


@pytest.fixture
def shown() -> ShownRun:
    return ShownRun()


@pytest.fixture
def parts(shown: ShownRun, theme: Theme, tmp_path: Path) -> Parts:
    """All that a panel may be handed; the engine is not started."""
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    engine = EngineClient(["no-engine"], {})
    runs = RunController(engine, shown)
    sessions = SessionController(shown, runs, settings, tmp_path / "sessions")
    edits = TreeEdits(shown, runs, sessions)
    verbs = Verbs(shown, runs, sessions, edits)
    breakpoints = Breakpoints(shown, runs, sessions, settings)
    probing, traces = Probing(shown, runs, sessions), TraceImports(sessions)
    imports = FileImports(sessions, runs, traces)
    scoring, finder = Scoring(engine, shown, runs, sessions), TextFinder(sessions, runs, probing)
    return Parts(
        theme, settings, shown, engine, runs, sessions, edits, verbs, breakpoints, probing, traces, imports, scoring,
        GoingOn(shown, runs, sessions), RunNames(shown, runs, sessions, edits), finder,
    )  # fmt: skip


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[PanelWidget], None]:
    """Wait until a panel has read what was announced to it."""
    return lambda panel: qtbot.waitUntil(lambda: not panel.stale)


@pytest.fixture
def see(qtbot: QtBot, shown: ShownRun, theme: Theme) -> Callable[[type[P]], P]:
    """A panel on the (offscreen) screen."""

    def make(kind: type[P]) -> P:
        panel = kind(shown, theme)
        qtbot.addWidget(panel)
        panel.resize(panel.sizeHint())
        with qtbot.waitExposed(panel):
            panel.show()
        return panel

    return make
