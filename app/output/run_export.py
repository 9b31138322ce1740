"""The run on screen as a file for other programs: asks for the file, writes it in a thread, says how it went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.dialogs import files
from app.language import tr
from app.plain_text import one_line
from app.session_controller import SessionController
from storage.errors import SessionError
from storage.exporters import EXPORTERS, export_run
from storage.session import Session

KEY = "export"
"""Of the notice that says how it goes."""


class RunExport(QObject):
    """Reads the session's file beside its writer, so that a long run holds up neither the window nor the search."""

    _written = Signal(object, str)
    """The file and, if it could not be written, why: said by the thread that writes it."""

    def __init__(self, sessions: SessionController, say: Callable[[Notice], None], window: QWidget) -> None:
        super().__init__(window)
        self._sessions, self._say, self._window = sessions, say, window
        self._written.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def ask(self) -> None:
        """Ask where to, and in which of the formats."""
        session, info = self._sessions.path, self._sessions.shown_info
        if session is not None and info is not None:
            suggestion = session.with_name(f"{session.stem} {info.id}")
            files.ask_export(self._window, suggestion, [(each.title, each.suffix) for each in EXPORTERS], self.save)

    def save(self, path: Path, chosen: int = 0) -> None:
        """Write the run on screen to `path` in the format with this place among EXPORTERS."""
        info, session = self._sessions.shown_info, self._sessions.path
        if info is None or session is None:
            return
        words = tr("Run {run} is being exported…").format(run=info.id)
        self._say(Notice(words, "hint", key=KEY))
        Thread(target=self._write, args=(session, info.id, EXPORTERS[chosen].name, path), daemon=True).start()

    def _write(self, session: Path, run: int, name: str, path: Path) -> None:
        try:
            with Session.open(session) as beside:
                export_run(beside, run, name, path)
        except SessionError as error:
            self._written.emit(path, str(error))
        else:
            self._written.emit(path, "")

    def _tell(self, path: Path, error: str) -> None:
        done = tr("The run is in {path}.").format(path=one_line(str(path)))
        self._say(Notice(error, key=KEY) if error else Notice(done, "hint", key=KEY))
