"""The step to version 4: events in blocks instead of a row for each, tables without a second index, names of runs.

A step between two versions never changes once it was released. What of a body is no JSON stays where it is, as null:
reading names it, as it did before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from storage.blocks import array, cut, has_room, pack

_EVENTS = """CREATE TABLE events (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    first INTEGER NOT NULL,     -- a block holds the events first, first + 1, ... last of the run, counted from 1
    last INTEGER NOT NULL,
    size INTEGER NOT NULL,      -- bytes of the text below
    packed BLOB NOT NULL,       -- zlib over a JSON array of [at, event], read by sqlar_uncompress(packed, size); an
                                -- event is an object with a type; the children of an Expanded are numbers of nodes
    PRIMARY KEY (run_id, first)
) STRICT"""
_NODES = """CREATE TABLE nodes (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    node INTEGER NOT NULL,      -- 1, 2, 3 ...; the root is 0, holds the prompt and has no row
    parent INTEGER NOT NULL,
    seq INTEGER NOT NULL,       -- the Expanded event that made it
    step TEXT NOT NULL,         -- this step only; a trace is the steps from the root
    prior REAL NOT NULL,
    logprob REAL,               -- nats
    terminal INTEGER NOT NULL,  -- 1 if the step ends the trace, else 0
    samples INTEGER NOT NULL,   -- how many samples had this text
    hidden INTEGER NOT NULL,    -- 1 inside the model's thinking, else 0
    broken TEXT NOT NULL,       -- why it is no proper step; empty for one that is
    twin INTEGER,               -- the first node with the same state, if this one came later
    edit TEXT NOT NULL DEFAULT '', -- what a probe did to the step before it was given
    PRIMARY KEY (run_id, node)
) STRICT, WITHOUT ROWID"""
_COLUMNS = "run_id, node, parent, seq, step, prior, logprob, terminal, samples, hidden, broken, twin, edit"


def pack_events(connection: sqlite3.Connection) -> None:
    """Version 4. Raises sqlite3.Error."""
    connection.execute("ALTER TABLE runs ADD COLUMN title TEXT NOT NULL DEFAULT '' /* what a person calls it */")
    connection.execute("ALTER TABLE runs ADD COLUMN private INTEGER NOT NULL DEFAULT 0 /* or 1 */")
    connection.execute("ALTER TABLE nodes RENAME TO old_nodes")
    connection.execute(_NODES)
    connection.execute(f"INSERT INTO nodes ({_COLUMNS}) SELECT {_COLUMNS} FROM old_nodes ORDER BY run_id, node")
    connection.execute("DROP TABLE old_nodes")
    connection.execute("ALTER TABLE events RENAME TO old_events")
    connection.execute(_EVENTS)
    for run, first, rows in _stretches(connection):
        begin = 0
        for end in cut(rows):
            text = array(rows[begin:end])
            block = (run, first + begin, first + end - 1, len(text), pack(text))
            connection.execute("INSERT INTO events (run_id, first, last, size, packed) VALUES (?, ?, ?, ?, ?)", block)
            begin = end
    connection.execute("DROP TABLE old_events")


def _stretches(connection: sqlite3.Connection) -> Iterator[tuple[int, int, list[bytes]]]:
    """Run, number of the first, and rows of a block, of events without a gap; about as many as a block takes."""
    query = "SELECT run_id, seq, at, type, CAST(body AS BLOB) FROM old_events ORDER BY run_id, seq"
    run, first, size = 0, 0, 0
    rows: list[bytes] = []
    for run_id, seq, at, kind, body in connection.execute(query):
        if rows and ((run_id, seq) != (run, first + len(rows)) or not has_room(len(rows), size)):
            yield run, first, rows
            rows, size = [], 0
        if not rows:
            run, first = run_id, seq
        rows.append(b"[%b,%b]" % (msgspec.json.encode(at), _event(kind, body)))
        size += len(rows[-1]) + 1
    if rows:
        yield run, first, rows


class _Named(msgspec.Struct):
    type: str


def _event(kind: str, body: bytes) -> bytes:
    """The body of an event as it stands, or null if it is none of this kind."""
    try:
        body.decode()
        return body if msgspec.json.decode(body, type=_Named).type == kind else b"null"
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return b"null"
