"""How good scores are at each step of the traces: AUC and accuracy by position, and of the totals. Knows no run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import nan

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF

from app.language import tr
from app.models.trust import Position
from app.panels.plots import Plot, whole_ticks
from app.panels.probes_plot import Mouse
from app.theme import Theme, mix

FADED = 0.62
TICK_PX = 36
LEAST_WIDTH = 170
BELOW = 0.45
"""Where the axis begins at least: an AUC below one half is worth a look, and rare."""


class PositionsPlot(Plot):
    """The plot itself. It says which position the mouse is at."""

    def __init__(self, on_hover: Callable[[int | None], None]) -> None:
        super().__init__(tr("Plot of AUC and accuracy at each step"))
        self.widget.setMinimumWidth(LEAST_WIDTH)
        self.widget.setMinimumHeight(60)
        self._positions: tuple[Position, ...] = ()
        self._label = 0.0
        """Half the width of the totals' name, as a share of the width of the steps."""
        self._mouse = Mouse(self.items, self._place_at, on_hover, on_hover)

    def show_positions(self, positions: Sequence[Position], total: str, theme: Theme) -> None:
        """Draw it anew. Positions with few data are faded. `total`: what stands below the totals."""
        self._positions = tuple(positions)
        colours = theme.palette
        self.clear()
        self.dress(theme)
        half = QFontMetricsF(theme.mono_font(8)).horizontalAdvance(total) / 2 + TICK_PX / 3
        self._label = min(0.3, half / max(1, self.widget.width() - 2 * half))
        self._lay_axes(total)
        middle = self.pg.InfiniteLine(0.5, angle=0, pen=self.pg.mkPen(colours.secondary, style=Qt.PenStyle.DotLine))
        self.items.addItem(middle)
        look = ("s", colours.accent, Qt.PenStyle.DashLine), ("o", colours.principal, Qt.PenStyle.SolidLine)
        for values, (symbol, colour, dash) in zip((self._accuracies, self._aucs), look, strict=True):
            self._draw(values, colour, symbol, dash, mix(colour, colours.panel, FADED))
        if any(one.step is None for one in positions) and len(positions) > 1:
            self.upright((self._last + self._total_x) / 2, colours.border)

    @property
    def _x(self) -> list[float]:
        """Where each position stands; the totals behind the last step."""
        return [self._total_x if one.step is None else float(one.step) for one in self._positions]

    @property
    def _last(self) -> int:
        return max((one.step or 0 for one in self._positions), default=0)

    @property
    def _total_x(self) -> float:
        """So far behind the last step that the name of the totals has room."""
        return self._last + max(1.0, self._label * max(2, self._last))

    @property
    def _aucs(self) -> list[float]:
        return [nan if one.auc is None else one.auc for one in self._positions]

    @property
    def _accuracies(self) -> list[float]:
        return [nan if one.accuracy is None else one.accuracy for one in self._positions]

    def _draw(self, y: list[float], colour: QColor, symbol: str, dash: Qt.PenStyle, thin: QColor) -> None:
        steps = [place for place, one in enumerate(self._positions) if one.step is not None]
        self.line([self._x[place] for place in steps], [y[place] for place in steps], thin, dash, width=1.2)
        for faded in (True, False):
            places = [place for place, one in enumerate(self._positions) if one.thin is faded and y[place] == y[place]]
            self.dots([self._x[at] for at in places], [y[at] for at in places], thin if faded else colour, symbol)

    def _lay_axes(self, total: str) -> None:
        known = [value for value in (*self._aucs, *self._accuracies) if value == value]
        low = min([BELOW, *known]) - 0.03
        room = max(2, self.widget.width() // TICK_PX - 2)
        ticks: list[tuple[float, str]] = [*whole_ticks(1, self._last, room)] if self._last else []
        end = max(2.0, float(self._last)) + 0.5
        if any(one.step is None for one in self._positions):
            ticks.append((self._total_x, total))
            end = self._total_x + max(0.6, self._label * max(2, self._last))
        self.set_ticks("bottom", ticks)
        self.set_ticks("left", [(tick / 4, f"{tick / 4:g}") for tick in range(5)])
        self.set_range((0.4, end), (low, 1.05))

    def _place_at(self, x: float) -> int | None:
        near = [(abs(x - at), place) for place, at in enumerate(self._x)]
        return min(near)[1] if near and min(near)[0] <= 0.5 else None
