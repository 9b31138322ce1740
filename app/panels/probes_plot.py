"""The chart of one probe: points with their intervals along the thought, the controls drawn as such. Knows no tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from app.language import tr
from app.models.probe_chart import Chart, Point, controls, whiskers
from app.panels.plots import Plot, whole_ticks
from app.panels.texts import decimal
from app.theme import Theme

BAND = 46
"""Opacity of a band, of 255."""
AREA = 40
WIDEST_BAR = 0.8
"""Of the distance between two points."""
PARTS = (0.5, 0.25, 0.2, 0.1)
"""Between two marks of an axis of differences."""
MANY = 60
"""Points above which they are drawn small."""
LEAST_WIDTH = 160
MOST_TICKS, TICK_PX = 8, 40
"""Numbers below the chart: so many at most, and what one of them takes."""
ROOMY_PX = 300
"""From this width on there is room for a number at every quarter of the thought."""


class ProbePlot(Plot):
    """The plot itself. It says which row the mouse is at, and which was clicked."""

    def __init__(self, on_hover: Callable[[int | None], None], on_click: Callable[[int], None]) -> None:
        super().__init__(tr("Chart of what the probe found"))
        self.widget.setMinimumWidth(LEAST_WIDTH)
        self._chart: Chart | None = None
        self._pointed: Any = None
        self._mouse = Mouse(self.items, self._row_at, on_hover, on_click)

    def show_chart(self, chart: Chart, unit: str, theme: Theme) -> None:
        """Draw it anew. `unit`: what the numbers are, for a screen reader."""
        self._chart, self._pointed = chart, None
        self.items.setAccessibleDescription(unit)
        self.clear()
        self.dress(theme)
        self._lay_axes(chart)
        self._draw_control(chart, theme)
        if chart.kind == "curve":
            self._draw_curve(chart, theme)
        elif chart.kind == "bars":
            self._draw_bars(chart, theme)
        else:
            self._draw_points(chart, theme)
        self._draw_controls(chart, theme)

    def point_at(self, row: int | None, theme: Theme) -> None:
        """Mark one row by a line from top to bottom; None: no row."""
        if self._pointed is not None:
            self.items.removeItem(self._pointed)
            self._pointed = None
        found = None if self._chart is None else next((at for at in self._chart.points if at.row == row), None)
        if found is not None:
            pen = self.pg.mkPen(theme.palette.accent, width=1.2)
            self._pointed = self.pg.InfiniteLine(found.x, pen=pen)
            self._pointed.setZValue(20)
            self.items.addItem(self._pointed)

    def _row_at(self, x: float) -> int | None:
        return None if self._chart is None else self._chart.nearest(x)

    def _lay_axes(self, chart: Chart) -> None:
        self.set_range(chart.x_range, chart.y_range)
        if chart.along_thought:
            parts = 4 if self.widget.width() >= ROOMY_PX else 2
            self.set_ticks("bottom", [(part / parts, f"{100 * part // parts} %") for part in range(parts + 1)])
        else:
            first, last = (round(chart.x_range[0] + 0.6), round(chart.x_range[1] - 0.6))
            room = max(2, min(MOST_TICKS, self.widget.width() // TICK_PX))
            self.set_ticks("bottom", whole_ticks(first, last, room))
        if chart.kind == "bars":
            part = next(part for part in PARTS if 2 * part < chart.y_range[1])
            self.set_ticks("left", [(n * part, decimal(n * part, 2 if n else 0)) for n in range(-2, 3)])
        else:
            self.set_ticks("left", [(half / 2, f"{half / 2:.1f}") for half in range(3)])

    def _draw_curve(self, chart: Chart, theme: Theme) -> None:
        colours, x = theme.palette, [point.x for point in chart.points]
        y = [point.estimate.value or 0.0 for point in chart.points]
        if chart.area_over:
            self._fill(x, y, [1.0] * len(x), colours.secondary, AREA)
        low, high = [point.estimate.low for point in chart.points], [point.estimate.high for point in chart.points]
        self._fill(x, low, high, colours.principal, BAND)
        small = len(x) > MANY
        self.line(x, y, colours.principal, width=1.8, symbol=None if small else "o")

    def _draw_bars(self, chart: Chart, theme: Theme) -> None:
        """Coloured where the interval excludes 0: the others say nothing yet."""
        colours, width = theme.palette, min(0.5, chart.step * WIDEST_BAR)
        for point in chart.points:
            value = point.estimate.value or 0.0
            sure = point.estimate.settled
            fill = (colours.principal if value > 0 else colours.value_ramp[0]) if sure else colours.edge
            bar = self.pg.BarGraphItem(x=[point.x], height=[value], width=width, brush=fill, pen=None)
            self.items.addItem(bar)
        zero = self.pg.InfiniteLine(0, angle=0, pen=self.pg.mkPen(colours.secondary, width=1))
        self.items.addItem(zero)
        self._draw_whiskers(chart.points, colours.text)

    def _draw_points(self, chart: Chart, theme: Theme) -> None:
        colours = theme.palette
        self._draw_whiskers(chart.points, colours.principal)
        values = [point.estimate.value or 0.0 for point in chart.points]
        self.dots([point.x for point in chart.points], values, colours.principal)

    def _draw_whiskers(self, points: tuple[Point, ...], colour: QColor) -> None:
        x, y = whiskers(points)
        self.line(x, y, colour, width=1.2)

    def _draw_control(self, chart: Chart, theme: Theme) -> None:
        """The control of the whole, as a dashed line across its band."""
        if chart.control is None or chart.control.value is None:
            return
        colours, ends = theme.palette, list(chart.x_range)
        self._fill(ends, [chart.control.low] * 2, [chart.control.high] * 2, colours.accent, AREA)
        self.line(ends, [chart.control.value] * 2, colours.accent, Qt.PenStyle.DashLine, width=1.2)

    def _draw_controls(self, chart: Chart, theme: Theme) -> None:
        """The controls of single rows: hollow diamonds beside their points, in the control's colour."""
        beside = controls(chart, min(0.22, chart.step * 0.3))
        if not beside:
            return
        colours = theme.palette
        self._draw_whiskers(beside, colours.accent)
        pen = self.pg.mkPen(colours.accent, width=1.4)
        values = [point.estimate.value or 0.0 for point in beside]
        self.items.plot(
            [point.x for point in beside], values, pen=None, symbol="d", symbolSize=8, symbolPen=pen,
            symbolBrush=colours.panel,
        )  # fmt: skip

    def _fill(self, x: list[float], low: list[float], high: list[float], colour: QColor, opacity: int) -> None:
        """A band between two curves."""
        paint = QColor(colour)
        paint.setAlpha(opacity)
        below, above = (self.pg.PlotCurveItem(x, y, pen=None) for y in (low, high))
        self.items.addItem(self.pg.FillBetweenItem(below, above, brush=paint))


class Mouse(QObject):
    """Where the mouse is over a plot, in rows."""

    def __init__(
        self,
        items: Any,
        row_at: Callable[[float], int | None],
        on_hover: Callable[[int | None], None],
        on_click: Callable[[int], None],
    ) -> None:
        super().__init__(items)
        self._items, self._row_at, self._hovered = items, row_at, on_hover
        self._clicked = on_click
        items.scene().sigMouseMoved.connect(self._moved)
        items.scene().sigMouseClicked.connect(self._pressed)

    def _moved(self, place: Any) -> None:
        self._hovered(self._row(place) if self._items.sceneBoundingRect().contains(place) else None)

    def _pressed(self, event: Any) -> None:
        if (row := self._row(event.scenePos())) is not None:
            self._clicked(row)

    def _row(self, place: Any) -> int | None:
        return self._row_at(self._items.getViewBox().mapSceneToView(place).x())
