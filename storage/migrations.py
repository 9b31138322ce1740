"""How a session file came to be what it is: numbered functions, each in one transaction with its record.

A new file goes through all of them, an old one through those it lacks, so both end with the same schema, word for word.
Never change one that was released; add the next. Knows no Qt, no log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeAlias

from storage.version_4 import pack_events

APPLICATION_ID = 0x4553504C
"""`ESPL`, at byte 68 of every session file."""

Migration: TypeAlias = Callable[[sqlite3.Connection], None]

# The comments are kept in the file: other tools show them.
_VERSION_1 = (
    """CREATE TABLE session (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT""",
    """CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    created_at REAL NOT NULL,   -- seconds since 1970, UTC, as all times here
    problem TEXT NOT NULL,      -- kind of the problem
    text TEXT NOT NULL,         -- the problem as it was typed
    search TEXT NOT NULL,
    settings TEXT NOT NULL,     -- JSON object
    seed INTEGER NOT NULL,
    budget TEXT NOT NULL,       -- JSON object
    policy TEXT NOT NULL,       -- model folder; empty for the bundled model
    verifiers TEXT NOT NULL,    -- JSON array
    state TEXT NOT NULL,        -- planned, unfinished or finished; this and what follows is read off the events
    started_at REAL,
    finished_at REAL,
    reason TEXT,
    why TEXT,
    chosen INTEGER,             -- the node whose trace is the answer
    answer TEXT,
    correct INTEGER,            -- 1, 0, or NULL where nobody knows
    verdict TEXT,
    gold INTEGER NOT NULL       -- 1 if a known right answer influenced the search
) STRICT""",
    """CREATE TABLE events (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    seq INTEGER NOT NULL,       -- 1, 2, 3 ... without gaps
    at REAL NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,         -- JSON object; the children of an Expanded are numbers of nodes
    PRIMARY KEY (run_id, seq)
) STRICT""",
    """CREATE TABLE nodes (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    node INTEGER NOT NULL,      -- 1, 2, 3 ...; the root is 0, holds the prompt and has no row
    parent INTEGER NOT NULL,
    seq INTEGER NOT NULL,       -- the Expanded event that made it
    step TEXT NOT NULL,         -- this step only; a trace is the steps from the root
    prior REAL NOT NULL,
    logprob REAL,               -- nats
    terminal INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    broken TEXT NOT NULL,
    PRIMARY KEY (run_id, node)
) STRICT""",
    """CREATE TABLE token_rows (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    node INTEGER NOT NULL,
    tokens BLOB NOT NULL,       -- zlib over msgpack: [text, id, logprob, entropy, [[text, probability], ...]] per token
    PRIMARY KEY (run_id, node)
) STRICT""",
)


def create_version_1(connection: sqlite3.Connection) -> None:
    """The first schema: session, runs, events, nodes, token_rows."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _VERSION_1:
        connection.execute(statement)


def add_twins(connection: sqlite3.Connection) -> None:
    """Version 2: a transposition knows the first node with its state."""
    connection.execute("ALTER TABLE nodes ADD COLUMN twin INTEGER")


def add_edits(connection: sqlite3.Connection) -> None:
    """Version 3: a step that a probe was given says what was done to it."""
    connection.execute("ALTER TABLE nodes ADD COLUMN edit TEXT NOT NULL DEFAULT ''")


MIGRATIONS: tuple[Migration, ...] = (create_version_1, add_twins, add_edits, pack_events)


def current_version() -> int:
    """The version of the files that this program writes."""
    return len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, upto: int | None = None) -> None:
    """Bring the file to version `upto` (default: the current one), one transaction per step. Raises sqlite3.Error."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    for number in range(version + 1, (current_version() if upto is None else upto) + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[number - 1](connection)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
