"""ProcessBench's figures over the threshold, with a line at the chosen one. Knows no run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, Qt

from app.language import tr
from app.models.bench_sweep import Sweep
from app.panels.plots import Plot
from app.theme import Theme

LEAST_WIDTH = 170


class SweepPlot(Plot):
    """The plot itself; a click chooses a threshold."""

    def __init__(self, on_click: Callable[[float], None]) -> None:
        super().__init__(tr("Plot of F1 over the threshold"))
        self.widget.setMinimumWidth(LEAST_WIDTH)
        self.widget.setMinimumHeight(60)
        self.set_ticks("left", [(tick / 2, f"{tick / 2:g}") for tick in range(3)])
        self.set_ticks("bottom", [(tick / 4, f"{tick / 4:g}") for tick in range(5)])
        self._line: Any = None
        self._on_click = on_click
        self.items.scene().sigMouseClicked.connect(self._pressed)

    def show_sweep(self, found: Sweep, theme: Theme) -> None:
        colours = theme.palette
        self.clear()
        self.dress(theme)
        self.set_range((-0.02, 1.02), (-0.03, 1.06))
        x = found.thresholds.tolist()
        self.line(x, found.on_wrong.tolist(), colours.bad, Qt.PenStyle.DashLine, width=1.3)
        self.line(x, found.on_right.tolist(), colours.good, Qt.PenStyle.DotLine, width=1.6)
        self.line(x, found.f1.tolist(), colours.principal, width=2)
        self._line = self.pg.InfiniteLine(0.5, pen=self.pg.mkPen(colours.text, width=1))
        self.items.addItem(self._line)

    def show_threshold(self, threshold: float) -> None:
        if self._line is not None:
            self._line.setValue(threshold)

    def _pressed(self, event: Any) -> None:
        place: QPointF = self.items.getViewBox().mapSceneToView(event.scenePos())
        self._on_click(place.x())
