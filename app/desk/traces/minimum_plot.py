"""Where the lowest score of a trace stands: a histogram by step and one by part of the trace, beside what chance gives.

A PRM that is at its lowest at the last step whatever came before has become an ORM: it judges the answer, and the way
to it hardly at all (Zhang et al. 2025, 2501.07301).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt

from app.language import tr
from app.panels.plots import Plot, whole_ticks
from app.theme import Theme
from engine.scores.errors import PARTS, Minima
from engine.scores.table import ScoreTable

HEADROOM = 1.08
BAR = 0.8
SUSPICIOUS = 1.5
"""Times as often as by chance, from which on the last step is said to be too often the lowest."""
MOST_TICKS, TICK_PX = 12, 32
LABELLED_PX = 110
"""A lower plot has no room for the name of what runs along the bottom."""

Counts = npt.NDArray[np.integer]
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class AtEnd:
    """How often the lowest score is that of the last step."""

    count: int
    traces: int
    """Of so many with at least two scores."""
    chance: float
    """How many it would be if every scored step were as likely to be the lowest."""

    @property
    def too_often(self) -> bool:
        return self.count > SUSPICIOUS * self.chance and self.count > self.traces / 2


def at_end(table: ScoreTable) -> AtEnd:
    """The last step that has a score counts as the last."""
    known = ~np.isnan(table.values)
    scored = known.sum(1)
    rows = np.flatnonzero(scored >= 2)
    if not len(rows):
        return AtEnd(0, 0, 0.0)
    lowest = np.nanargmin(table.values[rows], 1)
    last = table.values.shape[1] - 1 - known[rows, ::-1].argmax(1)
    return AtEnd(int((lowest == last).sum()), len(rows), float((1 / scored[rows]).sum()))


def remark(found: AtEnd) -> str:
    """What the histogram says, in a sentence."""
    if not found.traces:
        return tr("No trace has scores at two steps: there is nothing to compare.")
    words = tr("{share:.0%} of {traces:,} traces are lowest at the last step, {chance:.0%} would be by chance")
    words = words.format(traces=found.traces, share=found.count / found.traces, chance=found.chance / found.traces)
    if not found.too_often:
        return f"{words}."
    return tr("{words}: it judges answers more than steps, like a PRM that has become an ORM.").format(words=words)


class MinimumPlot(Plot):
    """Bars, and dashes where chance would have them."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.widget.setMinimumWidth(120)

    def show_steps(self, minima: Minima, theme: Theme) -> None:
        """By the number of the step."""
        self._show(minima.by_step, minima.by_step_chance, tr("step (dashes: by chance)"), theme)
        steps = len(minima.by_step)
        room = max(2, min(MOST_TICKS, self.widget.width() // TICK_PX))
        self.set_ticks("bottom", whole_ticks(1, max(1, steps), room))

    def show_parts(self, minima: Minima, theme: Theme) -> None:
        """By the part of the trace that the step lies in."""
        self._show(minima.by_part, minima.by_part_chance, tr("part of the trace"), theme)
        places = ((1.4, tr("start")), ((PARTS + 1) / 2, tr("middle")), (PARTS - 0.2, tr("end")))
        self.set_ticks("bottom", places)

    def _show(self, counts: Counts, chance: Floats, bottom: str, theme: Theme) -> None:
        colours = theme.palette
        self.clear()
        self.dress(theme)
        roomy = self.widget.height() >= LABELLED_PX
        self.items.setLabel("bottom", bottom if roomy else None, color=colours.secondary.name())
        x = np.arange(1, len(counts) + 1)
        bars = self.pg.BarGraphItem(x=x, height=counts, width=BAR, brush=colours.principal, pen=None)
        self.items.addItem(bars)
        dashes_x = np.repeat(x, 3) + np.tile([-BAR / 2, BAR / 2, np.nan], len(x))
        dashes_y = np.repeat(chance, 3)
        self.line(dashes_x.tolist(), dashes_y.tolist(), colours.text, Qt.PenStyle.SolidLine, width=1.6)
        top = max(1.0, float(np.max(counts, initial=0)), float(np.max(chance, initial=0)))
        self.set_range((0.4, max(2, len(counts)) + 0.6), (0.0, top * HEADROOM))
