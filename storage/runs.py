"""The list of runs: one row for each, its plan and how it ended. Read off the events, never a second truth."""

from __future__ import annotations

import sqlite3
from typing import Any, Literal

import msgspec

from engine.commands import RunPlan
from engine.events import Backpropagated, NodeId, Reason, Record, RolledOut, RunFinished, RunResumed, RunStarted, Scored

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
    events: int = 0
    """Length of the log: the seq of its last event."""
    nodes: int = 1
    """Size of the tree, the root included."""


_PLAN_FIELDS = RunPlan.__struct_fields__
_JSON_FIELDS = ("settings", "budget", "verifiers")
_COUNTED = ("events", "nodes")  # read off the log when a file is opened
_OWN_FIELDS = tuple(name for name in RunInfo.__struct_fields__ if name not in ("plan", *_COUNTED))
COLUMNS = (*_OWN_FIELDS, *_PLAN_FIELDS)


def follow(info: RunInfo, record: Record, nodes: int) -> RunInfo:
    """`info` after one more record, which brings the tree to `nodes` nodes."""
    return msgspec.structs.replace(info, events=record.seq, nodes=nodes, **_changes(record))


def _changes(record: Record) -> dict[str, Any]:
    match record.event:
        case RunStarted():
            return {"state": "unfinished", "started_at": record.at}
        case RunResumed():
            blank = dict.fromkeys(("finished_at", "reason", "why", "chosen", "answer", "correct", "verdict"))
            return {"state": "unfinished", **blank}
        case RunFinished() as end:
            names = ("reason", "why", "chosen", "answer", "correct", "verdict")
            ending = {name: getattr(end, name) for name in names}
            return {"state": "finished", "finished_at": record.at, **ending}
        case Scored(scores=scores) if any(score.source == "gold" for score in scores):
            return {"gold": True}
        case RolledOut(source="gold") | Backpropagated(source="gold"):
            return {"gold": True}
    return {}


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
    ends = dict(connection.execute("SELECT run_id, max(seq) FROM events GROUP BY run_id").fetchall())
    last = dict(connection.execute("SELECT run_id, max(node) FROM nodes GROUP BY run_id").fetchall())
    infos = (_info(dict(zip(COLUMNS, row, strict=True))) for row in rows)
    return {
        info.id: msgspec.structs.replace(info, events=ends.get(info.id, 0), nodes=last.get(info.id, 0) + 1)
        for info in infos
    }


def _info(row: dict[str, Any]) -> RunInfo:
    plan = {name: row.pop(name) for name in _PLAN_FIELDS}
    for name in _JSON_FIELDS:
        plan[name] = msgspec.json.decode(plan[name])
    for name in ("gold", "correct"):
        row[name] = None if row[name] is None else bool(row[name])
    return msgspec.convert({**row, "plan": plan}, RunInfo)
