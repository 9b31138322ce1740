"""The plots over the course of a run: which there are, and the curves of each. Pure functions over arrays; no Qt.

Adding a plot is one function and one line in PLOTS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from app.language import mark
from app.models.run_series import Cursors, Floats, RunSeries, rates
from app.panels.phase_log import PhaseLog

RATE_COLUMNS = 40
"""Stretches of time for which a rate is given."""

Look = Literal["line", "points", "dashed", "dots"]
"""`points`: a line with a dot at each point, so that a point between two missing ones is seen."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve; colours are given out by its place in the plot."""

    name: str
    """A marked literal."""
    look: Look
    cursors: Cursors
    """From which cursor on each point counts, ascending."""
    x: Floats
    y: Floats
    """nan: missing."""


@dataclass(frozen=True)
class PlotKind:
    """One plot. Titles are marked literals."""

    id: str
    title: str
    across: Literal["iteration", "seconds"]
    """What runs along the bottom."""
    curves: Callable[[RunSeries, PhaseLog], list[Curve]]
    places: int = 0
    """Decimals of its values."""


def best_value(series: RunSeries, log: PhaseLog) -> list[Curve]:
    """Values credited; where a search credits none, the best score of each evaluation."""
    credits, scores = series.credits, series.scores
    rows, value = (credits, credits["value"]) if len(credits.cursors) else (scores, scores["best"])
    x, cursors = _iterations(log, rows.cursors), rows.cursors
    best = Curve(mark("best so far"), "line", cursors, x, np.maximum.accumulate(value) if len(value) else value)
    if rows is scores:
        return [best, Curve(mark("best score of an evaluation"), "dots", cursors, x, value)]
    mean = np.cumsum(value) / np.arange(1, len(value) + 1)
    return [
        best,
        Curve(mark("mean (Q of the root)"), "dashed", cursors, x, mean),
        Curve(mark("credited"), "dots", cursors, x, value),
    ]


def depth(series: RunSeries, log: PhaseLog) -> list[Curve]:
    """Branching is the mean number of children of the nodes that have any."""
    growth, credits = series.growth, series.credits
    x = _iterations(log, growth.cursors)
    branching = (growth["nodes"] - 1) / np.maximum(1, growth["parents"])
    return [
        Curve(mark("deepest node"), "line", growth.cursors, x, growth["deepest"]),
        Curve(mark("branching"), "dashed", growth.cursors, x, branching),
        Curve(mark("depth of the leaf"), "dots", credits.cursors, _iterations(log, credits.cursors), credits["depth"]),
    ]


def nodes(series: RunSeries, log: PhaseLog) -> list[Curve]:
    growth = series.growth
    return [Curve(mark("nodes"), "line", growth.cursors, _seconds(log, growth.cursors), growth["nodes"])]


def tokens(series: RunSeries, log: PhaseLog) -> list[Curve]:
    costs = series.costs
    written = np.cumsum(costs["generated"])
    return [Curve(mark("tokens written"), "line", costs.cursors, _seconds(log, costs.cursors), written)]


def speed(series: RunSeries, log: PhaseLog) -> list[Curve]:
    costs = series.costs
    x, rate = rates(_seconds(log, costs.cursors), costs["generated"], costs["seconds"], RATE_COLUMNS)
    cursors = np.searchsorted(log.elapsed, x, side="right").astype(np.int32)
    return [Curve(mark("tokens per second of model calls"), "points", cursors, x, rate)]


PLOTS: tuple[PlotKind, ...] = (
    PlotKind("best", mark("Best value"), "iteration", best_value, 2),
    PlotKind("depth", mark("Depth and branching"), "iteration", depth, 1),
    PlotKind("nodes", mark("Nodes"), "seconds", nodes),
    PlotKind("tokens", mark("Tokens"), "seconds", tokens),
    PlotKind("speed", mark("Tokens per second"), "seconds", speed, 1),
)


def place_of(kind: PlotKind, log: PhaseLog, cursor: int) -> float:
    """Where along the bottom a cursor is."""
    return log.seconds_at(cursor) if kind.across == "seconds" else float(log.iteration_at(cursor))


def cursor_at(kind: PlotKind, log: PhaseLog, x: float) -> int:
    """The cursor for a place along the bottom: the end of that iteration, or the latest event by that time."""
    if kind.across == "seconds":
        return max(1, int(np.searchsorted(log.elapsed, x, side="right")))
    ends, wanted = log.iteration_ends, round(x)
    return 1 if wanted < 1 else ends[wanted - 1] if wanted <= len(ends) else len(log)


def value_at(curve: Curve, cursor: int) -> float | None:
    """The latest value up to a cursor; None where there is none."""
    known = int(np.searchsorted(curve.cursors, cursor, side="right"))
    value = float(curve.y[known - 1]) if known else np.nan
    return None if np.isnan(value) else value


def distribution(marks: npt.NDArray[np.float32], bins: int) -> npt.NDArray[np.int64]:
    """How many scores lie in each of so many equal parts of [0, 1]; missing ones (nan) are left out."""
    known = marks[~np.isnan(marks)]
    part = np.clip((known * bins).astype(np.intp), 0, bins - 1)
    return np.bincount(part, minlength=bins)


def _iterations(log: PhaseLog, cursors: Cursors) -> Floats:
    return log.iterations[cursors - 1].astype(np.float64)


def _seconds(log: PhaseLog, cursors: Cursors) -> Floats:
    return log.elapsed[cursors - 1]
