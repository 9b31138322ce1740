"""Runs of the session as a file for other programs: asks what and where to, writes it in a thread, says how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.dialogs import files
from app.language import mark, tr
from app.plain_text import one_line
from app.session_controller import SessionController
from app.settings import Settings
from app.words.exports import export_about, export_title
from storage.errors import SessionError
from storage.exporters import EXPORTERS, export_runs, exporter, shareable_runs
from storage.session import Session

KEY = "export"
"""Of the notice that says how it goes."""
BUSY = mark("Another file is being exported: wait for it, or cancel it.")
CHANGED = mark("Another session was opened meanwhile: nothing was exported.")
PATIENCE_MS = 500
"""Before it is said that an export is under way: most are done by then."""


class _GivenUpError(SessionError):
    """Nobody wants the file any more."""


class RunExport(QObject):
    """One file at a time. A long run holds up neither the window nor the search; what is not on disk yet is in it."""

    _progressed = Signal(int, int)  # said by the thread, as the next is
    _written = Signal(object, str)

    def __init__(
        self, sessions: SessionController, settings: Settings, say: Callable[[Notice], None], window: QWidget
    ) -> None:
        super().__init__(window)
        self._sessions, self._settings, self._say, self._window = sessions, settings, say, window
        self._unwanted = Event()
        self._thread: Thread | None = None
        self._done, self._total, self._runs = 0, 0, 0
        self.patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self.patience.timeout.connect(self._tell)
        self._progressed.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._written.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def ask(self) -> None:
        """Ask in which format, and where to: for the run on screen."""
        self._ask(every=False)

    def ask_session(self) -> None:
        """The same for all runs of the session."""
        self._ask(every=True)

    def _ask(self, *, every: bool) -> None:
        from app.dialogs.export import ExportDialog, Offered

        session = self._sessions.session
        if session is None:
            return
        if self._thread is not None:
            self._say(Notice(tr(BUSY), "hint", key=BUSY))
            return
        runs = len(shareable_runs(session))
        if every and not runs:
            self._say(Notice(tr("All runs of this session are private: export them one by one."), "hint", key=KEY))
            return
        wanted = [entry for entry in EXPORTERS if entry.takes_many or not every]
        offered = [Offered(e.name, export_title(e.name), export_about(e.name), e.takes_many) for e in wanted]
        some_private = len(self._sessions.runs) > runs
        dialog = ExportDialog(
            offered, self._settings.last_export, runs, every=every, some_private=some_private, parent=self._window
        )
        dialog.chosen.connect(self._ask_where)
        dialog.open()

    def _ask_where(self, name: str, every: bool) -> None:
        session, info = self._sessions.session, self._sessions.shown_info
        if session is None or (info is None and not every):
            return
        self._settings.last_export = name
        path = session.path
        stem = path.stem if every or info is None else f"{path.stem} {info.id}"
        formats = [(export_title(name), exporter(name).suffix)]
        title = tr("Export the session as") if every else tr("Export the run as")
        runs = shareable_runs(session) if every or info is None else [info.id]
        folder = files.folder_for(path, self._sessions.folder)

        def chosen(path: Path, _place: int) -> None:
            if session is self._sessions.session:  # these runs are its own
                self.save(path, name, runs)
            else:
                self._say(Notice(tr(CHANGED), key=KEY))

        files.ask_export(self._window, folder / stem, formats, chosen, title)

    def save(self, path: Path, name: str = EXPORTERS[0].name, runs: Sequence[int] = ()) -> None:
        """Write these runs, or the one on screen, to `path` in the format of this name."""
        info, session = self._sessions.shown_info, self._sessions.session
        if session is None or self._thread is not None or not (runs or info):
            return
        self._unwanted.clear()
        self._done, self._total = 0, 0
        self.patience.start()
        wanted = list(runs) or [info.id if info else 0]
        self._runs = len(wanted)
        self._thread = Thread(target=self._write, args=(session, wanted, name, path), daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Leave no file."""
        self._unwanted.set()

    def close(self) -> None:
        """The window goes: nothing is written any more when this returns."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def _write(self, session: Session, runs: Sequence[int], name: str, path: Path) -> None:
        """In the thread. Whatever happens, the next one may begin."""
        written, why = None, ""
        try:
            export_runs(session, runs, name, path, self._progress)
            written = path
        except _GivenUpError:
            pass
        except SessionError as error:
            why = str(error)
        finally:
            self._written.emit(written, why)

    def _progress(self, done: int, total: int) -> None:
        if self._unwanted.is_set():
            raise _GivenUpError
        self._progressed.emit(done, total)

    def _hear(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        if not self.patience.isActive():
            self._tell()

    def _tell(self) -> None:
        if self._thread is None or self._unwanted.is_set():
            return
        share = self._done / self._total if self._total else 0.0
        words = tr("Being exported: {share:.0%} of {total:,} events…").format(share=share, total=self._total)
        self._say(Notice(words, "hint", ((tr("Cancel"), self.cancel),), key=KEY))

    def _end(self, path: Path | None, error: str) -> None:
        self.patience.stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if path is None:
            self._say(Notice(error or tr("Nothing was exported."), "warning" if error else "hint", key=KEY))
        else:
            words = tr("The run is in {path}.") if self._runs == 1 else tr("{count:,} runs are in {path}.")
            self._say(Notice(words.format(count=self._runs, path=one_line(str(path))), "hint", key=KEY))
