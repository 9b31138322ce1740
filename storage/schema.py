"""Opening a file that anybody may have made: nothing in it is trusted before it has been looked at.

After sqlite.org, "Defense Against the Dark Arts": the header first, then limits, then pragmas, then a check, and only
then the first table. A file must hold exactly the schema that our migrations make, so it cannot bring views, triggers,
virtual tables or computed columns of its own. Knows no rows.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path, PurePath
from typing import TypeAlias

from storage.errors import SessionError, explain
from storage.migrations import APPLICATION_ID, current_version, migrate

LARGEST_VALUE = 50_000_000
"""Bytes of one text or blob."""

Schema: TypeAlias = dict[str, tuple[str, str]]
"""Name of each object -> its type and its SQL."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LARGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 10,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 250_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
_HEADER_BYTES = 100
_ROLLBACK_JOURNAL = b"\x01\x01"
_STATISTICS = (
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
)
"""Tables that SQLite itself adds to any file that somebody analysed."""
_STATEMENTS = {"table": ("CREATE TABLE ",), "index": ("CREATE INDEX ", "CREATE UNIQUE INDEX ")}
"""How SQLite keeps the two kinds of objects that a file may hold; a forged one may call a view a table."""


def read_version(path: Path) -> int:
    """The schema version in the header of a session file. Raises SessionError if it is no session file."""
    try:
        if path.is_dir():
            raise SessionError(f"{path.name} is a folder, not a session file.")
        if path.exists() and not path.is_file():  # opened, a pipe would be waited for without an end
            raise SessionError(f"{path.name} is a pipe or a device, not a session file.")
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        raise SessionError(f"{path.name} does not exist in {path.parent}.") from None
    except OSError as error:
        raise explain("opened", path, error) from error
    if not head:
        raise SessionError(f"{path.name} is empty: a session file has at least a header. Restore it from a backup.")
    if len(head) < _HEADER_BYTES or head[:16] != b"SQLite format 3\0":
        raise SessionError(f"{path.name} is not a session file of Espalier, or its beginning is damaged.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise SessionError(f"{path.name} is an SQLite database of another program, not a session file of Espalier.")
    if head[18:20] != _ROLLBACK_JOURNAL:
        raise SessionError(
            f"{path.name} was switched to another journal mode by another program. "
            "Run `PRAGMA journal_mode=DELETE` in that program, then open it again."
        )
    return int.from_bytes(head[60:64], "big")


def connect(path: Path, *, writable: bool = False) -> sqlite3.Connection:
    """A hardened connection in autocommit mode; without `writable` it can change nothing. Raises sqlite3.Error."""
    mode = "rw" if writable else "ro"
    connection = sqlite3.connect(f"{uri_of(path.absolute())}?mode={mode}", uri=True, isolation_level=None, timeout=2.0)
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    pragmas = ["trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"]
    pragmas += ["synchronous=FULL", "secure_delete=ON"] if writable else ["query_only=ON"]
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def uri_of(path: PurePath) -> str:
    """An absolute path as SQLite takes it: without a host, so that of a network drive is a part of the path."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


def set_deadline(connection: sqlite3.Connection, path: Path) -> None:
    """From now on, interrupt what takes far longer than an honest file of this size would."""
    end = time.monotonic() + 30 + path.stat().st_size / 1e6
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)


def check_contents(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Look at pages and schema before anything is read. Raises SessionError, or sqlite3.Error on damage."""
    set_deadline(connection, path)
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        what = " ".join(found.removeprefix("*** in database main ***").split())
        raise SessionError(f"{path.name} is damaged ({what}). Restore it from a backup.")
    objects = _objects(connection)
    newer = version > current_version()
    expected = expected_schema(min(version, current_version()))
    for name, kind, sql in objects:
        if not sql.startswith(_STATEMENTS.get(kind, ())):
            raise SessionError(f"{path.name} holds a {kind} called {name}; Espalier opens no file with code in it.")
        if not newer and name not in expected:
            raise SessionError(f"{path.name} holds a {kind} called {name} that Espalier did not make.")
    for name, (kind, sql) in expected.items():
        if not newer and (name, kind, sql) not in objects:
            raise SessionError(f"The {kind} {name} of {path.name} is missing or is not as Espalier made it.")
        if newer and kind == "table":
            _check_columns(connection, path, name, version)


def _check_columns(connection: sqlite3.Connection, path: Path, table: str, version: int) -> None:
    """A newer file may have more columns than we know, never fewer, and none that is computed."""
    with closing(_empty_file(current_version())) as ours:
        wanted = {row[1] for row in ours.execute(f"PRAGMA table_xinfo({table})")}
    rows = connection.execute(f"PRAGMA table_xinfo({table})").fetchall()
    if not wanted <= {row[1] for row in rows} or any(row[6] for row in rows):
        raise SessionError(
            f"{path.name} was written by a newer Espalier (file version {version}) that this one cannot read. "
            "Install the newer one."
        )


def expected_schema(version: int) -> Schema:
    """What a file of this version holds: made by the migrations themselves."""
    with closing(_empty_file(version)) as connection:
        return {name: (kind, sql) for name, kind, sql in _objects(connection)}


def _empty_file(version: int) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, version)
    return connection


def _objects(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Name, type and SQL of all but what SQLite itself adds. That is told by its SQL, not by its name: a forged file
    may call anything by a name of SQLite's."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    added = {("index", None), *(("table", sql) for sql in _STATISTICS)}  # the index of a primary key has no SQL
    return [(str(name), str(kind), str(sql)) for kind, name, sql in rows if (kind, sql) not in added]
