"""Opens session files: at once, or in a thread where a large one of an older version is brought up to date first.

Knows no widget, and not what becomes of the session.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.banner import Notice
from app.file_job import FileJob
from app.language import tr
from app.plain_text import one_line
from storage.errors import SessionError
from storage.opening import is_behind
from storage.session import Session

NOT_OPENED = "not-opened"
"""Key of the notice that a file could not be opened, or is about to be."""
LARGE = 10_000_000
"""Bytes that are brought up to date in about a quarter of a second."""


class SessionOpener(QObject):
    """One file at a time: what is asked for while another one is being opened is not heard."""

    notice = Signal(object)
    notice_over = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: FileJob[Session] = FileJob(NOT_OPENED, self)
        self._job.notice.connect(self.notice)
        self._job.notice_over.connect(self.notice_over)

    def open(self, path: Path, then: Callable[[Session], None]) -> None:
        """Call `then` with the session at `path`; why it cannot be opened is said."""
        if is_behind(path) and path.stat().st_size > LARGE:
            words = tr("{file} was written by an older Espalier and is being brought up to date…")
            self.notice.emit(Notice(words.format(file=one_line(path.name)), "hint", key=NOT_OPENED))
            self._job.begin(lambda _done, _total: "", lambda _, is_unwanted: _opened(path, is_unwanted), then)
            return
        try:
            session = Session.open(path)
        except SessionError as error:
            self.notice.emit(Notice(str(error), key=NOT_OPENED))
            return
        self.notice_over.emit(NOT_OPENED)
        then(session)

    def close(self) -> None:
        """Nothing is being opened any more when this returns."""
        self._job.close()


def _opened(path: Path, is_unwanted: Callable[[], bool]) -> Session:
    """In the thread. Raises SessionError, or Unwanted if nobody wants it any more when it is open."""
    from storage.rewriting import Unwanted

    session = Session.open(path)
    if is_unwanted():
        session.close()
        raise Unwanted
    return session
