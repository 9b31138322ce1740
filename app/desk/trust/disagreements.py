"""The page Disagreements: traces with a high score and a wrong answer, or the other way round. Only reads."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QVBoxLayout

from app.desk.copying import copy_tables
from app.desk.data import DeskData
from app.desk.plot_page import unchanged
from app.desk.tab import DeskTab
from app.desk.trust.disagreements_table import DisagreementsModel, disagreements_table
from app.desk.trust.words import NOTHING
from app.desk.widgets import button, choice, row_of, tell
from app.desk.words import no_scores
from app.icons import icon
from app.language import mark, tr
from app.models.disagreement import Disagreement, disagreeing
from app.panels.texts import ElidedLabel
from app.parts import Parts

MOST_ROWS = 2_000
"""The rest is not listed, and said to be there."""
HIGHEST = 1_000.0
"""A sum of scores grows with the steps."""


class DisagreementPage(DeskTab):
    """A row of choices, and the table; Enter or a click shows the trace."""

    title = mark("Disagreements")

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.kind = choice(
            tr("Which disagreements"),
            tr("High score and wrong answer, low score and right answer, or both"),
            [(tr("Both kinds"), "both"), (tr("High but wrong"), "high"), (tr("Low but right"), "low")],
        )
        self.fixed = QCheckBox(tr("Threshold"))
        self.threshold = QDoubleSpinBox()
        self.words = ElidedLabel()
        self.copy = button(tr("Copy"), tr("Copy the table as Markdown"))
        self.model = DisagreementsModel(parts.theme, data)
        self.table = disagreements_table(self.model)
        self._made_of: tuple[object, ...] = ()
        self._build()
        self._connect()

    def refresh(self) -> None:
        if not self.data.scorer:
            self.say(no_scores())
            return
        known = int((self.data.table.correct == self.data.table.correct).sum())
        if not known:
            self.say(tr(NOTHING["answer"]))
            return
        border = self.threshold.value() if self.fixed.isChecked() else None
        made_of = (self.data.table, self.data.totals, border, self.kind.currentData())
        if not unchanged(made_of, self._made_of):
            self._made_of = made_of
            found = disagreeing(self.data.table, self.data.totals, border, self.kind.currentData())
            self.model.show_rows(found[:MOST_ROWS], self.data.rule)
            self._say_found(found, known)
        self._mark_selection()
        self.say("")

    def restyle(self) -> None:
        self.copy.setIcon(icon(self.theme, "copy"))
        self.table.size_rows()
        self.model.announce()
        super().restyle()

    # building

    def _build(self) -> None:
        self.fixed.setToolTip(
            tr("Where high ends and low begins; without it, the middle between right and wrong traces")
        )
        self.threshold.setRange(-HIGHEST, HIGHEST)
        self.threshold.setSingleStep(0.05)
        self.threshold.setValue(0.5)
        self.threshold.setEnabled(False)
        self.threshold.setAccessibleName(tr("Threshold"))
        self.copy.setIcon(icon(self.theme, "copy"))
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addLayout(row_of((self.kind, self.fixed, self.threshold, self.words, self.copy), self.words))
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _: self.mark_stale())
        self.fixed.toggled.connect(self.threshold.setEnabled)
        self.fixed.toggled.connect(lambda _: self.mark_stale())
        self.threshold.valueChanged.connect(lambda _: self.mark_stale())
        self.copy.clicked.connect(self._copy)
        for signal in (self.table.clicked, self.table.activated):
            signal.connect(self._go_to)

    # showing

    def _say_found(self, found: tuple[Disagreement, ...], known: int) -> None:
        high = sum(row.high for row in found)
        words = tr("{high:,} high but wrong, {low:,} low but right, of {known:,} traces that are known").format(
            high=high, low=len(found) - high, known=known
        )
        if len(found) > MOST_ROWS:
            words += " · " + tr("the {count:,} most striking are listed").format(count=MOST_ROWS)
        tell(self.words, words)
        self.copy.setEnabled(bool(found))

    def _go_to(self, index: QModelIndex) -> None:
        """To the end of the trace, which is what score and answer disagree about."""
        if index.isValid():
            self.data.show(self.model.rows[index.row()].trace)

    def _mark_selection(self) -> None:
        """The row of the trace on the screen, if it is in the table."""
        at = self.data.selected
        row = next((place for place, row in enumerate(self.model.rows) if row.trace == at), None)
        if row is not None and row != self.table.currentIndex().row():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)

    def _copy(self) -> None:
        copy_tables(f"{self.data.scorer} · {self.words.text()}", self.model)
