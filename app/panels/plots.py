"""What plots in docks share: when pyqtgraph is imported, how a plot is dressed in the theme, how a line is drawn.

pyqtgraph takes a quarter of a second to import, so it comes after the window was painted once:

* `PlotPanel`: a panel that calls `make_plot` once, soon after its first paint. Override it: make a `Plot` there, put
  `plot.widget` into a layout; the panel is read again by itself.
* `Plot`: a still picture (no menu, no mouse) with `dress` (colours and fonts of the theme), `set_ticks`, `set_range`,
  `line`, `dots`, `upright` and `clear`. What they do not cover is reached through `items` (the PlotWidget) and `pg`
  (the module).
* `whole_ticks`: marks at whole numbers.

Knows no run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.models.shown_run import ShownRun
from app.panels.panel import PanelWidget
from app.theme import Theme

Side = Literal["left", "bottom"]
Numbers = Sequence[float]


class Plot:
    """A pyqtgraph plot that only shows. Making one imports pyqtgraph."""

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader calls it."""
        import pyqtgraph

        self.pg: Any = pyqtgraph
        self.items: Any = pyqtgraph.PlotWidget()
        self.items.setMenuEnabled(False)
        self.items.setMouseEnabled(x=False, y=False)
        self.items.hideButtons()
        self.items.setAccessibleName(name)

    @property
    def widget(self) -> QWidget:
        """What goes into a layout."""
        widget: QWidget = self.items
        return widget

    def clear(self) -> None:
        """Take away everything that was drawn; the axes stay."""
        self.items.clear()

    def dress(self, theme: Theme) -> None:
        """The colours and fonts of the theme; needed again after it has changed."""
        colours = theme.palette
        self.items.setBackground(colours.panel)
        for side in ("left", "bottom"):
            axis = self.items.getAxis(side)
            axis.setPen(colours.border)
            axis.setTextPen(colours.secondary)
            axis.setTickFont(theme.mono_font(8))
        self.items.showGrid(y=True, alpha=0.25)

    def set_ticks(self, side: Side, ticks: Sequence[tuple[float, str]]) -> None:
        """Where an axis has marks, and what they say."""
        self.items.getAxis(side).setTicks([list(ticks)])

    def set_range(self, x: tuple[float, float] | None = None, y: tuple[float, float] | None = None) -> None:
        """From where to where the axes go; None leaves one as it is."""
        if x is not None:
            self.items.setXRange(*x, padding=0)
        if y is not None:
            self.items.setYRange(*y, padding=0)

    def line(
        self,
        x: Numbers,
        y: Numbers,
        colour: QColor,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        *,
        width: float = 1.5,
        symbol: str | None = None,
    ) -> None:
        """A curve, with a symbol at every point if one is named; a point that is nan is a gap."""
        pen = self.pg.mkPen(colour, width=width, style=style)
        marks = {} if symbol is None else {"symbol": symbol, "symbolSize": 6, "symbolBrush": colour, "symbolPen": None}
        self.items.plot(list(x), list(y), pen=pen, connect="finite", **marks)

    def dots(self, x: Numbers, y: Numbers, colour: QColor, symbols: str | Sequence[str] = "o", size: float = 7) -> None:
        """Points without a line; one symbol for all, or one for each."""
        symbol = symbols if isinstance(symbols, str) else list(symbols)
        self.items.plot(list(x), list(y), pen=None, symbol=symbol, symbolSize=size, symbolBrush=colour, symbolPen=None)

    def upright(self, x: float, colour: QColor, style: Qt.PenStyle = Qt.PenStyle.DotLine, width: float = 1) -> None:
        """A vertical line over the whole height."""
        self.items.addItem(self.pg.InfiniteLine(x, pen=self.pg.mkPen(colour, width=width, style=style)))


def whole_ticks(first: int, last: int, wanted: int) -> list[tuple[float, str]]:
    """About `wanted` marks at whole numbers: `first`, and from there to `last` in equal steps."""
    step = max(1, round((last - first + 1) / wanted))
    return [(tick, f"{tick:,}") for tick in range(first, last + 1, step)]


class PlotPanel(PanelWidget):
    """A panel with a plot, which is made soon after the panel was painted for the first time."""

    def __init__(self, shown: ShownRun, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(shown, theme, parent)
        self._plot_is_due = True

    def make_plot(self) -> None:
        """Make the plot and put it in its place. Called once."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._plot_is_due:
            self._plot_is_due = False
            QTimer.singleShot(0, self, self._make_plot)

    def _make_plot(self) -> None:
        """Now, while the engine loads its models: later the import would hold up a search that is being watched."""
        self.make_plot()
        self.mark_stale()
