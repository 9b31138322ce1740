"""Rows of texts, one for each node, as a document of a run: what tables and graphs of ours hold. Knows no file.

Another program may have sorted the rows, or numbered the nodes anew: they are put in order, parents first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Mapping, Sequence
from math import isfinite
from typing import Any, TypeAlias

import msgspec

from engine.commands import RunPlan
from engine.importing import Origin, problem_of
from engine.importing_tree import DraftError
from engine.search.imported import Imported
from storage.exporters.graph_rows import WHOLE_RUN
from storage.exporters.run_document import FORMAT, VERSION, ExportedNode, ExportedRun
from storage.importers.importer import Working

Row: TypeAlias = dict[str, Any]
"""Fields of ExportedNode by their names, as texts; an empty one is a missing one."""
LARGEST_ROWS = 1_000_000_000
"""Bytes of the rows of one run: all of them are in memory before the first node is made."""
TOGETHER = 2_000
"""Rows between two signs of life."""
_PLAIN = tuple(name for name in ExportedNode.__struct_fields__ if name not in ("id", "parent", "scores", "tokens"))
_TEXTS = ("step", "broken", "pruned", "note", "edit")
_NEEDED: dict[str, Any] = {"N": 0, "W": 0.0, "P": 1.0, "samples": 0, "step": "", "broken": "", "terminal": False,
                           "hidden": False, "Q": None, "logprob": None}  # fmt: skip
"""What a node has that says nothing of these."""
_NOTHING: dict[str, Any] = {"rollouts": (), "finished": None, "votes": (), "traces": (), "said": (), "rescored": ()}


def document_of_rows(rows: Sequence[Row]) -> Generator[Working, None, ExportedRun]:
    """The document. Raises DraftError or msgspec.MsgspecError."""
    if not rows or not all("id" in row for row in rows):
        raise DraftError("it has no nodes" if not rows else "one of its nodes has no number")
    nodes = _in_order(rows)
    numbers = {row["id"]: number for number, row in enumerate(nodes)}
    told = nodes[0].get(WHOLE_RUN)
    facts = msgspec.json.decode(told, type=dict[str, Any]) if told else _unknown(nodes[0].get("step", ""))
    if any(name != str(number) for name, number in numbers.items()):
        facts |= _NOTHING  # what names nodes would name others
    found = []
    for place, row in enumerate(nodes):
        if place % TOGETHER == 0:
            yield Working(place / len(nodes))
        found.append(_node(row, numbers))
    return msgspec.convert({**facts, "nodes": found}, ExportedRun)


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """As they were numbered where that puts parents first, else level by level."""
    by_name = {row["id"]: row for row in rows}
    if len(by_name) != len(rows):
        raise DraftError("two of its nodes have one name")
    try:
        ordered = sorted(rows, key=lambda row: int(row["id"]))
        seen: set[str] = set()
        for row in ordered:
            if row.get("parent") and row["parent"] not in seen:
                raise ValueError
            seen.add(row["id"])
    except ValueError:
        return _by_levels(rows)
    if sum(not row.get("parent") for row in ordered) > 1:
        raise DraftError("it has several roots")
    return ordered


def _by_levels(rows: Sequence[Row]) -> list[Row]:
    below: dict[str, list[Row]] = {}
    for row in rows:
        below.setdefault(row.get("parent") or "", []).append(row)
    roots = below.get("", [])
    if len(roots) != 1:
        raise DraftError("it has no root" if not roots else "it has several roots")
    found, waiting = [], deque(roots)
    while waiting:
        row = waiting.popleft()
        found.append(row)
        waiting.extend(below.pop(row["id"], ()))
    if len(found) != len(rows):
        raise DraftError("some of its nodes hang on nothing")
    return found


def _node(row: Row, numbers: Mapping[str, int]) -> Row:
    told = {name: row[name] for name in _PLAIN if name in row and (row[name] != "" or name in _TEXTS)}
    fields = msgspec.convert({**_NEEDED, **told, "id": 0, "parent": None, "scores": ()}, ExportedNode, strict=False)
    if not all(isfinite(number) for number in (fields.W, fields.P, fields.logprob or 0.0, fields.score or 0.0)):
        raise DraftError(f"a number of its node {row['id']} is none")
    scores = row.get("scores")
    twin = row.get("twin")
    return {
        **msgspec.to_builtins(fields),
        "id": numbers[row["id"]],
        "parent": numbers[row["parent"]] if row.get("parent") else None,
        "twin": numbers.get(twin) if twin else None,
        "scores": msgspec.json.decode(scores, type=list[Any]) if scores else (),
    }


def _unknown(prompt: str) -> dict[str, Any]:
    """What is said of a run whose root says nothing."""
    problem = problem_of(Origin("", prompt))
    plan = RunPlan(problem.kind, problem.text, Imported.name, {}, verifiers=())
    return {
        "format": FORMAT, "version": VERSION, "run": 0, "plan": msgspec.to_builtins(plan), "policy": "", "engine": "",
        "created_at": 0.0, "cost": {}, "iterations": 0, "gold": False, **_NOTHING,
    }  # fmt: skip
