"""What a person did to the run on screen, one row each: a click takes back, or does again, up to there."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout

from app.language import mark, tr
from app.panels.panel import NO_RUN, PanelWidget
from app.panels.rows_table import Column, RowsModel, RowsTable
from app.panels.texts import plain_label
from app.parts import Parts
from app.plain_text import as_tool_tip
from app.theme import Theme
from app.undo import Edit

WHAT, WHEN = range(2)
COLUMNS = (
    Column(mark("Change"), mark("What was changed by hand"), left=True),
    Column(mark("When"), mark("Your local time")),
)
HINT = mark("Click a row to go to the state after that change. The log of the run keeps everything.")


@dataclass(frozen=True, slots=True)
class Row:
    """A state of the run: after `edit`, or before them all."""

    edit: Edit | None
    done: bool


class HistoryModel(RowsModel[Row]):
    """The state before all edits, then one row for each edit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme

    def text(self, row: Row, column: int) -> str:
        if row.edit is None:
            return tr("Nothing changed by hand") if column == WHAT else ""
        return row.edit.words if column == WHAT else time.strftime("%x %H:%M:%S", time.localtime(row.edit.at))

    def tip(self, row: Row, column: int) -> str:
        return as_tool_tip(
            self.text(row, WHAT) if row.done else tr("Taken back: {edit}").format(edit=self.text(row, WHAT))
        )

    def colour(self, row: Row, column: int) -> QColor | None:
        return None if row.done else self._theme.palette.secondary


class HistoryPanel(PanelWidget):
    """The current state is the selected row; what was taken back stands greyed below it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self._edits = parts.edits
        self.model = HistoryModel(parts.theme)
        self.table = RowsTable(self.model, tr("History of changes by hand"), stretched=WHAT)
        self.hint = plain_label(tr(HINT), wrap=True, quiet=True)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(6, 4, 6, 4)
        column.addWidget(self.hint)
        column.addWidget(self.table)
        self.table.clicked.connect(self._go)
        self.table.activated.connect(self._go)
        for signal in (parts.shown.run_changed, parts.edits.history.changed, parts.runs.changed):
            signal.connect(self.mark_stale)

    def refresh(self) -> None:
        history = self._edits.history
        done = [Row(edit, number < history.done) for number, edit in enumerate(history.edits)]
        self.model.set_rows([Row(None, True), *done])
        self.table.resizeColumnToContents(WHEN)
        self._show_current()
        self.hint.setText(self._edits.why_not_walk() or tr(HINT))
        self.say("" if self.shown.total else tr(NO_RUN))

    def restyle(self) -> None:
        self.model.announce()
        self.table.size_rows()
        super().restyle()

    def _show_current(self) -> None:
        index = self.model.index(self._edits.history.done, WHAT)
        rows = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().setCurrentIndex(index, rows)
        self.table.scrollTo(index)

    def _go(self, index: QModelIndex) -> None:
        self._edits.go_to(index.row())
        self._show_current()
