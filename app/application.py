"""The QApplication, which also hears which file the desktop wants opened. Knows paths, no session and no window.

On a Mac that comes as an event, at any time, also before there is a window; elsewhere as a word on the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Keeps the last file that was asked for until somebody can open it."""

    def __init__(self, argv: Sequence[str]) -> None:
        super().__init__(list(argv))
        self._wanted: Path | None = None
        self._open: Callable[[Path], None] | None = None

    def open_files_with(self, open_file: Callable[[Path], None]) -> None:
        """Call `open_file` for every file from now on, and at once for the one that waits."""
        self._open = open_file
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            open_file(wanted)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():  # no file: a link to somewhere else
            self._hear(Path(event.file()))
            return True
        return super().event(event)

    def _hear(self, path: Path) -> None:
        if self._open is None:
            self._wanted = path
        else:
            self._open(path)
