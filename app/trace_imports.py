"""Lets traces from files, and from the clipboard, become runs of the open session. Knows no widget.

Small files are read at once; larger ones in a thread, which takes turns with the window. What cannot be read is said in
a sentence, and the rest is kept.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.banner import Notice
from app.language import tr
from app.odd_rows import more_of, of_sentences
from app.session_controller import SessionController
from storage.errors import SessionError

if TYPE_CHECKING:
    from app.trace_job import Item, TraceJob

SUFFIXES = (".txt", ".log", ".md", ".json", ".jsonl", ".ndjson", ".sse")
"""Of files that are taken for traces."""
SMALL = 200_000
"""Bytes that are read before anybody notices."""
TELL_MS = 500
"""What takes longer is said, with a button to give it up."""
KEY = "traces"
"""Of the notice about what is being read."""
MOST_SAID = 3
"""Sentences about files at once."""


class TraceImports(QObject):
    """One job at a time: what is opened meanwhile waits."""

    kept = Signal(object)
    """list[int]: the runs that traces have become."""
    notice = Signal(object)
    """Notice: something the user must know."""
    notice_over = Signal(str)
    odd_wanted = Signal(object)
    """OddRows: what was odd in files, which somebody wants to read whole."""
    _read = Signal(object)  # said by the thread

    def __init__(self, sessions: SessionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._waiting: deque[TraceJob] = deque()
        self._job: TraceJob | None = None
        self._late = QTimer(self, singleShot=True, interval=TELL_MS)
        self._late.timeout.connect(self._tell)
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._add_one)
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def why_not(self) -> str:
        """Why no trace can be kept now, as a sentence; empty if one can."""
        return self._sessions.why_not_write()

    def open(self, paths: Sequence[Path]) -> None:
        """Let the traces in these files become runs."""
        from app.trace_job import file_item

        self._begin([file_item(path) for path in paths])

    def paste(self, text: str) -> None:
        """Let a text, or what it holds of a server's reply, become a run."""
        from app.trace_job import Item

        raw = text.encode("utf-8", "replace")
        self._begin([Item(tr("Pasted text"), len(raw), lambda: io.BytesIO(raw))])

    def cancel(self) -> None:
        """What has not become a run is not wanted any more."""
        self._waiting.clear()
        if self._job is not None:
            self._job.unwanted.set()
            self._end(self._job)

    def _begin(self, items: Sequence[Item]) -> None:
        from app.trace_job import TraceJob

        why, session = self.why_not(), self._sessions.session
        if why or session is None:
            self.notice.emit(Notice(why))
            return
        self._waiting.append(TraceJob(items, session))
        self._go_on()

    def _go_on(self) -> None:
        if self._job is not None or not self._waiting:
            return
        self._job = job = self._waiting.popleft()
        if sum(item.size for item in job.items) <= SMALL:
            job.go_through()
            self._take(job)
        else:
            self._late.start()
            Thread(target=self._work, args=(job,), daemon=True).start()

    def _work(self, job: TraceJob) -> None:
        """In the thread. Whatever happens, what was found is kept, and the next job may begin."""
        try:
            job.go_through()
        finally:
            self._read.emit(job)

    def _take(self, job: TraceJob) -> None:
        """Everything has been read: from now on a run at each turn of the event loop."""
        if job is not self._job:
            return
        if job.session is not self._sessions.session:
            job.found.clear()
            job.said.append(tr("Another session was opened meanwhile: {file} was not added.").format(file=job.name))
        self._more.start()
        self._add_one()

    def _add_one(self) -> None:
        from storage.kept_traces import keep_trace

        job = self._job
        if job is None:
            return
        if job.found:
            try:
                job.runs.append(keep_trace(job.session, job.found.popleft()))
            except SessionError as error:
                job.found.clear()
                job.said.append(str(error))
        if not job.found:
            self._end(job)

    def _end(self, job: TraceJob) -> None:
        self._job = None
        self._late.stop()
        self._more.stop()
        self.notice_over.emit(KEY)
        self._say(job)
        if job.runs and job.session is self._sessions.session:
            self._sessions.show_run(job.runs[0])
            self._sessions.changed.emit()
            self.kept.emit(job.runs)
        self._go_on()

    def _say(self, job: TraceJob) -> None:
        """What is odd; and how many runs there are now, where it is more than the one on screen."""
        said = job.said[:MOST_SAID]
        buttons = []
        if left := len(job.said) - len(said):
            said.append(more_of(left))
            odd = of_sentences(job.said)
            buttons.append((tr("What was odd"), lambda: self.odd_wanted.emit(odd)))
        if len(job.runs) > 1:
            words = tr("{name}: {count:,} traces became runs {first} to {last}.")
            said.insert(0, words.format(name=job.name, count=len(job.runs), first=job.runs[0], last=job.runs[-1]))
        if said:
            self.notice.emit(Notice(" ".join(said), "warning" if job.said else "hint", tuple(buttons)))

    def _tell(self) -> None:
        if self._job is not None:
            words = tr("{file} is being read…").format(file=self._job.name)
            self.notice.emit(Notice(words, "hint", ((tr("Cancel"), self.cancel),), key=KEY))


def is_trace_file(path: Path) -> bool:
    """Whether a file is taken for one with traces."""
    return path.suffix.lower() in SUFFIXES
