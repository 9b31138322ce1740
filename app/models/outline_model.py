"""The tree as rows of a QTreeView: step, N, Q, score. Grows and shrinks at its ends, so a view keeps its place.

Nodes are numbered in order of creation, so the tree at any time is a prefix of the tree at any later time: live growth
and time travel insert or remove the rows of the last nodes only. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from app.canvas.faces import model_score
from app.language import mark, tr
from app.models.past_nodes import parents
from app.models.remarks import Remarks
from app.plain_text import as_tool_tip, one_line
from app.words.node import node_tip
from engine.events import ROOT, NodeId
from engine.tree import Node, Tree

STEP, VISITS, VALUE, SCORE = range(4)
HEADERS = (mark("Step"), mark("N"), mark("Q"), mark("Score"))
LONGEST_STEP = 200
"""Characters; more never fits a row."""
HIDDEN_MARK = "◌ "
PRUNED_MARK = "✂ "
BOOKMARK, NOTE_MARK = "⚑ ", "✎ "
TWIN_MARK = "≡ "
"""Of a step that led to a state which was known before."""
EDIT_MARK = "≠ "
"""Of a step that a probe changed before it gave it."""
MANY = 40
"""Nodes; beyond this many at once the view lays out all its rows once, not once for each family."""

_ROLES = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.FontRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
}
Index = QModelIndex | QPersistentModelIndex
Swatch = Callable[[float | None], QIcon]
_NOWHERE = QModelIndex()


class OutlineModel(QAbstractItemModel):
    """Rows for the nodes of `tree`, which is read only. Call `sync` after it changed, `set_tree` for another one."""

    def __init__(self, swatch: Swatch, number_font: QFont, muted: QColor) -> None:
        """`muted`: the ink of rows that are out of the search."""
        super().__init__()
        self._muted = muted
        self._swatch = swatch
        self._number_font = number_font
        self._tree = Tree()
        self._out: dict[NodeId, bool] = {}
        self._parents: list[NodeId | None] = []
        self._rows: list[int] = []
        self._children: list[list[NodeId]] = []
        self.remarks: Remarks | None = None
        """Notes and bookmarks, to mark rows by."""
        self.counts: Callable[[NodeId], bool] = lambda _node: True
        """Whether a node lies in the time range; others are muted."""

    def restyle(self, number_font: QFont, muted: QColor) -> None:
        """Fonts and colours changed."""
        self._muted = muted
        self._number_font = number_font
        self._announce_values()

    def set_tree(self, tree: Tree) -> None:
        """Another run: nothing of the old rows is kept."""
        self.beginResetModel()
        self._forget(ROOT)
        self._tree, self._out = tree, {}
        self._mirror(range(len(tree.nodes)))
        self.endResetModel()

    def sync(self, tree: Tree) -> NodeId:
        """The same run at another time, or grown. Gives back the first node whose row is new."""
        self._tree, self._out = tree, {}
        known, now = len(self._parents), len(tree.nodes)
        if abs(now - known) > MANY:
            self._change_many(known, now)
        elif now > known:
            self._insert(known, now)
        elif now < known:
            self._remove(now, known)
        self._announce_values()
        return min(known, now)

    def node_at(self, index: Index) -> NodeId | None:
        """The node of a row; None for no row."""
        return index.internalId() if index.isValid() else None

    def index_of(self, node: NodeId | None, column: int = STEP) -> QModelIndex:
        """The row of a node; invalid if there is none."""
        if node is None or not 0 <= node < len(self._rows):
            return QModelIndex()
        return self.createIndex(self._rows[node], column, node)

    # what Qt asks for

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not 0 <= row < self.rowCount(parent) or not 0 <= column < len(HEADERS):
            return QModelIndex()
        above = self.node_at(parent)
        return self.createIndex(row, column, ROOT if above is None else self._children[above][row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override] # Qt overloads the name
        node = self.node_at(index)
        return self.index_of(None if node is None else self._parents[node])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        node = self.node_at(parent)
        if node is None:
            return 1 if self._parents else 0
        return len(self._children[node]) if parent.column() == STEP else 0

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        return self.rowCount(parent) > 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADERS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section != STEP:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or (number := self.node_at(index)) is None:
            return None
        node = self._tree.nodes.get(number)
        if node is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tool_tip(node_tip(self._tree, node))
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._muted if self._is_out(node.id) or not self.counts(node.id) else None
        return self._step_data(node, role) if index.column() == STEP else self._number_data(node, index.column(), role)

    def _step_data(self, node: Node, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._flags(node.id) + self._mark(node) + one_line(self._step(node), LONGEST_STEP)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            value = tr("no value yet") if node.value is None else tr("value {value:.2f}").format(value=node.value)
            marks = (tr("pruned") if node.pruned else "", tr("hidden") if node.hidden else "")
            visits = tr("{count} visits").format(count=node.visits)
            return ", ".join(filter(None, (*marks, one_line(self._step(node), LONGEST_STEP), visits, value)))
        return None

    def _number_data(self, node: Node, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if column == VISITS:
                return f"{node.visits:,}"
            number = node.value if column == VALUE else model_score(self._tree, node)
            return "–" if number is None else f"{number:.2f}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return self._number_font
        if role == Qt.ItemDataRole.DecorationRole and column != VISITS:
            return self._swatch(node.value if column == VALUE else model_score(self._tree, node))
        return None

    def _is_out(self, node: NodeId) -> bool:
        """Asked for every cell, so it is remembered until the tree changes."""
        if node not in self._out:
            self._out[node] = self._tree.is_out(node)
        return self._out[node]

    def _step(self, node: Node) -> str:
        """The root's text is the problem as the user typed it; the prompt around it is the same for all."""
        if node.id == ROOT and self._tree.started is not None:
            return self._tree.started.text
        return node.step

    def _flags(self, node: NodeId) -> str:
        """What a person said about it."""
        if self.remarks is None:
            return ""
        return BOOKMARK * (node in self.remarks.bookmarks) + NOTE_MARK * (node in self.remarks.notes)

    def _mark(self, node: Node) -> str:
        finished = self._tree.finished
        if finished is not None and finished.chosen == node.id:
            return "★ "
        if node.broken or node.pruned:
            return "✗ " if node.broken else PRUNED_MARK
        if node.edit:
            return EDIT_MARK
        return HIDDEN_MARK if node.hidden else TWIN_MARK if node.twin is not None else ""

    # rows

    def _insert(self, first: NodeId, end: NodeId) -> None:
        above = parents(self._tree, range(first, end))
        known = first
        while first < end:
            parent = above[first - known]
            last = first
            while last + 1 < end and above[last + 1 - known] == parent:
                last += 1
            row = 0 if parent is None else len(self._children[parent])
            self.beginInsertRows(self.index_of(parent), row, row + last - first)
            self._mirror(range(first, last + 1))
            self.endInsertRows()
            first = last + 1

    def _remove(self, first: NodeId, end: NodeId) -> None:
        while end > first:
            parent = self._parents[end - 1]
            start = end - 1
            while start > first and self._parents[start - 1] == parent:
                start -= 1
            self.beginRemoveRows(self.index_of(parent), self._rows[start], self._rows[end - 1])
            self._forget(start)
            self.endRemoveRows()
            end = start

    def _mirror(self, nodes: range) -> None:
        for node, parent in zip(nodes, parents(self._tree, nodes), strict=True):
            siblings = [] if parent is None else self._children[parent]
            self._parents.append(parent)
            self._rows.append(len(siblings))
            self._children.append([])
            siblings.append(node)

    def _change_many(self, known: int, now: int) -> None:
        """Rows before the change keep their places, and so the view keeps what is open."""
        self.layoutAboutToBeChanged.emit()
        gone = [index for index in self.persistentIndexList() if index.internalId() >= now]
        self.changePersistentIndexList(gone, [QModelIndex()] * len(gone))
        if now > known:
            self._mirror(range(known, now))
        else:
            self._forget(now)
        self.layoutChanged.emit()

    def _forget(self, first: NodeId) -> None:
        for parent in reversed(self._parents[first:]):
            if parent is not None:
                self._children[parent].pop()
        del self._parents[first:], self._rows[first:], self._children[first:]

    def _announce_values(self) -> None:
        """One signal for all numbers: the view repaints the rows in sight, which is cheaper than a signal for each."""
        if self._parents:
            self.dataChanged.emit(self.index_of(ROOT, STEP), self.index_of(ROOT, SCORE))
