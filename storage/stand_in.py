"""A private copy that is read in place of a file which may not be touched. Knows tables as far as migrations do.

A file from elsewhere, or one that another program holds, is never written to: not to bring it up to date, and not to
undo the commit that a crash cut short. Both happen to the copy, which goes when it is closed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.copying import copy_into
from storage.errors import SessionError
from storage.lock import FileLock
from storage.migrations import migrate
from storage.schema import connect

_PREFIX, _NAME = "espalier-stand-in-", "session.espalier"
_YOUNG = 60.0
"""Seconds that the maker of a folder has to seize it."""
_NAMES_ANOTHER = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""The end of a journal that names a super-journal (SQLite's pager.c, `readSuperJournal`)."""


class StandIn:
    """The copy is at `path`. Close it; those of processes that were killed are taken away by the next one."""

    def __init__(self) -> None:
        """Raises OSError."""
        self._folder = TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
        self.path = Path(self._folder.name) / _NAME
        self._lock = FileLock.acquire(self.path)
        _sweep(self.path.parent)

    @classmethod
    def repaired(cls, original: Path) -> StandIn:
        """A copy in which the commit that a crash cut short is undone. Raises OSError, sqlite3.Error, SessionError."""
        made = cls()
        try:
            shutil.copyfile(original, made.path)
            with suppress(FileNotFoundError):
                shutil.copyfile(_journal(original), _journal(made.path))
                _check_journal(_journal(made.path), original)
            with closing(connect(made.path, writable=True)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            made.close()
            raise
        return made

    @classmethod
    def updated(cls, connection: sqlite3.Connection) -> StandIn:
        """A copy of an open file, brought up to date. Raises OSError, sqlite3.Error, or what a migration raises."""
        made = cls()
        try:
            copy_into(connection, made.path)
            with closing(connect(made.path, writable=True)) as fresh:
                migrate(fresh)
        except BaseException:
            made.close()
            raise
        return made

    def close(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        self._folder.cleanup()


def _sweep(own: Path) -> None:
    """Take away the folders of this user that nobody holds any more."""
    for folder in own.parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            found = folder.lstat()
            is_theirs = not stat.S_ISDIR(found.st_mode) or found.st_uid != own.lstat().st_uid
            if is_theirs or time.time() - found.st_mtime < _YOUNG:
                continue
            lock = FileLock.acquire(folder / _NAME)
            if lock is not None:
                lock.release()
                shutil.rmtree(folder)


def _check_journal(journal: Path, original: Path) -> None:
    """Raises SessionError for a journal that names another file: SQLite would delete that, whatever it is."""
    with journal.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - len(_NAMES_ANOTHER)))
        is_named = file.read() == _NAMES_ANOTHER
    if is_named:
        raise SessionError(
            f"The file {original.name}-journal beside {original.name} names another file, as none of Espalier's does, "
            "and may be made to do harm. Take it away to open the session without it."
        )


def _journal(path: Path) -> Path:
    """Where SQLite keeps what a commit replaces: beside the file itself, wherever links lead."""
    real = path.resolve()
    return real.with_name(f"{real.name}-journal")
