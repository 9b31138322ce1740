"""What the tables of the panels share: a model of rows that are values, and a table that looks like the others.

A subclass of `RowsModel` says what a cell shows (`text`), and if it likes its font, colour, tool tip and icon;
`RowsTable` is the view. Knows no run and no particular row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.language import tr

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
LEAST_TABLE_PX = 40
"""The least height of a table in a low dock: its head and a row."""
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head; both texts are marked literals."""

    title: str
    tip: str
    left: bool = False
    """Texts stand at the left, numbers at the right."""


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows that never change: other numbers are other rows."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()

    def text(self, row: Row, column: int) -> str:
        """What the cell shows."""
        raise NotImplementedError

    def font(self, row: Row, column: int) -> QFont | None:
        """None: the table's own."""
        return None

    def colour(self, row: Row, column: int) -> QColor | None:
        """Of the text; None: the table's own."""
        return None

    def tip(self, row: Row, column: int) -> str:
        """Made with `as_tool_tip`; empty for none."""
        return ""

    def icon(self, row: Row, column: int) -> QIcon | None:
        return None

    def same(self, one: Row, other: Row) -> bool:
        """Whether they are about the same thing: then a selection survives the change."""
        return one == other

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Other numbers for the same things change cells; other things are other rows."""
        new = tuple(rows)
        if new == self.rows:
            return
        if len(new) == len(self.rows) and all(map(self.same, new, self.rows)):
            self.rows = new
            self.announce()
            return
        self.beginResetModel()
        self.rows = new
        self.endResetModel()

    def announce(self) -> None:
        """The numbers, or the colours, have changed."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.columns[section].title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(self.columns[section].tip)
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.FontRole:
                return self.font(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                return self.colour(row, column)
            case Qt.ItemDataRole.DecorationRole:
                return self.icon(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tip(row, column) or None
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if self.columns[column].left else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class RowsTable(QTableView):
    """The view: whole rows, one at a time, no grid, and one column that takes the room the others leave."""

    def __init__(self, model: QAbstractItemModel, name: str, stretched: int) -> None:
        """`name` is what a screen reader calls it; `stretched` the column that takes the room."""
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.size_rows()

    def size_rows(self) -> None:
        """As high as the font wants."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 7)
