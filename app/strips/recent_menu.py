"""The menu of files that were open lately, those that are gone included. Knows paths, no session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from app.language import tr
from app.plain_text import as_tool_tip, one_line
from app.settings import Settings


class RecentMenu(QMenu):
    """Read anew whenever it is about to be shown."""

    def __init__(self, parent: QWidget, settings: Settings, open_file: Callable[[Path], None]) -> None:
        super().__init__(tr("Open recent"), parent)
        self._settings, self._open = settings, open_file
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        self.clear()
        known = self._settings.known_files
        for path in known:
            self._add(path)
        if known:
            self.addSeparator()
            self.addAction(tr("Clear this list")).triggered.connect(self._settings.forget_files)
        else:
            self.addAction(tr("No file yet")).setEnabled(False)

    def _add(self, path: Path) -> None:
        name = one_line(path.stem).replace("&", "&&")
        if path.is_file():
            entry = self.addAction(name)
            entry.setToolTip(as_tool_tip(str(path)))
            entry.triggered.connect(lambda: self._open(path))
        else:
            gone = self.addMenu(tr("{name} (not there any more)").format(name=name))
            gone.menuAction().setToolTip(as_tool_tip(str(path)))
            gone.addAction(tr("Remove from this list")).triggered.connect(lambda: self._settings.forget_file(path))
