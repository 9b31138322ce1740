"""Which files are searched, and where the index lies. Knows no database."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from storage.finding.index import TextIndex
from storage.ownership import home
from storage.session import SUFFIX

MOST_FILES = 2_000
"""Session files of a folder."""


def session_files(folder: Path, is_unwanted: Callable[[], bool] = lambda: False) -> list[Path]:
    """The session files in a folder and below, in order, at most MOST_FILES. What cannot be read is passed over."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        if is_unwanted() or len(found) >= MOST_FILES:
            break
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(place) / name for name in sorted(names) if name.lower().endswith(SUFFIX)]
    return found[:MOST_FILES]


def cache_folder() -> Path:
    """Where a program keeps what it can make again, by the rules of the system; it need not exist."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home() / "AppData/Local") / "espalier"
    if sys.platform == "darwin":
        return home() / "Library/Caches/espalier"
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if Path(named).is_absolute() else home() / ".cache") / "espalier"


def user_index() -> TextIndex:
    """The index of whoever runs the program."""
    return TextIndex(cache_folder() / "texts.sqlite")
