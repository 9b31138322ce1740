"""One number for a trace from its steps' scores, the order it gives, and the answer that it elects.

Over a whole table at once, so that a reader can switch rules while looking. Missing steps are left out.
Product: Lightman et al. 2023 (2305.20050); min: Math-Shepherd (2312.08935); last: Snell et al. 2024 (2408.03314).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import fsum
from typing import Literal, NamedTuple

import numpy as np

from engine.scores.table import Doubles, Places, ScoreTable

Rule = Literal["last", "min", "product", "mean", "geometric mean", "sum", "max"]


class Elected(NamedTuple):
    """One answer in a weighted vote."""

    answer: str
    weight: float
    """Sum of the totals of the traces that give it."""
    votes: int
    first: int
    """The first trace that gives it, as a row of the table: equal weights go to the answer seen first."""


def aggregated(table: ScoreTable, rule: str) -> Doubles:
    """(traces,): each one's total by `rule`, one of RULES; NaN where no step has a score.

    Raises KeyError for another rule.
    """
    values = table.values.astype(np.float64)
    if not values.shape[1]:
        return np.full(len(values), np.nan)
    total = _RULES[rule](values)
    total[np.isnan(values).all(1)] = np.nan
    return total


def ranking(totals: Doubles) -> Places:
    """The rows, best first; of equals the first row first; those without a total last."""
    return np.argsort(-totals, kind="stable")


def elected(table: ScoreTable, totals: Doubles) -> list[Elected]:
    """argmax_a Σ_i [a_i = a] · total_i and the others, heaviest first (weighted best of N, as in search-and-learn).

    Traces without an answer or without a total have no vote. All traces are taken to be about one problem.
    """
    voters = np.flatnonzero((table.answer >= 0) & ~np.isnan(totals))
    by_answer = voters[np.argsort(table.answer[voters], kind="stable")]
    weights = totals[by_answer].tolist()
    groups, starts, votes = (
        found.tolist() for found in np.unique(table.answer[by_answer], return_index=True, return_counts=True)
    )
    found = [
        Elected(table.answers[group], fsum(weights[start : start + count]), count, int(by_answer[start]))
        for group, start, count in zip(groups, starts, votes, strict=True)
    ]
    return sorted(found, key=lambda entry: (-entry.weight, entry.first))


def _last(values: Doubles) -> Doubles:
    known = ~np.isnan(values)
    place = values.shape[1] - 1 - known[:, ::-1].argmax(1)
    found: Doubles = values[np.arange(len(values)), place]
    return found


def _product(values: Doubles) -> Doubles:
    """By logarithms; a zero's is -inf, which makes the product 0. Of raw channels it may be beyond all numbers."""
    sign = 1.0 - 2.0 * ((values < 0).sum(1) % 2)
    with np.errstate(over="ignore"):
        size: Doubles = np.exp(_sum(_log(np.abs(values))))
    signed: Doubles = sign * size
    return signed


def _mean(values: Doubles) -> Doubles:
    found: Doubles = _sum(values) / _count(values)
    return found


def _geometric_mean(values: Doubles) -> Doubles:
    """NaN where a value is below 0, of which it has none."""
    found: Doubles = np.exp(_sum(_log(np.maximum(values, 0.0))) / _count(values))
    found[(values < 0).any(1)] = np.nan
    return found


def _sum(values: Doubles) -> Doubles:
    total: Doubles = np.nansum(values, 1)
    return total


def _count(values: Doubles) -> Places:
    """Scored steps of each trace, at least 1: who divides by it has left out nothing but empty traces."""
    found: Places = np.maximum(1, np.count_nonzero(~np.isnan(values), 1))
    return found


def _log(values: Doubles) -> Doubles:
    with np.errstate(divide="ignore"):
        found: Doubles = np.log(values)
    return found


_RULES: Mapping[str, Callable[[Doubles], Doubles]] = {
    "last": _last,
    "min": lambda values: np.fmin.reduce(values, 1),
    "product": _product,
    "mean": _mean,
    "geometric mean": _geometric_mean,
    "sum": _sum,
    "max": lambda values: np.fmax.reduce(values, 1),
}
RULES: tuple[str, ...] = tuple(_RULES)
"""In the order in which a window offers them."""
