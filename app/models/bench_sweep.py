"""ProcessBench's figures of a scorer at every threshold, from traces that came with ratings. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.scores.process_bench import UNKNOWN, ProcessBench, labelled, process_bench
from engine.scores.table import Doubles, Places, ScoreTable
from engine.tree import Tree

THRESHOLDS = tuple(step / 50 for step in range(1, 50))
"""At which the curves are reckoned: 0.02 to 0.98."""


@dataclass(frozen=True, eq=False, slots=True)
class Cases:
    """The traces that a dataset has rated, as far as the scorer has read them."""

    table: ScoreTable
    labels: Places
    """(traces,) see `process_bench`."""
    splits: tuple[str, ...]
    """(traces,)"""

    @property
    def count(self) -> int:
        """Those with a label and at least one score."""
        if not self.table.values.shape[1]:
            return 0
        return int(((self.labels != UNKNOWN) & ~np.isnan(self.table.values).all(1)).sum())

    def at(self, threshold: float) -> ProcessBench:
        return process_bench(self.table, self.labels, self.splits, threshold)

    def tuned(self, split: str = "") -> ProcessBench:
        """With the threshold that is best for a split, or for all. Raises KeyError for a split without cases."""
        return process_bench(self.table, self.labels, self.splits, tune_on=split)


@dataclass(frozen=True, eq=False, slots=True)
class Sweep:
    """The figures of all traces together, threshold by threshold; nan where one does not exist."""

    thresholds: Doubles
    f1: Doubles
    on_wrong: Doubles
    on_right: Doubles


def gather(table: ScoreTable, tree_of: Callable[[int], Tree]) -> Generator[None, None, Cases]:
    """Read which step of each trace is the first wrong one; yields after every trace."""
    labels: list[int] = []
    splits: list[str] = []
    for trace in table.traces:
        label, split = labelled(tree_of(trace.run), trace)
        labels.append(label)
        splits.append(split)
        yield
    return Cases(table, np.array(labels, np.intp), tuple(splits))


def sweep(cases: Cases, thresholds: Sequence[float] = THRESHOLDS) -> Generator[None, None, Sweep]:
    """The curves; yields after every threshold."""
    whole = []
    for threshold in thresholds:
        whole.append(cases.at(threshold).whole)
        yield
    columns = ([getattr(figure, name) for figure in whole] for name in ("f1", "on_wrong", "on_right"))
    return Sweep(np.array(thresholds), *(np.array(column, np.float64) for column in columns))
