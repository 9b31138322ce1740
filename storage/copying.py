"""Whole copies of a session file: complete on disk before they take their name. Knows no run, no thread."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(target: Path, *, fresh: bool = False) -> Iterator[Path]:
    """A path beside `target` to make a file at; it takes the target's place when the block ends well, else it goes.
    `fresh`: there must be no such file, also not by then, or FileExistsError is raised.

    A link stays one: what it leads to is replaced. Raises OSError, also where something stands that is no plain file: a
    device must never be replaced by one.
    """
    target = target.resolve()
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "it is a folder, a pipe or a device, and no plain file")
    # A name of its own, also beside another thread's, and no longer than the target's, which may be as long as can be.
    temporary = target.with_name(f".{target.name[:40]}.{os.getpid()}.{secrets.token_hex(4)}.new")
    try:
        yield temporary
        _sync(temporary)
        if fresh:
            name_fresh(temporary, target)
        else:
            temporary.replace(target)
        _sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def exporting(target: Path) -> Iterator[Path]:
    """`replacing` for what is written of a session: it never takes the place of one. Raises OSError."""
    if target.is_file() and _is_database(target):
        raise OSError(errno.EEXIST, "a session or another database is there. Choose another name")
    with replacing(target) as temporary:
        yield temporary


def copy_into(connection: sqlite3.Connection, copy: Path) -> None:
    """Write everything of an open file to the new file `copy`, without the pages of deleted rows."""
    query_only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # VACUUM INTO attaches its target and writes there
    connection.execute("PRAGMA query_only = OFF")
    try:
        # As bytes: a name of a file need not be text that SQLite takes.
        connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(copy),))
    finally:
        connection.execute(f"PRAGMA query_only = {query_only}")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def name_fresh(file: Path, name: Path) -> None:
    """Give a file a name that no file has; it may keep the old one, too. Raises FileExistsError, of two who want the
    name at once for one of them, and OSError."""
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: here two at once are not told apart
        if name.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(name)) from None
        file.replace(name)


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file: through links, or by names in which only the case of letters differs, where
    the file system does not tell these apart."""
    with suppress(OSError):
        return one.samefile(other)
    return one.resolve() == other.resolve()  # of what is not there (yet)


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last, where folders can be synced: not on Windows, and not on every network drive. The file
    has its name by now, so nothing failed where that cannot be done."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
