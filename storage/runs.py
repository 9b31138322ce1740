"""The list of runs: one row for each, its plan and how it ended. Read off the events, see storage.following."""

from __future__ import annotations

import sqlite3
from typing import Any, Literal

import msgspec

from engine.commands import RunPlan
from engine.events import NodeId, Reason

MOST_NODES = 2**31 - 1
"""Whatever a file says, no more are looked for in it."""
RunState = Literal["planned", "unfinished", "finished"]


class RunInfo(msgspec.Struct, frozen=True):
    """What a list shows of a run, without its log."""

    id: int
    plan: RunPlan
    created_at: float
    """Seconds since the epoch (UTC), like the other times."""
    state: RunState = "planned"
    """`unfinished`: it has events and no end, because it is running or because it was interrupted."""
    started_at: float | None = None
    finished_at: float | None = None
    reason: Reason | None = None
    why: str | None = None
    chosen: NodeId | None = None
    answer: str | None = None
    correct: bool | None = None
    """Exact check of the answer; None where nobody knows."""
    verdict: str | None = None
    gold: bool = False
    """Whether a known right answer influenced the search."""
    title: str = ""
    """What a person calls it."""
    private: bool = False
    """Whether a person keeps it private."""
    events: int = 0
    """Length of the log: the seq of its last event."""
    nodes: int = 1
    """Size of the tree, the root included."""


_PLAN_FIELDS = RunPlan.__struct_fields__
_JSON_FIELDS = ("settings", "budget", "verifiers")
_COUNTED = ("events", "nodes")  # read off the log when a file is opened
_OWN_FIELDS = tuple(name for name in RunInfo.__struct_fields__ if name not in ("plan", *_COUNTED))
COLUMNS = (*_OWN_FIELDS, *_PLAN_FIELDS)
_ENDS = "SELECT id, (SELECT last FROM events WHERE run_id = id ORDER BY first DESC LIMIT 1) FROM runs"
_NODES = "SELECT id, (SELECT max(node) FROM nodes WHERE run_id = id) FROM runs"


def run_row(info: RunInfo) -> tuple[Any, ...]:
    """The row of table `runs`, in the order of COLUMNS."""
    plan = {name: getattr(info.plan, name) for name in _PLAN_FIELDS}
    for name in _JSON_FIELDS:
        plan[name] = msgspec.json.encode(plan[name]).decode()
    return (*(getattr(info, name) for name in _OWN_FIELDS), *plan.values())


def write_runs(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> None:
    """Insert or update rows of `runs`."""
    places = ", ".join("?" * len(COLUMNS))
    updates = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
    upsert = f"INSERT INTO runs ({', '.join(COLUMNS)}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {updates}"
    connection.executemany(upsert, rows)


def read_runs(connection: sqlite3.Connection) -> dict[int, RunInfo]:
    """Every run of the file, by id. Raises msgspec.MsgspecError where a row makes no sense."""
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM runs ORDER BY id").fetchall()
    ends = dict(connection.execute(_ENDS).fetchall())
    last = dict(connection.execute(_NODES).fetchall())
    infos = (_info(dict(zip(COLUMNS, row, strict=True))) for row in rows)
    return {
        info.id: msgspec.structs.replace(
            info, events=max(0, ends[info.id] or 0), nodes=min(max(0, last[info.id] or 0), MOST_NODES) + 1
        )
        for info in infos
    }


def _info(row: dict[str, Any]) -> RunInfo:
    plan = {name: row.pop(name) for name in _PLAN_FIELDS}
    for name in _JSON_FIELDS:
        plan[name] = msgspec.json.decode(plan[name])
    for name in ("gold", "correct", "private"):
        row[name] = None if row[name] is None else bool(row[name])
    return msgspec.convert({**row, "plan": plan}, RunInfo)
