"""The traces as a table, best first by the aggregation in force: place, total, answer, steps, the lowest score, run.

A row is the number of a trace in the table of scores; its cells are read when they are painted, so that ten thousand
traces cost no more than those in sight. Totals come from outside; nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent

from app.desk.traces.words import checked_words
from app.desk.words import CHECKS, answer_words, total_words
from app.language import mark, tr
from app.output import markdown
from app.output.spreadsheet import comma_separated, guarded
from app.panels.rows_table import Column, Index, RowsModel, RowsTable
from app.panels.texts import MISSING, decimal
from app.plain_text import as_tool_tip
from app.theme import Theme, embolden
from engine.scores.aggregates import ranking
from engine.scores.table import Doubles, Places, ScoreTable

COLUMNS = (
    Column(mark("#"), mark("Place by the total; equal ones in the order of the runs")),
    Column(mark("Total"), mark("The scores of its steps as one number, by the chosen aggregation")),
    Column(mark("Answer"), mark("● stands before answers that the weighted vote elects; ✓ right, ✗ wrong"), left=True),
    Column(mark("Steps"), mark("How many steps it has: a product gets smaller with each, whatever they are worth")),
    Column(mark("Lowest"), mark("Its lowest score")),
    Column(mark("at"), mark("The step with its lowest score")),
    Column(mark("Run #"), mark("The run that it comes from")),
)
PLACE, TOTAL, ANSWER, STEPS, LOWEST, AT, RUN = range(len(COLUMNS))
HEADS = (*(column.title for column in COLUMNS), mark("Is right"))
"""Of what is copied."""
WIDEST = {PLACE: "10,000", TOTAL: "−0.00", STEPS: "999", LOWEST: "0.00", AT: "999", RUN: "9999"}
MARGIN_PX, ARROW_PX = 12, 22
"""Beside a number, and beside a title that may have the arrow of the order."""
LEAST_PX = {RUN: 440, LOWEST: 390, AT: 300, STEPS: 230, PLACE: 200}
"""Width of the table from which a column has room; in a narrower one it stands in the tool tip only."""
SMALL = 8.5


class RankingModel(RowsModel[int]):
    """The rows of one table and one set of totals."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme
        self._table = ScoreTable.of(())
        self._totals: Doubles = np.empty(0)
        self._places: Places = np.empty(0, np.intp)
        self._minima: Places = np.empty(0, np.intp)
        self._elected: frozenset[int] = frozenset()
        self._sorted = PLACE, Qt.SortOrder.AscendingOrder

    def show_table(self, table: ScoreTable) -> None:
        """Other traces; `show_totals` comes next."""
        self._table = table
        self._minima = _minima(table)

    def show_totals(self, totals: Doubles, elected: Sequence[int] = ()) -> None:
        """Rank anew. `elected`: traces with an answer that wins."""
        self._totals = totals
        self._places = np.empty(len(totals), np.intp)
        self._places[ranking(totals)] = np.arange(len(totals))
        table = self._table
        winners = table.answer[list(elected)] if len(elected) == 1 else np.empty(0)
        pooled = np.flatnonzero(np.isin(table.answer, winners[winners >= 0])).tolist()
        self._elected = frozenset(pooled or elected)
        self.sort(*self._sorted)
        self.announce()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; what is missing stays last, and equal ones stand best first."""
        self._sorted = column, order
        best_first = np.argsort(self._places)
        keys = self._keys(column)[best_first]
        if order == Qt.SortOrder.DescendingOrder:
            keys = -keys
        self.set_rows(best_first[np.argsort(keys, kind="stable")].tolist())

    def text(self, row: int, column: int) -> str:
        table, trace = self._table, self._table.traces[row]
        match column:
            case 0:
                return f"{self._places[row] + 1:,}"
            case 1:
                return total_words(float(self._totals[row]))
            case 2:
                return f"{'● ' if row in self._elected else ''}{CHECKS[trace.correct]} {answer_words(trace)}"
            case 3:
                return f"{table.lengths[row]}"
            case 4:
                return MISSING if self._minima[row] < 0 else decimal(float(table.values[row, self._minima[row]]))
            case 5:
                return MISSING if self._minima[row] < 0 else f"{self._minima[row] + 1}"
        return f"{trace.run}"

    def font(self, row: int, column: int) -> QFont:
        font = self._theme.mono_font(SMALL)
        embolden(font, column == ANSWER and row in self._elected)
        return font

    def colour(self, row: int, column: int) -> QColor | None:
        colours = self._theme.palette
        if column == ANSWER:
            return {True: colours.good, False: colours.bad, None: None}[self._table.traces[row].correct]
        return None if column == TOTAL else colours.secondary

    def tip(self, row: int, column: int) -> str:
        words = tr("run {run}, {answer}\ntotal {total}, {steps} steps, lowest score {lowest} at step {at}")
        cells = {name: self.text(row, at) for name, at in (("total", TOTAL), ("lowest", LOWEST), ("at", AT))}
        trace = self._table.traces[row]
        return as_tool_tip(
            words.format(run=trace.run, answer=checked_words(trace), steps=self._table.lengths[row], **cells)
        )

    # to copy

    def as_markdown(self, title: str) -> str:
        """All rows in their order, under a title."""
        rows = markdown.table([tr(head) for head in HEADS], map(self._cells, self.rows))
        return f"**{markdown.escaped(title)}**\n\n{rows}\n"

    def as_csv(self) -> str:
        """All rows in their order, numbers in full."""
        return comma_separated([tr(head) for head in HEADS], map(self._spread, self.rows))

    def _cells(self, row: int) -> tuple[str, ...]:
        trace = self._table.traces[row]
        right = {True: tr("right"), False: tr("wrong"), None: MISSING}[trace.correct]
        cells = [self.text(row, column) for column in range(len(COLUMNS))]
        cells[ANSWER] = answer_words(trace)
        return *cells, right

    def _spread(self, row: int) -> tuple[object, ...]:
        """Missing numbers are empty."""
        trace, total, lowest = self._table.traces[row], self._totals[row], self._minima[row]
        return (
            int(self._places[row]) + 1,
            "" if np.isnan(total) else float(total),
            "" if trace.answer is None else guarded(answer_words(trace)),
            int(self._table.lengths[row]),
            "" if lowest < 0 else float(self._table.values[row, lowest]),
            "" if lowest < 0 else int(lowest) + 1,
            trace.run,
            "" if trace.correct is None else int(trace.correct),
        )

    def _keys(self, column: int) -> npt.NDArray[np.floating]:
        """(traces,) what a column is sorted by; nan is last in either direction."""
        table = self._table
        match column:
            case 1:
                return self._totals
            case 2:
                names = np.argsort(np.argsort(np.array(table.answers, object))) if table.answers else np.empty(0)
                return np.where(table.answer < 0, np.nan, np.append(names, np.nan)[table.answer])
            case 3:
                return table.lengths.astype(np.float64)
            case 4:
                lowest = np.take_along_axis(table.values, np.maximum(self._minima, 0)[:, None], 1)[:, 0]
                return np.where(self._minima < 0, np.nan, lowest)
            case 5:
                return np.where(self._minima < 0, np.nan, self._minima)
            case 6:
                return np.array([trace.run for trace in table.traces], np.float64)
        return self._places.astype(np.float64)


class RankingTable(RowsTable):
    """The table itself: as many columns as it is wide enough for."""

    trace_chosen = Signal(int)

    def __init__(self, model: RankingModel, copy: Callable[[], None]) -> None:
        """`copy`: what Ctrl+C does."""
        super().__init__(model, tr("Traces, best first"), ANSWER)
        self._model, self._copy = model, copy
        self._runs = True
        self.horizontalHeader().setSortIndicator(PLACE, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def select(self, trace: int | None, *, go_there: bool = True) -> None:
        """Mark the trace that is on the screen, and bring it into sight if it is wanted; nothing else is shown."""
        try:
            row = self._model.rows.index(trace) if trace is not None else -1
        except ValueError:
            row = -1
        if row < 0:
            self.clearSelection()
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setAutoScroll(go_there)  # a run that grows must not take the rows from under somebody's eyes
            self.selectRow(row)
            self.setAutoScroll(True)

    def show_runs(self, wanted: bool) -> None:
        """Whether the traces come from several runs."""
        self._runs = wanted
        self._fit()

    def dress(self, theme: Theme) -> None:
        """Fonts of the theme: columns as wide as their widest number."""
        self.size_rows()
        header, metrics = self.horizontalHeader(), QFontMetrics(theme.mono_font(SMALL))
        for column, widest in WIDEST.items():
            title = header.fontMetrics().horizontalAdvance(tr(COLUMNS[column].title)) + ARROW_PX
            header.resizeSection(column, max(metrics.horizontalAdvance(widest) + MARGIN_PX, title))
        self._model.announce()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        for column, least in LEAST_PX.items():
            self.setColumnHidden(column, self.width() < least or (column == RUN and not self._runs))

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.trace_chosen.emit(self._model.rows[index.row()])


def _minima(table: ScoreTable) -> Places:
    """(traces,) column of the lowest score, of equal ones the first; -1 where a trace has none."""
    if not table.values.shape[1]:
        return np.full(len(table.values), -1, np.intp)
    known = ~np.isnan(table.values)
    return np.where(known.any(1), np.where(known, table.values, np.inf).argmin(1), -1)
