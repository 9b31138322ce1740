"""Records on their way into a file: events in blocks, the text of a step once, in `nodes`, its token row apart.

What could not be read back is refused before it is taken. Knows no thread, no lock; reading: storage.log_reader.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

import msgspec

from engine.events import Expanded, NewNode, Record, Selected, decode_event, encode_event
from storage.blocks import QUICK, THOROUGH, BlockError, array, cut, has_room, longer, pack, unpack
from storage.kept_events import read_row, write_rows
from storage.schema import LARGEST_VALUE

NODE_COLUMNS = tuple(name for name in NewNode.__struct_fields__ if name != "tokens")
_node_values = attrgetter(*NODE_COLUMNS)
_at = attrgetter("at")
ROWS_AT_ONCE = 256
"""Rows of one INSERT: SQLite lets other threads run while it works, so a statement for each row would have this
thread and the window's take turns thousands of times a second."""
MANY = 4_000
"""Records of one commit from which on speed counts more than the size of the file."""
LARGEST_TEXT = LARGEST_VALUE - 1_000
"""Bytes: a row of SQLite has room for a little more than its texts."""


class LogError(ValueError):
    """An event that cannot be stored, or a row that is no event; the message says why, in words."""

    def __init__(self, message: str, record: Record | None = None) -> None:
        super().__init__(message)
        self.run, self.seq = (record.run, record.seq) if record is not None else (0, 0)
        """Of the record that cannot be stored."""


class Rows(msgspec.Struct, frozen=True, gc=False):  # made for every event: a dataclass takes six times as long
    """One record, ready to be written."""

    record: Record
    text: bytes
    """Its row of a block."""
    nodes: tuple[tuple[Any, ...], ...]
    tokens: tuple[tuple[int, int, bytes], ...]


def rows_of(records: Sequence[Record]) -> list[Rows]:
    """The rows of records. Raises LogError for the first of them that could not be read back."""
    try:
        texts = write_rows([(record.at, record.event) for record in records])
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return [_alone(record) for record in records]
    if not all(map(math.isfinite, map(_at, records))) or max(map(len, texts), default=0) > LARGEST_TEXT:
        return [_checked(record, text) for record, text in zip(records, texts, strict=True)]
    return [
        _checked(record, text) if type(record.event) is Expanded or b"null" in text else Rows(record, text, (), ())
        for record, text in zip(records, texts, strict=True)
    ]  # most events are without surprises, and there may be a hundred thousand a second


def _alone(record: Record) -> Rows:
    try:
        return _checked(record, write_rows([(record.at, record.event)])[0])
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise _not_storable(record, error) from error


def _checked(record: Record, text: bytes) -> Rows:
    """Raises LogError. What JSON cannot say (a NaN) is null by now, and is refused where null means nothing: that takes
    a reading, which an event without surprises is spared."""
    event = record.event
    if not math.isfinite(record.at):
        raise LogError("it has no proper time", record)
    if len(text) > LARGEST_TEXT:
        raise LogError("it is larger than 50 MB", record)
    try:
        if b"null" in text and text.count(b"null") != _nothings(record):
            read_row(text)
        if not isinstance(event, Expanded) or not event.children:
            return Rows(record, text, (), ())
        children = event.children
        if not _fits(event.parent):
            raise LogError("its parent is no node", record)
        if not _plain(record, children):
            children = _as_read(event)
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise _not_storable(record, error) from error
    place = (record.run, event.parent, record.seq)
    nodes = tuple([place + _node_values(child) for child in children])
    return Rows(
        record, text, nodes, tuple([(record.run, one.node, one.tokens) for one in event.children if one.tokens])
    )


def _not_storable(record: Record, error: Exception) -> LogError:
    return LogError(f"it holds a value that cannot be stored ({error})", record)


def _nothings(record: Record) -> int:
    """How often None stands in an event where it means something; 0 where nobody counted."""
    if not isinstance(record.event, Selected):
        return 0
    return sum(choice.q.count(None) + choice.u.count(None) for choice in record.event.choices)


def _plain(record: Record, children: tuple[NewNode, ...]) -> bool:
    """Whether all numbers are finite. Raises UnicodeEncodeError for a text that is no proper Unicode, and LogError for
    a text or a number that SQLite would not take."""
    for child in children:
        size = len((child.step + child.broken + child.edit).encode())
        if max(size, len(child.tokens)) > LARGEST_TEXT:
            raise LogError("it is larger than 50 MB", record)
        if not (_fits(child.samples) and _fits(child.twin or 0)):
            raise LogError("it holds a number that does not fit in 64 bits", record)
        if not (math.isfinite(child.prior) and (child.logprob is None or math.isfinite(child.logprob))):
            return False
    return True


def _fits(number: int) -> bool:
    """Whether SQLite takes it."""
    return -(2**63) <= number < 2**63


def _as_read(event: Expanded) -> tuple[NewNode, ...]:
    """The children, nothing in place of what JSON cannot say. Raises msgspec.MsgspecError or UnicodeEncodeError."""
    bare = tuple(msgspec.structs.replace(child, tokens=b"") for child in event.children)
    read = decode_event(encode_event(msgspec.structs.replace(event, children=bare)))
    assert isinstance(read, Expanded), "it was written as one"
    return read.children


def write_log(connection: sqlite3.Connection, batch: Iterable[Rows]) -> None:
    """Insert records, inside the caller's transaction."""
    batch = list(batch)
    level = QUICK if len(batch) > MANY else THOROUGH
    for run, rows in groupby(sorted(batch, key=lambda rows: rows.record.run), key=lambda rows: rows.record.run):
        found = list(rows)
        write_events(connection, run, found[0].record.seq, [one.text for one in found], level)
    nodes = ("run_id", "parent", "seq", *NODE_COLUMNS)
    _insert(connection, "nodes", nodes, [row for rows in batch for row in rows.nodes])
    _insert(connection, "token_rows", ("run_id", "node", "tokens"), [row for rows in batch for row in rows.tokens])


def write_events(
    connection: sqlite3.Connection, run: int, seq: int, rows: Sequence[bytes], level: int = THOROUGH
) -> None:
    """Put events behind those of a run that are there: first into its last block, as long as that has room."""
    first, events, text = _last_block(connection, run, seq)
    ends = cut(rows, events, len(text))
    begin = 0
    if events:
        begin = ends.pop(0)
        text = longer(text, rows[:begin])
        change = "UPDATE events SET last = ?, size = ?, packed = ? WHERE run_id = ? AND first = ?"
        connection.execute(change, (seq + begin - 1, len(text), pack(text, level), run, first))
    for end in ends:
        text = array(rows[begin:end])
        block = (run, seq + begin, seq + end - 1, len(text), pack(text, level))
        connection.execute("INSERT INTO events (run_id, first, last, size, packed) VALUES (?, ?, ?, ?, ?)", block)
        begin = end


def _last_block(connection: sqlite3.Connection, run: int, seq: int) -> tuple[int, int, bytes]:
    """Of the block that `seq` may be put into: its first event, how many it has, its text. No event: a new one."""
    query = "SELECT first, last, size, packed FROM events WHERE run_id = ? ORDER BY first DESC LIMIT 1"
    first, last, size, packed = connection.execute(query, (run,)).fetchone() or (seq, 0, 0, b"")
    if last != seq - 1 or not has_room(last - first + 1, size):
        return seq, 0, b""
    try:
        return first, last - first + 1, unpack(packed, size)
    except BlockError:  # whoever reads it is told
        return seq, 0, b""


def _insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    places = f"({', '.join('?' * len(columns))})"
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {places}"
    whole = len(rows) - len(rows) % ROWS_AT_ONCE
    for first in range(0, whole, ROWS_AT_ONCE):
        values = tuple(chain.from_iterable(rows[first : first + ROWS_AT_ONCE]))
        connection.execute(statement + f", {places}" * (ROWS_AT_ONCE - 1), values)
    connection.executemany(statement, rows[whole:])
