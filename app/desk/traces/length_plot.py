"""Score against length: a dot for each trace, and whether longer traces have higher or lower totals."""

from __future__ import annotations

from math import isnan

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from app.desk.traces.curves_plot import spread_out
from app.desk.words import RULE_WORDS
from app.language import tr
from app.panels.plots import Plot, whole_ticks
from app.panels.texts import decimal
from app.theme import Theme
from engine.scores.pairs import spearman
from engine.scores.table import Doubles, ScoreTable

MOST_DOTS = 1_500
"""Of right traces, of wrong ones, and of those that nobody has checked."""
JITTER = 0.28
"""Steps to the left and to the right that dots are moved at most, so that equal ones are seen."""
OPACITY = 150
MOST_TICKS, TICK_PX = 12, 32

Floats = npt.NDArray[np.floating]


def length_words(table: ScoreTable, totals: Doubles, rule: str, drawn: int) -> str:
    """The rank correlation of total and length, of how many traces; `drawn`: how many of them are."""
    known = int((~np.isnan(totals)).sum())
    found = spearman(totals, table.lengths.astype(np.float64))
    name = tr(RULE_WORDS[rule])
    if isnan(found):
        return tr("{traces:,} traces: their lengths, or their totals, are all the same.").format(traces=known)
    words = tr("Rank correlation of the total ({rule}) with the number of steps: {value}, {traces:,} traces")
    words = words.format(rule=name, value=decimal(round(found, 2) + 0.0), traces=known)  # no minus before zero
    if drawn < known:
        return tr("{words}, {drawn:,} drawn").format(words=words, drawn=drawn)
    return words


def jittered(lengths: npt.NDArray[np.integer]) -> Floats:
    """Each a little beside its place, always in the same way."""
    return lengths + np.random.default_rng(0).uniform(-JITTER, JITTER, len(lengths))


class LengthPlot(Plot):
    """The scatter."""

    def __init__(self) -> None:
        super().__init__(tr("Totals of the traces over their lengths"))
        self.drawn = 0
        """Dots."""

    def show_lengths(self, table: ScoreTable, totals: Doubles, selected: int | None, theme: Theme) -> None:
        """Draw it anew; right and wrong traces differ in colour and in shape."""
        colours = theme.palette
        self.clear()
        self.dress(theme)
        x, known = jittered(table.lengths), ~np.isnan(totals)
        self.drawn = 0
        for which, colour, symbol in (
            (np.isnan(table.correct), colours.secondary, "s"),
            (table.correct == 0, colours.bad, "x"),
            (table.correct == 1, colours.good, "o"),
        ):
            rows = spread_out(np.flatnonzero(which & known), MOST_DOTS)
            paint = QColor(colour)
            paint.setAlpha(OPACITY)
            self.drawn += len(rows)
            if len(rows):
                self.dots(x[rows].tolist(), totals[rows].tolist(), paint, symbol, size=6)
        if selected is not None and known[selected]:
            pen = self.pg.mkPen(colours.accent, width=2)
            ring = {"symbol": "o", "symbolSize": 12, "symbolPen": pen, "symbolBrush": None}
            self.items.plot([x[selected]], [totals[selected]], pen=None, **ring)
        self._lay_axes(table, totals[known])

    def _lay_axes(self, table: ScoreTable, totals: Doubles) -> None:
        longest = max(2, table.values.shape[1])
        room = max(2, min(MOST_TICKS, self.widget.width() // TICK_PX))
        self.set_ticks("bottom", whole_ticks(1, longest, room))
        low, high = (float(totals.min()), float(totals.max())) if len(totals) else (0.0, 1.0)
        low, high = (0.0, 1.0) if low >= 0 and high <= 1 else (low, high)
        edge = 0.06 * (high - low) or 1.0
        self.items.getAxis("left").setTicks(None)
        self.set_range((0.4, longest + 0.6), (low - edge, high + edge))
