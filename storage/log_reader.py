"""Records out of a file: a block is decoded at once, and its new nodes come with one question. Knows no thread.

Nothing in the file is trusted: what is no event, or is not where it should be, ends the reading with a LogError.
"""

from __future__ import annotations

import gc
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count, repeat
from typing import Any

import msgspec

from engine.events import AnyEvent, Expanded, NewNode, Record
from storage.blocks import BlockError, unpack
from storage.kept_events import Grown, Row, Walked, read_row, read_rows, selected, texts_of
from storage.log import LogError
from storage.runs import MOST_NODES

AHEAD = 4
"""Blocks that are unpacked before they are wanted."""

_BLOCKS = """SELECT first, last, size, packed FROM events WHERE run_id = :run AND first <= :until AND first >= coalesce(
    (SELECT max(first) FROM events WHERE run_id = :run AND first <= :after + 1), 0) ORDER BY first"""
_NODES = """SELECT node, parent, step, prior, logprob, terminal, samples, {tokens}, hidden, broken, twin, edit
    FROM nodes {join} WHERE run_id = ? AND node BETWEEN ? AND ? ORDER BY node"""
_WITH_TOKENS = _NODES.format(tokens="tokens", join="LEFT JOIN token_rows USING (run_id, node)")
_WITHOUT = _NODES.format(tokens="NULL", join="")


@contextmanager
def no_garbage() -> Iterator[None]:
    """Records hold no cycles: while millions of them are made, looking for some takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_log(
    connection: sqlite3.Connection, run: int, after: int = 0, until: int | None = None, *, tokens: bool = True
) -> Iterator[list[Record]]:
    """Records with after < seq <= until, in order, block by block; good ones before the first that is no event or is
    missing, at which it raises LogError."""
    until = until if until is not None else 2**62
    formulas: dict[str, str] = {}
    reader = connection.execute(_BLOCKS, {"run": run, "after": after, "until": until})
    for first, last, text in _unpacked(reader):
        if last <= after:
            continue  # all that there is was asked for before
        if first > after + 1:
            raise LogError("it is missing")
        rows, damage = _rows(slice(after + 1 - first, until + 1 - first), last + 1 - first, text)
        records = _records(connection, run, after, rows, formulas, tokens)
        yield records
        if len(records) < len(rows):
            numbers = getattr(rows[len(records)][1], "children", ())
            raise LogError(f"its nodes {list(numbers)} are not all there")
        after += len(records)
        if damage:
            raise LogError(damage)


def _unpacked(blocks: Iterable[tuple[int, int, int, bytes]]) -> Iterator[tuple[int, int, Callable[[], bytes]]]:
    """First and last of each block, and its text. The next few are unpacked in another thread: zlib lets it run beside
    this one."""
    with ThreadPoolExecutor(1) as pool:
        ahead: deque[tuple[int, int, Callable[[], bytes]]] = deque()
        for first, last, size, packed in blocks:
            ahead.append((first, last, pool.submit(unpack, packed, size).result))
            if len(ahead) > AHEAD:
                yield ahead.popleft()
        yield from ahead


def _rows(part: slice, count: int, unpacked: Callable[[], bytes]) -> tuple[list[Row], str]:
    """A part of the rows of a block, which should have so many, or those before damage in it and what that is.

    Raises LogError where none can be trusted.
    """
    try:
        text = unpacked()
    except BlockError as error:
        raise LogError(str(error)) from error
    try:
        rows = read_rows(text)
    except msgspec.MsgspecError:
        return _good_rows(text, part)
    if len(rows) != count:
        raise LogError(f"its block holds {len(rows)} events, and should hold {count}")
    return rows[part], ""


def _good_rows(text: bytes, part: slice) -> tuple[list[Row], str]:
    """The rows before the first that is no event, and why that is none."""
    rows: list[Row] = []
    try:
        for row in texts_of(text)[part]:
            rows.append(read_row(row))
    except msgspec.MsgspecError as error:
        return rows, f"it is no event that this Espalier knows ({error})"
    return rows, ""


def _records(
    connection: sqlite3.Connection, run: int, after: int, rows: list[Row], formulas: dict[str, str], tokens: bool
) -> list[Record]:
    """As many as have all their nodes."""
    found = _nodes(connection, run, [event for _, event in rows if type(event) is Grown], tokens)
    events: list[AnyEvent] = []
    try:
        for _, kept in rows:
            if type(kept) is Grown:
                parent = kept.parent
                children = tuple([found[parent, number] for number in kept.children])
                events.append(Expanded(kept.iteration, parent, children, kept.cost, kept.generator))
            else:
                events.append(selected(kept, formulas) if type(kept) is Walked else kept)
    except KeyError:
        pass  # a child is missing, or is that of another node
    return list(map(Record, repeat(run), count(after + 1), [at for at, _ in rows], events))


def _nodes(
    connection: sqlite3.Connection, run: int, grown: list[Grown], tokens: bool
) -> dict[tuple[int, int], NewNode]:
    """All that were born in these events, by parent and number."""
    numbers = [event.children for event in grown if event.children]
    if not numbers:
        return {}
    first = min(max(0, numbers[0][0]), MOST_NODES)
    last = first + sum(map(len, numbers)) - 1  # where they are consecutive, as they should be
    rows: Iterator[Any] = connection.execute(_WITH_TOKENS if tokens else _WITHOUT, (run, first, last))
    return {
        (parent, node): NewNode(
            node, step, prior, logprob, terminal != 0, samples, row or b"", hidden != 0, broken, twin, edit
        )
        for node, parent, step, prior, logprob, terminal, samples, row, hidden, broken, twin, edit in rows
    }
