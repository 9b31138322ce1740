"""What the program remembers between starts: look, window, recent files, the last form. Knows no window and no run.

Keys are versioned by their first part; an unknown or damaged value counts as absent.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, cast

import msgspec
from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from app.theme import Mode
from engine.commands import RunPlan

MODES: Final[tuple[Mode, ...]] = ("system", "light", "dark")
MOST_RECENT = 10
WINDOW_VERSION = 1
"""Of the saved dock layout; raised when docks change so that an old layout is not half applied."""


class Settings:
    """A thin, typed face of one QSettings. Tests give it a store of their own."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Espalier", "espalier")

    @property
    def theme(self) -> Mode:
        mode = self._store.value("v1/theme")
        return cast(Mode, mode) if mode in MODES else "system"

    @theme.setter
    def theme(self, mode: Mode) -> None:
        self._store.setValue("v1/theme", mode)

    @property
    def geometry(self) -> QByteArray | None:
        return self._bytes("v1/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray | None) -> None:
        self._set_or_remove("v1/geometry", value)

    @property
    def window_state(self) -> QByteArray | None:
        return self._bytes("v1/window_state")

    @window_state.setter
    def window_state(self, value: QByteArray | None) -> None:
        self._set_or_remove("v1/window_state", value)

    @property
    def recent_files(self) -> list[Path]:
        """Newest first; files that are gone are left out."""
        found = self._json("v1/recent_files")
        names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
        return [path for path in map(Path, names) if path.is_file()]

    def add_recent_file(self, path: Path) -> None:
        path = path.absolute()
        rest = [known for known in self.recent_files if known != path]
        self._store.setValue("v1/recent_files", json.dumps([str(name) for name in [path, *rest][:MOST_RECENT]]))

    @property
    def last_plan(self) -> RunPlan | None:
        """What the user ran last, to fill the form."""
        try:
            return msgspec.convert(self._json("v1/last_plan"), RunPlan)
        except msgspec.ValidationError:
            return None

    @last_plan.setter
    def last_plan(self, plan: RunPlan) -> None:
        self._store.setValue("v1/last_plan", msgspec.json.encode(plan).decode())

    def save(self) -> None:
        """Write to disk now; Qt would do it some time later."""
        self._store.sync()

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None

    def _set_or_remove(self, key: str, value: QByteArray | None) -> None:
        if value is None:
            self._store.remove(key)
        else:
            self._store.setValue(key, value)

    def _json(self, key: str) -> Any:
        try:
            return json.loads(str(self._store.value(key)))
        except ValueError:
            return None


def sessions_folder() -> Path:
    """Where sessions live that the user has not saved under a name yet."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "sessions"
