"""The index: one database in the user's cache that knows the texts of sessions, brought up to date when asked.

It stands outside of the documents: a session file may hold no virtual table (nobody's file brings code in), and with an
index in it would be twice its size for everybody it is sent to. What is lost with the cache is made again. Knows no Qt.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, get_args

from engine.events import NodeId
from storage.errors import SessionError
from storage.finding.database import LOWERED, connected, savepoint, transaction
from storage.finding.query import Query
from storage.finding.texts import Kind, Text, texts_of
from storage.runs import RunInfo
from storage.session import Session

MOST_HITS = 500
COUNTED = 10_000
"""More hits than these are not counted."""
BEFORE, AFTER = 40, 120
"""Characters of a text that are shown around the first term."""
LONGEST_PROBLEM = 1_000
TURN_SECONDS = 0.25
"""Of one transaction: a commit costs as much as a small run, and others wait for their turn."""

Progress = Callable[[str], None]
"""Hears the name of the file that is read."""
KINDS: tuple[Kind, ...] = get_args(Kind)
REPLACED: tuple[Kind, ...] = ("note", "name")
"""Said in place of what was said before."""

_FROM = (
    "FROM texts JOIN places ON places.id = texts.rowid JOIN files ON files.id = places.file "
    "JOIN runs ON runs.file = places.file AND runs.run = places.run"
)


class Hit(NamedTuple):
    """A text that holds every term."""

    path: Path
    run: int
    node: NodeId
    kind: Kind
    problem: str
    """Of the run, as it was typed."""
    text: str
    """The piece around the first term, cut out of the text."""
    marks: tuple[tuple[int, int], ...]
    """Where terms stand in `text`, [start, end)."""


class Found(NamedTuple):
    """What a search came to: by file, run and node."""

    hits: tuple[Hit, ...]
    total: int
    """How many there are, of which the first MOST_HITS are `hits`; COUNTED + 1 stands for more."""


class TextIndex:
    """Safe to use from several threads and processes; each method opens the database for itself."""

    def __init__(self, path: Path) -> None:
        """`path` is made when it is needed; what stands there and is no index of this version is replaced."""
        self.path = path
        self._guard = threading.Lock()

    def read_session(
        self, session: Session, is_unwanted: Callable[[], bool] = lambda: False, progress: Progress = lambda _name: None
    ) -> None:
        """Take in what is new in a session, which may be growing. Broken off, the rest is read the next time.

        Raises SessionError where a log is damaged, after the other runs have been taken in.
        """
        with self._open() as connection:
            self._take(connection, session, is_unwanted, progress)

    def read_files(
        self,
        paths: Iterable[Path],
        is_unwanted: Callable[[], bool] = lambda: False,
        progress: Progress = lambda _n: None,
    ) -> dict[Path, str]:
        """Take in every file that has changed since it was read; what cannot be read, and why, as sentences.

        What is known of files that are gone, wherever they were, is forgotten.
        """
        errors: dict[Path, str] = {}
        with self._open() as connection:
            _forget(connection)
            for path in paths:
                if is_unwanted():
                    break
                try:
                    if not _is_known(connection, path):
                        with closing(Session.look(path)) as session:
                            self._take(connection, session, is_unwanted, progress)
                except (SessionError, OSError) as error:
                    errors[path] = str(error)
        return errors

    def find(self, query: Query, paths: Sequence[Path] | None = None, most: int = MOST_HITS) -> Found:
        """Texts that hold every term, in these files or in all that are known; ordered by file, run and age."""
        if not query.terms or not self.path.exists():
            return Found((), 0)
        with self._open() as connection:
            condition, values = _condition(connection, query, paths)
            rows = connection.execute(
                f"SELECT files.path, places.run, node, kind, problem, text {_FROM} WHERE {condition} "
                "ORDER BY texts.rowid LIMIT ?",
                (*values, most),
            ).fetchall()
            total = len(rows)
            if total == most:
                counted = f"SELECT count(*) FROM (SELECT 1 {_FROM} WHERE {condition} LIMIT ?)"
                total = connection.execute(counted, (*values, COUNTED + 1)).fetchone()[0]
        return Found(tuple(_hit(row, query) for row in rows), total)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The database. Raises SessionError with what is wrong with it."""
        try:
            with self._guard, closing(self._connect()) as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
                with suppress(OSError):
                    self.path.unlink(missing_ok=True)  # the next one makes it anew
            raise SessionError(f"The index of texts at {self.path} cannot be used: {error}.") from error

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return connected(self.path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # busy, or no FTS5: making it anew would not help
                raise
            self.path.unlink(missing_ok=True)
            return connected(self.path)

    def _take(
        self, connection: sqlite3.Connection, session: Session, is_unwanted: Callable[[], bool], progress: Progress
    ) -> None:
        stamp = _stamp(session.path)  # what is written while it is read is read the next time
        with transaction(connection):
            number = _file(connection, session)
        damage: SessionError | None = None
        runs, is_more = iter(session.runs()), True
        while is_more:
            is_more, end = False, time.monotonic() + TURN_SECONDS
            with transaction(connection):  # what is known is asked in it: another process may be at the same
                for info in runs:
                    known = _known(connection, number, info.id)
                    if info.events <= known[0]:
                        continue
                    if is_unwanted():
                        return
                    progress(session.path.name)
                    try:
                        with savepoint(connection):
                            _take_run(connection, number, session, info, known)
                    except SessionError as error:
                        damage = damage or error
                    if is_more := time.monotonic() > end:
                        break
        if damage is not None:
            raise damage
        connection.execute("UPDATE files SET size = ?, changed = ? WHERE id = ?", (*stamp, number))


def _take_run(
    connection: sqlite3.Connection, number: int, session: Session, info: RunInfo, known: tuple[int, int]
) -> None:
    """What came after the `known` events and nodes."""
    for text in texts_of(session, info, *known):
        _write(connection, number, info.id, text)
    row = (number, info.id, info.events, info.nodes, info.plan.text[:LONGEST_PROBLEM])
    connection.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?)", row)


def _file(connection: sqlite3.Connection, session: Session) -> int:
    """The number of a session's file."""
    path, identity = _key(session.path), session.properties().get("id", "")
    row = connection.execute("SELECT id, session FROM files WHERE path = ?", (path,)).fetchone()
    if row is not None:
        known = connection.execute("SELECT run, events FROM runs WHERE file = ?", (row[0],)).fetchall()
        now = {info.id: info.events for info in session.runs()}
        if row[1] == identity and all(now.get(run, 0) >= events for run, events in known):
            return int(row[0])
        _drop(connection, row[0])  # another file of this name, or an older copy
    made = connection.execute("INSERT INTO files (path, session, size, changed) VALUES (?, ?, 0, 0)", (path, identity))
    return made.lastrowid or 0


def _known(connection: sqlite3.Connection, number: int, run: int) -> tuple[int, int]:
    """How far a run was read: events and nodes."""
    row = connection.execute("SELECT events, nodes FROM runs WHERE file = ? AND run = ?", (number, run)).fetchone()
    return (0, 0) if row is None else (row[0], row[1])


def _forget(connection: sqlite3.Connection) -> None:
    """Drop what is known of files that are gone."""
    for number, path in connection.execute("SELECT id, path FROM files").fetchall():
        with suppress(OSError):  # who may not look knows nothing
            if not Path(os.fsdecode(path)).exists():
                with transaction(connection):
                    _drop(connection, number)


def _is_known(connection: sqlite3.Connection, path: Path) -> bool:
    row = connection.execute("SELECT size, changed FROM files WHERE path = ?", (_key(path),)).fetchone()
    return row is not None and row == _stamp(path)


def _key(path: Path) -> bytes:
    """A path as the system has it: it need not be text."""
    return os.fsencode(path.absolute())


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _drop(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM texts WHERE rowid IN (SELECT id FROM places WHERE file = ?)", (number,))
    for table, column in (("places", "file"), ("runs", "file"), ("files", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))


def _write(connection: sqlite3.Connection, number: int, run: int, text: Text) -> None:
    place = (number, run, text.node, KINDS.index(text.kind))
    if text.kind in REPLACED:
        where = "file = ? AND run = ? AND node = ? AND kind = ?"
        connection.execute(f"DELETE FROM texts WHERE rowid IN (SELECT id FROM places WHERE {where})", place)
        connection.execute(f"DELETE FROM places WHERE {where}", place)
    if text.text.strip():
        made = connection.execute("INSERT INTO places (file, run, node, kind) VALUES (?, ?, ?, ?)", place)
        connection.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", (made.lastrowid, text.text))


def _condition(
    connection: sqlite3.Connection, query: Query, paths: Sequence[Path] | None
) -> tuple[str, tuple[str | int, ...]]:
    """What rows have to fulfil, and the values in it."""
    parts: list[str] = []
    values: list[str | int] = []
    if query.indexed:
        parts.append("texts MATCH ?")
        values.append(query.indexed)
    for term in query.short:
        lower = "lower" if term.isascii() else LOWERED  # SQLite's own knows ASCII alone, and is much faster
        parts.append(f"instr({lower}(text), {lower}(?)) > 0")
        values.append(term)
    if paths is not None:
        wanted = set(map(_key, paths))
        rows = connection.execute("SELECT id, path FROM files").fetchall()
        numbers = [number for number, path in rows if path in wanted]
        parts.append(f"places.file IN ({', '.join(map(str, numbers))})")
    return " AND ".join(parts), tuple(values)


def _hit(row: tuple[bytes, int, NodeId, int, str, str], query: Query) -> Hit:
    path, run, node, kind, problem, text = row
    first = query.first(text)  # a text may be a million characters: not all places in it
    begin = max(0, first - BEFORE)
    piece = text[begin : first + AFTER]
    return Hit(Path(os.fsdecode(path)), run, node, KINDS[kind], problem, piece, tuple(query.places(piece)))
