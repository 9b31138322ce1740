"""Notes and bookmarks of the run on screen as a list: a click goes there. Knows no way to change them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout

from app.commands import Action
from app.language import mark, tr
from app.models.remarks import Remarks
from app.models.shown_run import ShownRun
from app.panels.panel import PanelWidget
from app.panels.rows_table import Column, RowsModel, RowsTable
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from engine.events import ROOT, NodeId

FLAG = "⚑"
LONGEST_CELL = 200
"""Characters; more never fits."""
NODE, STEP, NOTE = range(3)
COLUMNS = (
    Column(mark("Node"), mark("Number of the step; with a flag, it has a bookmark"), left=True),
    Column(mark("Step"), mark("What the model wrote"), left=True),
    Column(mark("Note"), mark("What you wrote about it"), left=True),
)
NOTHING = mark("No note and no bookmark yet. Select a step: M sets a bookmark, Ctrl+M writes a note.")


@dataclass(frozen=True, slots=True)
class Remark:
    """A step that something was said about."""

    node: NodeId
    bookmarked: bool
    step: str
    note: str

    def has(self, words: str) -> bool:
        """Whether every one of these words, or the step's number, is in it."""
        text = f"{self.node} {self.step} {self.note}".casefold()
        return all(word in text for word in words.casefold().split())


def remarks_of(remarks: Remarks) -> list[Remark]:
    """All that was said, in order of the nodes."""
    nodes, started = remarks.tree.nodes, remarks.tree.started

    def step(node: NodeId) -> str:
        return started.text if node == ROOT and started is not None else nodes[node].step

    return [Remark(n, n in remarks.bookmarks, step(n).strip(), remarks.notes.get(n, "")) for n in remarks.nodes()]


def as_markdown(title: str, remarks: Iterable[Remark]) -> str:
    """A heading, then for each step its text as code and the note below it."""
    parts = [f"# {one_line(title)}"]
    for remark in remarks:
        flag = f" {FLAG}" if remark.bookmarked else ""
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", remark.step)), default=0))
        parts.append(f"## {tr('Node {node}').format(node=remark.node)}{flag}")
        parts.append(f"{fence}\n{remark.step}\n{fence}")
        if remark.note:
            parts.append(remark.note)
    return "\n\n".join(parts) + "\n"


class RemarksModel(RowsModel[Remark]):
    """One row for each step with a note or a bookmark."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme

    def text(self, row: Remark, column: int) -> str:
        if column == NODE:
            return f"{FLAG} {row.node}" if row.bookmarked else str(row.node)
        return one_line(row.step if column == STEP else row.note, LONGEST_CELL)

    def font(self, row: Remark, column: int) -> QFont | None:
        return None if column == NOTE else self._theme.mono_font()

    def tip(self, row: Remark, column: int) -> str:
        text = row.note if column == NOTE else row.step
        return as_tool_tip(text) if text else ""

    def same(self, one: Remark, other: Remark) -> bool:
        return one.node == other.node


class NotesPanel(PanelWidget):
    """Shows every remark of the run, whatever the cursor: a note is about a step, not about a moment."""

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.filter = QLineEdit()
        self.model = RemarksModel(theme)
        self.table = RowsTable(self.model, tr("Notes and bookmarks"), stretched=NOTE)
        self.copy_button = QToolButton()
        self._build()
        for signal in (shown.run_changed, shown.remarked):
            signal.connect(self.mark_stale)

    def own_actions(self) -> Sequence[Action]:
        return (
            Action("notes.copy", "Copy notes as Markdown", self.copy, "Copy all notes and bookmarks of the run", "Edit",
                   enabled=lambda: bool(self.shown.remarks.nodes())),
        )  # fmt: skip

    def copy(self) -> None:
        """Put all remarks that the filter lets through on the clipboard."""
        started = self.shown.remarks.tree.started
        title = tr("Notes: {problem}").format(problem=started.text if started is not None else "")
        QGuiApplication.clipboard().setText(as_markdown(title, self._found()))

    def refresh(self) -> None:
        self.model.set_rows(self._found())
        self.table.resizeColumnToContents(NODE)
        self.say("" if self.shown.remarks.nodes() else tr(NOTHING))

    def restyle(self) -> None:
        self.model.announce()
        self.table.size_rows()
        super().restyle()

    def _found(self) -> list[Remark]:
        return [remark for remark in remarks_of(self.shown.remarks) if remark.has(self.filter.text())]

    def _build(self) -> None:
        self.filter.setPlaceholderText(tr("Only with these words…"))
        self.filter.setAccessibleName(tr("Filter the notes"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.mark_stale)
        self.copy_button.setText(tr("Copy as Markdown"))
        self.copy_button.setToolTip(tr("Copy the notes and bookmarks that are listed"))
        self.copy_button.clicked.connect(self.copy)
        self.table.setColumnWidth(STEP, 220)
        self.table.clicked.connect(self._go)
        self.table.activated.connect(self._go)
        row = QHBoxLayout()
        row.addWidget(self.filter, 1)
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(6, 4, 6, 4)
        column.addLayout(row)
        column.addWidget(self.table)

    def _go(self, index: QModelIndex) -> None:
        self.shown.visit(self.model.rows[index.row()].node)
