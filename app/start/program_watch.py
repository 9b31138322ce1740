"""Watches the file that the frozen program reads its modules from: an upgrade replaces it under an open window.

PyInstaller ends the program when it finds that file gone, and reads nonsense from another one. Knows no window.
"""

from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType


class ProgramWatch(MetaPathFinder):
    """Asked for every module that is not loaded yet: finds none, but refuses to look for it in a changed program."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._at_first = _identity(program)

    def begin(self) -> None:
        """Be asked from now on, before the program's file is opened."""
        sys.meta_path.insert(sys.meta_path.index(importlib.machinery.PathFinder), self)

    @property
    def changed(self) -> bool:
        """Whether the program's file is gone or another one than at first."""
        now = _identity(self._program)
        return now is None or now != self._at_first

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Always None. Raises ImportError once the program has changed."""
        if self.changed:
            raise ImportError(f"{self._program} has changed or is gone since it was started", name=fullname)
        return None


def _identity(path: Path) -> tuple[int, int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
