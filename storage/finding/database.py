"""The database of the index: its tables, and how it is opened. Knows no session."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

VERSION = 2
LOWERED = "lowered"
"""A function for statements: a text in small letters of any alphabet."""

_SCHEMA = (
    "CREATE TABLE files (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, session TEXT NOT NULL,"
    " size INTEGER NOT NULL, changed INTEGER NOT NULL) STRICT",
    "CREATE TABLE runs (file INTEGER NOT NULL, run INTEGER NOT NULL, events INTEGER NOT NULL, nodes INTEGER NOT NULL,"
    " problem TEXT NOT NULL, PRIMARY KEY (file, run)) STRICT, WITHOUT ROWID",
    "CREATE TABLE places (id INTEGER PRIMARY KEY, file INTEGER NOT NULL, run INTEGER NOT NULL, node INTEGER NOT NULL,"
    " kind INTEGER NOT NULL) STRICT",
    "CREATE INDEX places_of ON places (file, run, node, kind)",
    "CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='trigram')",
)


def connected(path: Path) -> sqlite3.Connection:
    """The index at `path`, made if there is none. Raises sqlite3.DatabaseError where something else stands there."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=10.0)
    try:
        if path.stat().st_mode & 0o077:
            with suppress(OSError):
                path.chmod(0o600)  # it holds what sessions say, and nobody else needs to read it
        connection.create_function(LOWERED, 1, str.lower, deterministic=True)
        connection.execute("PRAGMA synchronous = OFF")  # what a crash of the machine breaks is made again
        connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is not in free pages either
        if _version(connection) == 0:
            with transaction(connection):
                if _version(connection) == 0:  # else another process made it a moment ago
                    _make(connection)
        if _version(connection) != VERSION:
            raise sqlite3.DatabaseError("it was made by another version")
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _make(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that happens in the block, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """The same for a part of a transaction."""
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO part")
        raise
    finally:
        connection.execute("RELEASE part")
