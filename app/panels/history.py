"""What a person did to the run on screen, one row each: a click takes back, or does again, up to there; a click on the
number of an event only shows that moment.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout

from app.language import mark, tr
from app.panels.panel import PanelWidget
from app.panels.rows_table import Column, RowsModel, RowsTable
from app.panels.texts import plain_label
from app.parts import Parts
from app.plain_text import as_tool_tip
from app.run_edits import Edit
from app.theme import Theme
from app.words.nothing import why_no_tree

WHAT, EVENT, WHEN = range(3)
COLUMNS = (
    Column(mark("Change"), mark("What was changed by hand"), left=True),
    Column(mark("Event"), mark("Click it to look at that moment; nothing is changed")),
    Column(mark("When"), mark("Your local time")),
)
HINT = mark(
    "Click a row to go to the state after that change, or its event to look at that moment. The log keeps everything."
)


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
        return (row.edit.words, f"{row.edit.seq:,}", _when(row.edit.at))[column]

    def tip(self, row: Row, column: int) -> str:
        if row.edit is None:
            return as_tool_tip(self.text(row, WHAT))
        if column == EVENT:
            return as_tool_tip(tr("Look at the moment after event {event:,}").format(event=row.edit.seq))
        words = row.edit.words if row.done else tr("Taken back: {edit}").format(edit=row.edit.words)
        return as_tool_tip(f"{words}\n{time.strftime('%x %H:%M:%S', time.localtime(row.edit.at))}")

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
        for column in (EVENT, WHEN):
            self.table.resizeColumnToContents(column)
        self._show_current()
        self.hint.setText(self._edits.why_not_walk() or tr(HINT))
        self.say("" if self.shown.total else why_no_tree(self.shown))

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
        edits = self._edits.history.edits
        if index.column() == EVENT and 0 < index.row() <= len(edits):
            self.shown.seek(edits[index.row() - 1].seq)
        else:
            self._edits.go_to(index.row())
        self._show_current()


def _when(at: float) -> str:
    """The time alone where it was today: the words beside it need the room."""
    then, now = time.localtime(at), time.localtime()
    return time.strftime("%H:%M:%S" if then[:3] == now[:3] else "%x %H:%M", then)
