"""Where in a trace a scorer sees the trouble: the first step below a threshold, and the lowest one. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.scores.table import Doubles, Ints, Places, ScoreTable

PARTS = 10
"""Of a trace, where its place is told as a share of its length."""


@dataclass(frozen=True, eq=False, slots=True)
class Minima:
    """Where the lowest score of a trace stands, counted over traces; of equal ones the first counts."""

    by_step: Places
    """(longest,) traces whose minimum stands at step 1, 2 ..."""
    by_step_chance: Doubles
    """(longest,) what would be expected if every scored step of a trace were as likely to be it."""
    by_part: Places
    """(PARTS,) traces whose minimum stands in that part of their length: step i of n, from 0, stands at (i + ½) / n."""
    by_part_chance: Doubles
    """(PARTS,) the same by chance."""
    traces: int
    """How many have a score at all."""


def first_error(table: ScoreTable, threshold: float = 0.5) -> Places:
    """(traces,): column of the first score below `threshold`, missing ones passed over; -1 where there is none."""
    if not table.values.shape[1]:
        return np.full(len(table.values), -1)
    below = table.values < threshold
    return np.where(below.any(1), below.argmax(1), -1)


def place_of_minimum(table: ScoreTable) -> Minima:
    """Where the traces are worst: a scorer whose minimum always stands at the end says little about the way."""
    known = ~np.isnan(table.values)
    rows = np.flatnonzero(known.any(1))
    width = table.values.shape[1]
    if not len(rows):
        return Minima(_none(width), np.zeros(width), _none(PARTS), np.zeros(PARTS), 0)
    columns = np.nanargmin(table.values[rows], 1)
    parts = _parts(np.arange(width), table.lengths[rows])
    even: Doubles = known[rows] / known[rows].sum(1, keepdims=True)
    chance: Doubles = even.sum(0)
    by_part = np.bincount(parts.ravel(), even.ravel(), PARTS).astype(np.float64)
    return Minima(
        np.bincount(columns, minlength=width),
        chance,
        np.bincount(parts[np.arange(len(rows)), columns], minlength=PARTS),
        by_part,
        len(rows),
    )


def _parts(columns: Places, lengths: Ints) -> Places:
    """(traces, longest): in which part of its trace a step stands; beyond the end, the last."""
    parts: Places = ((2 * columns + 1) * PARTS) // (2 * lengths[:, None].astype(np.intp))
    return np.minimum(parts, PARTS - 1)


def _none(width: int) -> Places:
    return np.zeros(width, np.intp)
