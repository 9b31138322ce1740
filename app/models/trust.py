"""Whether to believe a scorer: its scores against what came out, or against labels of steps. Knows no widget, no tree.

A missing number is nan in an array and None elsewhere. Few data are said to be few.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from typing import Literal, TypeAlias

import numpy as np

from engine.intervals import wilson
from engine.scores.labels import LabelSource
from engine.scores.table import Doubles, Floats, ScoreTable
from engine.scores.trust import Numbers, Reliability, accuracy, auc, reliability

Against: TypeAlias = Literal["answer"] | LabelSource
AGAINST: tuple[Against, ...] = ("answer", "exact", "monte carlo", "person", "dataset")
"""What scores are held against, as a list offers it; `answer` is whether the trace ended with the right one."""
Unit = Literal["step", "trace"]

FEW = 30
"""Below so many traces, or labelled steps, a figure is a guess, and is said to be one."""
THIN = 20
"""A figure at a step position with fewer traces than that is drawn grey."""
UNBOUND = ("product", "sum")
"""Rules by which one half is no border between good and bad."""


@dataclass(frozen=True, eq=False, slots=True)
class Evidence:
    """Scores with labels beside them."""

    scores: Floats
    """(traces, longest); nan: missing, or beyond the end."""
    labels: Floats
    """(traces, longest) 1 good, 0 not, nan where nobody says."""
    totals: Doubles
    """(traces,)"""
    outcomes: Floats
    """(traces,) 1 right answer, 0 wrong, nan where nobody knows; what a label of a step never tells."""

    def pairs(self, unit: Unit) -> tuple[Doubles, Doubles]:
        """Scores and labels of every step, or every trace, that has both."""
        asked, said = (self.scores, self.labels) if unit == "step" else (self.totals, self.outcomes)
        known = ~(np.isnan(asked) | np.isnan(said))
        return asked[known].astype(np.float64), said[known].astype(np.float64)


@dataclass(frozen=True, slots=True)
class Bin:
    """Scores that lie close together."""

    low: float
    high: float
    count: int
    score: float
    """Mean."""
    share: float
    """Of them, those with label 1."""

    @property
    def interval(self) -> tuple[float, float]:
        """Of the share, 95 % (Wilson)."""
        return wilson(self.share * self.count, self.count)


@dataclass(frozen=True, slots=True)
class Position:
    """How good the scores are at one step of the traces."""

    step: int | None
    """From 1; None: the traces' totals."""
    n: int
    right: int
    auc: float | None
    accuracy: float | None
    """None for a total of which one half says nothing, too."""

    @property
    def thin(self) -> bool:
        return self.n < THIN


@dataclass(frozen=True, eq=False, slots=True)
class Figures:
    """All of it."""

    unit: Unit
    against: Against
    rule: str
    n: int
    """Pairs of a score and a label."""
    traces: int
    """Those that any of them belongs to."""
    bins: tuple[Bin, ...]
    """Without the empty ones."""
    ece: float | None
    brier: float | None
    auc: float | None
    accuracy: float | None
    mean_score: float | None
    mean_label: float | None
    positions: tuple[Position, ...]
    """One for each step position with a pair, then the totals' where there are any."""

    @property
    def few(self) -> bool:
        """Whether all of this may be chance: steps of one trace are not many traces."""
        return (self.traces if self.against == "answer" else self.n) < FEW


def evidence_of_answers(table: ScoreTable, totals: Doubles) -> Evidence:
    """Every step is held against how its trace ended."""
    inside = np.arange(table.values.shape[1]) < table.lengths[:, None]
    labels = np.where(inside, table.correct[:, None], np.float32(np.nan))
    return Evidence(table.values, labels, totals, table.correct)


def evidence_of_labels(table: ScoreTable, labels: Floats) -> Evidence:
    """Every step is held against its own label; of whole traces labels of steps say nothing."""
    nothing = np.full(len(table.lengths), np.nan)
    return Evidence(table.values, labels, nothing, nothing.astype(np.float32))


def figures(evidence: Evidence, unit: Unit, against: Against, rule: str) -> Figures:
    """Calibration over all pairs, and how well scores tell good from bad, position by position."""
    asked, said = evidence.pairs(unit)
    found = reliability(asked, said) if is_probability(asked) else None
    known = (
        ~(np.isnan(evidence.scores) | np.isnan(evidence.labels)).all(1)
        if unit == "step"
        else ~(np.isnan(evidence.totals) | np.isnan(evidence.outcomes))
    )
    border = unit == "step" or rule not in UNBOUND
    return Figures(
        unit,
        against,
        rule,
        len(asked),
        int(np.count_nonzero(known)),
        () if found is None else tuple(_bins(found)),
        None if found is None else _known(found.error),
        None if found is None else _known(found.brier),
        _known(auc(asked, said)),
        _known(accuracy(asked, said)) if border else None,
        float(asked.mean()) if len(asked) else None,
        float(said.mean()) if len(said) else None,
        tuple(_positions(evidence, rule)),
    )


def is_probability(values: Doubles) -> bool:
    """Whether all lie in [0, 1]: a sum of scores does not."""
    return not len(values) or bool(values.min() >= 0.0 and values.max() <= 1.0)


def _bins(found: Reliability) -> Iterator[Bin]:
    for place in np.flatnonzero(found.count).tolist():
        low, high = found.edges[place : place + 2].tolist()
        yield Bin(low, high, int(found.count[place]), float(found.mean_score[place]), float(found.frequency[place]))


def _positions(evidence: Evidence, rule: str) -> Iterator[Position]:
    for column in range(evidence.scores.shape[1]):
        position = _position(column + 1, evidence.scores[:, column], evidence.labels[:, column], border=True)
        if position.n:
            yield position
    whole = _position(None, evidence.totals, evidence.outcomes, border=rule not in UNBOUND)
    if whole.n:
        yield whole


def _position(step: int | None, scores: Numbers, labels: Numbers, *, border: bool) -> Position:
    asked, said = np.asarray(scores, np.float64), np.asarray(labels, np.float64)
    known = ~(np.isnan(asked) | np.isnan(said))
    asked, said = asked[known], said[known]
    judged = _known(accuracy(asked, said)) if border else None
    return Position(step, len(said), int(said.sum()), _known(auc(asked, said)), judged)


def _known(value: float) -> float | None:
    return None if isnan(value) else value
