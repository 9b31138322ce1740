"""Files of others: many runs or a tree become a session of their own, a single trace a run of the open one.

What becomes a session is read in a thread, with a word about how far it is; then it is opened. What was odd is said.
Knows no widget.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from app.banner import Notice
from app.language import tr
from app.odd_rows import more_of
from app.plain_text import one_line
from app.run_controller import RunController
from app.session_controller import SessionController
from app.trace_imports import TraceImports, is_trace_file

if TYPE_CHECKING:
    from app.dataset_job import DatasetJob
    from storage.importers.importing import Report

KEY = "dataset"
"""Of the notice about what is being read."""
DONE = "dataset read"
"""Of the notice about what was read."""
QUICK = 0.5
"""Seconds that nobody needs to be told about."""
MOST_SAID = 1
"""Sentences about what was odd in a notice; a press shows all of them."""
SMALL = 1_000_000
"""Bytes of files that are looked at before anybody notices."""
SUFFIXES = (".eval", ".csv", ".graphml", ".gexf", ".xml")
"""Of files that are taken beside those with traces."""
REFUSED = (".parquet", ".arrow", ".feather", ".pkl", ".pickle", ".gz", ".bz2", ".xz", ".zst", ".pt", ".pth",
           ".bin", ".ckpt", ".joblib", ".zip")  # fmt: skip
"""Of files that are not read: taken, so that what would help can be said."""


class FileImports(QObject):
    """One job at a time: what is opened meanwhile waits."""

    ratings_read = Signal()
    """A session of steps that somebody rated is about to be opened."""
    notice = Signal(object)
    """Notice: something the user must know."""
    notice_over = Signal(str)
    odd_wanted = Signal(object)
    """OddRows: what was odd in files, which somebody wants to read whole."""
    _looked = Signal(object, object)  # said by the thread that looks
    _progressed = Signal(object, object, object)  # said by the thread
    _read = Signal(object)

    def __init__(
        self, sessions: SessionController, runs: RunController, traces: TraceImports, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sessions, self._runs, self._traces = sessions, runs, traces
        self._waiting: deque[DatasetJob] = deque()
        self._job: DatasetJob | None = None
        self._thread: Thread | None = None
        self._lookers: set[Thread] = set()  # whose word is waited for
        self._began = 0.0
        self._said_at: Path | None = None  # the session on the screen when it was said what was read
        sessions.changed.connect(self._forget)
        self._looked.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def open(self, paths: Sequence[Path], here: bool = False) -> None:
        """Let these files become what they hold; datasets opened together become one session. `here`: chats become
        runs of the open session, however many they are."""
        if sum(map(_size, paths)) <= SMALL:
            self._take(_look(paths, here))
        else:
            looker = Thread(target=lambda: self._looked.emit(looker, _look(paths, here)), daemon=True)
            self._lookers.add(looker)
            looker.start()

    def stop(self) -> None:
        """Read no further, and open what was read."""
        if self._job is not None:
            self._job.unwanted.set()

    def cancel(self) -> None:
        """What is being read is not wanted any more, nor what waits."""
        self._waiting.clear()
        if self._job is not None:
            self._job.is_kept = False
            self._job.unwanted.set()

    def close(self) -> None:
        """The window goes: nothing is read any more when this returns."""
        self.cancel()
        for thread in filter(None, (*self._lookers, self._thread)):
            thread.join()
        self._lookers.clear()
        if self._job is not None:
            self._job.discard()

    def _hear(self, looker: Thread, looked: _Looked) -> None:
        if looker in self._lookers:
            self._lookers.remove(looker)
            self._take(looked)

    def _take(self, looked: _Looked) -> None:
        from app.dataset_job import DatasetJob

        for why in looked.refused:
            self.notice.emit(Notice(why))
        if looked.sessions:
            self._waiting.append(DatasetJob(looked.sessions, self._sessions.folder))
            self._go_on()
        if looked.traces:
            self._sessions.opener.when_settled(lambda: self._traces.open(looked.traces))

    def _go_on(self) -> None:
        if self._job is None and self._waiting:
            self._job = job = self._waiting.popleft()
            self._began = monotonic()
            self._thread = Thread(target=self._work, args=(job,), daemon=True)
            self._thread.start()

    def _work(self, job: DatasetJob) -> None:
        """In the thread. Whatever happens, the next job may begin."""
        try:
            job.go_through(lambda report, total: self._progressed.emit(job, report, total))
        finally:
            self._read.emit(job)

    def _tell(self, job: DatasetJob, report: Report, total: int | None) -> None:
        if job is not self._job or job.unwanted.is_set() or monotonic() - self._began < QUICK:
            return
        buttons = ((tr("Open what was read"), self.stop), (tr("Cancel"), self.cancel))
        self.notice.emit(Notice(_how_far(report, total), "hint", buttons[not job.runs :], key=KEY))

    def _end(self, job: DatasetJob) -> None:
        if self._thread is not None:
            self._thread.join()
        self._job = self._thread = None
        self.notice_over.emit(KEY)
        if job.is_kept:
            self._sessions.opener.when_settled(lambda: self._show(job))
        else:
            job.discard()  # it may have been whole just when it was given up
            self._said_at = self._sessions.path
            self.notice.emit(Notice(tr("Nothing of {file} was kept.").format(file=job.name), "hint", key=DONE))
        self._go_on()

    def _show(self, job: DatasetJob) -> None:
        """Open the session, or offer it where a run is under way, which opening would stop."""
        self._tell_read(job)  # it may be too large to be opened at once, or not be opened at all
        if job.target is not None and self._runs.active is None:
            self._open(job, job.target)

    def _open(self, job: DatasetJob, target: Path) -> None:
        if job.is_rated:
            self.ratings_read.emit()
        self._sessions.open(target, lambda: self._show_opened(job))

    def _show_opened(self, job: DatasetJob) -> None:
        self._sessions.show_run(1)  # a dataset is read from its beginning
        self._tell_read(job)

    def _tell_read(self, job: DatasetJob) -> None:
        """What became of the files, and what can be done about it now."""
        said = [*job.errors, *self._summary(job)]
        buttons = []
        target = job.target
        if target is not None and target != self._sessions.path:
            buttons.append((tr("Open it"), lambda: self._open(job, target)))
        if (odd := job.odd()).rows:
            buttons.append((tr("What was odd"), lambda: self.odd_wanted.emit(odd)))
        is_fine = not job.errors and all(odd.is_kept for report in job.reports for odd in report.odd)
        self._said_at = self._sessions.path if target in (None, self._sessions.path) else None  # an offer stands
        self.notice.emit(Notice(" ".join(said), "hint" if is_fine else "warning", tuple(buttons), key=DONE))

    def _forget(self) -> None:
        """What was read is no news in another session."""
        if self._said_at is not None and self._said_at != self._sessions.path:
            self._said_at = None
            self.notice_over.emit(DONE)

    def _summary(self, job: DatasetJob) -> list[str]:
        said = []
        for report in job.reports:
            if report.runs:
                words = _became(report, is_stopped=job.unwanted.is_set())
                said.append(
                    words.format(runs=report.runs, records=report.records, file=report.file, format=report.title)
                )
            elif not job.errors:
                said.append(tr("{file} holds nothing that could be read.").format(file=report.file))
        odd = job.odd()
        shown = [f"{row.place}: {row.what}." for row in odd.rows[:MOST_SAID]]
        left = job.odd_count - len(shown)
        if len(job.reports) == 1:  # else they begin with the name of a file, which stays as it is
            shown = [f"{words[:1].upper()}{words[1:]}" for words in shown]
        return [*said, *shown, *([more_of(left)] if left else [])]


def _became(report: Report, *, is_stopped: bool) -> str:
    """What a file became that was read, as a sentence to be filled in."""
    if is_stopped and not report.complete:
        return tr("Reading {file} ({format}) was stopped after {records:,} records: what was read is a new session.")
    if report.records == 1:
        return tr("{file} ({format}) is a run of a new session.")
    return tr("{runs:,} of {records:,} records of {file} ({format}) are runs of a new session.")


def _how_far(report: Report, total: int | None) -> str:
    """In records, where their number is known; else in parts of the file, and of a run that is all of it."""
    if total is not None:
        words = tr("{file}: {done:,} of {total:,} records of {format} are read…")
    elif report.checked is not None:
        words = tr("{file}: the file is read, and {checked:.0%} of a run put together…")
    elif report.records or report.share is None:
        words = tr("{file}: {done:,} records of {format} are read…")
    else:
        words = tr("{file}: {share:.0%} of the file is read…")
    return words.format(
        file=report.file, done=report.records, total=total, format=report.title, share=report.share,
        checked=report.checked,
    )  # fmt: skip


class _Looked(NamedTuple):
    """What files are, as far as one can see."""

    sessions: list[Path]
    traces: list[Path]
    refused: list[str]
    """Why some are not read, as sentences."""


def _look(paths: Sequence[Path], here: bool) -> _Looked:
    """In whatever thread."""
    from app.dataset_job import becomes_session
    from storage.importers import ForeignFileError

    looked = _Looked([], [], [])
    for path in paths:
        try:
            (looked.sessions if becomes_session(path, here) else looked.traces).append(path)
        except (ForeignFileError, OSError) as error:
            looked.refused.append(one_line(str(error)))
    return looked


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):  # which reading will say
        return 0


def is_file_of_others(path: Path) -> bool:
    """Whether a file is taken for one that something can be made of, or said about."""
    return is_trace_file(path) or path.suffix.lower() in (*SUFFIXES, *REFUSED) or path.is_dir()
