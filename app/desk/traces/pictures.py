"""One half of the tab of traces: the heat map, the curves, the lowest scores, or the lengths; one at a time.

A picture is drawn when it is in front, and again only if what it shows has changed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.desk.data import DeskData
from app.desk.traces.curves_plot import CurvesPlot
from app.desk.traces.heatmap.key import HeatKey
from app.desk.traces.heatmap.map import HeatMap
from app.desk.traces.heatmap.picture import Rows, Sheet
from app.desk.traces.length_plot import LengthPlot, length_words
from app.desk.traces.minimum_plot import MinimumPlot, at_end, remark
from app.desk.traces.order import ORDER_WORDS, Order, ordered
from app.desk.traces.segments import Segment, Segments
from app.desk.traces.words import cell_words, label_words
from app.language import tr
from app.panels.curve_key import CurveKey
from app.panels.texts import plain_label
from app.theme import Theme
from engine.scores.aggregates import ranking
from engine.scores.errors import place_of_minimum

LOW_PX = 110
"""Below this height the picture has no key: the tool tips say all of it."""


class TracePictures(QWidget):
    """Choice, picture, key."""

    trace_chosen = Signal(int)

    def __init__(self, theme: Theme, data: DeskData) -> None:
        super().__init__()
        self._theme, self._data = theme, data
        self.views = Segments(theme, tr("Which picture"), _views())
        self.order = QComboBox()
        self.whole = QToolButton()
        self.map = HeatMap(theme)
        self.curves: CurvesPlot | None = None
        self.steps: MinimumPlot | None = None
        self.parts: MinimumPlot | None = None
        self.lengths: LengthPlot | None = None
        self.words = plain_label(wrap=True)
        self._heat_key, self._curve_key = HeatKey(theme), CurveKey(theme)
        self._stack = QStackedWidget()
        self._pages = {"map": QWidget(), "curves": QWidget(), "minimum": QWidget(), "length": QWidget()}
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._remarks: dict[str, str] = {}
        self._sheet_of: object = None
        self._build()
        self.views.chosen.connect(self._turn)
        self.order.activated.connect(lambda _: self.show_data())
        self.map.trace_chosen.connect(self.trace_chosen)

    def show_data(self) -> None:
        """Draw what is in front, if it has changed."""
        draw: dict[str, Callable[[], None]] = {
            "map": self._draw_map,
            "curves": self._draw_curves,
            "minimum": self._draw_minimum,
            "length": self._draw_lengths,
        }
        draw[self.views.key]()

    def restyle(self) -> None:
        """Colours changed."""
        self._drawn.clear()

    # the pictures

    def _draw_map(self) -> None:
        data, kind = self._data, self.order.currentData()
        if self._sheet_of is not data.table:
            self._sheet_of = data.table
            self.map.show_sheet(self._sheet(), self._ordered(kind))
            self._drawn["map"] = (kind, data.rule)
        elif self._is_new("map", kind, data.rule):
            self.map.set_order(self._ordered(kind))
        if self._is_new("map row", data.selected, kind, data.rule):
            self.map.select(data.selected)

    def _draw_curves(self) -> None:
        data = self._data
        if self.curves is None:
            self._make_later(self._make_curves)
        elif self._is_new("curves", data.table, data.channel, data.selected):
            values, unit = (data.values, False) if data.channel else (data.table.values, True)
            error = -1 if data.selected is None else int(data.errors[data.selected])
            self.curves.show_curves(values, data.table.correct, data.selected, error, unit, self._theme)
            self._curve_key.show_entries(self.curves.entries)

    def _draw_minimum(self) -> None:
        table = self._data.table
        if self.steps is None or self.parts is None:
            self._make_later(self._make_minimum)
        elif self._is_new("minimum", table):
            minima = place_of_minimum(table)
            self.steps.show_steps(minima, self._theme)
            self.parts.show_parts(minima, self._theme)
            self._remarks["minimum"] = remark(at_end(table))
        self.words.setText(self._remarks.get("minimum", ""))

    def _draw_lengths(self) -> None:
        data = self._data
        if self.lengths is None:
            self._make_later(self._make_lengths)
        elif self._is_new("length", data.table, data.rule, data.selected):
            self.lengths.show_lengths(data.table, data.totals, data.selected, self._theme)
            self._remarks["length"] = length_words(data.table, data.totals, data.rule, self.lengths.drawn)
        self.words.setText(self._remarks.get("length", ""))

    def _is_new(self, name: str, *made_of: object) -> bool:
        """Whether a picture was last made of something else."""
        was, self._drawn[name] = self._drawn.get(name), made_of
        return was is None or any(one is not other and one != other for one, other in zip(was, made_of, strict=True))

    def _sheet(self) -> Sheet:
        data, table = self._data, self._data.table
        with_run = len({trace.run for trace in table.traces}) > 1
        errors = data.errors
        return Sheet(
            table.values,
            table.lengths,
            errors,
            table.correct,
            lambda row: label_words(table.traces[row], with_run),
            lambda row, step: cell_words(data.tree(table.traces[row].run), table, row, step, int(errors[row])),
        )

    def _ordered(self, kind: Order) -> Rows:
        table = self._data.table
        return ordered(kind, ranking(self._data.totals), table.lengths, table.answer)

    # building

    def _build(self) -> None:
        for kind, words in ORDER_WORDS.items():
            self.order.addItem(tr(words), kind)
        self.order.setAccessibleName(tr("Order of the rows"))
        self.order.setToolTip(tr("In which order the rows of the heat map stand"))
        self.whole.setText(tr("All rows"))
        self.whole.setToolTip(
            tr("All rows in sight, or rows high enough to be read; Ctrl and the wheel for what lies between")
        )
        self.whole.clicked.connect(self.map.toggle_whole)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (self.views, self.order, self.whole):
            row.addWidget(widget)
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # else the handle between the halves would jump
            widget.setSizePolicy(policy)
        row.addStretch(1)
        for page in self._pages.values():
            layout = QHBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            self._stack.addWidget(page)
        _put(self._pages["map"], self.map)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        for key in (self._heat_key, self._curve_key, self.words):
            column.addWidget(key)
        self._show_key("map")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_key(self.views.key)

    def _turn(self, view: str) -> None:
        self._stack.setCurrentWidget(self._pages[view])
        self._show_key(view)
        self.show_data()

    def _show_key(self, view: str) -> None:
        for widget in (self.order, self.whole):
            widget.setVisible(view == "map")
        roomy = self.height() >= LOW_PX
        self._heat_key.setVisible(roomy and view == "map")
        self._curve_key.setVisible(roomy and view == "curves")
        self.words.setVisible(roomy and view in ("minimum", "length"))

    def _make_later(self, make: Callable[[], None]) -> None:
        """Importing pyqtgraph takes a moment: the page is turned first."""

        def now() -> None:
            make()
            self.show_data()

        QTimer.singleShot(0, self, now)

    def _make_curves(self) -> None:
        if self.curves is None:
            self.curves = CurvesPlot()
            _put(self._pages["curves"], self.curves.widget)

    def _make_minimum(self) -> None:
        if self.steps is None:
            self.steps = MinimumPlot(tr("At which step the lowest score of a trace stands"))
            self.parts = MinimumPlot(tr("In which part of a trace its lowest score stands"))
            _put(self._pages["minimum"], self.steps.widget, self.parts.widget)

    def _make_lengths(self) -> None:
        if self.lengths is None:
            self.lengths = LengthPlot()
            _put(self._pages["length"], self.lengths.widget)


def _put(page: QWidget, *widgets: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)


def _views() -> tuple[Segment, ...]:
    return (
        Segment("map", tr("Heat map"), tr("A row for each trace, a column for each step")),
        Segment("curves", tr("Curves"), tr("The scores of many traces, step by step")),
        Segment("minimum", tr("Minimum"), tr("Where the lowest score of a trace stands")),
        Segment("length", tr("Length"), tr("The total of a trace over the number of its steps")),
    )
