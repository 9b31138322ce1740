"""What the program remembers between starts: look, window, recent files, the last form. Knows no window and no run.

Keys are versioned by their first part; an unknown or damaged value counts as absent.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, cast

import msgspec
from PySide6.QtCore import QByteArray, QSettings

from app.theme import Mode
from engine.breakpoints import Breakpoint
from engine.commands import RunPlan
from storage.ownership import working_folder

LANGUAGES: Final[dict[str, str]] = {"en": "English", "de": "Deutsch"}
"""Each in its own words, as one looks for it in a list."""
TEXT_SIZES: Final[tuple[int, ...]] = (90, 100, 110, 125, 150)
"""Percent."""
MODES: Final[tuple[Mode, ...]] = ("system", "light", "dark")
MOST_RECENT = 10
WINDOW_VERSION = 2
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
    def language(self) -> str:
        """A key of LANGUAGES; empty: what the desktop speaks."""
        name = self._store.value("v1/language")
        return name if isinstance(name, str) and name in LANGUAGES else ""

    @language.setter
    def language(self, name: str) -> None:
        self._store.setValue("v1/language", name)

    @property
    def text_size(self) -> int:
        """Percent, one of TEXT_SIZES."""
        size = str(self._store.value("v1/text_size"))
        return int(size) if size in map(str, TEXT_SIZES) else 100

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._store.setValue("v1/text_size", percent)

    @property
    def keys(self) -> dict[str, list[str]]:
        """By action, the keys that the user chose for it in place of its own."""
        try:
            return msgspec.convert(self._json("v1/keys"), dict[str, list[str]])
        except msgspec.ValidationError:
            return {}

    @keys.setter
    def keys(self, chosen: dict[str, list[str]]) -> None:
        self._store.setValue("v1/keys", json.dumps(chosen))

    @property
    def welcome_at_start(self) -> bool:
        """Whether a start without a file shows the welcome page, and not the session that was open last."""
        return str(self._store.value("v1/welcome_at_start")).lower() == "true"

    @welcome_at_start.setter
    def welcome_at_start(self, wanted: bool) -> None:
        self._store.setValue("v1/welcome_at_start", wanted)

    @property
    def reduced_motion(self) -> bool | None:
        """Whether nothing on screen may move; None: as the desktop wants it."""
        return {"true": True, "false": False}.get(str(self._store.value("v1/reduced_motion")).lower())

    @reduced_motion.setter
    def reduced_motion(self, wanted: bool | None) -> None:
        if wanted is None:
            self._store.remove("v1/reduced_motion")
        else:
            self._store.setValue("v1/reduced_motion", wanted)

    @property
    def tree_view(self) -> str:
        """Name of the mode in which the tree is drawn; empty: never chosen."""
        return str(self._store.value("v1/tree_view") or "")

    @tree_view.setter
    def tree_view(self, name: str) -> None:
        self._store.setValue("v1/tree_view", name)

    @property
    def tree_colour(self) -> str:
        """Name of the channel that the tree's colours show; empty: never chosen."""
        return str(self._store.value("v1/tree_colour") or "")

    @tree_colour.setter
    def tree_colour(self, name: str) -> None:
        self._store.setValue("v1/tree_colour", name)

    @property
    def faint_below(self) -> int:
        """Values of nodes with fewer visits than this are faint."""
        visits = str(self._store.value("v1/faint_below"))
        return int(visits) if visits.isascii() and visits.isdigit() else 2

    @faint_below.setter
    def faint_below(self, visits: int) -> None:
        self._store.setValue("v1/faint_below", visits)

    @property
    def minimap(self) -> bool:
        """Whether the small map of the tree may show itself."""
        return str(self._store.value("v1/minimap")).lower() != "false"

    @minimap.setter
    def minimap(self, wanted: bool) -> None:
        self._store.setValue("v1/minimap", wanted)

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
        return [path for path in self.known_files if path.is_file()]

    @property
    def known_files(self) -> list[Path]:
        """Newest first, with those that are not there any more: a stick may come back."""
        found = self._json("v1/recent_files")
        return [Path(name) for name in found if isinstance(name, str)] if isinstance(found, list) else []

    def add_recent_file(self, path: Path) -> None:
        path = path.absolute()
        self._keep_files([path, *(known for known in self.known_files if known != path)])

    def forget_file(self, path: Path) -> None:
        """Take a file out of the list of recent ones."""
        self._keep_files([known for known in self.known_files if known != path.absolute()])

    def forget_files(self) -> None:
        """Empty the list of recent files."""
        self._keep_files([])

    def _keep_files(self, paths: list[Path]) -> None:
        self._store.setValue("v1/recent_files", json.dumps([str(path) for path in paths[:MOST_RECENT]]))

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

    @property
    def breakpoints(self) -> list[tuple[Breakpoint, bool]]:
        """When runs are to be paused, each with whether it is in force."""
        try:
            return msgspec.convert(self._json("v1/breakpoints"), list[tuple[Breakpoint, bool]])
        except msgspec.ValidationError:
            return []

    @breakpoints.setter
    def breakpoints(self, entries: list[tuple[Breakpoint, bool]]) -> None:
        self._store.setValue("v1/breakpoints", msgspec.json.encode(entries).decode())

    @property
    def recent_scorers(self) -> list[str]:
        """Names of scorers that the user chose, newest first."""
        found = self._json("v1/recent_scorers")
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []

    def add_recent_scorer(self, name: str) -> None:
        names = [name, *(known for known in self.recent_scorers if known != name)]
        self._store.setValue("v1/recent_scorers", json.dumps(names[:MOST_RECENT]))

    @property
    def last_export(self) -> str:
        """Name of the format in which a run was exported last; empty: none was."""
        return str(self._store.value("v1/last_export") or "")

    @last_export.setter
    def last_export(self, name: str) -> None:
        self._store.setValue("v1/last_export", name)

    @property
    def desk(self) -> dict[str, str]:
        """What was chosen at the PRM desk last: scope, scorer, rule."""
        found = self._json("v1/desk")
        return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}

    @desk.setter
    def desk(self, chosen: dict[str, str]) -> None:
        self._store.setValue("v1/desk", json.dumps(chosen))

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


def models_folder() -> Path:
    """Where models that were trained here are written, unless the user says otherwise."""
    return sessions_folder().with_name("models")


def sessions_folder() -> Path:
    """Where sessions live that the user has not saved under a name yet."""
    return working_folder()
