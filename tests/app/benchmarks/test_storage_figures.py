"""`bench storage`: everything is measured, on small numbers; an engine that does not start costs one figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.benchmarks import storage
from app.command_line.headless import EngineDied
from tests.helpers.command_line import scripted_engine

KEYS = {
    "append_events_per_s",
    "open_1m_first_paint_ms",
    "open_1m_ms",
    "bytes_per_event",
    "text_search_100k_ms",
}


@pytest.mark.usefixtures("qapp")
def test_figures(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(storage, "EVENTS", 6_000)
    monkeypatch.setattr(storage, "FEW_EVENTS", 3_000)
    monkeypatch.setattr(storage, "FEW_SIMULATIONS", 100)
    monkeypatch.setattr(storage, "PUZZLES", storage.PUZZLES[:1])
    scripted_engine(monkeypatch)
    figures = storage.run(quick=True, seed=0)
    assert figures.keys() == KEYS
    told = capsys.readouterr().err
    assert "paintings in the meantime" in told
    for name in KEYS - {"text_search_100k_ms"}:
        value = figures[name]
        assert isinstance(value, float | int), name
        assert value > 0, name


@pytest.mark.usefixtures("qapp")
def test_without_an_engine_the_other_figures_are_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def no_engine() -> None:
        raise EngineDied("There is no engine.")

    monkeypatch.setattr(storage, "Engine", no_engine)
    assert storage._bytes_per_event(tmp_path / "a.espalier", 10, 0) is None
    assert "no search could be made: There is no engine." in capsys.readouterr().err
