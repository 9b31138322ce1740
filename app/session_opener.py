"""Opens session files: small ones at once, large ones in a thread, for all of a file is checked before it is trusted.

Knows no widget, and not what becomes of the session.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.banner import Notice
from app.file_job import QUICK, FileJob
from app.language import tr
from app.plain_text import one_line
from storage.errors import SessionError
from storage.opening import is_behind
from storage.session import Session

NOT_OPENED = "not-opened"
"""Key of the notice that a file could not be opened, or is about to be."""
READ_ONLY = "read-only"
"""Of the notice that nothing can be written to it."""
LARGE = 20_000_000
"""Bytes that are checked in about a fifth of a second."""
LARGE_OLD = 10_000_000
"""Bytes that are brought up to date in about a quarter of a second."""


class SessionOpener(QObject):
    """One file at a time: what is asked for while a large one is being opened is not heard."""

    notice = Signal(object)
    notice_over = Signal(str)

    def __init__(self, when_idle: Callable[[Callable[[], None]], None], parent: QObject | None = None) -> None:
        """`when_idle` calls back when no run is under way."""
        super().__init__(parent)
        self._when_idle = when_idle
        self._job: FileJob[Session] = FileJob(NOT_OPENED, self)
        self._job.notice.connect(self.notice)
        self._job.notice_over.connect(self.notice_over)

    def open(self, path: Path, then: Callable[[Session], None]) -> None:
        """Call `then` with the session at `path` when no run is under way; why it cannot be opened is said."""
        self._when_idle(lambda: self._open(path, then))

    def close(self) -> None:
        """Nothing is being opened any more when this returns."""
        self._job.close()

    def _open(self, path: Path, then: Callable[[Session], None]) -> None:
        if self._job.is_under_way:
            return
        size = _size(path)
        if size > LARGE_OLD and is_behind(path):
            words = tr("{file} was written by an older Espalier and is being brought up to date…")
            self._open_large(path, words, then)
        elif size > LARGE:
            self._open_large(path, tr("{file} is being opened…"), then)
        else:
            self._open_small(path, then)

    def _open_large(self, path: Path, words: str, then: Callable[[Session], None]) -> None:
        notice = Notice(words.format(file=one_line(path.name)), "hint", ((tr("Cancel"), self._job.cancel),), NOT_OPENED)
        self._job.begin(
            lambda _done, _total: "",
            lambda _, is_unwanted: _opened(path, is_unwanted),
            lambda session: self._when_idle(lambda: then(session)),  # a run may have begun in the meantime
        )
        QTimer.singleShot(round(QUICK * 1000), self, lambda: self._tell(notice))

    def _tell(self, notice: Notice) -> None:
        if self._job.is_under_way:
            self.notice.emit(notice)

    def _open_small(self, path: Path, then: Callable[[Session], None]) -> None:
        try:
            session = Session.open(path)
        except SessionError as error:
            self.notice.emit(Notice(str(error), key=NOT_OPENED))
            return
        self.notice_over.emit(NOT_OPENED)
        then(session)


def read_only_notice(session: Session, save_as: Callable[[], None], work_in_copy: Callable[[], None]) -> Notice:
    """Why nothing can be written to a session, and what can be done about it."""
    buttons = [(tr("Save as…"), save_as)]
    if session.is_foreign:
        buttons.insert(0, (tr("Work in a copy"), work_in_copy))
    return Notice(session.why_read_only, "hint", tuple(buttons), key=READ_ONLY)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # which opening will say
        return 0


def _opened(path: Path, is_unwanted: Callable[[], bool]) -> Session:
    """In the thread. Raises SessionError, or Unwanted if nobody wants it any more when it is open."""
    from storage.rewriting import Unwanted

    session = Session.open(path)
    if is_unwanted():
        session.close()
        raise Unwanted
    return session
