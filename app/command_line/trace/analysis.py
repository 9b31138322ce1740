"""What `espalier trace` works out: what is in each trace, and how several differ. Knows no report."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.command_line.trace.input import Reading
from engine.traces import analysis
from engine.traces.divergence import Distribution, Divergence, distribution, divergences
from engine.traces.steps import Step

MOST_COMPARED = 100
"""Traces that are compared pair by pair."""


class Analysis(analysis.Analysis, frozen=True, kw_only=True):
    """A trace of a file and what was found in it."""

    reading: Reading


class Group(msgspec.Struct, frozen=True):
    """Several traces, by their numbers from 0."""

    compared: tuple[int, ...]
    """Those with a thought; the numbers in `pairs` count these."""
    pairs: tuple[Divergence, ...]
    answers: Distribution


def analyse(reading: Reading, gold: str | None = None) -> Analysis:
    """Everything about one trace. `gold`: the right answer, where it is known."""
    found = msgspec.structs.asdict(analysis.analyse(reading.trace, gold))
    if gold is not None:
        found["meter"] = msgspec.structs.replace(found["meter"], judged="equal to the answer given with --gold")
    return Analysis(**found, reading=reading)


def group(analyses: Sequence[Analysis]) -> Group | None:
    """Where the thoughts of several traces part, and which answers they reach; None for one alone."""
    if len(analyses) < 2:
        return None
    thoughts = [one.reading.trace.of("hidden") for one in analyses]
    compared = tuple(number for number, thought in enumerate(thoughts) if thought.strip())[:MOST_COMPARED]
    pairs = divergences([thoughts[n] for n in compared], [_from_start(analyses[n].alignment.steps) for n in compared])
    return Group(compared, pairs, distribution([one.answer for one in analyses]))


def _from_start(steps: Sequence[Step]) -> list[Step]:
    """The steps as ranges of the thought itself, without what stands between its parts."""
    moved: list[Step] = []
    for step in steps:
        start = moved[-1].end if moved else 0
        moved.append(Step(start, start + step.end - step.start))
    return moved
