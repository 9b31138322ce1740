"""Other files made of the open session: one of the user's own of a session from elsewhere, and one for others.

A file from elsewhere is only ever read; what can be read of it is checked and written into a fresh file. Knows no
widget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.banner import Notice
from app.file_job import FileJob
from app.language import tr
from app.plain_text import one_line
from app.working_files import WorkingFiles
from storage.errors import SessionError
from storage.session import Session

if TYPE_CHECKING:
    from storage.rewriting import IsUnwanted, Progress, Rewritten

COPIED = "session-copy"
"""Of the notices about it."""
OpenFile = Callable[[Path, Callable[[], None]], None]
Left = Counter[str]
"""By the names of storage.sharing.PARTS."""


class SessionCopies(QObject):
    """Of one window, one at a time."""

    notice = Signal(object)
    notice_over = Signal(str)

    def __init__(self, files: WorkingFiles, open_file: OpenFile, parent: QObject | None = None) -> None:
        """`open_file` is called with a copy to work in, once it is there, and calls back when it is open."""
        super().__init__(parent)
        self._files, self._open_file = files, open_file
        self._counting: FileJob[Left] = FileJob("", self)  # says nothing
        self._working: FileJob[Rewritten] = FileJob(COPIED, self)
        self._sharing: FileJob[tuple[Rewritten, Left]] = FileJob(COPIED, self)
        for job in (self._working, self._sharing):
            job.notice.connect(self.notice)
            job.notice_over.connect(self.notice_over)

    def work_in(self, source: Path, wanted: Path | None = None) -> None:
        """Write what can be read of `source` into a session of the user's own, and go on there: a working file, where
        nobody `wanted` it anywhere."""
        from storage.converting import convert

        try:
            target = wanted or self._files.fresh(source.stem)
        except OSError as error:
            self.notice.emit(Notice(why_none_kept(error), key=COPIED))
            return
        self._working.begin(
            lambda done, total: _progress(source, done, total),
            lambda progress, is_unwanted: convert(source, target, progress, is_unwanted),
            lambda done: self._show(source, target, done),
        )

    def share(self, session: Session, target: Path, without: Collection[str]) -> None:
        """Write a copy for others to `target`, without these parts; what was left out is said."""
        from storage.sharing import share

        def work(progress: Progress, is_unwanted: IsUnwanted) -> tuple[Rewritten, Left]:
            session.flush()
            with Session.look(session.path) as beside:
                return share(beside, target, without, progress, is_unwanted)

        self._sharing.begin(
            lambda done, total: _progress(session.path, done, total), work,
            lambda done: self._tell_shared(target, *done, without),
        )  # fmt: skip

    def count(self, session: Session, done: Callable[[Left], None]) -> None:
        """Tell how much there is of what may be left out, once it is known."""
        from storage.sharing import what_would_be_left_out

        def work(progress: Progress, is_unwanted: IsUnwanted) -> Left:
            session.flush()
            with Session.look(session.path) as beside:
                return what_would_be_left_out(beside, progress, is_unwanted)

        self._counting.begin(lambda _done, _total: "", work, done)

    def stop_counting(self) -> None:
        """Nobody wants to know any more."""
        self._counting.close()

    def close(self) -> None:
        """Nothing is read or written any more when this returns."""
        for job in (self._counting, self._working, self._sharing):
            job.close()

    def _show(self, source: Path, target: Path, done: Rewritten) -> None:
        words = tr("This is your own copy of {file}; the file itself stays as it is.")
        self._open_file(target, lambda: self._tell(words.format(file=one_line(source.name)), done))

    def _tell_shared(self, target: Path, done: Rewritten, left: Left, without: Collection[str]) -> None:
        from app.words.sharing import left_out

        words = tr("The copy for others is {path}.").format(path=one_line(str(target)))
        self._tell(f"{words} {left_out(left, without)}", done)

    def _tell(self, words: str, done: Rewritten) -> None:
        damage = "".join(f" {one_line(sentence)}" for sentence in done.damage)
        self.notice.emit(Notice(words + damage, "warning" if damage else "hint", key=COPIED))


def why_none_kept(error: SessionError | OSError) -> str:
    """Why there can be no working file, as a sentence."""
    why = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) else error
    return tr("No session can be kept: {error}").format(error=why)


def _progress(source: Path, done: int, total: int) -> str:
    words = tr("{file} is being copied: {done:,} of {total:,} events…")
    return words.format(file=one_line(source.name), done=done, total=total)
