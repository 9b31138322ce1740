"""Two scorers on the same traces: dots, correlations, differences, what either would have elected. Knows no widget.

A step that several traces go through is one step here: it is counted once, at the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.models.ballot import Ballot
from engine.scores.aggregates import Elected, ranking
from engine.scores.pairs import pearson, spearman
from engine.scores.table import Doubles, Floats, Places, ScoreTable

MOST_DOTS = 4_000
"""In a scatter plot: more of them are one blot, and slow."""
TOP = 10
"""Traces at the head of a ranking that are compared."""
SPREAD = (5, 95)
"""Percentiles between which the scores of a scorer are said to lie."""
NARROW, WIDE = 0.1, 0.4
"""Spreads of which one is narrow and the other wide are two scales."""


@dataclass(frozen=True, eq=False, slots=True)
class Cloud:
    """Dots; all arrays are parallel, (n,)."""

    left: Doubles
    right: Doubles
    trace: Places
    """Row of the tables."""
    step: Places
    """Column of the tables, from 0; -1: the dot is the trace's total."""
    correct: Floats
    """How the trace ended: 1 right, 0 wrong, nan where nobody knows."""

    def __len__(self) -> int:
        return len(self.left)

    @property
    def spearman(self) -> float:
        """Correlation of ranks, in [-1, 1]; nan where it does not exist, as is the next."""
        return spearman(self.left, self.right)

    @property
    def pearson(self) -> float:
        return pearson(self.left, self.right)

    def taken(self, places: Places) -> Cloud:
        """Some of the dots."""
        return Cloud(self.left[places], self.right[places], self.trace[places], self.step[places], self.correct[places])

    def largest(self, most: int = 200) -> Places:
        """Places of the dots that lie farthest off the diagonal, farthest first."""
        return np.argsort(-np.abs(self.left - self.right), kind="stable")[:most]


@dataclass(frozen=True, slots=True)
class Election:
    """What the traces of one problem elect by the totals of either scorer."""

    problem: int
    """Number of the problem, as the caller counts them."""
    left: Elected | None
    right: Elected | None

    @property
    def differs(self) -> bool:
        return (self.left and self.left.answer) != (self.right and self.right.answer)


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a scorer's scores lie."""

    low: float
    high: float

    @property
    def spread(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, eq=False, slots=True)
class Alike:
    """How far two scorers say the same of steps; no aggregation matters for that."""

    steps: Cloud
    spearman: float
    pearson: float
    ends: tuple[Ends | None, Ends | None]
    alone: tuple[int, int]
    """Steps that one of them alone has scored, counted trace by trace."""


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """What the totals of two scorers lead to."""

    traces: Cloud
    elections: tuple[Election, ...]
    common: tuple[int, int]
    """Of the best traces of either, how many are the same, and of how many."""


def alike(left: ScoreTable, right: ScoreTable) -> Alike:
    """The tables hold the same traces in the same order."""
    mine, other = ~np.isnan(left.values), ~np.isnan(right.values)
    steps = cloud_of_steps(left, right)
    return Alike(
        steps,
        steps.spearman,
        steps.pearson,
        (ends_of(left.values), ends_of(right.values)),
        (int((mine & ~other).sum()), int((other & ~mine).sum())),
    )


def outcome(table: ScoreTable, left: Doubles, right: Doubles, problems: Places) -> Outcome:
    """left, right: (traces,) totals. problems: (traces,) number of each one's problem."""
    return Outcome(
        cloud_of_traces(table, left, right),
        elections(table, problems, left, right),
        common_at_the_top(left, right),
    )


def cloud_of_steps(left: ScoreTable, right: ScoreTable) -> Cloud:
    """Every step that both have scored. Raises ValueError unless the tables hold the same traces."""
    if left.values.shape != right.values.shape:
        raise ValueError("the tables do not hold the same traces")
    both = ~(np.isnan(left.values) | np.isnan(right.values))
    trace, step = np.nonzero(both)
    first = np.sort(np.unique(_identities(left)[both], return_index=True)[1])
    trace, step = trace[first], step[first]
    one, two = (table.values[trace, step].astype(np.float64) for table in (left, right))
    return Cloud(one, two, trace, step, left.correct[trace])


def cloud_of_traces(table: ScoreTable, left: Doubles, right: Doubles) -> Cloud:
    """The total of every trace that both have one for."""
    rows = np.flatnonzero(~(np.isnan(left) | np.isnan(right)))
    return Cloud(left[rows], right[rows], rows, np.full(len(rows), -1, np.intp), table.correct[rows])


def thinned(cloud: Cloud, most: int = MOST_DOTS) -> Cloud:
    """A fair sample of so many dots, the same for the same cloud; in their order."""
    if len(cloud) <= most:
        return cloud
    chosen = np.random.default_rng(0).choice(len(cloud), most, replace=False)
    return cloud.taken(np.sort(chosen))


def elections(table: ScoreTable, problems: Places, left: Doubles, right: Doubles) -> tuple[Election, ...]:
    """For each problem that has votes. `problems`: (traces,) number of each one's problem."""
    ballot = Ballot(table, problems.tolist())
    mine, other = ballot.winners(left), ballot.winners(right)
    return tuple(
        Election(problem, mine.get(problem), other.get(problem))
        for problem in np.unique(problems).tolist()
        if problem in mine or problem in other
    )


def common_at_the_top(left: Doubles, right: Doubles, top: int = TOP) -> tuple[int, int]:
    """Of the best traces of either ranking, how many are the same, and of how many; both have a total for these."""
    both = ~(np.isnan(left) | np.isnan(right))
    size = min(top, int(both.sum()))
    best = [set(ranking(np.where(both, totals, np.nan))[:size].tolist()) for totals in (left, right)]
    return len(best[0] & best[1]), size


def ends_of(values: Floats | Doubles) -> Ends | None:
    """Where most of the values lie; None without any."""
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    return Ends(*np.percentile(known, SPREAD).tolist()) if len(known) else None


def two_scales(left: Ends, right: Ends) -> bool:
    """Whether one uses a small part of the scale that the other uses most of: then differences mean little."""
    small, large = sorted((left.spread, right.spread))
    return small < NARROW and large > WIDE


def _identities(table: ScoreTable) -> Places:
    """(traces, longest): equal for cells that are the same step of the same run; steps of rollouts all differ."""
    found = np.arange(table.values.size, dtype=np.intp).reshape(table.values.shape)
    runs = {run: number for number, run in enumerate(dict.fromkeys(trace.run for trace in table.traces))}
    highest = 1 + max((max(trace.nodes, default=0) for trace in table.traces), default=0)
    for row, trace in enumerate(table.traces):
        nodes = np.fromiter(trace.nodes, np.intp, len(trace.nodes))
        found[row, : len(nodes)] = table.values.size + runs[trace.run] * highest + nodes
    return found
