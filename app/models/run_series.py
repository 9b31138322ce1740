"""What plots over the course of a run are made of, as arrays that grow with its log. Knows no plot and no Qt.

Every row has the cursor from which it counts, so that a plot can be cut at any cursor and to any time range.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from app.models.columns import Timetable
from engine.events import ROOT, Backpropagated, Credited, Expanded, Record, RolledOut, RunStarted, Scored

Floats = npt.NDArray[np.float64]
Cursors = npt.NDArray[np.int32]


class Rows(Timetable):
    """Cursors, ascending, and a number or more for each."""

    def __init__(self, *names: str) -> None:
        super().__init__(**dict.fromkeys(names, np.float64))

    @property
    def cursors(self) -> Cursors:
        """Shape (rows,)."""
        return self["time"]


class RunSeries:
    """`extend` it with the records that follow those known."""

    def __init__(self) -> None:
        self.events = 0
        self.credits = Rows("value", "depth")
        """Values credited by backpropagation, each with the depth of its leaf."""
        self.scores = Rows("best")
        """The best score of each Scored event."""
        self.growth = Rows("nodes", "deepest", "parents")
        """After each expansion: nodes, the largest depth, and how many nodes have children."""
        self.costs = Rows("generated", "seconds")
        """Tokens written by the policy, and seconds of model calls, of each event that cost something."""
        self._depths = array("i")
        self._parents: set[int] = set()
        self._deepest = 0

    def extend(self, records: Iterable[Record]) -> None:
        for record in records:
            self.events += 1
            self._read(self.events, record)
        for rows in (self.credits, self.scores, self.growth, self.costs):
            rows.settle()

    def _read(self, cursor: int, record: Record) -> None:
        event = record.event
        match event:
            case Backpropagated(leaf=leaf, value=value):
                self.credits.add((cursor, value, self._depths[leaf]))
            case Credited(nodes=nodes, values=values, single=True) if nodes and nodes[0] == ROOT:
                self.credits.add((cursor, values[0], self._depths[nodes[-1]]))
            case Scored(scores=scores):
                if scores:
                    self.scores.add((cursor, max(score.value for score in scores)))
            case Expanded():
                self._grow(cursor, event)
            case RunStarted():
                self._depths.append(0)
        if isinstance(event, Expanded | Scored | RolledOut) and event.cost.seconds > 0:
            self.costs.add((cursor, event.cost.generated, event.cost.seconds))

    def _grow(self, cursor: int, event: Expanded) -> None:
        if not event.children:
            return
        depth = self._depths[event.parent] + 1
        self._depths.extend([depth] * len(event.children))
        self._parents.add(event.parent)
        self._deepest = max(self._deepest, depth)
        self.growth.add((cursor, len(self._depths), self._deepest, len(self._parents)))


def thinned(x: Floats, y: Floats, columns: int) -> tuple[Floats, Floats]:
    """A curve with at most two points for each of so many equal columns: the lowest and the highest y there.

    `x` does not fall. A column in which every y is missing (nan) keeps one missing point.
    """
    if len(x) <= 2 * columns:
        return x, y
    edges = np.searchsorted(x, np.linspace(x[0], x[-1], columns + 1)[:-1])
    starts = np.unique(edges)
    lowest, highest = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    return np.repeat(x[starts], 2), np.column_stack((lowest, highest)).ravel()


def rates(x: Floats, amounts: Floats, seconds: Floats, columns: int) -> tuple[Floats, Floats]:
    """Amounts for each second of work in about so many equal columns; nan where no work was done."""
    if not len(x):
        return x, amounts
    edges = np.linspace(0.0, max(float(x[-1]), 1e-9), max(1, columns) + 1)
    column = np.clip(np.searchsorted(edges, x, side="right") - 1, 0, len(edges) - 2)
    sums = [np.bincount(column, numbers, len(edges) - 1) for numbers in (amounts, seconds)]
    with np.errstate(invalid="ignore", divide="ignore"):
        return (edges[:-1] + edges[1:]) / 2, np.where(sums[1] > 0, sums[0] / sums[1], np.nan)
