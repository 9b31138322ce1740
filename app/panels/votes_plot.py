"""The curve of a count over one stored sample set: maj@k or best@k, with a stopping rule's confidence. No tree."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.panels.votes_words import Curve, Stopping
from app.theme import Theme

SYMBOLS = "ostdx+"
"""A winner has a symbol of its own, so that a change of the winner is seen."""


class VotesPlot:
    """The pyqtgraph part; made after the panel was painted once, since the import takes a quarter of a second."""

    def __init__(self) -> None:
        import pyqtgraph

        self._pg: Any = pyqtgraph
        self._plot: Any = pyqtgraph.PlotWidget()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.setMinimumWidth(140)
        self._plot.setAccessibleName("Plot of the winner's share over the number of samples")
        self._plot.getAxis("left").setTicks([[(tick / 2, f"{tick / 2:.1f}") for tick in range(3)]])

    @property
    def widget(self) -> QWidget:
        widget: QWidget = self._plot
        return widget

    def show_curve(self, curve: Curve, stopping: Stopping, theme: Theme) -> None:
        """The winner's share and the confidence after k samples; a dotted line where the rule would have stopped."""
        colours = theme.palette
        self._plot.clear()
        self._dress(theme, curve.sizes[-1] if curve.sizes else 1)
        sizes = range(1, len(stopping.confidence) + 1)
        dashed = self._pg.mkPen(colours.accent, width=1.2, style=Qt.PenStyle.DashLine)
        self._plot.plot(list(sizes), list(stopping.confidence), pen=dashed)
        if stopping.at is not None:
            dotted = self._pg.mkPen(colours.text, width=1, style=Qt.PenStyle.DotLine)
            self._plot.addItem(self._pg.InfiniteLine(stopping.at, pen=dotted))
        solid = self._pg.mkPen(colours.principal, width=1.6)
        self._plot.plot(list(curve.sizes), list(curve.shares), pen=solid)
        self._draw_winners(curve, colours.principal)

    def _draw_winners(self, curve: Curve, colour: QColor) -> None:
        """A symbol where the winner changes, and at the end."""
        order = list(dict.fromkeys(curve.winners))
        marked = [
            at
            for at, winner in enumerate(curve.winners)
            if at in (0, len(curve.winners) - 1) or winner != curve.winners[at - 1]
        ]
        self._plot.plot(
            [curve.sizes[at] for at in marked],
            [curve.shares[at] for at in marked],
            pen=None,
            symbol=[SYMBOLS[order.index(curve.winners[at]) % len(SYMBOLS)] for at in marked],
            symbolSize=7,
            symbolBrush=colour,
            symbolPen=None,
        )

    def _dress(self, theme: Theme, most: int) -> None:
        colours = theme.palette
        self._plot.setBackground(colours.panel)
        step = max(1, round(most / 5))
        self._plot.getAxis("bottom").setTicks([[(tick, f"{tick}") for tick in (1, *range(step, most + 1, step))]])
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(colours.border)
            axis.setTextPen(colours.secondary)
            axis.setTickFont(theme.mono_font(8))
        self._plot.showGrid(y=True, alpha=0.25)
        self._plot.setYRange(0, 1.05, padding=0)
        self._plot.setXRange(0.5, max(2, most) + 0.5, padding=0)
