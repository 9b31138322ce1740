"""Full-text search over sessions, in a thread: what was asked last is answered, and one hit can be gone to.

The index is brought up to date before it is asked, so a search also finds what came in a moment ago. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.banner import Notice
from app.language import tr
from app.plain_text import one_line
from app.probing import Probing
from app.run_controller import RunController
from app.session_controller import SessionController
from storage.errors import SessionError
from storage.session import Session

if TYPE_CHECKING:
    from storage.finding.index import Found, Hit, TextIndex
    from storage.finding.query import Query

Scope = Literal["session", "folder", "working"]
SCOPES: tuple[Scope, ...] = ("session", "folder", "working")
MOST_ERRORS = 3
EVERY_MS = 200
"""Between two words about how far it is."""
KEY = "find"
"""Of the notice that a hit is in another session."""


@dataclass
class _Job:
    """One search, as far as it has come."""

    query: Query
    session: Session
    folder: Path | None
    """None: the session alone."""
    found: Found | None = None
    errors: list[str] = field(default_factory=list)
    reading: str = ""
    """Name of the file that is being read."""
    runs: int = 0
    """Read, or being read, of all files."""
    unwanted: Event = field(default_factory=Event)

    def go_through(self, index: TextIndex) -> None:
        """Read what is new, then look."""
        from storage.finding.files import session_files

        paths = [self.session.path]
        try:
            index.read_session(self.session, self.unwanted.is_set, self._read)
        except SessionError as error:
            self.errors.append(str(error))
        try:
            if self.folder is not None and not self.unwanted.is_set():
                found = session_files(self.folder, self.unwanted.is_set)
                others = [path for path in found if path != self.session.path]
                self.errors += index.read_files(others, self.unwanted.is_set, self._read).values()
                paths += others
            if not self.unwanted.is_set():
                self.found = index.find(self.query, paths)
        except SessionError as error:
            self.errors.append(str(error))

    def _read(self, name: str) -> None:
        self.reading = name
        self.runs += 1


class TextFinder(QObject):
    """Hears what is looked for, says what was found."""

    changed = Signal()
    """Another result, or a search has begun or ended."""
    _done = Signal(object)  # said by the thread

    def __init__(
        self,
        sessions: SessionController,
        runs: RunController,
        probing: Probing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sessions, self._runs, self._probing = sessions, runs, probing
        self._index: TextIndex | None = None
        self._job: _Job | None = None
        self._next: _Job | None = None
        self._thread: Thread | None = None
        self.found: Found | None = None
        """Of the latest search that ended; None before the first."""
        self.errors: Sequence[str] = ()
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._clock = QTimer(self, interval=EVERY_MS)
        self._clock.timeout.connect(self.changed)

    @property
    def busy(self) -> bool:
        return self._job is not None

    @property
    def reading(self) -> str:
        """Name of the file that is being read; empty where the search is quick."""
        return self._job.reading if self._job is not None else ""

    @property
    def runs_read(self) -> int:
        """By the search that is under way."""
        return self._job.runs if self._job is not None else 0

    def use(self, index: TextIndex) -> None:
        """Another index than the user's."""
        self._index = index

    def search(self, words: str, scope: Scope) -> None:
        """Look for texts with all these words; an empty wish forgets what was found."""
        from storage.finding.query import parse_query

        query, session = parse_query(words), self._sessions.session
        self.cancel()
        if not query.terms or session is None:
            self.found, self.errors = None, ()
            self.changed.emit()
            return
        self._next = _Job(query, session, self._folder(scope, session))
        self._begin()

    def cancel(self) -> None:
        """What is under way is not wanted any more; what was found stays."""
        self._next = None
        if self._job is not None:
            self._job.unwanted.set()

    def close(self) -> None:
        """The window goes: nothing is read any more when this returns."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def show(self, hit: Hit) -> None:
        """Put the run on the screen, of this session or of another one that is opened, and select the step. Where that
        would stop a run it is offered."""
        if hit.path != self._sessions.path and self._runs.active is not None:
            words = tr("This text is in {file}: opening it stops run {run}, which can be gone on with later.")
            words = words.format(file=one_line(hit.path.name), run=self._runs.active)
            open_it = ((tr("Open it"), lambda: self._open(hit)),)
            self._sessions.notice.emit(Notice(words, "hint", open_it, key=KEY))
        else:
            self._open(hit)

    def _open(self, hit: Hit) -> None:
        self._sessions.notice_over.emit(KEY)
        self._sessions.open(hit.path, lambda: self._probing.show(hit.run, hit.node))

    def _folder(self, scope: Scope, session: Session) -> Path | None:
        if scope == "session":
            return None
        return session.path.parent if scope == "folder" else self._sessions.folder

    def _begin(self) -> None:
        if self._job is not None or self._next is None:
            return
        if self._index is None:
            from storage.finding.files import user_index

            self._index = user_index()
        self._job, self._next = self._next, None
        self._clock.start()
        self._thread = Thread(target=self._work, args=(self._job, self._index), daemon=True, name="text search")
        self._thread.start()
        self.changed.emit()

    def _work(self, job: _Job, index: TextIndex) -> None:
        """In the thread. Whatever happens, the next search may begin."""
        try:
            job.go_through(index)
        finally:
            self._done.emit(job)

    def _take(self, job: _Job) -> None:
        self._job = None
        self._clock.stop()
        if not job.unwanted.is_set():
            self.found = job.found
            self.errors = _said(job.errors)
        self._begin()
        self.changed.emit()


def _said(errors: Sequence[str]) -> Sequence[str]:
    if len(errors) <= MOST_ERRORS:
        return tuple(errors)
    more = tr("And {count:,} files more cannot be read.").format(count=len(errors) - MOST_ERRORS)
    return (*errors[:MOST_ERRORS], more)
