"""Plots over the course of the run on screen: one at a time, cut at the cursor. A click or a drag seeks. Knows no tree.

A long log is read in pieces; a curve of any length is drawn with a few points for each pixel column.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from app.language import mark, tr
from app.models.reading import Reader
from app.models.run_series import RunSeries
from app.models.shown_run import ShownRun
from app.panels.curve_key import CurveKey, Entry
from app.panels.phase_log import PhaseLog
from app.panels.plots import PlotPanel
from app.panels.run_curves import PLOTS, Curve, PlotKind, cursor_at, distribution, place_of, value_at
from app.panels.run_plot import STYLES, Axes, RunPlot, ink
from app.panels.seeker import Seeker
from app.panels.texts import decimal
from app.theme import Theme
from app.words.nothing import why_no_tree
from engine.events import Record

BINS = 20
DISTRIBUTION = mark("Score distribution")
BOTTOM = {"iteration": mark("iteration"), "seconds": mark("seconds")}
NOTHING_YET = mark("Nothing of this has happened yet.")


class PlotsPanel(PlotPanel):
    """The list of plots, what the curves say at the cursor, and the plot."""

    preferred_size = QSize(480, 180)

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.choice = QComboBox()
        self.key = CurveKey(theme)
        self.plot: RunPlot | None = None
        self.curves: list[Curve] = []
        self._reader = Reader(shown, lambda: self._series.events, self._take, self)
        self._seeker = Seeker(shown, self)
        self._drawn: object = None
        self._forget()
        self._build()
        shown.run_changed.connect(self._start_over)
        self._reader.caught_up.connect(self.mark_stale)
        for signal in (shown.cursor_moved, shown.time_range.changed):
            signal.connect(self.mark_stale)

    @property
    def kind(self) -> PlotKind | None:
        """The plot that is chosen; None: the distribution of scores."""
        at = self.choice.currentIndex()
        return PLOTS[at] if 0 <= at < len(PLOTS) else None

    def make_plot(self) -> None:
        self.plot = RunPlot(tr("Plot over the course of the run"))
        self.plot.pointer.moved.connect(self._seek)
        self._column.addWidget(self.plot.widget, 1)

    def refresh(self) -> None:
        self._read()
        if self.plot is None:
            return
        if not self.shown.total:
            self.say(why_no_tree(self.shown))
        elif self.kind is None:
            self._show_distribution(self.plot)
        else:
            self._show_course(self.plot, self.kind)

    def _show_course(self, plot: RunPlot, kind: PlotKind) -> None:
        ends = self.shown.time_range.ends
        look = (kind.id, self._series.events, ends, self.theme.dark)
        if look != self._drawn:
            self._drawn = look
            self.curves = [_within(curve, ends) for curve in kind.curves(self._series, self._log)]
            first, last = ends or (1, len(self._log))
            start, end = (place_of(kind, self._log, cursor) for cursor in (first, last))
            across = (start if ends else 0.0, max(end, start + 1e-9, 1e-3))
            unit = kind.id == "best" and all(_unit(curve) for curve in self.curves)
            axes = Axes(across, tr(BOTTOM[kind.across]), kind.across == "iteration", unit)
            plot.show_curves(self.curves, axes, self.theme)
        plot.show_cursor(place_of(kind, self._log, self.shown.cursor))
        self._say_values(kind)
        self.say("" if any(len(curve.x) for curve in self.curves) else tr(NOTHING_YET))

    def _say_values(self, kind: PlotKind) -> None:
        entries = []
        for number, curve in enumerate(self.curves):
            value = decimal(value_at(curve, self.shown.cursor), kind.places)
            entries.append(Entry(f"{tr(curve.name)} {value}", ink(self.theme, number), STYLES.get(curve.look)))
        self.key.show_entries(entries)

    def _show_distribution(self, plot: RunPlot) -> None:
        history = self.shown.history
        marks = history.mark
        if (ends := self.shown.time_range.ends) is not None:
            birth = history.birth[: len(marks)]
            marks = marks[(birth >= ends[0]) & (birth <= ends[1])]
        scale = history.log.scale
        if not scale.is_unit:
            marks = (marks - scale.low) / max(scale.high - scale.low, 1e-9)
        heights = distribution(marks, BINS)
        look = ("distribution", heights.tobytes(), self.theme.dark)
        if look != self._drawn:
            self._drawn = look
            bottom = tr("score, as a share of {low:g} to {high:g}").format(low=scale.low, high=scale.high)
            plot.show_bars(heights, tr("score") if scale.is_unit else bottom, self.theme)
        words = tr("{scored} of {nodes} nodes have a score")
        self.key.show_entries([Entry(words.format(scored=f"{heights.sum():,}", nodes=f"{len(marks):,}"))])
        self.say("" if heights.any() else tr("No node has a score yet."))

    def _build(self) -> None:
        for title in (*(kind.title for kind in PLOTS), DISTRIBUTION):
            self.choice.addItem(tr(title))
        self.choice.setAccessibleName(tr("Which plot"))
        self.choice.setToolTip(tr("Which plot is shown"))
        self.choice.currentIndexChanged.connect(self.mark_stale)
        row = QHBoxLayout()
        row.addWidget(self.choice)
        row.addWidget(self.key, 1)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(6, 4, 6, 4)
        self._column.addLayout(row)
        self.setMinimumHeight(130)

    def _read(self) -> None:
        """Take in events that came; a log that got shorter is read anew."""
        if self._series.events > self.shown.total:
            self._forget()
        self._reader.read()

    def _take(self, records: Sequence[Record]) -> None:
        self._series.extend(records)
        self._log.extend(records)

    def _forget(self) -> None:
        self._series, self._log, self._drawn = RunSeries(), PhaseLog(), None

    def _start_over(self) -> None:
        self._forget()
        self.mark_stale()

    def _seek(self, x: float) -> None:
        if self.kind is not None:
            self._seeker.move(cursor_at(self.kind, self._log, x))


def _within(curve: Curve, ends: tuple[int, int] | None) -> Curve:
    """The points of a curve that lie in a time range."""
    if ends is None:
        return curve
    first, last = np.searchsorted(curve.cursors, (ends[0], ends[1] + 1))
    part = slice(int(first), int(last))
    return Curve(curve.name, curve.look, curve.cursors[part], curve.x[part], curve.y[part])


def _unit(curve: Curve) -> bool:
    return not len(curve.y) or bool(np.nanmin(curve.y) >= 0.0 and np.nanmax(curve.y) <= 1.0)
