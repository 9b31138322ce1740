"""Whether to believe a score: how it stands to labels. AUC, accuracy, calibration; over lists or arrays, no model.

Scores and labels (0 or 1) go in pairs; a pair with NaN on either side is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.scores.table import Doubles, Places, ScoreTable

Numbers: TypeAlias = Sequence[float] | Sequence[int] | NDArray[np.floating] | NDArray[np.integer]


@dataclass(frozen=True, eq=False, slots=True)
class Reliability:
    """A reliability diagram with bins of equal width over [0, 1] (Guo et al. 2017, 1706.04599)."""

    edges: Doubles
    """(bins + 1,)"""
    mean_score: Doubles
    """(bins,) NaN where a bin is empty, as is the next."""
    frequency: Doubles
    """(bins,) share of labels that are 1."""
    count: Places
    """(bins,)"""
    error: float
    """Expected calibration error: Σ count / n · |mean score - frequency|, in [0, 1]; NaN where there are no pairs."""
    brier: float
    """Mean of (score - label)²; NaN likewise."""

    @property
    def n(self) -> int:
        """Pairs in all."""
        return int(self.count.sum())


class AtStep(NamedTuple):
    """A figure at one step position."""

    step: int
    """From 1."""
    value: float
    """NaN where it cannot be told: no pairs, or for an AUC only one class."""
    n: int
    right: int
    """How many of the n have label 1."""


def reliability(scores: Numbers, labels: Numbers, bins: int = 10) -> Reliability:
    """How often the label is 1 where the score says how likely that is. Scores are in [0, 1]."""
    asked, said = _pairs(scores, labels)
    place = np.minimum((asked * bins).astype(np.intp), bins - 1)
    count = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):
        mean, frequency = (np.bincount(place, of, bins) / count for of in (asked, said))
    n = len(asked)
    error = float(np.nansum(count * np.abs(mean - frequency)) / n) if n else np.nan
    brier = float(np.mean((asked - said) ** 2)) if n else np.nan
    return Reliability(np.linspace(0, 1, bins + 1), mean, frequency, count, error, brier)


def calibration_error(scores: Numbers, labels: Numbers, bins: int = 10) -> float:
    """Expected calibration error with equal-width bins (Guo et al. 2017), 0..1; NaN where there are no pairs."""
    return reliability(scores, labels, bins).error


def auc(scores: Numbers, labels: Numbers) -> float:
    """The area under the ROC curve, ties counted half (Mann-Whitney); NaN where one class is missing."""
    asked, said = _pairs(scores, labels)
    positive = int((said == 1).sum())
    negative = len(said) - positive
    if not positive or not negative:
        return float("nan")
    rank_sum = float(ranks(asked)[said == 1].sum())
    return (rank_sum - positive * (positive + 1) / 2) / (positive * negative)


def accuracy(scores: Numbers, labels: Numbers, threshold: float = 0.5) -> float:
    """The share of pairs where the score is above the threshold just if the label is 1; NaN where there are none."""
    asked, said = _pairs(scores, labels)
    return float(np.mean((asked > threshold) == (said == 1))) if len(asked) else float("nan")


def auc_by_step(table: ScoreTable) -> tuple[AtStep, ...]:
    """At each step position, how well its score tells traces that end right from those that end wrong."""
    return _by_step(table, auc)


def accuracy_by_step(table: ScoreTable) -> tuple[AtStep, ...]:
    """At each step position, how often its score is on the side of the trace's end."""
    return _by_step(table, accuracy)


def disagreements(table: ScoreTable, totals: Doubles) -> tuple[Places, Places]:
    """Rows of wrong traces with a high total, and of right ones with a low one; the most striking first.

    High is above, and low below, the middle between the medians of right and of wrong traces; where a class is missing,
    all of the other are given.
    """
    wrong = np.flatnonzero((table.correct == 0) & ~np.isnan(totals))
    right = np.flatnonzero((table.correct == 1) & ~np.isnan(totals))
    if len(wrong) and len(right):
        middle = (np.median(totals[wrong]) + np.median(totals[right])) / 2
        wrong, right = wrong[totals[wrong] > middle], right[totals[right] < middle]
    high = wrong[np.argsort(-totals[wrong], kind="stable")]
    return high, right[np.argsort(totals[right], kind="stable")]


def ranks(values: Doubles) -> Doubles:
    """Ranks from 1, ascending; equal values share the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    mean: Doubles = np.cumsum(count) - (count - 1) / 2
    return mean[place]


def _by_step(table: ScoreTable, figure: object) -> tuple[AtStep, ...]:
    found = []
    for column in range(table.values.shape[1]):
        asked, said = _pairs(table.values[:, column], table.correct)
        found.append(AtStep(column + 1, figure(asked, said), len(asked), int(said.sum())))  # type: ignore[operator]
    return tuple(found)


def _pairs(scores: Numbers, labels: Numbers) -> tuple[Doubles, Doubles]:
    asked, said = np.asarray(scores, np.float64), np.asarray(labels, np.float64)
    known = ~(np.isnan(asked) | np.isnan(said))
    return asked[known], said[known]
