"""One recorded choice by two formulas: every sibling's terms side by side, and both sums in words. Knows no log."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import mark, tr
from app.panels.choice_table import arithmetic, choice_rows
from app.panels.formula_tables import SMALL, STEP, WIDEST, TermsModel, terms_rows
from app.panels.rows_table import LEAST_TABLE_PX, RowsTable
from app.panels.texts import ElidedLabel
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden
from engine.events import ROOT, Choice
from engine.tree import Tree

LONGEST_STEP = 80
TITLE_PX, ROOM_PX = 70, 130
"""The least heights for the title above the table, and for the sums in words below it."""
NO_CHOICE = mark("No choice among steps was made before the cursor.")
AT_ROOT = mark("Iteration {iteration}: the first step, N_parent {visits}")
AFTER_STEP = mark("Iteration {iteration}: the step after {step}, N_parent {visits}")


class ChoiceByTwo(QWidget):
    """Title, table and arithmetic."""

    node_chosen = Signal(int)
    """The user asked for this node."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = ElidedLabel()
        self.model = TermsModel(theme)
        self.view = RowsTable(self.model, tr("One choice by both formulas"), STEP)
        self.recorded = ElidedLabel()
        self.other = ElidedLabel()
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_nothing()

    def show_nothing(self) -> None:
        self.title.setText(tr(NO_CHOICE))
        self.model.set_rows(())
        self._give_room()

    def show_choice(self, tree: Tree, iteration: int, recorded: Choice, words: str, other: Choice, others: str) -> None:
        """`recorded` by its formula, in `words`, beside `other`: the same choice by another formula, in `others`."""
        self.title.setText(_title(tree, iteration, recorded))
        self.model.set_rows(terms_rows(tree, recorded, other))
        for label, sentence, choice, formula in (
            (self.recorded, tr("Recorded: {formula}"), recorded, words),
            (self.other, tr("Other (′): {formula}"), other, others),
        ):
            label.setText(sentence.format(formula=_short(formula)))
            label.setToolTip(as_tool_tip(arithmetic(choice, choice_rows(tree, choice), formula)))
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._give_room()
        super().resizeEvent(event)

    def _give_room(self) -> None:
        """A low dock keeps its room for the table."""
        chosen = bool(self.model.rows)
        self.title.setVisible(not chosen or self.height() >= TITLE_PX)
        self.view.setVisible(chosen)
        for label in (self.recorded, self.other):
            label.setVisible(chosen and self.height() >= ROOM_PX)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.view, 1)
        for label in (self.recorded, self.other):
            column.addWidget(label)
        self.view.setMinimumHeight(LEAST_TABLE_PX)
        self.view.doubleClicked.connect(self._ask_for)
        self.view.activated.connect(self._ask_for)

    def _ask_for(self, index: QModelIndex) -> None:
        if index.isValid():
            self.node_chosen.emit(self.model.rows[index.row()].recorded.node)

    def _restyle(self) -> None:
        mono = self._theme.mono_font(SMALL)
        embolden(mono)
        metrics = QFontMetrics(mono)
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 5)
        for column, text in WIDEST.items():
            self.view.horizontalHeader().resizeSection(column, metrics.horizontalAdvance(text) + 9)
        for label in (self.recorded, self.other):
            label.setFont(self._theme.ui_font(SMALL))
        self.model.announce()


def _title(tree: Tree, iteration: int, choice: Choice) -> str:
    sentence = AT_ROOT if choice.parent == ROOT else AFTER_STEP
    step = one_line(tree.nodes[choice.parent].step, LONGEST_STEP)
    return tr(sentence).format(iteration=f"{iteration:,}", step=f"“{step}”", visits=f"{choice.visits:,}")


def _short(formula: str) -> str:
    """`PUCT, c_init 1.25, ...`: the words of a formula without its equation, which the tool tip fills in."""
    equation, comma, parameters = one_line(formula).partition(", ")
    return f"{equation.partition(' = ')[0]}{comma}{parameters}"
