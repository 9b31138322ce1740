"""Find in sessions: a line to type in, where to look, and a row for each text that was found. Knows no index."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.commands import Action
from app.language import mark, tr
from app.panels.panel import PanelWidget
from app.panels.rows_table import Column, RowsModel, RowsTable
from app.panels.texts import plain_label
from app.parts import Parts
from app.plain_text import as_tool_tip, one_line
from app.text_finder import SCOPES, Scope
from storage.finding.index import COUNTED, Found, Hit

PAUSE_MS = 200
"""After the last key: a search for every letter would read the index in vain."""
LONGEST = 300
TEXT, KIND, RUN, FILE = range(4)
COLUMNS = (
    Column(mark("Text"), mark("The piece around what was looked for"), left=True),
    Column(mark("In"), mark("What the text is"), left=True),
    Column(mark("Run #"), mark("Number of the run, and its step"), left=True),
    Column(mark("Session"), mark("The session file"), left=True),
)
KIND_WORDS = {
    "problem": mark("problem"),
    "step": mark("step"),
    "rollout": mark("rollout"),
    "note": mark("note"),
    "name": mark("name of the run"),
}
SCOPE_WORDS: dict[Scope, str] = {
    "session": mark("This session"),
    "folder": mark("The folder of this session"),
    "working": mark("Sessions without a name"),
}
HINT = mark(
    'Looks through all steps, notes and problems. Several words must all stand in a text; "13 - 9" finds just this.'
)


class HitsModel(RowsModel[Hit]):
    """One row for each text."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)

    def text(self, row: Hit, column: int) -> str:
        match column:
            case _ if column == TEXT:
                return one_line(row.text, LONGEST)
            case _ if column == KIND:
                return tr(KIND_WORDS[row.kind])
            case _ if column == RUN:
                return f"{row.run} · {row.node}"
        return one_line(row.path.stem, LONGEST)

    def tip(self, row: Hit, column: int) -> str:
        return as_tool_tip(str(row.path) if column == FILE else f"{row.problem}\n{row.text}")


class FindPanel(PanelWidget):
    """What was found stays until something else is looked for."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self._finder = parts.finder
        self.line = QLineEdit()
        self.scope = QComboBox()
        self.model = HitsModel()
        self.table = RowsTable(self.model, tr("Texts that were found"), stretched=TEXT)
        self.said = plain_label("", wrap=True, quiet=True)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setToolTip(tr("Stop reading; the next search goes on from there"))
        self._found: Found | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._build()
        self.line.textChanged.connect(lambda _: self._pause.start())
        self.line.returnPressed.connect(self._enter)
        self.scope.currentIndexChanged.connect(lambda _: self._search())
        self.table.activated.connect(self._go)
        self.table.clicked.connect(self._go)
        self.cancel.clicked.connect(self._finder.cancel)
        self._finder.changed.connect(self.mark_stale)

    def own_actions(self) -> Sequence[Action]:
        return (
            Action(
                "go.find_in_sessions", "Find in sessions…", self.ask,
                "Find text in all steps and notes of this session, or of a folder of sessions", "Go", "search",
                ("Ctrl+Shift+K",),
            ),
        )  # fmt: skip

    def ask(self) -> None:
        """Come to the front, ready to be typed into."""
        self.front_wanted.emit()
        self.line.setFocus()
        self.line.selectAll()

    def refresh(self) -> None:
        if self._found is not self._finder.found:
            self._found = self._finder.found
            self.model.set_rows(() if self._found is None else self._found.hits)
            for column in (KIND, RUN, FILE):
                self.table.resizeColumnToContents(column)
        self.cancel.setVisible(self._finder.runs_read > 0)
        self.said.setText("  ".join(filter(None, (self._words(), *map(one_line, self._finder.errors)))))
        self.say("")

    def restyle(self) -> None:
        self.model.announce()
        self.table.size_rows()
        super().restyle()

    def _words(self) -> str:
        found = self._finder.found
        if self._finder.busy and (name := self._finder.reading):
            words = tr("{file} is being read so that it can be searched: run {count:,}…")
            return words.format(file=one_line(name), count=self._finder.runs_read)
        if self._finder.busy:
            return tr("Looking…")
        if found is None:
            return tr(HINT)
        if not found.hits:
            return tr("Nothing was found.")
        if found.total == len(found.hits):
            return tr("1 text") if found.total == 1 else tr("{count:,} texts").format(count=found.total)
        if found.total > COUNTED:
            return tr("The first {shown:,} of more than {total:,} texts").format(shown=len(found.hits), total=COUNTED)
        return tr("The first {shown:,} of {total:,} texts").format(shown=len(found.hits), total=found.total)

    def _search(self) -> None:
        self._pause.stop()
        self._finder.search(self.line.text(), SCOPES[self.scope.currentIndex()])

    def _enter(self) -> None:
        """Go to the first hit; before there is one, look."""
        if self._pause.isActive() or not self.model.rows:
            self._search()
        else:
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(0, TEXT))
            self._go(self.model.index(0, TEXT))

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self._finder.show(self.model.rows[index.row()])

    def _build(self) -> None:
        self.line.setPlaceholderText(tr("Text in steps and notes"))
        self.line.setAccessibleName(tr("What to look for"))
        self.line.setClearButtonEnabled(True)
        for scope in SCOPES:
            self.scope.addItem(tr(SCOPE_WORDS[scope]))
        self.scope.setAccessibleName(tr("Where to look"))
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.scope)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(6, 4, 6, 4)
        column.addLayout(row)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(self.cancel)
        column.addLayout(below)
        column.addWidget(self.table, 1)
