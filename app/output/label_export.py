"""The session's labelled steps as a file to train on: asks for the file, writes it in a thread, says how it went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.dialogs import files
from app.language import tr
from app.output.run_export import BUSY, CHANGED
from app.plain_text import one_line
from app.session_controller import SessionController
from storage.errors import SessionError
from storage.exporters.labelled import LABELLED, Written, export_labelled
from storage.session import Session

KEY = "export labels"
"""Of the notice that says how it goes."""
SUFFIX = ".jsonl"
TOGETHER = 100
"""Runs between two words about how far it is."""


class _GivenUpError(SessionError):
    """Nobody wants the file any more."""


class LabelExport(QObject):
    """One file at a time. Labels that are not on disk yet are in it too."""

    _progressed = Signal(int, int)  # said by the thread, as the next is
    _written = Signal(object, object, str)

    def __init__(self, sessions: SessionController, say: Callable[[Notice], None], window: QWidget) -> None:
        super().__init__(window)
        self._sessions, self._say, self._window = sessions, say, window
        self._unwanted = Event()
        self._thread: Thread | None = None
        self._progressed.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._written.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def ask(self) -> None:
        """Ask where to, and in which of the formats."""
        session = self._sessions.session
        if session is None:
            return
        if self._thread is not None:
            self._say(Notice(tr(BUSY), "hint", key=BUSY))
            return

        def chosen(path: Path, place: int) -> None:
            if session is self._sessions.session:
                self.save(path, place)
            else:
                self._say(Notice(tr(CHANGED), key=KEY))

        folder = files.folder_for(session.path, self._sessions.folder)
        suggestion = folder / tr("{session} labels").format(session=session.path.stem)
        formats = [(each.title, SUFFIX) for each in LABELLED]
        files.ask_export(self._window, suggestion, formats, chosen, tr("Export the labelled steps as"))

    def save(self, path: Path, chosen: int = 0) -> None:
        """Write the labels of all runs to `path` in the format with this place among LABELLED."""
        session = self._sessions.session
        if session is None or self._thread is not None:
            return
        self._unwanted.clear()
        self._tell(0, len(session.runs()))
        self._thread = Thread(target=self._write, args=(session, LABELLED[chosen].name, path), daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Leave no file."""
        self._unwanted.set()

    def close(self) -> None:
        """The window goes: nothing is written any more when this returns."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def _write(self, session: Session, name: str, path: Path) -> None:
        """In the thread. Whatever happens, the next one may begin."""
        written, why = None, ""
        try:
            written = export_labelled(session, name, path, progress=self._progress)
        except _GivenUpError:
            pass
        except SessionError as error:
            why = str(error)
        finally:
            self._written.emit(path, written, why)

    def _progress(self, done: int, total: int) -> None:
        if self._unwanted.is_set():
            raise _GivenUpError
        if done % TOGETHER == 0:
            self._progressed.emit(done, total)

    def _tell(self, done: int, total: int) -> None:
        if not self._unwanted.is_set():
            words = tr("The labelled steps are being exported: {done:,} of {total:,} runs…")
            buttons = ((tr("Cancel"), self.cancel),)
            self._say(Notice(words.format(done=done, total=total), "hint", buttons, key=KEY))

    def _end(self, path: Path, written: Written | None, error: str) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if written is None:
            self._say(Notice(error or tr("Nothing was exported."), "warning" if error else "hint", key=KEY))
            return
        words = (
            tr("1 record of {format} is in {path}; where it comes from is in {page}.")
            if written.records == 1
            else tr("{count:,} records of {format} are in {path}; where they come from is in {page}.")
        )
        page = one_line(f"{path.name}.README.md")
        told = words.format(count=written.records, format=written.exporter.title, path=one_line(str(path)), page=page)
        if left := written.left_out.total():
            told += " " + (
                tr("Left out: 1 trace that cannot be said in this format.")
                if left == 1
                else tr("Left out: {count:,} traces that cannot be said in this format.").format(count=left)
            )
        if written.private:
            told += " " + tr("Private runs are left out: {count:,}.").format(count=written.private)
        self._say(Notice(told, "hint", key=KEY))
