"""The plot of a panel of plots: curves with the future faded, a histogram, a line at the cursor. Knows no run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent

from app.models.run_series import thinned
from app.panels.plots import Plot, whole_ticks
from app.panels.run_curves import Curve
from app.theme import Theme, mix

FADED = 0.55
"""Share of the background in what lies behind the cursor."""
STYLES = {"line": Qt.PenStyle.SolidLine, "points": Qt.PenStyle.SolidLine, "dashed": Qt.PenStyle.DashLine}
HEADROOM = 0.08
TICKS = 8
COLUMNS = 1_000
"""Curves are drawn with two points at most for each of these: more than a screen can tell apart."""
LABELLED_PX = 150
"""A lower plot has no room for the name of what runs along the bottom."""


@dataclass(frozen=True)
class Drawn:
    """A curve on the plot: its points up to the cursor, and those after it."""

    curve: Curve
    past: Any
    future: Any

    def cut(self, x: float) -> None:
        end = int(np.searchsorted(self.curve.x, x, side="right"))
        start = max(0, end - 1) if self.curve.look != "dots" else end  # a line goes on where it was cut
        self.past.setData(self.curve.x[:end], self.curve.y[:end])
        self.future.setData(self.curve.x[start:], self.curve.y[start:])


@dataclass(frozen=True)
class Axes:
    """What the axes of curves show."""

    across: tuple[float, float]
    """The first and the last place along the bottom."""
    bottom: str
    """What runs along the bottom."""
    whole: bool
    """Whether that is counted in whole numbers."""
    unit: bool
    """Whether all values lie in [0, 1], and so does the axis at the left."""


class RunPlot(Plot):
    """Draws anew when the curves are others; when the cursor moves, only cuts them elsewhere."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.pointer = _Pointer(self.items)
        self.pointer.resized.connect(self._name_bottom)
        self._bottom = ("", "")
        self._drawn: list[Drawn] = []
        self._line: Any = None

    def show_curves(self, curves: Sequence[Curve], axes: Axes, theme: Theme) -> None:
        self._start(theme, axes.bottom)
        ticks = whole_ticks(round(axes.across[0]), round(axes.across[1]), TICKS) if axes.whole else None
        self.items.getAxis("bottom").setTicks(None if ticks is None else [ticks])
        for number, curve in enumerate(curves):
            x, y = thinned(curve.x, curve.y, COLUMNS)
            self._drawn.append(self._draw(replace(curve, x=x, y=y), ink(theme, number), theme))
        self._line = self.pg.InfiniteLine(0.0, pen=self.pg.mkPen(theme.palette.text, width=1))
        self.items.addItem(self._line)
        self.set_range(axes.across, (-0.04, 1.04) if axes.unit else _room([drawn.curve.y for drawn in self._drawn]))

    def show_cursor(self, x: float) -> None:
        """Cut the curves there."""
        if self._line is not None:
            self._line.setValue(x)
        for drawn in self._drawn:
            drawn.cut(x)

    def show_bars(self, heights: npt.NDArray[np.int64], bottom: str, theme: Theme) -> None:
        """How many values lie in each of so many equal parts of [0, 1]."""
        self._start(theme, bottom)
        self.items.getAxis("bottom").setTicks(None)
        bins = len(heights)
        left = np.arange(bins) / bins
        brushes = [theme.value_colour(float(at + 0.5 / bins)) for at in left]
        pen = self.pg.mkPen(theme.palette.panel, width=1)
        self.items.addItem(self.pg.BarGraphItem(x0=left, width=1 / bins, height=heights, brushes=brushes, pen=pen))
        self.set_range((0.0, 1.0), (0.0, max(1.0, float(heights.max())) * (1 + HEADROOM)))

    def _start(self, theme: Theme, bottom: str) -> None:
        self.clear()
        self._drawn, self._line = [], None
        self.dress(theme)
        self._bottom = bottom, theme.palette.secondary.name()
        self._name_bottom()

    def _name_bottom(self) -> None:
        name, colour = self._bottom
        self.items.setLabel("bottom", name if self.widget.height() >= LABELLED_PX else None, color=colour)

    def _draw(self, curve: Curve, colour: QColor, theme: Theme) -> Drawn:
        faded = mix(colour, theme.palette.panel, FADED)
        future = self.items.plot([], [], **self._look(curve, faded))
        past = self.items.plot([], [], **self._look(curve, colour))
        return Drawn(curve, past, future)

    def _look(self, curve: Curve, colour: QColor) -> dict[str, Any]:
        dots = {"symbol": "o", "symbolSize": 4, "symbolBrush": colour, "symbolPen": None}
        if curve.look == "dots":
            return {"pen": None, **dots}
        line = {"pen": self.pg.mkPen(colour, width=1.6, style=STYLES[curve.look]), "connect": "finite"}
        return {**line, **dots} if curve.look == "points" else line


class _Pointer(QObject):
    """Hears where along the bottom the user presses or drags, and when there is more or less room."""

    moved = Signal(float)
    resized = Signal()

    def __init__(self, items: Any) -> None:
        super().__init__(items)
        self._items = items
        items.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.resized.emit()
        if not isinstance(event, QMouseEvent) or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove):
            scene: QPointF = self._items.mapToScene(event.position().toPoint())
            self.moved.emit(float(self._items.getViewBox().mapSceneToView(scene).x()))
            return True
        return False


def ink(theme: Theme, number: int) -> QColor:
    """The colour of a curve by its place; curves differ in how they are drawn, too."""
    colours = theme.palette
    return (colours.principal, colours.accent, colours.phases[1])[number % 3]


def _room(curves: Sequence[npt.NDArray[np.float64]]) -> tuple[float, float]:
    """From 0, or from the lowest value where one is below it, to above the highest."""
    given = [values for values in curves if _some(values)]
    top = max(1e-9, *(float(np.nanmax(values)) for values in given)) if given else 1.0
    low = min(0.0, *(float(np.nanmin(values)) for values in given)) if given else 0.0
    room = (top - low) * HEADROOM
    return low - room if low < 0 else 0.0, top + room


def _some(values: npt.NDArray[np.float64]) -> bool:
    return bool(len(values)) and not bool(np.isnan(values).all())
