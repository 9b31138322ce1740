"""The tree as a list: step, N, Q or score. Keeps its place while the tree grows and while time is scrubbed."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout

from app.canvas.walks import principal_path
from app.language import tr
from app.models.outline_model import SCORE, STEP, VALUE, VISITS, OutlineModel
from app.models.past_nodes import parents
from app.models.shown_run import ShownRun
from app.panels.panel import PanelWidget
from app.panels.swatch import SWATCH, Swatches
from app.theme import Theme
from app.words.nothing import why_no_tree
from engine.events import ROOT, NodeId
from engine.run_traces import is_imported
from engine.tree import Tree

SMALL_TREE = 300
"""Nodes; up to this size the principal path opens by itself."""
INDENTATION = 10
"""Pixels of a level."""
INDENTED = 0.5
"""Share of the column of steps that all levels together may take."""


class OutlinePanel(PanelWidget):
    """The dock at the left. What the user opens or closes stays so, also for rows that time travel takes away."""

    preferred_size = QSize(270, 600)
    frame_ms = 80  # Qt asks for a thousand things to paint its rows again

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.model = OutlineModel(Swatches(theme).icon, theme.mono_font(), theme.palette.secondary)
        self.view = QTreeView()
        self._open: set[NodeId] = {ROOT}
        self._closed: set[NodeId] = set()
        self._another_run = True
        self._syncing = False
        self._build()
        shown.run_changed.connect(self._start_over)
        for signal in (shown.tree_changed, shown.remarked, shown.time_range.changed):
            signal.connect(self.mark_stale)
        shown.selection_changed.connect(self._show_selection)
        self.view.header().sectionResized.connect(lambda *_: self._indent())
        self.view.expanded.connect(self._opened)
        self.view.collapsed.connect(self._shut)
        self.view.selectionModel().selectionChanged.connect(self._select)

    def _build(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setUniformRowHeights(True)
        view.setAlternatingRowColors(True)
        view.setIndentation(INDENTATION)
        view.setIconSize(SWATCH)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(tr("Outline of the tree"))
        header = view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(STEP, QHeaderView.ResizeMode.Stretch)
        self._size_columns()
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)

    def refresh(self) -> None:
        tree = self.shown.tree
        self.model.remarks = self.shown.remarks
        self.model.counts = self._counts
        self._syncing = True
        first_new = ROOT
        if self._another_run:
            self._another_run = False
            self.model.set_tree(tree)
            self._open_trace(tree)
        else:
            first_new = self.model.sync(tree)
        self._restore_open(tree, first_new)
        self._syncing = False
        self._indent()
        self._size_columns()
        self._show_selection(self.shown.selected)
        self.view.viewport().update()
        self.say("" if tree.nodes else why_no_tree(self.shown))

    def restyle(self) -> None:
        self.model.restyle(self.theme.mono_font(), self.theme.palette.secondary)
        self._size_columns()
        super().restyle()

    def _counts(self, node: NodeId) -> bool:
        """Whether a node came in the time range."""
        kept = self.shown.time_range
        return kept.ends is None or kept.has(int(self.shown.history.birth[node]))

    def _size_columns(self) -> None:
        """Steps get what numbers leave: the column of visits is as wide as the largest one, which is the root's.

        A search that credits no values, such as a beam, has scores to look at in their place; a trace that was read has
        no numbers at all.
        """
        metrics = QFontMetrics(self.theme.mono_font())
        margin = metrics.height()
        visits = self.shown.tree.root.visits if self.shown.tree.nodes else 0
        self.view.header().resizeSection(VISITS, metrics.horizontalAdvance(max(f"{visits:,}", "999", key=len)) + margin)
        credited = visits > 0 or not any(node.scores for node in islice(self.shown.tree.nodes.values(), SMALL_TREE))
        bare = is_imported(self.shown.tree)
        for column, hidden in ((VISITS, not credited), (VALUE, not credited), (SCORE, credited)):
            self.view.setColumnHidden(column, hidden or bare)
        for column in (VALUE, SCORE):
            width = metrics.horizontalAdvance("0.00") + SWATCH.width() + margin
            self.view.header().resizeSection(column, max(width, self.view.header().sectionSizeHint(column)))

    def _indent(self) -> None:
        """Less for each level where there are many: the steps of a long thought would leave the dock to the right."""
        deepest = int(self.shown.history.depth[: len(self.shown.tree.nodes)].max(initial=0))
        room = int(INDENTED * self.view.columnWidth(STEP))
        self.view.setIndentation(min(INDENTATION, room // max(1, deepest)))

    def _start_over(self) -> None:
        self._another_run = True
        self._open, self._closed = {ROOT}, set()
        self.mark_stale()

    # open and closed rows

    def _opened(self, index: QModelIndex) -> None:
        if (node := self.model.node_at(index)) is not None:
            self._open.add(node)
            self._closed.discard(node)

    def _shut(self, index: QModelIndex) -> None:
        if (node := self.model.node_at(index)) is not None:
            self._open.discard(node)
            self._closed.add(node)

    def _restore_open(self, tree: Tree, first_new: NodeId) -> None:
        """Open rows that came (back) or got their first children, where they were open or lie on the principal path."""
        new = range(first_new, len(tree.nodes))
        above = {parent for parent in parents(tree, new) if parent is not None}
        if len(tree.nodes) <= SMALL_TREE:
            self._open |= set(principal_path(tree)) - self._closed
            above |= self._open
        for node in sorted((above | set(new)) & self._open):
            index = self.model.index_of(node)
            if self.model.hasChildren(index) and not self.view.isExpanded(index):
                self.view.expand(index)

    def _open_trace(self, tree: Tree) -> None:
        """A trace that was read is one long path: all of it, however small the arrows of so many levels are."""
        if is_imported(tree):
            self._open = set(tree.nodes)
            self.view.expandAll()

    # selection, both ways

    def _select(self) -> None:
        """Not on a change of the current row alone: Qt makes a row current when the list merely gets the focus."""
        if not self._syncing:
            self.shown.select(next(map(self.model.node_at, self.view.selectionModel().selectedRows()), None))

    def _show_selection(self, node: NodeId | None) -> None:
        index = self.model.index_of(node)
        if self.model.node_at(self.view.currentIndex()) == self.model.node_at(index):
            return
        self._syncing = True
        self.view.setCurrentIndex(index)
        if not index.isValid():
            self.view.clearSelection()
        self._syncing = False
