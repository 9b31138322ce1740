"""Session files made wrong: bytes by accident, rows and schema as somebody would who means harm. Reads nothing back.

Whoever edits a session with SQL can write any row: a STRICT table keeps nobody from a text where a number belongs, for
its STRICT can be taken out of the schema and put back.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from app.benchmarks.long_run import long_run
from app.benchmarks.mutating import mutant, text_mutant
from app.guide.samples import SAMPLES
from engine.commands import RunPlan
from storage.migrations import current_version
from storage.ownership import MARK
from storage.session import Session

Edit = Callable[[sqlite3.Connection, Random], None]

EVENTS = 400
BOMB = 200_000_000
"""Bytes that a blob of 200 kB unpacks to."""
LARGE = (1_000_000, 30_000_000)
"""Half the characters of a text that is too large."""
VALUES: tuple[Any, ...] = (
    None, 0, -1, 1, 2**31, 2**62, -(2**63), 1e308, -1e-300, float("inf"), "", "x", "9" * 400, "\x00", "[" * 5000, b"",
    '{"a":' * 5000, "null", "[]", "{}", "\U0001f600", "\u202eevil", b"\xff" * 9, zlib.compress(b"[]"), bytes(70_000),
)  # fmt: skip
JSON_VALUES: tuple[Any, ...] = (
    None, -1, 2**62, 10**30, 1e308, "", "x" * 9000, [], {}, True, [[]], {"type": "Expanded"},
    json.loads("[" * 300 + "]" * 300), json.loads('{"a":' * 900 + "1" + "}" * 900),
)  # fmt: skip
_SCHEMA_TRICKS = (
    "CREATE VIEW trick AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
    "CREATE TRIGGER trick AFTER INSERT ON events BEGIN DELETE FROM runs; END",
    "CREATE VIRTUAL TABLE trick USING fts5(step)",
    "CREATE TABLE trick (x INTEGER)",
    "CREATE INDEX trick ON nodes (length(step))",
    "ALTER TABLE nodes ADD COLUMN trick TEXT AS (upper(step))",
    "ALTER TABLE nodes ADD COLUMN trick TEXT AS (hex(zeroblob(500000000)))",
    "ALTER TABLE session RENAME TO old; CREATE VIEW session AS SELECT * FROM old",
    "DROP TABLE token_rows",
    "ALTER TABLE runs DROP COLUMN why",
    "CREATE TEMP TABLE trick (x); ALTER TABLE runs ADD COLUMN trick TEXT",
)


def originals(folder: Path, seed: int) -> list[Path]:
    """Good sessions to begin with: a fresh one, and the samples, which are as old as they are."""
    fresh = folder / "original.espalier"
    with Session.create(fresh) as session:
        for run in (1, 2):
            session.new_run(RunPlan("game24", "4 9 10 13", "mcts", {}))
            log = long_run(EVENTS, seed + run)
            session.append([type(record)(run, record.seq, record.at, record.event) for record in log])
    return [fresh, fresh, *(sample.path for sample in SAMPLES)]


def write_mutant(original: Path, path: Path, random: Random) -> str:
    """Write a wrong copy of `original` to `path`; returns the name of the way in which it is wrong."""
    if random.random() < 0.3:
        path.write_bytes(mutant(original.read_bytes(), random))
        return "bytes"
    shutil.copyfile(original, path)
    way = random.choice(tuple(EDITS))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("foreign_keys", "synchronous"):  # a mutant need not outlive a power cut
            connection.execute(f"PRAGMA {pragma} = OFF")
        if random.random() < 0.5:
            connection.execute("DELETE FROM session WHERE key = ?", (MARK,))
        with suppress(sqlite3.Error, OverflowError, UnicodeError):  # what SQLite itself refuses is no mutant
            EDITS[way](connection, random)
    return way


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]


def _set_values(connection: sqlite3.Connection, random: Random) -> None:
    """A few values of a few columns, of any type, in some rows or all."""
    for _ in range(random.randint(1, 3)):
        table = random.choice(_tables(connection))
        column = random.choice(_columns(connection, table))
        some = random.choice(("", f" WHERE abs(random()) % {random.randint(2, 9)} = 0"))
        connection.execute(f"UPDATE OR REPLACE {table} SET {column} = ?{some}", (random.choice(VALUES),))


def _set_loose_values(connection: sqlite3.Connection, random: Random) -> None:
    """As `_set_values`, in tables that are not STRICT while it happens."""
    schema = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql LIKE '%STRICT%'").fetchall()
    _rewrite_schema(connection, [(sql.replace("STRICT", ""), name) for name, sql in schema])
    try:
        _set_values(connection, random)
    finally:
        _rewrite_schema(connection, [(sql, name) for name, sql in schema])


def _rewrite_schema(connection: sqlite3.Connection, texts: list[tuple[str, str]]) -> None:
    """The schema of each table, as text; SQLite reads it anew."""
    connection.execute("PRAGMA writable_schema = ON")
    connection.executemany("UPDATE sqlite_schema SET sql = ? WHERE name = ?", texts)
    version = connection.execute("PRAGMA schema_version").fetchone()[0]
    connection.execute(f"PRAGMA schema_version = {version + 1}")
    connection.execute("PRAGMA writable_schema = RESET")


def _trick_schema(connection: sqlite3.Connection, random: Random) -> None:
    """Code, or what might become some."""
    connection.executescript(random.choice(_SCHEMA_TRICKS))


def _damage_schema(connection: sqlite3.Connection, random: Random) -> None:
    """The text of the schema itself."""
    name, sql = random.choice(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql != ''").fetchall())
    wrong = text_mutant(sql.encode(), random).decode(errors="replace")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (wrong, name))


def _delete_rows(connection: sqlite3.Connection, random: Random) -> None:
    table = random.choice(_tables(connection))
    connection.execute(f"DELETE FROM {table} WHERE abs(random()) % {random.randint(1, 9)} = 0")


def _tie_cycles(connection: sqlite3.Connection, random: Random) -> None:
    """Nodes that are their own ancestors, or one another's, or have a parent far away."""
    wrong = random.choice(("node", "node + 1", "-1", "9223372036854775807", "0", "seq"))
    connection.execute(f"UPDATE nodes SET parent = {wrong} WHERE abs(random()) % 3 = 0")


def _number_anew(connection: sqlite3.Connection, random: Random) -> None:
    """Runs and nodes under other numbers."""
    table, column = random.choice((("runs", "id"), ("nodes", "node"), ("nodes", "run_id"), ("nodes", "seq")))
    connection.execute(f"UPDATE OR REPLACE {table} SET {column} = {column} {random.choice(('+ 1', '* -1', '+ 4e18'))}")


def _lie_about_versions(connection: sqlite3.Connection, random: Random) -> None:
    version = random.choice((0, -1, 1, 2, 3, current_version() + 1, 2**31 - 1))
    connection.execute(f"PRAGMA user_version = {version}")


def _change_events(connection: sqlite3.Connection, random: Random) -> None:
    """The text of events, in blocks or one by one, with a size that is right or wrong."""
    if "packed" not in _columns(connection, "events"):
        rowid, body = random.choice(connection.execute("SELECT rowid, body FROM events").fetchall())
        wrong = _wrong_json(body.encode(), random).decode(errors="replace")
        connection.execute("UPDATE events SET body = ? WHERE rowid = ?", (wrong, rowid))
        return
    run, first, packed = random.choice(connection.execute("SELECT run_id, first, packed FROM events").fetchall())
    wrong_text = _wrong_json(zlib.decompress(packed), random)
    size = random.choice((len(wrong_text), len(wrong_text), len(wrong_text) + 1, 0, -1, 2**62, 49_999_999))
    values = (zlib.compress(wrong_text), size, run, first)
    connection.execute("UPDATE events SET packed = ?, size = ? WHERE run_id = ? AND first = ?", values)


def _wrong_json(text: bytes, random: Random) -> bytes:
    """JSON with a value that is another one, or text that is none."""
    if random.random() < 0.3:
        return text_mutant(text, random)
    value = json.loads(text)
    spots: list[tuple[Any, Any]] = []
    _spots(value, spots)
    for _ in range(random.randint(1, 3)):
        holder, key = random.choice(spots)
        wrong: Any = random.choice(JSON_VALUES)
        with suppress(IndexError, TypeError):  # an earlier one has changed what held it
            holder[key] = wrong
    return json.dumps(value).encode()


def _spots(value: Any, found: list[tuple[Any, Any]]) -> None:
    """Every place in a value of JSON at which another one could stand."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found.append((value, key))
        _spots(value[key], found)


@cache
def _bomb() -> bytes:
    return zlib.compress(bytes(BOMB), 1)


def _plant_bomb(connection: sqlite3.Connection, random: Random) -> None:
    """A blob that unpacks to far more than it says."""
    bomb = _bomb()
    table, column = random.choice((("events", "packed"), ("token_rows", "tokens")))
    if table == "events" and column in _columns(connection, table):
        connection.execute("UPDATE events SET packed = ?, size = ?", (bomb, random.choice((BOMB, 10, 49_999_999))))
    else:
        connection.execute("UPDATE token_rows SET tokens = ? WHERE node < 5", (bomb,))


def _fill_up(connection: sqlite3.Connection, random: Random) -> None:
    """A text larger than any of ours."""
    table, column = random.choice((("runs", "text"), ("nodes", "step"), ("runs", "settings"), ("session", "value")))
    length = random.choice(LARGE)
    connection.execute(f"UPDATE {table} SET {column} = hex(zeroblob({length})) WHERE rowid = 1")


EDITS: dict[str, Edit] = {
    "values": _set_values,
    "loose values": _set_loose_values,
    "schema tricks": _trick_schema,
    "damaged schema": _damage_schema,
    "rows deleted": _delete_rows,
    "cycles": _tie_cycles,
    "numbers": _number_anew,
    "versions": _lie_about_versions,
    "events": _change_events,
    "bombs": _plant_bomb,
    "large texts": _fill_up,
}
"""By name, so that a report can say what was done."""
