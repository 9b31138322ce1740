"""A reliability diagram: how often it is right where a scorer says so, with intervals, counts and the diagonal of a
scorer that can be believed word for word. Knows no run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.language import tr
from app.models.trust import THIN, Bin
from app.panels.plots import Plot
from app.panels.probes_plot import Mouse
from app.theme import Theme, mix

BAND = (-0.32, -0.05)
"""Below the diagram, where the bars of the counts stand; the fullest bin's is as high as the band."""
FADED = 0.55
NUMBERS_PX = 240
"""In a narrower plot the counts are told at the mouse only."""
LEAST_WIDTH = 170


class ReliabilityPlot(Plot):
    """The plot itself. It says which bin the mouse is at."""

    def __init__(self, on_hover: Callable[[int | None], None]) -> None:
        super().__init__(tr("Reliability diagram"))
        self.widget.setMinimumWidth(LEAST_WIDTH)
        self.widget.setMinimumHeight(60)
        self._bins: tuple[Bin, ...] = ()
        ticks = [(tick / 4, f"{tick / 4:g}") for tick in range(5)]
        self.set_ticks("bottom", ticks)
        self.set_ticks("left", ticks[::2])
        self._mouse = Mouse(self.items, self._bin_at, on_hover, on_hover)

    def show_bins(self, bins: Sequence[Bin], theme: Theme) -> None:
        """Draw it anew; a bin with few data is faded."""
        self._bins = tuple(bins)
        colours = theme.palette
        self.clear()
        self.dress(theme)
        self.set_range((-0.02, 1.02), (BAND[0], 1.06))
        self._draw_counts(theme)
        self.line((0, 1), (0, 1), colours.secondary, Qt.PenStyle.DashLine, width=1.2)
        thin, thick = mix(colours.principal, colours.panel, FADED), colours.principal
        self.line([one.score for one in bins], [one.share for one in bins], thin, width=1)
        for one in bins:
            self._draw_bin(one, thin if one.count < THIN else thick)

    def _draw_bin(self, one: Bin, colour: QColor) -> None:
        low, high = one.interval
        self.line((one.score, one.score), (low, high), colour, width=1.4)
        self.dots((one.score,), (one.share,), colour)

    def _draw_counts(self, theme: Theme) -> None:
        """Bars along the bottom, on a logarithmic scale: most scores lie at the ends."""
        most = max((one.count for one in self._bins), default=1)
        fill = mix(theme.palette.edge, theme.palette.panel, 0.35)
        self.items.addItem(self.pg.InfiniteLine(0, angle=0, pen=self.pg.mkPen(theme.palette.border)))
        for one in self._bins:
            height = (BAND[1] - BAND[0]) * log10(1 + one.count) / log10(1 + most)
            middle, width = (one.low + one.high) / 2, (one.high - one.low) * 0.86
            bar = self.pg.BarGraphItem(x=[middle], y0=[BAND[0]], height=[height], width=width, brush=fill, pen=None)
            self.items.addItem(bar)
            if self.widget.width() >= NUMBERS_PX:
                label = self.pg.TextItem(_short(one.count), color=theme.palette.text, anchor=(0.5, 0.5))
                label.setFont(theme.mono_font(7.5))
                label.setPos(middle, sum(BAND) / 2)
                self.items.addItem(label)

    def _bin_at(self, x: float) -> int | None:
        return next((place for place, one in enumerate(self._bins) if one.low <= x <= one.high), None)


def _short(count: int) -> str:
    """`940`, `12k`: what a bar has room for."""
    return f"{count}" if count < 1_000 else f"{count / 1_000:.1f}k" if count < 10_000 else f"{count // 1_000}k"
