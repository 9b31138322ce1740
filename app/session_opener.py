"""Opens session files: small ones at once, large ones in a thread, for all of a file is checked before it is trusted.

Knows no widget, and not what becomes of the session.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

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


class _Wish(NamedTuple):
    path: Path
    then: Callable[[Session], None]


class SessionOpener(QObject):
    """One file at a time: who asks for another one, or cancels, does not want the former any more."""

    notice = Signal(object)
    notice_over = Signal(str)

    def __init__(self, when_idle: Callable[[Callable[[], None]], None], parent: QObject | None = None) -> None:
        """`when_idle` calls back when no run is under way."""
        super().__init__(parent)
        self._when_idle = when_idle
        self._job: FileJob[Session] = FileJob(NOT_OPENED, self)
        self._job.notice.connect(self.notice)
        self._job.notice_over.connect(self.notice_over)
        self._job.over.connect(self._go_on)
        self._wish: _Wish | None = None  # whose file is being opened, or waits for a run to stop
        self._next: _Wish | None = None
        self._found: Session | None = None  # open, and nobody's yet
        self._waiting: list[Callable[[], None]] = []
        self._words = ""
        self._late = QTimer(self, singleShot=True)
        self._late.timeout.connect(self._tell)

    def open(self, path: Path, then: Callable[[Session], None]) -> None:
        """Call `then` with the session at `path`, when it has been opened and no run is under way any more; why it
        cannot be opened is said."""
        wish = _Wish(path.absolute(), then)
        if self._wish is not None and self._wish.path == wish.path:
            self._wish = wish
            return
        self._drop()
        if self._job.is_under_way:
            self._next = wish
        else:
            self._begin(wish)

    def when_settled(self, then: Callable[[], None]) -> None:
        """Call `then` when no file is being opened: at once, or when it is open or will not be."""
        if self._wish is None and self._next is None:
            then()
        else:
            self._waiting.append(then)

    def cancel(self) -> None:
        """What is being opened is not wanted any more."""
        self._drop()
        self._settle()

    def close(self) -> None:
        """Nothing is being opened any more when this returns, and no session is open that nobody has."""
        self._waiting.clear()
        self._drop()
        self._job.close()

    def _drop(self) -> None:
        self._wish = self._next = None
        self._late.stop()
        self._job.cancel()
        self.notice_over.emit(NOT_OPENED)
        if self._found is not None:
            self._found.close()
            self._found = None

    def _begin(self, wish: _Wish) -> None:
        self._wish = wish
        size = _size(wish.path)
        if size > LARGE_OLD and is_behind(wish.path):
            self._open_large(wish.path, tr("{file} was written by an older Espalier and is being brought up to date…"))
        elif size > LARGE:
            self._open_large(wish.path, tr("{file} is being opened…"))
        else:
            self._open_small(wish.path)

    def _open_large(self, path: Path, words: str) -> None:
        self._words = words.format(file=one_line(path.name))
        self._late.start(round(QUICK * 1000))
        self._job.begin(
            lambda _done, _total: "",
            lambda _, is_unwanted: _opened(path, is_unwanted),
            self._take,
            Session.close,
        )

    def _tell(self) -> None:
        self.notice.emit(Notice(self._words, "hint", ((tr("Cancel"), self.cancel),), NOT_OPENED))

    def _open_small(self, path: Path) -> None:
        try:
            session = Session.open(path)
        except SessionError as error:
            self.notice.emit(Notice(str(error), key=NOT_OPENED))
            self._go_on()
        else:
            self._take(session)

    def _take(self, session: Session) -> None:
        self._late.stop()
        self._found = session
        self._when_idle(self._hand_over)

    def _hand_over(self) -> None:
        wish, session = self._wish, self._found
        self._wish = self._found = None
        if wish is not None and session is not None:  # else it was given up while a run was being stopped
            wish.then(session)
            self._go_on()

    def _go_on(self) -> None:
        """A file is open, or will not be: open what was asked for in its place, if anything was."""
        if self._job.is_under_way or self._found is not None:
            return
        self._late.stop()
        self._wish, wish, self._next = None, self._next, None
        if wish is not None:
            self._begin(wish)
        else:
            self._settle()

    def _settle(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            self.when_settled(then)  # the one before may have opened another file


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
