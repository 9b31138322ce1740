"""What one probe found: figure, control, verdict, chart and table, and what it cost. Knows no run and no session."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from app.language import tr
from app.models.hint_samples import HintSample
from app.models.probe_chart import chart_of
from app.panels.hint_view import HintView
from app.panels.panel import empty_state
from app.panels.probes_plot import ProbePlot
from app.panels.probes_table import LinesModel, LinesTable
from app.panels.probes_words import Line, counters_words, figure_words
from app.panels.texts import ENGLISH, ElidedLabel, plain_label
from app.plain_text import as_tool_tip, one_line, visible
from app.theme import Theme, embolden
from engine.search.probes import Result

TALL = 0.9
"""Height to width from which chart and table stand one above the other."""
ROOMY_PX = 250
"""Below this height the verdict has one line; the whole of it is in its tool tip."""
LOW_PX = 120
"""And below this one it makes way for chart and table."""
LEAST_HEIGHT = 50
CHART_SHARE = 0.36
"""Of the width, beside the table."""
TALL_SHARE = 0.5
"""Of the height, above the table."""


class ProbeResultView(QWidget):
    """Shows a Result; the plot is handed in once pyqtgraph is there."""

    row_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._result: Result | None = None
        self._moved = False
        """Whether somebody has moved the handle between chart and table."""
        self._plot: ProbePlot | None = None
        self.figure, self.control = plain_label(), ElidedLabel()
        self.verdict, self.short_verdict = plain_label(wrap=True, selectable=True), ElidedLabel()
        self.counters = ElidedLabel()
        self.model = LinesModel(theme)
        self.table = LinesTable(self.model)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.hints = HintView(theme)
        self.samples = QToolButton()
        self._nothing = empty_state("")
        self._build()
        self.table.row_chosen.connect(self._on_choice)
        self.table.row_pointed.connect(self._mark)

    def add_plot(self) -> None:
        """Make the chart: pyqtgraph is imported here."""
        self._plot = ProbePlot(self._point_at, self._choose)
        self._plot.widget.setMinimumHeight(LEAST_HEIGHT)
        self.split.insertWidget(0, self._plot.widget)
        self._share_out()
        self._draw()

    @property
    def plot(self) -> ProbePlot | None:
        return self._plot

    def say(self, title: str, sentence: str) -> None:
        """A sentence where there is no result."""
        self._result = None
        self._nothing.setText(f"{title}\n\n{visible(sentence)}" if title else visible(sentence))
        self._layers.setCurrentIndex(1)

    def show_result(self, state: str, result: Result, lines: tuple[Line, ...], *, under_way: bool = False) -> None:
        """All of it; `state` says how far the run is, if it is `under_way`, or what it has used."""
        changed, self._result = result != self._result, result
        self._layers.setCurrentIndex(0)
        unit = tr("shown: {unit}").format(unit=result.unit)
        facts = (state, unit) if under_way else (unit, state)
        self._tell(self.counters, " · ".join(filter(None, (*facts, counters_words(result.counters)))))
        if not changed:
            return
        figure = result.figure
        self.figure.setText(figure_words(figure) if figure is not None else tr("No figure yet"))
        self.figure.setToolTip(as_tool_tip(figure.detail) if figure is not None and figure.detail else "")
        self._tell(self.control, "" if result.control is None else _control_words(result))
        self.verdict.setText(visible(result.verdict))
        self._tell(self.short_verdict, result.verdict)
        self.table.show_lines(lines, result.signed)
        self._draw()

    def show_hints(self, samples: tuple[HintSample, ...] | None) -> None:
        """The samples of a hint; None for another probe."""
        self.samples.setVisible(samples is not None)
        if samples is None:
            self.samples.setChecked(False)
        else:
            self.hints.show_samples(samples)

    def restyle(self) -> None:
        """Colours and fonts of the theme."""
        self.table.dress(self._theme)
        self.model.announce()
        font = self._theme.ui_font(11)
        embolden(font)
        self.figure.setFont(font)
        self.hints.restyle()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tall = self.height() > TALL * self.width()
        self.split.setOrientation(Qt.Orientation.Vertical if tall else Qt.Orientation.Horizontal)
        self._share_out()
        roomy = self.height() >= ROOMY_PX
        self.verdict.setVisible(roomy)
        self.short_verdict.setVisible(not roomy and self.height() >= LOW_PX)
        self.counters.setVisible(self.height() >= LOW_PX)

    def _share_out(self) -> None:
        """Until somebody moves the handle."""
        if self.split.count() > 1 and not self._moved:
            tall = self.split.orientation() == Qt.Orientation.Vertical
            whole, share = (self.height(), TALL_SHARE) if tall else (self.width(), CHART_SHARE)
            self.split.setSizes([round(whole * share), round(whole * (1 - share))])

    def _build(self) -> None:
        for label in (self.figure, self.control, self.verdict, self.short_verdict):
            label.setObjectName(ENGLISH)
        for label in (self.control, self.counters):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.split.addWidget(self.table)
        self.split.setChildrenCollapsible(False)
        self.split.splitterMoved.connect(self._keep_share)
        self.samples.setText(tr("Samples"))
        self.samples.setToolTip(tr("Read the samples that went over to the hint, and say whether they admit it"))
        self.samples.setCheckable(True)
        self.samples.toggled.connect(self._turn_over)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.figure)
        head.addWidget(self.control, 1)
        head.addWidget(self.samples)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        for widget in (self.verdict, self.short_verdict):
            column.addWidget(widget)
        column.addWidget(self.split, 1)
        column.addWidget(self.hints, 1)
        column.addWidget(self.counters)
        self.hints.hide()
        self._layers = QStackedLayout(self)
        self._layers.addWidget(content)
        self._layers.addWidget(self._nothing)
        self.restyle()

    def _turn_over(self, samples: bool) -> None:
        """Samples in the place of chart and table, or back."""
        self.split.setVisible(not samples)
        self.hints.setVisible(samples)
        if samples:
            self.hints.list.setFocus()  # where 1, 2 and 3 judge

    def _keep_share(self) -> None:
        self._moved = True

    def _tell(self, label: QLabel, words: str) -> None:
        """A line that may be cut: whole in its tool tip."""
        label.setText(one_line(words))
        label.setToolTip(as_tool_tip(words) if words else "")

    def _draw(self) -> None:
        if self._plot is not None and self._result is not None:
            self._plot.show_chart(chart_of(self._result), one_line(self._result.unit), self._theme)
            self._mark(self.table.currentIndex().row())

    def _mark(self, row: int | None) -> None:
        """Show in the chart where a row is; without one, the selected row."""
        if self._plot is not None:
            self._plot.point_at(self.table.currentIndex().row() if row is None else row, self._theme)

    def _point_at(self, row: int | None) -> None:
        """The mouse is over the chart."""
        self._mark(row)
        if row is not None:
            self.table.scrollTo(self.model.index(row, 0))

    def _choose(self, row: int) -> None:
        self.table.selectRow(row)

    def _on_choice(self, row: int) -> None:
        self._mark(row)
        self.row_chosen.emit(row)


def _control_words(result: Result) -> str:
    assert result.control is not None
    return tr("control: {figure}").format(figure=figure_words(result.control))
