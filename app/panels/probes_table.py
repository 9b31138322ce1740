"""The rows of what a probe found, as a table: step, number, interval, samples, control. Counts nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QResizeEvent

from app.language import mark, tr
from app.panels.probes_words import Line, estimate_words, interval_words
from app.panels.rows_table import Column, RowsModel, RowsTable
from app.panels.texts import ENGLISH, MISSING, decimal
from app.plain_text import as_tool_tip
from app.theme import Theme, embolden

SMALL = 8.5
COLUMNS = (
    Column(mark("#"), mark("Number of the thought's step, or of the row, as below the chart")),
    Column(mark("Step"), mark("The step of the thought"), left=True),
    Column(mark("Value"), mark("What was found there; bold where the interval of a difference excludes 0")),
    Column(mark("Interval"), mark("95 % interval")),
    Column(mark("n"), mark("Samples behind it")),
    Column(mark("Control"), mark("The same without the edit")),
    Column(mark("Detail"), mark("What was done there, and what else was counted"), left=True),
)
NUMBER, STEP, VALUE, INTERVAL, SAMPLES, CONTROL, DETAIL = range(len(COLUMNS))
WIDEST = {NUMBER: "999", VALUE: "−0.00", INTERVAL: "−0.00 – −0.00", SAMPLES: "999", CONTROL: "−0.00 "}
ASKED = Column(mark("What"), mark("What the samples are counted for"), left=True)
"""In the place of the steps, where the rows are about none."""
MARGIN_PX = 14
DETAIL_PX = 170
WIDE_PX = 520
"""In a narrower table the details stand in tool tips only."""
NARROW_PX = 400
"""In one that is narrower still, so does the control, which the chart has beside each point."""
LEAST_PX = 330
"""And then the interval, too."""


class LinesModel(RowsModel[Line]):
    """The rows of one result."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme
        self.signed = False
        self.along = True
        """Whether the rows are about steps of the thought: what is before the first one has no number."""

    def set_along(self, along: bool) -> None:
        if along != self.along:
            self.along = along
            self.columns = COLUMNS if along else (*COLUMNS[:STEP], ASKED, *COLUMNS[STEP + 1 :])
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, STEP, STEP)

    def same(self, one: Line, other: Line) -> bool:
        return (one.row.words, one.row.step) == (other.row.words, other.row.step)

    def text(self, row: Line, column: int) -> str:
        found = row.row
        match column:
            case 0:
                return f"{row.number}" if found.step or not self.along else ""
            case 1:
                return row.text
            case 2:
                return decimal(found.estimate.value)
            case 3:
                return interval_words(found.estimate)
            case 4:
                return f"{found.estimate.n}"
            case 5:
                return "" if found.control is None else decimal(found.control.value)
        return row.detail

    def font(self, row: Line, column: int) -> QFont:
        theme = self._theme
        font = theme.ui_font(SMALL) if column == DETAIL else theme.mono_font(SMALL)
        embolden(font, column == VALUE and self.signed and row.row.estimate.settled)
        return font

    def colour(self, row: Line, column: int) -> QColor | None:
        return self._theme.palette.secondary if column in (NUMBER, INTERVAL, SAMPLES, CONTROL, DETAIL) else None

    def tip(self, row: Line, column: int) -> str:
        found, control = row.row, row.row.control
        words = [found.words, row.step if row.step != found.words else ""]
        words.append(f"{estimate_words(found.estimate)}, n {found.estimate.n}")
        if control is not None:
            words.append(tr("control {estimate}, n {n}").format(estimate=estimate_words(control), n=control.n))
        return as_tool_tip("\n".join(filter(None, (*(text.strip() for text in words), row.detail))) or MISSING)


class LinesTable(RowsTable):
    """The table itself: as many columns as it is wide enough for. It says which row the mouse is at."""

    row_pointed = Signal(object)
    """int | None"""
    row_chosen = Signal(int)

    def __init__(self, model: LinesModel) -> None:
        super().__init__(model, tr("What the probe found, row by row"), STEP)
        self.setObjectName(ENGLISH)
        self._model = model
        self._controls = self._details = True
        self.setMouseTracking(True)
        self.entered.connect(lambda index: self.row_pointed.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(self._choose)

    def show_lines(self, lines: tuple[Line, ...], signed: bool) -> None:
        self._model.signed = signed
        self._model.set_along(not lines or any(line.row.step is not None for line in lines))
        self._model.set_rows(lines)
        self._controls = any(line.row.control is not None for line in lines)
        self._details = any(line.detail for line in lines)
        self._fit()

    def dress(self, theme: Theme) -> None:
        """Fonts of the theme: columns as wide as their widest number."""
        self.size_rows()
        header = self.horizontalHeader()
        font = theme.mono_font(SMALL)
        self.setFont(font)
        metrics = self.fontMetrics()
        for column, widest in WIDEST.items():
            title = header.fontMetrics().horizontalAdvance(tr(COLUMNS[column].title))
            header.resizeSection(column, max(metrics.horizontalAdvance(widest), title) + MARGIN_PX)
        header.resizeSection(DETAIL, DETAIL_PX)

    def leaveEvent(self, event: QEvent) -> None:
        self.row_pointed.emit(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self.row_pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        width = self.width()
        self.setColumnHidden(CONTROL, not self._controls or width < NARROW_PX)
        self.setColumnHidden(DETAIL, not self._details or width < WIDE_PX)
        self.setColumnHidden(INTERVAL, width < LEAST_PX)
        self.horizontalHeader().resizeSection(DETAIL, max(DETAIL_PX, round(width * 0.28)))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(index.row())
