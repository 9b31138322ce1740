"""Score curves: a faint line for each trace, right and wrong ones in two colours, their medians, the one on screen.

Many traces are one item of the plot, not one each. Of very many some hundred are drawn, evenly spread over the table;
medians and bands are of all. A missing score is a gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.language import tr
from app.panels.curve_key import Entry
from app.panels.plots import Plot, whole_ticks
from app.theme import Theme

MOST_LINES = 300
FEWEST = 3
"""Traces with a score at a step, from which on a median and a band mean something."""
LINE_OPACITY = (150, 46)
"""Of few lines and of many, of 255."""
BAND_OPACITY = 52
FEW = 30

Floats = npt.NDArray[np.floating]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False, slots=True)
class Quartiles:
    """Of all traces of a kind, at each step."""

    low: Floats
    """(longest,) first quartile; nan where fewer than FEWEST traces have a score, as are the next."""
    middle: Floats
    high: Floats


def quartiles(values: Floats) -> Quartiles:
    """Of each column of (traces, longest), missing ones left out; the nearest value at or below each quartile."""
    ordered = np.sort(values, axis=0)  # nan is last
    count = np.count_nonzero(~np.isnan(values), axis=0)
    found = []
    for share in (0.25, 0.5, 0.75):
        if not len(values):
            found.append(np.full(values.shape[1], np.nan))
            continue
        place = np.floor(share * np.maximum(0, count - 1)).astype(np.intp)
        at = ordered[place, np.arange(values.shape[1])]
        found.append(np.where(count >= FEWEST, at, np.nan))
    return Quartiles(*found)


def spread_out(rows: Rows, most: int) -> Rows:
    """At most so many of them, evenly spread."""
    return rows if len(rows) <= most else rows[np.linspace(0, len(rows) - 1, most).astype(np.intp)]


def one_line(values: Floats) -> tuple[Floats, Floats]:
    """x and y of all rows as one line with a gap after each; steps count from 1."""
    rows, steps = values.shape
    y = np.full((rows, steps + 1), np.nan)
    y[:, :steps] = values
    x = np.tile(np.arange(1.0, steps + 2), rows)
    return x, y.ravel()


def lonely(values: Floats) -> npt.NDArray[np.bool_]:
    """(traces, longest) scores with none before and none after them, of which no line can tell."""
    known = np.pad(~np.isnan(values), ((0, 0), (1, 1)))
    found: npt.NDArray[np.bool_] = known[:, 1:-1] & ~known[:, :-2] & ~known[:, 2:]
    return found


class CurvesPlot(Plot):
    """The plot itself."""

    def __init__(self) -> None:
        super().__init__(tr("Plot of the scores of many traces, step by step"))
        self.entries: tuple[Entry, ...] = ()
        """The key to what is drawn."""

    def show_curves(
        self, values: Floats, correct: Floats, selected: int | None, error: int, unit: bool, theme: Theme
    ) -> None:
        """Draw it anew. values (traces, longest), correct (traces,); `error`: column of the first error of the selected
        trace, or -1; `unit`: whether all values are in [0, 1]."""
        colours = theme.palette
        self.clear()
        self.dress(theme)
        self._lay_axes(values, unit)
        kinds = (
            (np.isnan(correct), colours.secondary, tr("not checked"), Qt.PenStyle.DotLine),
            (correct == 0, colours.bad, tr("wrong"), Qt.PenStyle.DashLine),
            (correct == 1, colours.good, tr("right"), Qt.PenStyle.SolidLine),
        )
        drawn, entries = 0, []
        for which, colour, name, style in kinds:
            rows = np.flatnonzero(which)
            if not len(rows):
                continue
            shown = spread_out(rows, max(1, round(MOST_LINES * len(rows) / len(correct))))
            drawn += len(shown)
            self._draw_traces(values[shown], colour)
            self._draw_middle(quartiles(values[rows]), colour, style)
            entries.append(Entry(f"{name} {len(rows):,}", colour, style))
        if selected is not None:
            self._draw_selected(values[selected], error, theme)
            entries.append(Entry(tr("on the screen"), colours.accent))
            if error >= 0:
                entries.append(Entry(tr("its first error"), colours.bad, None))
        if drawn < len(correct):
            entries.append(Entry(tr("{drawn:,} of {all:,} drawn").format(drawn=drawn, all=len(correct))))
        entries.append(Entry(tr("bold: median, band: half of the traces")))
        self.entries = tuple(entries)

    def _draw_traces(self, values: Floats, colour: QColor) -> None:
        faint = QColor(colour)
        faint.setAlpha(LINE_OPACITY[len(values) > FEW])
        x, y = one_line(values)
        self.items.plot(x, y, pen=self.pg.mkPen(faint, width=1), connect="finite")
        row, step = np.nonzero(lonely(values))
        if len(row):
            self.dots((step + 1.0).tolist(), values[row, step].tolist(), faint, size=4)

    def _draw_middle(self, found: Quartiles, colour: QColor, style: Qt.PenStyle) -> None:
        known = np.flatnonzero(~np.isnan(found.middle))
        if not len(known):
            return
        steps = known + 1.0
        paint = QColor(colour)
        paint.setAlpha(BAND_OPACITY)
        low, high = (self.pg.PlotCurveItem(steps, side[known], pen=None) for side in (found.low, found.high))
        self.items.addItem(self.pg.FillBetweenItem(low, high, brush=paint))
        self.line(steps.tolist(), found.middle[known].tolist(), colour, style, width=2.4)

    def _draw_selected(self, values: Floats, error: int, theme: Theme) -> None:
        """With its first error marked, and what comes after that in grey."""
        colours, x, y = theme.palette, np.arange(1.0, len(values) + 1).tolist(), values.tolist()
        known = len(y) if error < 0 else error + 1
        if error >= 0:
            self.line(x[error:], y[error:], colours.secondary, width=2.6, symbol="o")
        self.line(x[:known], y[:known], colours.accent, width=2.6, symbol="o")
        if error >= 0:
            self.dots(x[error:known], y[error:known], colours.bad, "x", size=13)

    def _lay_axes(self, values: Floats, unit: bool) -> None:
        steps = max(2, values.shape[1])
        self.set_ticks("bottom", whole_ticks(1, steps, 10))
        known = values[~np.isnan(values)]
        if unit or not len(known):
            self.set_ticks("left", [(half / 2, f"{half / 2:.1f}") for half in range(3)])
            self.set_range((0.8, steps + 0.2), (-0.04, 1.06))
            return
        self.items.getAxis("left").setTicks(None)
        low, high = float(known.min()), float(known.max())
        edge = 0.05 * (high - low) or 1.0
        self.set_range((0.8, steps + 0.2), (low - edge, high + edge))
