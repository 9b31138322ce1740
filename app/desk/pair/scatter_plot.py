"""Scores of two scorers, dot by dot: right traces, wrong ones, and those of which nobody knows. Knows no run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.language import tr
from app.models.pair import Cloud
from app.panels.plots import Plot
from app.theme import Theme

LEAST_WIDTH = 180
DOT_PX = 5.5
SOLID, SPARSE = 150, 400
"""Opacity of a dot, of 255, and the number of dots up to which they are solid: many lie on each other."""
NEAR_PX = 9
"""How far beside a dot a click may be."""
MARGIN = 0.03


class ScatterPlot(Plot):
    """The plot itself; it says which dot was clicked, and which the mouse is at."""

    def __init__(self, on_hover: Callable[[int | None], None], on_click: Callable[[int], None]) -> None:
        super().__init__(tr("Scatter plot of two scorers"))
        self.widget.setMinimumWidth(LEAST_WIDTH)
        self.widget.setMinimumHeight(60)
        self._cloud: Cloud | None = None
        self._on_hover, self._on_click = on_hover, on_click
        self._marked: Any = None
        scene = self.items.scene()
        scene.sigMouseMoved.connect(self._moved)
        scene.sigMouseClicked.connect(self._pressed)

    def show_cloud(self, cloud: Cloud, names: tuple[str, str], theme: Theme) -> None:
        """Draw it anew. `names`: of the scorers, left of which the first stands along the bottom."""
        self._cloud, self._marked = cloud, None
        colours = theme.palette
        self.clear()
        self.dress(theme)
        self.items.setLabel("bottom", names[0], color=colours.secondary.name())
        self.items.setLabel("left", names[1], color=colours.secondary.name())
        low, high = _ends(cloud)
        self.set_range((low, high), (low, high))
        self.line((low, high), (low, high), colours.secondary, Qt.PenStyle.DashLine, width=1)
        unknown = np.isnan(cloud.correct)
        for which, colour, symbol in (
            (unknown, colours.secondary, "d"),
            (cloud.correct == 0, colours.bad, "x"),
            (cloud.correct == 1, colours.good, "o"),
        ):
            self._draw(cloud, which, colour, symbol)

    def mark(self, place: int | None, theme: Theme) -> None:
        """Ring one of the dots; None: none."""
        if self._marked is not None:
            self.items.removeItem(self._marked)
            self._marked = None
        if place is not None and self._cloud is not None:
            pen = self.pg.mkPen(theme.palette.text, width=1.6)
            x, y = [self._cloud.left[place]], [self._cloud.right[place]]
            self._marked = self.pg.ScatterPlotItem(x, y, symbol="o", size=13, pen=pen, brush=None)
            self.items.addItem(self._marked)

    def _draw(self, cloud: Cloud, which: np.ndarray, colour: QColor, symbol: str) -> None:
        if not which.any():
            return
        ink = QColor(colour)
        ink.setAlpha(255 if len(cloud) <= SPARSE else SOLID)
        pen = self.pg.mkPen(ink, width=1.2) if symbol == "x" else None
        dots = self.pg.ScatterPlotItem(
            cloud.left[which], cloud.right[which], symbol=symbol, size=DOT_PX, pen=pen, brush=ink, pxMode=True
        )
        self.items.addItem(dots)

    def _moved(self, place: Any) -> None:
        self._on_hover(self._at(place) if self.items.sceneBoundingRect().contains(place) else None)

    def _pressed(self, event: Any) -> None:
        if (place := self._at(event.scenePos())) is not None:
            self._on_click(place)

    def _at(self, place: Any) -> int | None:
        """The dot that is nearest to a place of the scene, if it is near."""
        if self._cloud is None or not len(self._cloud):
            return None
        box = self.items.getViewBox()
        at, (across, up) = box.mapSceneToView(place), box.viewPixelSize()
        apart = np.hypot((self._cloud.left - at.x()) / across, (self._cloud.right - at.y()) / up)
        nearest = int(apart.argmin())
        return nearest if apart[nearest] <= NEAR_PX else None


def _ends(cloud: Cloud) -> tuple[float, float]:
    """The same for both axes: from 0 to 1, or further where a sum goes further."""
    low = min(0.0, float(cloud.left.min(initial=0.0)), float(cloud.right.min(initial=0.0)))
    high = max(1.0, float(cloud.left.max(initial=1.0)), float(cloud.right.max(initial=1.0)))
    return low - MARGIN * (high - low), high + MARGIN * (high - low)
