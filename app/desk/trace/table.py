"""The steps of a trace as a table: numbers side by side, raw channels, ratings by keyboard. Changes no run itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QResizeEvent

from app.desk.trace.cells import StepCells
from app.desk.trace.rows import StepRow, Traced
from app.desk.words import RATING_TIP, rating_sign, sampled_words
from app.language import mark, tr
from app.panels.rows_table import Column, Index, RowsModel, RowsTable
from app.panels.texts import MISSING, decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from app.words.rating import rating_words

NUMBER, STEP, SCORE, SAMPLED, EXACT, MINE, OTHERS = range(7)
COLUMNS = (
    Column(mark("#"), mark("Number of the step; the first error is marked")),
    Column(mark("Step"), mark("What the step says"), left=True),
    Column(mark("PRM"), mark("The scorer's word for the step, from 0 to 1; hatched: it has none"), left=True),
    Column(
        mark("Monte-Carlo"),
        mark("Share of completions from behind this step that end right, with its 95 % interval (Math-Shepherd)"),
        left=True,
    ),
    Column(
        mark("Exact"), mark("Whether a right answer can still be reached from here, worked out by a solver"), left=True
    ),
    Column(mark("You"), RATING_TIP, left=True),
    Column(mark("Others"), mark("Ratings that came with the trace, and who gave them"), left=True),
)
FIRST_CHANNEL = len(COLUMNS)
MOST_CHANNELS = 12
CHANNEL_TIP = mark("A raw number of the model, on its own scale")
ROW_ROLE = Qt.ItemDataRole.UserRole
SMALL = 8.5
LONGEST_STEP = 400
LONGEST_NAME = 24
"""Characters of a channel's name."""
HEAD_PX = 18
"""Beside the text of a head."""
LEAST_STEP_PX = 150
"""Of the step's text: where there is less, columns give way."""
KEYS = {"1": 1, "g": 1, "2": 0, "n": 0, "3": -1, "b": -1, "0": None}
"""What a key says of the current step."""
EXACT_WORDS = {True: mark("✓ yes"), False: mark("✗ no"), None: MISSING}


class StepsModel(RowsModel[StepRow]):
    """The rows of one trace; a column more for every raw channel."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme
        self.channels: tuple[str, ...] = ()

    def show(self, traced: Traced) -> None:
        names = dict.fromkeys(name for row in traced.rows for name, _ in row.channels)
        channels = tuple(names)[:MOST_CHANNELS]
        if channels != self.channels:
            self.beginResetModel()
            self.channels, self.rows = channels, ()
            self.columns = (*COLUMNS, *(Column(one_line(name, LONGEST_NAME), CHANNEL_TIP) for name in channels))
            self.endResetModel()
        self.set_rows(traced.rows)

    def same(self, one: StepRow, other: StepRow) -> bool:
        return one.number == other.number and one.text == other.text and one.node == other.node

    def text(self, row: StepRow, column: int) -> str:
        if column >= FIRST_CHANNEL:
            return decimal(dict(row.channels).get(self.channels[column - FIRST_CHANNEL]))
        match column:
            case 0:
                return f"▸{row.number}" if row.is_error else f"{row.number}"
            case 1:
                return one_line(row.text, LONGEST_STEP)
            case 2:
                return decimal(row.score)
            case 3:
                return sampled_words(row.sampled)
            case 4:
                return EXACT_WORDS[None] if row.exact is None else tr(EXACT_WORDS[row.exact])
            case 5:
                return rating_words(row.mine)
        return ", ".join(dict.fromkeys(f"{rating_sign(rating)} {rating_words(rating)}" for _, rating in row.others))

    def tip(self, row: StepRow, column: int) -> str:
        lines: list[str] = []
        if column == STEP:
            lines = [row.text]
        elif column in (NUMBER, SCORE):
            lines = [*_error_words(row), *(f"{name} {decimal(value, 4)}" for name, value in row.channels)]
            lines += [row.note] if row.note else []
        elif column == SAMPLED:
            lines = [sampled_words(row.sampled)] if row.sampled is not None else []
        elif column == MINE and row.node is None:
            lines = [tr("A rollout's step is no node of the tree: it cannot be rated.")]
        elif column == OTHERS:
            lines = [f"{rating_sign(rating)} {rating_words(rating)} {by}" for by, rating in row.others]
        return as_tool_tip("\n".join(lines)) if lines else ""

    def font(self, row: StepRow, column: int) -> QFont:
        return self._theme.ui_font(SMALL) if column in (MINE, OTHERS) else self._theme.mono_font(SMALL)

    def colour(self, row: StepRow, column: int) -> QColor | None:
        colours = self._theme.palette
        if row.is_error and column == NUMBER:
            return colours.bad
        return colours.secondary if row.after_error or column == NUMBER else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE and index.isValid() and index.row() < len(self.rows):
            return self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid() and index.row() < len(self.rows):
            return self._spoken(self.rows[index.row()], index.column())
        return super().data(index, role)

    def _spoken(self, row: StepRow, column: int) -> str:
        """What a screen reader says of a cell: also what is told by colour alone."""
        said = self.text(row, column)
        nothing = said in ("", MISSING)
        return " · ".join((*(_error_words(row) if column == NUMBER else ()), tr("missing") if nothing else said))


class StepsTable(RowsTable):
    """Rates the current step by its keys, and says so; it is the rest of the program that keeps it."""

    rated = Signal(object)
    """1, 0, -1, or None to take the rating away."""
    next_wanted = Signal()
    """The next trace with a step that nobody here has rated."""

    def __init__(self, model: StepsModel, theme: Theme) -> None:
        self._steps, self._theme = model, theme
        super().__init__(model, tr("Steps of the trace"), STEP)
        self._shown: Traced | None = None
        cells = StepCells(theme, ROW_ROLE, {SCORE: "score", SAMPLED: "sampled", EXACT: "exact", MINE: "mine"}, self)
        for column in (SCORE, SAMPLED, EXACT, MINE):
            self.setItemDelegateForColumn(column, cells)
        self.setToolTip(tr(RATING_TIP))
        self.restyle()

    def show_trace(self, traced: Traced) -> None:
        self._shown = traced
        self._steps.show(traced)
        self._fit()

    def restyle(self) -> None:
        self.setFont(self._theme.mono_font(SMALL))
        self.size_rows()
        self._steps.announce()
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Here its keys go before those of the window, where 1 is a zoom and Delete cuts a branch off."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.rated.emit(None)
        elif _is_own(event):
            self.rated.emit(KEYS[event.text().lower()])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.scrollTo(self.currentIndex())

    def _fit(self) -> None:
        """Columns that have something to say, the most telling ones first, as far as there is room."""
        metrics, header = QFontMetrics(self._theme.mono_font(SMALL)), self.horizontalHeader()
        wide = _widths(metrics, self._steps.channels)
        room = self.viewport().width() - LEAST_STEP_PX
        for column in self._by_weight():
            room -= wide[column]
            hidden = column not in (NUMBER, SCORE) and room < 0
            if self.isColumnHidden(column) != hidden:
                self.setColumnHidden(column, hidden)
            if not hidden and header.sectionSize(column) != wide[column]:
                header.resizeSection(column, wide[column])
        for column in set(range(self._steps.columnCount())) - {STEP, *self._by_weight()}:
            self.setColumnHidden(column, True)

    def _by_weight(self) -> Sequence[int]:
        shown = self._shown
        exact = (EXACT,) if shown is not None and shown.solver else ()
        others = (OTHERS,) if shown is not None and any(row.others for row in shown.rows) else ()
        channels = range(FIRST_CHANNEL, FIRST_CHANNEL + len(self._steps.channels))
        return NUMBER, SCORE, MINE, *exact, SAMPLED, *others, *channels


def _widths(metrics: QFontMetrics, channels: tuple[str, ...]) -> dict[int, int]:
    """Pixels that each column wants, by its widest text."""
    exact = max((tr(EXACT_WORDS[True]), tr(EXACT_WORDS[False])), key=metrics.horizontalAdvance)
    texts = {
        NUMBER: "▸9999", SCORE: "0.000.", SAMPLED: "0.00 ├────────┤ 00/00", EXACT: exact, MINE: "▲ neutral.",
        OTHERS: "● neutral",
    }  # fmt: skip
    wide = {column: metrics.horizontalAdvance(text) + 12 for column, text in texts.items()}
    for column in wide:
        wide[column] = max(wide[column], metrics.horizontalAdvance(tr(COLUMNS[column].title)) + HEAD_PX)
    for number, name in enumerate(channels, FIRST_CHANNEL):
        head = metrics.horizontalAdvance(one_line(name, LONGEST_NAME)) + HEAD_PX
        wide[number] = max(metrics.horizontalAdvance("−00.00") + 12, head)
    return wide


def _is_own(event: QKeyEvent) -> bool:
    own = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return plain and (own or event.text().lower() in KEYS)


def _error_words(row: StepRow) -> tuple[str, ...]:
    if row.is_error:
        return (tr("The first error, says the scorer: its score is below 0.5"),)
    return (tr("Behind the first error"),) if row.after_error else ()
