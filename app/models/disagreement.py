"""Traces of which score and answer do not go together, the most striking first. Knows no widget and no tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.scores.table import Doubles, Floats, Places, ScoreTable
from engine.scores.traces import ScoredTrace
from engine.scores.trust import disagreements

Kind = Literal["both", "high", "low"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One trace."""

    trace: int
    """Its row in the table."""
    scored: ScoredTrace
    high: bool
    """High score and wrong answer; otherwise low score and right answer."""
    total: float
    beats: float | None
    """Of the traces that ended the other way, the share that this one's total is on the wrong side of; None: there are
    none. It says how striking it is, whatever scale the totals are on."""
    others: int
    """How many of those there are."""
    lowest: int | None
    """The step with the lowest score, from 0."""


def disagreeing(
    table: ScoreTable, totals: Doubles, threshold: float | None = None, kind: Kind = "both"
) -> tuple[Disagreement, ...]:
    """Wrong traces whose total is at least `threshold`, and right ones below it; without one, see
    `engine.scores.trust.disagreements`."""
    high, low = disagreements(table, totals) if threshold is None else _around(table, totals, threshold)
    right, wrong = (np.sort(totals[(table.correct == label) & ~np.isnan(totals)]) for label in (1, 0))
    rows = list(_rows(table, totals, high, True, right)) if kind != "low" else []
    rows += _rows(table, totals, low, False, wrong) if kind != "high" else []
    return tuple(sorted(rows, key=lambda row: (-(row.beats or 0.0), -row.total if row.high else row.total, row.trace)))


def _around(table: ScoreTable, totals: Doubles, threshold: float) -> tuple[Places, Places]:
    with np.errstate(invalid="ignore"):
        above = totals >= threshold
        below = totals < threshold
    return np.flatnonzero((table.correct == 0) & above), np.flatnonzero((table.correct == 1) & below)


def _rows(table: ScoreTable, totals: Doubles, places: Places, high: bool, others: Doubles) -> Iterator[Disagreement]:
    """`others`: totals of the traces that ended the other way, ascending."""
    passed = np.searchsorted(others, totals[places], "left" if high else "right").tolist()
    for at, count, lowest in zip(places.tolist(), passed, _lowest(table.values[places]), strict=True):
        beats = None if not len(others) else (count if high else len(others) - count) / len(others)
        yield Disagreement(at, table.traces[at], high, float(totals[at]), beats, len(others), lowest)


def _lowest(values: Floats) -> list[int | None]:
    """(traces,) columns of the lowest scores; None where a trace has none."""
    if not values.shape[1]:
        return [None] * len(values)
    columns = np.where(np.isnan(values), np.inf, values).argmin(1)
    found = np.where(np.isnan(values).all(1), -1, columns).tolist()
    return [None if column < 0 else column for column in found]
