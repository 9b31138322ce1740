"""Records as rows and back. The text of a step is stored once, in `nodes`; its token row apart, in `token_rows`.

An Expanded event rests as its JSON with the numbers of its children in place of the children. Knows no thread, no lock.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from engine.events import AnyEvent, Expanded, NewNode, Record, decode_event, encode_event
from storage.schema import LARGEST_VALUE

NODE_COLUMNS = tuple(name for name in NewNode.__struct_fields__ if name != "tokens")
_FLAGS = ("terminal", "hidden")


class LogError(ValueError):
    """An event that cannot be stored, or a row that is no event; the message says why, in words."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One record, ready to be inserted."""

    record: Record
    event: tuple[int, int, float, str, str]
    nodes: tuple[tuple[Any, ...], ...]
    tokens: tuple[tuple[int, int, bytes], ...]


def rows_of(record: Record) -> Rows:
    """The rows of one record. Raises LogError if they could not be read back."""
    children = record.event.children if isinstance(record.event, Expanded) else ()
    event = _without_tokens(record.event)
    try:
        # What JSON cannot say (a NaN) becomes null here, and is refused where null means nothing.
        clean = decode_event(encode_event(event))
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise LogError(f"it holds a value that cannot be stored ({error})") from error
    if not math.isfinite(record.at):
        raise LogError("it has no proper time")
    body = _body(clean)
    tokens = tuple((record.run, child.node, child.tokens) for child in children if child.tokens)
    if max(len(body), *(len(blob) for _, _, blob in tokens), 0) > LARGEST_VALUE:
        raise LogError("it is larger than 50 MB")
    row = (record.run, record.seq, record.at, type(clean).__name__, body)
    return Rows(record, row, tuple(_node_rows(record, clean)), tokens)


def _without_tokens(event: AnyEvent) -> AnyEvent:
    if not isinstance(event, Expanded):
        return event
    bare = tuple(msgspec.structs.replace(child, tokens=b"") for child in event.children)
    return msgspec.structs.replace(event, children=bare)


def _body(event: AnyEvent) -> str:
    if not isinstance(event, Expanded):
        return encode_event(event).decode()
    numbers = {"children": [child.node for child in event.children]}
    return msgspec.json.encode(msgspec.to_builtins(event) | numbers).decode()


def _node_rows(record: Record, event: AnyEvent) -> Iterator[tuple[Any, ...]]:
    if isinstance(event, Expanded):
        for child in event.children:
            values = (getattr(child, name) for name in NODE_COLUMNS)
            yield (record.run, event.parent, record.seq, *values)


def write_log(connection: sqlite3.Connection, batch: Iterable[Rows]) -> None:
    """Insert records, inside the caller's transaction."""
    columns = ("run_id", "parent", "seq", *NODE_COLUMNS)
    places = ", ".join("?" * len(columns))
    batch = list(batch)
    connection.executemany(
        "INSERT INTO events (run_id, seq, at, type, body) VALUES (?, ?, ?, ?, ?)", [rows.event for rows in batch]
    )
    connection.executemany(
        f"INSERT INTO nodes ({', '.join(columns)}) VALUES ({places})", [row for rows in batch for row in rows.nodes]
    )
    connection.executemany(
        "INSERT INTO token_rows (run_id, node, tokens) VALUES (?, ?, ?)", [row for rows in batch for row in rows.tokens]
    )


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
