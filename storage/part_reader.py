"""Parts of a log, without the rest of it: the texts of steps, and the events of few kinds. Knows no thread.

Whoever looks for texts in thousands of runs needs no record of every visit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from engine.events import Event, NodeId, Record
from storage.blocks import BlockError, unpack
from storage.kept_events import read_rows
from storage.log import LogError


def read_steps(connection: sqlite3.Connection, run: int, after: NodeId) -> Iterator[tuple[NodeId, str]]:
    """Node and step of those born after a node, in order."""
    query = "SELECT node, step FROM nodes WHERE run_id = ? AND node > ? ORDER BY node"
    yield from connection.execute(query, (run, after))


def read_kinds(
    connection: sqlite3.Connection, run: int, kinds: tuple[type[Event], ...], after: int = 0
) -> Iterator[Record]:
    """Records of these kinds with seq > after, in order; none of them Expanded or Selected, which rest otherwise.

    A block whose text names none of the kinds is not decoded. Raises LogError at damage.
    """
    signs = tuple(f'"type":"{kind.__name__}"'.encode() for kind in kinds)
    query = "SELECT first, size, packed FROM events WHERE run_id = ? AND last > ? ORDER BY first"
    for first, size, packed in connection.execute(query, (run, after)):
        try:
            text = unpack(packed, size)
            rows = read_rows(text) if any(sign in text for sign in signs) else ()
        except (BlockError, msgspec.MsgspecError) as error:
            raise LogError(str(error)) from error
        for seq, (at, event) in enumerate(rows, first):
            if seq > after and type(event) in kinds:
                yield Record(run, seq, at, event)
