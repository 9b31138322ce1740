"""Two scorers on the same traces: step against step, how alike their order is, and where they differ most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.scores.table import Doubles, Places, ScoreTable
from engine.scores.trust import ranks


@dataclass(frozen=True, eq=False, slots=True)
class Pair:
    """Every step that both have scored; the five arrays are parallel, (steps,)."""

    left: Doubles
    right: Doubles
    trace: Places
    """Row of the tables."""
    step: Places
    """Column of the tables, from 0."""
    pearson: float
    """Correlation of the scores, in [-1, 1]; NaN where there are fewer than two steps, or one side is all the same."""
    spearman: float
    """Correlation of their ranks, equal scores sharing the mean of theirs; NaN likewise."""
    only_left: int
    """Steps that the left one alone has scored."""
    only_right: int

    def largest(self, most: int = 100) -> Places:
        """Places in the arrays of the largest differences of the scores, largest first."""
        return np.argsort(-np.abs(self.left - self.right), kind="stable")[:most]


def compared(left: ScoreTable, right: ScoreTable) -> Pair:
    """The scores of two scorers. Raises ValueError unless the tables hold the same traces, in the same order."""
    if left.values.shape != right.values.shape or not np.array_equal(left.lengths, right.lengths):
        raise ValueError("the tables do not hold the same traces")
    mine, other = ~np.isnan(left.values), ~np.isnan(right.values)
    trace, step = np.nonzero(mine & other)
    one, two = left.values[trace, step].astype(np.float64), right.values[trace, step].astype(np.float64)
    alone = int((mine & ~other).sum()), int((other & ~mine).sum())
    return Pair(one, two, trace, step, pearson(one, two), spearman(one, two), *alone)


def pearson(left: Doubles, right: Doubles) -> float:
    """Correlation of two parallel arrays; NaN where it does not exist."""
    known = ~(np.isnan(left) | np.isnan(right))
    one, two = left[known].astype(np.float64), right[known].astype(np.float64)
    if len(one) < 2:
        return float("nan")
    one, two = one - one.mean(), two - two.mean()
    spread = float(np.sqrt((one @ one) * (two @ two)))
    return float(np.clip((one @ two) / spread, -1, 1)) if spread else float("nan")


def spearman(left: Doubles, right: Doubles) -> float:
    """Rank correlation with mean ranks for equals (Spearman 1904); NaN where it does not exist."""
    known = ~(np.isnan(left) | np.isnan(right))
    return pearson(ranks(left[known]), ranks(right[known]))
