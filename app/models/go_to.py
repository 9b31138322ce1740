"""Reads where a user wants to go, `17` or `iteration 12`, and finds it in the log. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.events import ROOT, Expanded, IterationFinished, NodeId, Record, RunStarted, Selected

_PLACE = re.compile(r"\s*#?\s*([^\W\d_]*)\s*#?\s*(\d{1,12})\s*")


@dataclass(frozen=True)
class Place:
    """A step or an iteration, by its number."""

    kind: Literal["node", "iteration"]
    number: int


@dataclass(frozen=True)
class Spot:
    """Where a place is in the log."""

    node: NodeId | None
    """What to select; None: an iteration that selected nothing."""
    cursor: int
    """The first cursor at which the step exists; of an iteration, the one at which it is done."""


def read_place(typed: str, node_word: str = "node", iteration_word: str = "iteration") -> Place | None:
    """`17`, `#17`, `node 17`, `n 17`; `iteration 12`, `iter 12`, `i12`. None for anything else."""
    match = _PLACE.fullmatch(typed)
    if match is None:
        return None
    word, number = match[1].casefold(), int(match[2])
    if node_word.casefold().startswith(word) or "node".startswith(word):
        return Place("node", number)
    if iteration_word.casefold().startswith(word) or "iteration".startswith(word):
        return Place("iteration", number)
    return None


def find_place(records: Sequence[Record], place: Place) -> Spot | None:
    """Where in the log it is; None if there is no such step or iteration (yet)."""
    return _birth(records, place.number) if place.kind == "node" else _end(records, place.number)


def _birth(records: Sequence[Record], node: NodeId) -> Spot | None:
    for at, record in enumerate(records, 1):
        match record.event:
            case RunStarted() if node == ROOT:
                return Spot(ROOT, at)
            case Expanded(children=children) if children and children[-1].node >= node:
                return Spot(node, at)
    return None


def _end(records: Sequence[Record], iteration: int) -> Spot | None:
    """An iteration under way ends at the log's end."""
    leaf, last = None, None
    for at, record in enumerate(records, 1):
        match record.event:
            case Selected() as selected if selected.iteration == iteration:
                leaf, last = selected.leaf, at
            case IterationFinished() as finished if finished.iteration == iteration:
                return Spot(leaf, at)
    return Spot(leaf, len(records)) if last is not None else None
