"""A private copy that is read in place of a file which may not be touched. Knows tables as far as migrations do.

A file from elsewhere, or one that another program holds, is never written to: not to bring it up to date, and not to
undo the commit that a crash cut short. Both happen to the copy, which goes when it is closed.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.copying import copy_into
from storage.migrations import migrate
from storage.schema import connect


class StandIn:
    """The copy is at `path`. Close it."""

    def __init__(self, original: Path) -> None:
        """Raises OSError."""
        self._folder = TemporaryDirectory(prefix="espalier-", ignore_cleanup_errors=True)
        self.path = Path(self._folder.name) / "session.espalier"
        self.original = original

    @classmethod
    def repaired(cls, original: Path) -> StandIn:
        """A copy in which the commit that a crash cut short is undone. Raises OSError or sqlite3.Error."""
        made = cls(original)
        try:
            shutil.copyfile(original, made.path)
            with suppress(FileNotFoundError):
                shutil.copyfile(_journal(original), _journal(made.path))
            with closing(connect(made.path, writable=True)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            made.close()
            raise
        return made

    @classmethod
    def updated(cls, original: Path, connection: sqlite3.Connection) -> StandIn:
        """A copy of an open file, brought up to date. Raises OSError, sqlite3.Error, or what a migration raises."""
        made = cls(original)
        try:
            copy_into(connection, made.path)
            with closing(connect(made.path, writable=True)) as fresh:
                migrate(fresh)
        except BaseException:
            made.close()
            raise
        return made

    def close(self) -> None:
        self._folder.cleanup()


def _journal(path: Path) -> Path:
    """Where SQLite keeps what a commit replaces: beside the file itself, wherever links lead."""
    real = path.resolve()
    return real.with_name(f"{real.name}-journal")
