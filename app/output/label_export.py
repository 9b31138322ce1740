"""The session's labelled steps as a file to train on: asks for the file, writes it in a thread, says how it went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.dialogs import files
from app.file_job import FileJob, told
from app.language import tr
from app.output.run_export import BUSY, CHANGED
from app.plain_text import one_line
from app.session_controller import SessionController
from storage.exporters.labelled import LABELLED, Written, export_labelled

if TYPE_CHECKING:
    from storage.rewriting import IsUnwanted, Progress

KEY = "export labels"
"""Of the notice that says how it goes."""
SUFFIX = ".jsonl"


class LabelExport(QObject):
    """One file at a time. Labels that are not on disk yet are in it too."""

    def __init__(self, sessions: SessionController, say: Callable[[Notice], None], window: QWidget) -> None:
        super().__init__(window)
        self._sessions, self._say, self._window = sessions, say, window
        self._job: FileJob[Written] = FileJob(KEY, self)
        self._job.notice.connect(say)
        self.cancel, self.close = self._job.cancel, self._job.close

    def ask(self) -> None:
        """Ask where to, and in which of the formats."""
        session = self._sessions.session
        if session is None:
            return
        if self._job.is_under_way:
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
        if session is None:
            return

        def work(progress: Progress, is_unwanted: IsUnwanted) -> Written:
            return export_labelled(session, LABELLED[chosen].name, path, progress=told(progress, is_unwanted))

        self._job.begin(_far, work, lambda written: self._end(path, written), nothing=tr("Nothing was exported."))

    def _end(self, path: Path, written: Written) -> None:
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


def _far(done: int, total: int) -> str:
    return tr("The labelled steps are being exported: {done:,} of {total:,} runs…").format(done=done, total=total)
