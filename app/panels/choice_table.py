"""The arithmetic of one selection: a row of terms for every sibling, and the sum of the chosen one in words.

Every number comes from the Choice that the engine recorded; nothing is computed again but the sum Q + U.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.panels.swatch import SWATCH, Swatches
from app.panels.texts import decimal, plain_label
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from engine.events import Choice, NodeId
from engine.tree import Tree

HEADERS = ("Step", "N", "Q", "P", "U", "Q + U")
STEP, N, Q, P, U, SUM = range(6)
HEADER_TIPS = (
    "● marks the step that was chosen",
    "How often a value was credited to the step, when this selection was made",
    "Mean value, as the formula used it; * is a stand-in for a step that was never visited",
    "Prior: the policy's share for this step",
    "Exploration term; ∞ means: before all others",
    "The largest sum is chosen",
)
PLACES = 3
SMALL = 8.25
"""Points: six columns must fit beside each other."""
MOST_ROWS = 10
"""Rows shown at once; more are scrolled."""
STAND_IN = "* stand-in for Q: the step was never visited."
NEVER = "No selection has weighed these steps so far."

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


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
        return step, f"{self.n:,}", q, decimal(self.p, PLACES), _term(self.u), _term(self.total)


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
        "∞, before all others"
        if row.u is None
        else f"{decimal(row.q or 0.0, PLACES)} + {_term(row.u)} = {_term(row.total)}"
    )
    filled = f"{' ' * equation.index('=')}= {terms}"
    numbers = f"with N_parent {choice.visits:,}, N {row.n:,}, P {decimal(row.p, PLACES)}"
    return "\n".join((equation, filled, ", ".join(filter(None, (numbers, parameters)))))


class ChoiceModel(QAbstractTableModel):
    """The rows of one selection."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._swatches = Swatches(theme)
        self.rows: tuple[ChoiceRow, ...] = ()

    def set_rows(self, rows: tuple[ChoiceRow, ...]) -> None:
        """Other numbers for the same siblings change cells; other siblings are other rows."""
        if [row.node for row in rows] == [row.node for row in self.rows]:
            self.rows = rows
            self.announce()
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def announce(self) -> None:
        """The numbers, or the colours, have changed."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(HEADERS) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return HEADER_TIPS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells()[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column == Q:
            return self._swatches.icon(row.q)
        if role == Qt.ItemDataRole.ToolTipRole:
            return STAND_IN if column == Q and row.stand_in else as_tool_tip(row.step)
        return None

    def _font(self, row: ChoiceRow, column: int) -> QFont:
        font = self._theme.ui_font(SMALL) if column == STEP else self._theme.mono_font(SMALL)
        font.setBold(row.chosen)
        return font


class ChoiceTable(QWidget):
    """Title, table and arithmetic of one selection."""

    node_chosen = Signal(int)
    """The user asked for this node."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.model = ChoiceModel(theme)
        self.view = QTableView()
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
            if not same_length:
                self._size_to_rows()
        formula = tree.selected.formula if tree.selected else ""
        self.words.setText(NEVER if choice is None else arithmetic(choice, rows, formula))
        self.view.setVisible(bool(rows))
        self.note.setVisible(any(row.stand_in for row in rows))

    def _build(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setIconSize(SWATCH)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.horizontalHeader().setMinimumSectionSize(20)
        view.horizontalHeader().setSectionResizeMode(STEP, QHeaderView.ResizeMode.Stretch)
        view.horizontalHeader().setHighlightSections(False)
        view.doubleClicked.connect(self._ask_for)
        view.activated.connect(self._ask_for)
        view.hide()
        self.note.setText(STAND_IN)
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
        mono = self._theme.mono_font(SMALL)
        mono.setBold(True)
        metrics = QFontMetrics(mono)
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 5)
        header = self.view.horizontalHeader()
        widest = {N: "999", Q: "0.000*", P: "0.000", U: "0.000", SUM: "0.000"}
        for column, text in widest.items():
            header.resizeSection(column, metrics.horizontalAdvance(text) + (22 if column == Q else 9))
        self.model.announce()
        self._size_to_rows()

    def _size_to_rows(self) -> None:
        rows = min(len(self.model.rows), MOST_ROWS)
        frame = 2 * self.view.frameWidth()
        height = (
            self.view.horizontalHeader().sizeHint().height() + rows * self.view.verticalHeader().defaultSectionSize()
        )
        self.view.setFixedHeight(height + frame)


def _term(value: float | None) -> str:
    return "∞" if value is None or value == inf else decimal(value, PLACES)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == STEP else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
