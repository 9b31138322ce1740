"""Records as rows and back. The text of a step is stored once, in `nodes`; its token row apart, in `token_rows`.

An Expanded event rests as its JSON with the numbers of its children in place of the children. Knows no thread, no lock.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

import msgspec

from engine.events import AnyEvent, Expanded, NewNode, Record, Selected, decode_event, encode_event
from storage.schema import LARGEST_VALUE

NODE_COLUMNS = tuple(name for name in NewNode.__struct_fields__ if name != "tokens")
_node_values = attrgetter(*NODE_COLUMNS)
_FLAGS = ("terminal", "hidden")
ROWS_AT_ONCE = 256
"""Rows of one INSERT: SQLite lets other threads run while it works, so a statement for each row would have this
thread and the window's take turns thousands of times a second."""


class LogError(ValueError):
    """An event that cannot be stored, or a row that is no event; the message says why, in words."""


class Rows(msgspec.Struct, frozen=True, gc=False):  # made for every event: a dataclass takes six times as long
    """One record, ready to be inserted."""

    record: Record
    event: tuple[int, int, float, str, str]
    nodes: tuple[tuple[Any, ...], ...]
    tokens: tuple[tuple[int, int, bytes], ...]


def rows_of(record: Record) -> Rows:
    """The rows of one record. Raises LogError if they could not be read back."""
    children = record.event.children if isinstance(record.event, Expanded) else ()
    try:
        event, body = _clean(record.event)
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise LogError(f"it holds a value that cannot be stored ({error})") from error
    if not math.isfinite(record.at):
        raise LogError("it has no proper time")
    row = (record.run, record.seq, record.at, type(event).__name__, body)
    if not isinstance(event, Expanded):
        return _small_enough(Rows(record, row, (), ()))
    place = (record.run, event.parent, record.seq)
    nodes = tuple([place + _node_values(child) for child in event.children])
    tokens = tuple([(record.run, child.node, child.tokens) for child in children if child.tokens])
    return _small_enough(Rows(record, row, nodes, tokens))


def _small_enough(rows: Rows) -> Rows:
    """Raises LogError for what SQLite would not take."""
    if len(rows.event[-1]) > LARGEST_VALUE or any(len(blob) > LARGEST_VALUE for _, _, blob in rows.tokens):
        raise LogError("it is larger than 50 MB")
    return rows


def _clean(event: AnyEvent) -> tuple[AnyEvent, str]:
    """The event as it will be read, and its body. What JSON cannot say (a NaN) becomes null, and is refused where null
    means nothing: that takes a second reading, which an event without surprises is spared.

    Raises msgspec.MsgspecError or UnicodeEncodeError.
    """
    children = event.children if isinstance(event, Expanded) else ()
    bare = msgspec.structs.replace(event, children=()) if children else event
    body = encode_event(bare)
    if body.count(b"null") != _nothings(event) or not _plain(children):
        event = decode_event(encode_event(_without_tokens(event)))
        body = encode_event(msgspec.structs.replace(event, children=()) if children else event)
    if children:
        numbers = msgspec.json.encode([child.node for child in children])
        body = body.replace(b"[]", numbers, 1)  # before the children there are only numbers
    return event, body.decode()


def _plain(children: tuple[NewNode, ...]) -> bool:
    """Whether all numbers are finite. Raises UnicodeEncodeError for a text that is no proper Unicode."""
    for child in children:
        (child.step + child.broken + child.edit).encode()
        if not (math.isfinite(child.prior) and (child.logprob is None or math.isfinite(child.logprob))):
            return False
    return True


def _nothings(event: AnyEvent) -> int:
    """How often None stands in the body of an event where it means something; 0 where nobody counted."""
    if not isinstance(event, Selected):
        return 0
    return sum(choice.q.count(None) + choice.u.count(None) for choice in event.choices)


def _without_tokens(event: AnyEvent) -> AnyEvent:
    if not isinstance(event, Expanded):
        return event
    bare = tuple(msgspec.structs.replace(child, tokens=b"") for child in event.children)
    return msgspec.structs.replace(event, children=bare)


def write_log(connection: sqlite3.Connection, batch: Iterable[Rows]) -> None:
    """Insert records, inside the caller's transaction."""
    batch = list(batch)
    nodes = ("run_id", "parent", "seq", *NODE_COLUMNS)
    _insert(connection, "events", ("run_id", "seq", "at", "type", "body"), [rows.event for rows in batch])
    _insert(connection, "nodes", nodes, [row for rows in batch for row in rows.nodes])
    _insert(connection, "token_rows", ("run_id", "node", "tokens"), [row for rows in batch for row in rows.tokens])


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


def read_log(
    connection: sqlite3.Connection, run: int, after: int = 0, until: int | None = None, *, tokens: bool = True
) -> Iterator[Record]:
    """Records with after < seq <= until, in order. Raises LogError at the first row that is no event or is missing."""
    query = "SELECT seq, at, type, body FROM events WHERE run_id = ? AND seq > ? AND seq <= ? ORDER BY seq"
    rows = connection.execute(query, (run, after, until if until is not None else 2**62))
    for expected, (seq, at, kind, body) in enumerate(rows, after + 1):
        if seq != expected:
            raise LogError("it is missing")
        yield Record(run, seq, at, _event(connection, run, kind, body, tokens))


def _event(connection: sqlite3.Connection, run: int, kind: str, body: str, tokens: bool) -> AnyEvent:
    try:
        if kind != Expanded.__name__:
            event = decode_event(body)
        else:
            fields = msgspec.json.decode(body, type=dict[str, Any])
            children = _children(connection, run, fields, tokens)
            event = msgspec.convert({**fields, "children": children}, Expanded)
    except msgspec.MsgspecError as error:
        raise LogError(f"it is no {kind} event that this Espalier knows ({error})") from error
    if type(event).__name__ != kind:
        raise LogError(f"it is called {kind} and holds a {type(event).__name__}")
    return event


def _children(connection: sqlite3.Connection, run: int, fields: dict[str, Any], tokens: bool) -> list[dict[str, Any]]:
    """The new nodes that an Expanded names, from their own tables."""
    numbers = msgspec.convert(fields.get("children"), list[int])
    if not numbers:
        return []
    columns = ", ".join(f"nodes.{name}" for name in NODE_COLUMNS)
    blob, join = ("tokens", "LEFT JOIN token_rows USING (run_id, node)") if tokens else ("NULL", "")
    query = (
        f"SELECT {columns}, {blob}, parent FROM nodes {join} WHERE run_id = ? AND node BETWEEN ? AND ? ORDER BY node"
    )
    rows = connection.execute(query, (run, numbers[0], numbers[-1])).fetchall()
    if [(row[0], row[-1]) for row in rows] != [(number, fields.get("parent")) for number in numbers]:
        raise LogError(f"its nodes {numbers} are not all there")
    return [_child(dict(zip((*NODE_COLUMNS, "tokens"), row[:-1], strict=True))) for row in rows]


def _child(fields: dict[str, Any]) -> dict[str, Any]:
    flags = {name: bool(fields[name]) for name in _FLAGS}
    return {**fields, **flags, "tokens": fields["tokens"] or b""}
