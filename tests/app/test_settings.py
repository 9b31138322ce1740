"""What is remembered between starts, and that nonsense in the file counts as nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from app.settings import MOST_RECENT, Settings
from engine.commands import RunPlan


def again(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


def test_everything_is_there_after_a_restart(settings: Settings, tmp_path: Path) -> None:
    plan = RunPlan("game24", "1 2 3 4", "mcts", {"simulations": 5}, seed=3)
    settings.theme, settings.last_plan = "light", plan
    settings.geometry = settings.window_state = QByteArray(b"\0\1")
    settings.save()
    later = again(tmp_path)
    assert (later.theme, later.last_plan) == ("light", plan)
    assert later.geometry == later.window_state == QByteArray(b"\0\1")
    later.geometry = None
    assert later.geometry is None


def test_at_first_there_is_nothing(settings: Settings) -> None:
    assert (settings.theme, settings.recent_files, settings.last_plan) == ("system", [], None)
    assert settings.geometry is None


def test_recent_files_are_newest_first_few_and_there(settings: Settings, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.espalier" for n in range(MOST_RECENT + 3)]
    for file in files:
        file.touch()
        settings.add_recent_file(file)
    settings.add_recent_file(files[5])
    assert settings.recent_files[0] == files[5]
    assert len(settings.recent_files) == MOST_RECENT
    assert len(set(settings.recent_files)) == MOST_RECENT
    files[5].unlink()
    assert files[5] not in settings.recent_files


@pytest.mark.parametrize("key", ["theme", "recent_files", "last_plan", "geometry"])
@pytest.mark.parametrize("nonsense", ["{", "[1, 2]", '{"problem": 3}', "\0"])
def test_nonsense_counts_as_nothing(tmp_path: Path, key: str, nonsense: str) -> None:
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue(f"v1/{key}", nonsense)
    test_at_first_there_is_nothing(Settings(store))
