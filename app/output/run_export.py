"""Runs of the session as a file for other programs: asks what and where to, writes it in a thread, says how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.dialogs import files
from app.file_job import FileJob, told
from app.language import mark, tr
from app.plain_text import one_line
from app.session_controller import SessionController
from app.settings import Settings
from app.words.exports import export_about, export_title
from storage.exporters import EXPORTERS, export_runs, exporter, shareable_runs

if TYPE_CHECKING:
    from storage.rewriting import IsUnwanted, Progress

KEY = "export"
"""Of the notice that says how it goes."""
BUSY = mark("Another file is being exported: wait for it, or cancel it.")
CHANGED = mark("Another session was opened meanwhile: nothing was exported.")


class RunExport(QObject):
    """One file at a time. A long run holds up neither the window nor the search; what is not on disk yet is in it."""

    def __init__(
        self, sessions: SessionController, settings: Settings, say: Callable[[Notice], None], window: QWidget
    ) -> None:
        super().__init__(window)
        self._sessions, self._settings, self._say, self._window = sessions, settings, say, window
        self._job: FileJob[Path] = FileJob(KEY, self)
        self._job.notice.connect(say)
        self.cancel, self.close = self._job.cancel, self._job.close

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
        if self._job.is_under_way:
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
        if session is None or not (runs or info):
            return
        wanted = list(runs) or [info.id if info else 0]

        def work(progress: Progress, is_unwanted: IsUnwanted) -> Path:
            export_runs(session, wanted, name, path, told(progress, is_unwanted))
            return path

        def done(path: Path) -> None:
            words = tr("The run is in {path}.") if len(wanted) == 1 else tr("{count:,} runs are in {path}.")
            self._say(Notice(words.format(count=len(wanted), path=one_line(str(path))), "hint", key=KEY))

        self._job.begin(_far, work, done, nothing=tr("Nothing was exported."))


def _far(done: int, total: int) -> str:
    words = tr("Being exported: {share:.0%} of {total:,} events…")
    return words.format(share=done / total if total else 0.0, total=total)
