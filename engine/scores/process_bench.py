"""ProcessBench (Zheng et al. 2024, arXiv 2412.06559): does a scorer find the first wrong step? Pure; asks no model.

A scorer says: the first step below a threshold is wrong; or none is. Of the traces with a wrong step, and of those
without, it is asked how many it says this rightly of; F1 is the harmonic mean of the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from engine.nodes import Tree
from engine.scores.table import Doubles, Ints, Places, ScoreTable
from engine.scores.traces import ScoredTrace

NONE = -1
"""In place of a step: none is wrong."""
UNKNOWN = -2
"""In place of a step: nobody says which one is wrong; or the scorer has left out a step that decides it."""
THRESHOLD = 0.5
_NUMBERED = re.compile(r"(?P<split>.+)-\d+")


@dataclass(frozen=True, slots=True)
class Figure:
    """How often a scorer is right about some traces. Those of which it scored no step do not count at all."""

    wrong: int
    """Traces with a wrong step."""
    found: int
    """Those of them whose first wrong step it finds."""
    right: int
    """Traces without a wrong step."""
    passed: int
    """Those of them in which it finds no fault."""
    undecided: int
    """Of all of them, those where a step has no score that would decide. They count as not found, or not passed."""

    @property
    def traces(self) -> int:
        return self.wrong + self.right

    @property
    def on_wrong(self) -> float:
        """Accuracy in [0, 1]; nan without such traces."""
        return self.found / self.wrong if self.wrong else nan

    @property
    def on_right(self) -> float:
        """Accuracy in [0, 1]; nan without such traces."""
        return self.passed / self.right if self.right else nan

    @property
    def f1(self) -> float:
        """2ab / (a + b) of the two accuracies; nan where there is only one of them."""
        total = self.on_wrong + self.on_right
        return 2 * self.on_wrong * self.on_right / total if total else total


@dataclass(frozen=True, slots=True)
class ProcessBench:
    """The figures of one scorer at one threshold."""

    threshold: float
    tuned_on: str | None
    """The split whose F1 the threshold makes the largest; empty: all traces; None: the threshold was given."""
    splits: Mapping[str, Figure]
    whole: Figure

    @property
    def average(self) -> float:
        """Mean F1 of the splits that have one, as ProcessBench reports it; nan where none has."""
        known = [figure.f1 for figure in self.splits.values() if figure.f1 == figure.f1]
        return sum(known) / len(known) if known else nan


def process_bench(
    table: ScoreTable,
    labels: Sequence[int] | Places,
    splits: Sequence[str],
    threshold: float = THRESHOLD,
    tune_on: str | None = None,
) -> ProcessBench:
    """The figures. labels: (traces,) column of each one's first wrong step, NONE or UNKNOWN. splits: (traces,) names.

    `tune_on`: look for the best threshold in this split, in place of the given one; empty: in all traces.
    Raises KeyError for a split of which nothing was labelled and scored.
    """
    known = np.asarray(labels, np.intp)
    names = np.asarray(splits, object)
    counts = (known != UNKNOWN) & ~np.isnan(table.values).all(1)
    values, lengths = table.values.astype(np.float64), table.lengths
    if tune_on is not None:
        chosen = counts if not tune_on else counts & (names == tune_on)
        if not chosen.any():
            raise KeyError(tune_on)
        threshold = _best(*_right_between(values[chosen], lengths[chosen], known[chosen]), known[chosen])
    said = predicted(table, threshold)

    def figure(rows: NDArray[np.bool_]) -> Figure:
        is_wrong, agrees = known[rows] >= 0, said[rows] == known[rows]
        return Figure(
            int(is_wrong.sum()),
            int((is_wrong & agrees).sum()),
            int((~is_wrong).sum()),
            int((~is_wrong & agrees).sum()),
            int((said[rows] == UNKNOWN).sum()),
        )

    present = dict.fromkeys(names[counts].tolist())
    return ProcessBench(
        threshold, tune_on, {name: figure(counts & (names == name)) for name in present}, figure(counts)
    )


def predicted(table: ScoreTable, threshold: float = THRESHOLD) -> Places:
    """(traces,): column of the first score below `threshold`, NONE if no step's is, UNKNOWN where a step without a
    score stands before it."""
    width = table.values.shape[1]
    if not width:
        return np.full(len(table.values), UNKNOWN)
    values = table.values.astype(np.float64)
    inside = np.arange(width) < table.lengths[:, None]
    below, missing = values < threshold, np.isnan(values) & inside
    first = np.where(below.any(1), below.argmax(1), width)
    gap = np.where(missing.any(1), missing.argmax(1), width)
    return np.where(gap < first, UNKNOWN, np.where(first < width, first, NONE))


def labelled(tree: Tree, trace: ScoredTrace) -> tuple[int, str]:
    """The first wrong step of a trace that came from a dataset, by its ratings, and the split that it is from.

    ProcessBench calls its records `gsm8k-17`: the split is `gsm8k`. Of any other dataset it is its name.
    """
    read = next((tree.read[node] for node in reversed(trace.nodes) if node in tree.read), None)
    told = {} if read is None else read.told
    dataset = told.get("dataset", "")
    numbered = _NUMBERED.fullmatch(told.get("id", ""))
    split = numbered["split"] if numbered else dataset
    ratings = [_rating(tree.ratings.get(node, {}), dataset) for node in trace.nodes]
    return (first_wrong(ratings) if trace.rollout is None else UNKNOWN), split


def first_wrong(ratings: Sequence[int | None]) -> int:
    """The place of the first -1, NONE if every step is rated and none so, else UNKNOWN."""
    for place, rating in enumerate(ratings):
        if rating is None:
            return UNKNOWN
        if rating < 0:
            return place
    return NONE if ratings else UNKNOWN


def _rating(said: Mapping[str, int], dataset: str) -> int | None:
    """The dataset's own word, else the person's at this program."""
    return said.get(dataset, said.get(""))


def _right_between(values: Doubles, lengths: Ints, labels: Places) -> tuple[Doubles, Doubles]:
    """(traces,) each: for thresholds t with low < t <= high, and no other, the scorer is right about a trace."""
    columns = np.arange(values.shape[1])
    ends = np.where(labels >= 0, labels, lengths)
    before = np.where(columns < ends[:, None], values, inf)
    high = before.min(1)  # nan where one is missing: no threshold is right then
    at = np.take_along_axis(values, np.maximum(labels, 0)[:, None], 1)[:, 0]
    low = np.where(labels >= 0, at, -inf)
    never = ~(low < high)
    return np.where(never, inf, low), np.where(never, inf, high)


def _best(low: Doubles, high: Doubles, labels: Places) -> float:
    """The threshold with the largest F1; of a range of equally good ones its middle, of several ranges the lowest."""
    ends = np.unique(np.concatenate([low, high]))
    ends = ends[np.isfinite(ends)]
    if not len(ends):
        return THRESHOLD
    edges = np.concatenate([[ends[0] - 1], ends, [ends[-1] + 1]])
    between = (edges[:-1] + edges[1:]) / 2  # one in each range in which nothing changes
    on_wrong, on_right = (_share(low[rows], high[rows], between) for rows in (labels >= 0, labels < 0))
    total = on_wrong + on_right
    f1 = np.divide(2 * on_wrong * on_right, total, out=np.zeros(len(between)), where=total > 0)
    return float(between[int(f1.argmax())]) if f1.any() else THRESHOLD  # none is better than any other one


def _share(low: Doubles, high: Doubles, thresholds: Doubles) -> Doubles:
    """(thresholds,) share of the ranges that each lies in."""
    inside: Places = np.searchsorted(np.sort(low), thresholds) - np.searchsorted(np.sort(high), thresholds)
    share: Doubles = inside / max(1.0, float(len(low)))
    return share
