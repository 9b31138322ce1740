"""The chart of what a probe found: where its points, whiskers and controls stand. Knows no Qt and draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import nan
from typing import Literal

from engine.search.probes import Result
from engine.search.probes.intervals import Estimate

Kind = Literal["curve", "bars", "points"]
AOC = "AOC"
"""How the figure of a curve is called that is the area over it (Lanham et al. 2023)."""


@dataclass(frozen=True, slots=True)
class Point:
    """One row of the result."""

    row: int
    """Its place among the rows."""
    x: float
    estimate: Estimate
    control: Estimate | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Points from left to right. `x` is the position in the thought, in [0, 1], or the number of a row, from 1."""

    kind: Kind
    points: tuple[Point, ...]
    along_thought: bool
    control: Estimate | None
    """Of the whole, drawn as a line across."""
    area_over: bool
    """Whether the figure is the area over the curve."""

    @property
    def x_range(self) -> tuple[float, float]:
        if self.along_thought:
            return (-0.06, 1.08)
        xs = [point.x for point in self.points] or [1.0]
        return (min(xs) - 0.6, max(xs) + 0.6)

    @property
    def y_range(self) -> tuple[float, float]:
        """Shares need [0, 1]; differences what they reach, 0 included and the same room on both sides."""
        if self.kind != "bars":
            return (-0.03, 1.06)
        ends = (abs(end) for point in self.points for end in _ends(point))
        most = min(1.0, max(0.22, *ends, 0.0))
        return (-most * 1.08, most * 1.08)

    @property
    def step(self) -> float:
        """The least distance between two points: how wide a bar may be."""
        xs = sorted({point.x for point in self.points})
        return min((after - before for before, after in pairwise(xs)), default=0.2)

    def nearest(self, x: float) -> int | None:
        """The row whose point is nearest to `x`; None without points."""
        return min(self.points, key=lambda point: abs(point.x - x)).row if self.points else None


def chart_of(result: Result) -> Chart:
    """Along the thought where every row has its place there, as a curve unless the figure is another thing than the
    area over it; differences by their steps; else row by row."""
    rows = [(number, row) for number, row in enumerate(result.rows) if row.estimate.value is not None]
    positions = [row.position for _, row in rows if row.position is not None]
    steps = [row.step for _, row in rows if row.step is not None]
    along = not result.signed and bool(rows) and len(set(positions)) == len(rows) > 1
    xs: list[float]
    if along:
        xs = positions
    elif len(set(steps)) == len(rows):
        xs = list(map(float, steps))
    else:
        xs = [number + 1.0 for number, _ in rows]
    points = (Point(number, x, row.estimate, row.control) for x, (number, row) in zip(xs, rows, strict=True))
    figure, control = result.figure, result.control
    curve = along and (figure is None or AOC in figure.words)
    of_rows = curve or not along  # else the control is that of the figure, which is another thing than the rows are
    return Chart(
        "bars" if result.signed else "curve" if curve else "points",
        tuple(sorted(points, key=lambda point: point.x)),
        along,
        control.estimate if of_rows and control is not None and control.estimate.value is not None else None,
        curve and figure is not None,
    )


def whiskers(points: Sequence[Point], shift: float = 0.0) -> tuple[list[float], list[float]]:
    """The intervals as one broken line: nan parts them."""
    xs, ys = list[float](), list[float]()
    for point in points:
        xs += (point.x + shift, point.x + shift, nan)
        ys += (point.estimate.low, point.estimate.high, nan)
    return xs, ys


def controls(chart: Chart, shift: float) -> tuple[Point, ...]:
    """The controls of single rows as points of their own, a little to the right of what they are for."""
    return tuple(
        Point(point.row, point.x + shift, point.control, None)
        for point in chart.points
        if point.control is not None and point.control.value is not None
    )


def _ends(point: Point) -> tuple[float, ...]:
    control = () if point.control is None or point.control.value is None else (point.control.low, point.control.high)
    return (point.estimate.low, point.estimate.high, *control)
