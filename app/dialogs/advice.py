"""A proposal of strategy and budget for problems as hard as the one on screen, with the table behind it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.form_parts import button_box
from app.dialogs.settings_form import LARGEST_INT
from app.language import mark, tr
from app.panels.texts import ENGLISH, plain_label
from app.plain_text import one_line, visible
from app.theme import RESOURCES
from app.words.verifier import VERIFIERS
from engine.problems import ProblemError
from engine.search import SEARCHES
from engine.search.advice import Advice, TableError, TableRow, advise, difficulty, load_table
from engine.tree import Tree

TABLE = RESOURCES / "compute_optimal.json"
HEADERS = (
    mark("Strategy"),
    mark("Settings"),
    mark("Verifiers"),
    mark("Budget"),
    mark("Used"),
    mark("Solved"),
    mark("Problems"),
)
EXACT = tuple(entry.name for entry in VERIFIERS if entry.name != "rule")
"""Verifiers of who may not use the exact checker."""
HOW = mark(
    "Estimated from the chains of the run on screen: best from 16 or more, sampled by self-consistency or best of N."
)


class AdviceSheet(QDialog):
    """Reason, table, and a button that opens the form filled in."""

    accepted_row = Signal(object)
    """The TableRow that the user wants to run."""

    def __init__(self, tree: Tree, parent: QWidget | None = None, table: Path = TABLE) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Suggested strategy and budget"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tree, self._file = tree, table
        self._advice: Advice | None = None
        self.reason = plain_label(wrap=True, selectable=True)
        self.reason.setObjectName(ENGLISH)
        self.table = QTreeWidget()
        self.limit = QSpinBox()
        self.with_rules = QCheckBox(tr("with the rule checker"))
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.run = buttons.addButton(tr("New run with this…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.run.clicked.connect(self._take)
        buttons.rejected.connect(self.reject)
        self._dress()
        row = QHBoxLayout()
        for widget in (plain_label(tr("At most")), self.limit, self.with_rules):
            row.addWidget(widget)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.reason)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(plain_label(tr(HOW), wrap=True, quiet=True))
        layout.addWidget(buttons)
        self.limit.valueChanged.connect(lambda _: self._advise())
        self.with_rules.toggled.connect(lambda _: self._advise())
        self.table.currentItemChanged.connect(lambda *_: self.run.setEnabled(self._chosen() is not None))
        self.resize(720, 420)
        self._advise()

    def _dress(self) -> None:
        self.limit.setRange(0, LARGEST_INT)
        self.limit.setSingleStep(256)
        self.limit.setSpecialValueText(tr("any budget"))
        self.limit.setSuffix(tr(" tokens"))
        self.limit.setAccessibleName(tr("Largest budget"))
        self.with_rules.setToolTip(tr("Whether strategies may ask the exact rules of the problem"))
        self.with_rules.setChecked(True)
        self.table.setHeaderLabels([tr(header) for header in HEADERS])
        self.table.setRootIsDecorated(False)
        self.table.setAlternatingRowColors(True)
        self.table.setAccessibleName(tr("Strategies by what they solved of such problems"))
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _advise(self) -> None:
        started = self._tree.started
        self.table.clear()
        self._advice = None
        try:
            if started is None:
                raise TableError(tr("There is no run on screen."))
            found = difficulty(self._tree)
            names = None if self.with_rules.isChecked() else EXACT
            self._advice = advise(found, load_table(self._file, started.problem), self.limit.value() or None, names)
        except (TableError, ProblemError) as error:
            self.reason.setText(visible(str(error)))
        else:
            self.reason.setText(visible(self._advice.reason))
            self.table.addTopLevelItems([_item(row) for row in self._advice.rows])
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self.run.setEnabled(self._chosen() is not None)

    def _chosen(self) -> TableRow | None:
        """The row that the user stands on: the proposed one, unless another was chosen."""
        place = self.table.currentIndex().row()
        return self._advice.rows[place] if self._advice is not None and place >= 0 else None

    def _take(self) -> None:
        row = self._chosen()
        if row is not None:
            self.accept()
            self.accepted_row.emit(row)


def _item(row: TableRow) -> QTreeWidgetItem:
    title = SEARCHES[row.search].title if row.search in SEARCHES else one_line(row.search)
    settings = ", ".join(f"{name} {value}" for name, value in row.settings.items()) or tr("defaults")
    cells = (
        title,
        one_line(settings),
        one_line(", ".join(row.verifiers)) or tr("none"),
        f"{row.budget:,}",
        f"{row.tokens:,.0f}",
        f"{row.solved:.0%}",
        f"{row.problems:,}",
    )
    item = QTreeWidgetItem(list(cells))
    for column in range(3, len(cells)):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
