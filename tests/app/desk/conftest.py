"""The parts of a window without the window, and a session of scored traces on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import make_parts
from app.desk.data import DeskData
from app.engine_client import EngineClient
from app.parts import Parts
from app.settings import Settings
from app.theme import Theme
from tests.helpers.scored_session import scored_session

Open = Callable[..., Parts]


@pytest.fixture
def parts(settings: Settings, tmp_path: Path) -> Iterator[Parts]:
    """All of them; the engine is not started."""
    made = make_parts(Theme("dark"), settings, EngineClient(["no-engine"], {}), tmp_path / "sessions")
    yield made
    made.sessions.close(discard=True)


@pytest.fixture
def opened(parts: Parts, tmp_path: Path) -> Open:
    """Puts a session of scored runs (see scored_session) on the screen, its newest run in front."""

    def make(name: str = "a", **how: object) -> Parts:
        path = tmp_path / f"{name}.espalier"
        scored_session(path, **how)  # type: ignore[arg-type] # as it takes them
        parts.sessions.open(path)
        return parts

    return make


@pytest.fixture
def read(qtbot: QtBot) -> Callable[[DeskData], DeskData]:
    """Has the data of the desk read to their end."""

    def to_end(data: DeskData) -> DeskData:
        with qtbot.waitSignal(data.reading, check_params_cb=lambda done, of: done == of, raising=True):
            data.read()
        return data

    return to_end
