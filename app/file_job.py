"""Work on a session file in a thread of its own: how far it is, the way to give it up, how it ended.

Imports what writes when it is first asked for it. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from app.banner import Notice
from app.language import tr
from storage.errors import SessionError

if TYPE_CHECKING:
    from storage.rewriting import IsUnwanted, Progress

QUICK = 0.5
"""Seconds that nobody needs to be told about."""
PAUSE = 0.1
"""Seconds between two words about how far it is."""

T = TypeVar("T")


class FileJob(QObject, Generic[T]):
    """One piece of work at a time; `key` is that of its notices."""

    notice = Signal(object)
    notice_over = Signal(str)
    over = Signal()
    """It has ended, however it did, and whoever wanted it has heard: something else may begin."""
    _progressed = Signal(int, int)  # said by the thread
    _ended = Signal()

    def __init__(self, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._thread: Thread | None = None
        self._unwanted = Event()
        self._outcome: tuple[T | None, str] | None = None  # what came of it, or why nothing did
        self._done: Callable[[T], None] = lambda _: None
        self._drop: Callable[[T], None] | None = None
        self._words: Callable[[int, int], str] = lambda _done, _total: ""
        self._nothing = ""
        self._next_word = 0.0
        self._progressed.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def is_under_way(self) -> bool:
        return self._thread is not None

    def begin(
        self,
        words: Callable[[int, int], str],
        work: Callable[[Progress, IsUnwanted], T],
        done: Callable[[T], None],
        drop: Callable[[T], None] | None = None,
        nothing: str = "",
    ) -> None:
        """Do `work` in a thread, and `done` with what comes of it in this one; nothing while something is under way.

        `words` say how far it is: so many events are done, of so many. `drop` is called in place of `done` where
        nobody wants any more what was just about to be there; without it such a wish comes too late. `nothing` is said
        where nothing came of it and no error says why.
        """
        if self._thread is not None:
            return
        self._unwanted.clear()
        self._words, self._done, self._drop, self._next_word = words, done, drop, monotonic() + QUICK
        self._nothing = nothing
        self._thread = Thread(target=self._work, args=(work,), daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """What is under way is not wanted any more; nothing of it is left."""
        self._unwanted.set()

    def close(self) -> None:
        """Nothing is read or written any more when this returns, and nobody is told what came of it."""
        self.cancel()
        self._done = lambda _: None
        if self._thread is not None:
            self._thread.join()
            self._end()  # no event loop may come to it any more

    def _work(self, work: Callable[[Progress, IsUnwanted], T]) -> None:
        from storage.rewriting import Unwanted

        result, error = None, ""
        try:
            result = work(self._progressed.emit, self._unwanted.is_set)
        except Unwanted:
            pass
        except SessionError as problem:
            error = str(problem)
        finally:
            self._outcome = result, error
            self._ended.emit()

    def _tell(self, done: int, total: int) -> None:
        if self._thread is None or self._unwanted.is_set() or monotonic() < self._next_word:
            return
        self._next_word = monotonic() + PAUSE
        cancel = ((tr("Cancel"), self.cancel),)
        self.notice.emit(Notice(self._words(done, total), "hint", cancel, key=self._key))

    def _end(self) -> None:
        if self._outcome is None or self._thread is None:  # `close` was here first
            return
        self._thread.join()
        (result, error), self._outcome, self._thread = self._outcome, None, None
        self.notice_over.emit(self._key)
        if error:
            self.notice.emit(Notice(error, key=self._key))
        elif result is not None:
            done = self._drop if self._drop is not None and self._unwanted.is_set() else self._done
            done(result)
        elif self._nothing:
            self.notice.emit(Notice(self._nothing, "hint", key=self._key))
        self.over.emit()


def told(progress: Progress, is_unwanted: IsUnwanted) -> Progress:
    """The same progress for work that can only be stopped by what its progress raises."""
    from storage.rewriting import Unwanted

    def tell(done: int, total: int) -> None:
        if is_unwanted():
            raise Unwanted
        progress(done, total)

    return tell
