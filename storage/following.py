"""What records do to the list of runs, and whether each is the next of its run. Knows no text of an event, no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from engine.events import (
    Backpropagated,
    Expanded,
    IterationFinished,
    PrivacySet,
    Record,
    RolledOut,
    RunFinished,
    RunNamed,
    RunResumed,
    RunStarted,
    Scored,
    Selected,
    VirtualLossChanged,
)
from storage.log import LogError
from storage.runs import RunInfo

_ENDING = ("reason", "why", "chosen", "answer", "correct", "verdict")
_SILENT = frozenset({Selected, IterationFinished, VirtualLossChanged})
"""Most events, and they say nothing of the run as a whole."""


@dataclass(slots=True)
class _Ahead:
    """A run as it is being followed."""

    info: RunInfo
    events: int
    nodes: int
    changes: dict[str, Any] = field(default_factory=dict)


def follow(known: Mapping[int, RunInfo], records: Iterable[Record]) -> dict[int, RunInfo]:
    """The runs that `records` are of, after them. Raises LogError for one that is not the next of a known run."""
    ahead: dict[int, _Ahead] = {}
    for record in records:
        run = ahead.get(record.run)
        if run is None:
            if (info := known.get(record.run)) is None:
                raise LogError("there is no such run", record)
            run = ahead[record.run] = _Ahead(info, info.events, info.nodes)
        if record.seq != run.events + 1:
            raise LogError(f"event {run.events + 1} is next", record)
        run.events = record.seq
        kind = type(record.event)
        if kind is Expanded:
            _grow(run, record)
        elif kind not in _SILENT:
            _listen(run, record)
    return {
        number: msgspec.structs.replace(run.info, events=run.events, nodes=run.nodes, **run.changes)
        for number, run in ahead.items()
    }


def _grow(run: _Ahead, record: Record) -> None:
    assert isinstance(record.event, Expanded), "it was asked for"
    for child in record.event.children:
        if child.node != run.nodes:
            made = [child.node for child in record.event.children]
            raise LogError(f"it makes nodes {made}, and {run.nodes} is next", record)
        run.nodes += 1


def _listen(run: _Ahead, record: Record) -> None:
    """What the event says of the run as a whole."""
    match record.event:
        case Backpropagated(source="gold") | RolledOut(source="gold"):
            run.changes["gold"] = True
        case Scored(scores=scores):
            if any(score.source == "gold" for score in scores):
                run.changes["gold"] = True
        case RunStarted():
            run.changes |= {"state": "unfinished", "started_at": record.at}
        case RunResumed() as event:
            run.changes |= dict.fromkeys(("finished_at", *_ENDING))
            run.changes |= {"state": "unfinished", "plan": _gone_on(run, event)}
        case RunFinished() as end:
            if end.chosen is not None and not 0 <= end.chosen < run.nodes:
                raise LogError(f"it chooses node {end.chosen}, which does not exist", record)
            run.changes |= {name: getattr(end, name) for name in _ENDING}
            run.changes |= {"state": "finished", "finished_at": record.at}
        case RunNamed(name=name):
            run.changes["title"] = name
        case PrivacySet(private=private):
            run.changes["private"] = private


def _gone_on(run: _Ahead, event: RunResumed) -> Any:
    """The plan, with what the run is to do from now on."""
    plan = run.changes.get("plan", run.info.plan)
    settings = plan.settings if event.settings is None else event.settings
    return msgspec.structs.replace(plan, settings=settings, budget=event.budget or plan.budget)
