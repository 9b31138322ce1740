"""The arithmetic of one selection: a row of terms for every sibling, and the sum of the chosen one in words.

Every number comes from the Choice that the engine recorded; nothing is computed again but the sum Q + U.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import mark, tr
from app.panels.rows_table import Column, RowsModel, RowsTable
from app.panels.swatch import SWATCH, Swatches
from app.panels.texts import decimal, plain_label
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden
from engine.events import Choice, NodeId
from engine.tree import Tree

COLUMNS = (
    Column(mark("Step"), mark("● marks the step that was chosen"), left=True),
    Column(mark("N"), mark("How often a value was credited to the step, when this selection was made")),
    Column(mark("Q"), mark("Mean value, as the formula used it; * is a stand-in for a step that was never visited")),
    Column(mark("P"), mark("Prior: the policy's share for this step")),
    Column(mark("U"), mark("Exploration term; ∞ means: before all others")),
    Column(mark("Q + U"), mark("The largest sum is chosen")),
)
STEP, N, Q, P, U, SUM = range(6)
PLACES = 3
SMALL = 8.25
"""Points: six columns must fit beside each other."""
MOST_ROWS = 10
"""Rows shown at once; more are scrolled."""
STAND_IN = mark("* stand-in for Q: the step was never visited.")
NEVER = mark("No selection has weighed these steps so far.")


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """The terms of one sibling."""

    node: NodeId
    step: str
    chosen: bool
    n: int
    q: float | None
    p: float
    u: float | None
    stand_in: bool
    """Whether q stands for a value that nobody has measured."""

    @property
    def total(self) -> float | None:
        """Q + U; None stands for infinity."""
        return None if self.u is None else (self.q or 0.0) + self.u

    def cells(self) -> tuple[str, ...]:
        """The texts of its columns."""
        q = decimal(self.q, PLACES) + ("*" if self.stand_in else "")
        step = ("● " if self.chosen else "") + one_line(self.step, 200)
        return step, f"{self.n:,}", q, decimal(self.p, PLACES), term(self.u), term(self.total)


def choice_rows(tree: Tree, choice: Choice) -> tuple[ChoiceRow, ...]:
    """A row for every child that the selection weighed, in the order of their birth."""
    columns = zip(choice.children, choice.n, choice.q, choice.p, choice.u, choice.visited, strict=False)
    return tuple(
        ChoiceRow(child, tree.nodes[child].step, child == choice.chosen, n, q, p, u, q is not None and not visited)
        for child, n, q, p, u, visited in columns
        if child in tree.nodes
    )


def arithmetic(choice: Choice, rows: tuple[ChoiceRow, ...], formula: str) -> str:
    """The formula in words, the chosen row filled in, and the numbers that went in; one to a line.

    `PUCT = Q + P·(...)`, `     = 0.780 + 0.210 = 0.990`, `with N_parent 137, N 42, P 0.330, c_init 1.25 ...`
    """
    equation, _, parameters = one_line(formula).partition(", ")
    if "=" not in equation:
        equation = f"{equation or 'Score'} = Q + U"
    row = next((row for row in rows if row.chosen), None)
    if row is None:
        return equation
    terms = (
        tr("∞, before all others")
        if row.u is None
        else f"{decimal(row.q or 0.0, PLACES)} + {term(row.u)} = {term(row.total)}"
    )
    filled = f"{' ' * equation.index('=')}= {terms}"
    numbers = tr("with N_parent {parent:,}, N {visits:,}, P {prior}").format(
        parent=choice.visits, visits=row.n, prior=decimal(row.p, PLACES)
    )
    return "\n".join((equation, filled, ", ".join(filter(None, (numbers, parameters)))))


class ChoiceModel(RowsModel[ChoiceRow]):
    """The rows of one selection."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme
        self._swatches = Swatches(theme)

    def same(self, one: ChoiceRow, other: ChoiceRow) -> bool:
        return one.node == other.node

    def text(self, row: ChoiceRow, column: int) -> str:
        return row.cells()[column]

    def icon(self, row: ChoiceRow, column: int) -> QIcon | None:
        return self._swatches.icon(row.q) if column == Q else None

    def tip(self, row: ChoiceRow, column: int) -> str:
        return tr(STAND_IN) if column == Q and row.stand_in else as_tool_tip(row.step)

    def font(self, row: ChoiceRow, column: int) -> QFont:
        font = self._theme.ui_font(SMALL) if column == STEP else self._theme.mono_font(SMALL)
        embolden(font, row.chosen)
        return font


class ChoiceTable(QWidget):
    """Title, table and arithmetic of one selection."""

    node_chosen = Signal(int)
    """The user asked for this node."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.model = ChoiceModel(theme)
        self.view = RowsTable(self.model, title, STEP)
        self.words = plain_label(wrap=True, selectable=True)
        self.note = plain_label(wrap=True, quiet=True)
        self.title = plain_label(quiet=True)
        self._build()
        self.set_title(title)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        self.view.setAccessibleName(title)

    def show_choice(self, tree: Tree, choice: Choice | None) -> None:
        """Show the selection that was made last among these siblings, or say that there was none."""
        rows = () if choice is None else choice_rows(tree, choice)
        if rows != self.model.rows:
            same_length = len(rows) == len(self.model.rows)
            self.model.set_rows(rows)
            self._size_columns()
            if not same_length:
                self._size_to_rows()
        formula = tree.selected.formula if tree.selected else ""
        self.words.setText(tr(NEVER) if choice is None else arithmetic(choice, rows, formula))
        self.view.setVisible(bool(rows))
        self.note.setVisible(any(row.stand_in for row in rows))

    def _build(self) -> None:
        view = self.view
        view.setIconSize(SWATCH)
        view.doubleClicked.connect(self._ask_for)
        view.activated.connect(self._ask_for)
        view.hide()
        self.note.setText(tr(STAND_IN))
        self.note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.title, self.view, self.words, self.note):
            layout.addWidget(widget)

    def _ask_for(self, index: QModelIndex) -> None:
        if index.isValid():
            self.node_chosen.emit(self.model.rows[index.row()].node)

    def _restyle(self) -> None:
        self.words.setFont(self._theme.mono_font(SMALL))
        self.view.verticalHeader().setDefaultSectionSize(self._metrics().height() + 5)
        self._size_columns()
        self.model.announce()
        self._size_to_rows()

    def _metrics(self) -> QFontMetrics:
        """Of the numbers in the chosen row, the widest there are."""
        mono = self._theme.mono_font(SMALL)
        embolden(mono)
        return QFontMetrics(mono)

    def _size_columns(self) -> None:
        """As narrow as the numbers allow: the step needs the room."""
        counts = (row.cells()[N] for row in self.model.rows)
        widest = {N: max(counts, key=len, default=""), Q: "0.000*", P: "0.000", U: "0.000", SUM: "0.000"}
        metrics, header = self._metrics(), self.view.horizontalHeader()
        for column, text in widest.items():
            width = metrics.horizontalAdvance(max(text, "999", key=len)) + (22 if column == Q else 9)
            if header.sectionSize(column) != width:
                header.resizeSection(column, width)

    def _size_to_rows(self) -> None:
        rows = min(len(self.model.rows), MOST_ROWS)
        frame = 2 * self.view.frameWidth()
        height = (
            self.view.horizontalHeader().sizeHint().height() + rows * self.view.verticalHeader().defaultSectionSize()
        )
        self.view.setFixedHeight(height + frame)


def term(value: float | None) -> str:
    """An exploration term, or a sum with one: None and infinity are ∞."""
    return "∞" if value is None or value == inf else decimal(value, PLACES)
