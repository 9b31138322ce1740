"""Two traces side by side: the sentence that says where they part, their steps, the words, and what both come to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from app.language import tr
from app.models.compare import Comparison
from app.panels.compare_tables import CHANGE, LABEL, LEFT, RIGHT, SMALL, WIDEST, FactsModel, StepsModel
from app.panels.compare_words import divergence_words, fact_rows
from app.panels.difference_view import DifferenceView
from app.panels.page_bar import PageBar
from app.panels.rows_table import LEAST_TABLE_PX, RowsTable
from app.panels.texts import plain_label
from app.theme import Theme, embolden

ROOM_PX = QSize(820, 190)
"""The least size for all parts at once; in a smaller place, one is seen at a time."""


class TwoSides(QWidget):
    """Shows a comparison."""

    left_chosen = Signal(int)
    """A node of the left trace that the user asked for."""
    right_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words = plain_label(wrap=True, selectable=True)
        self.steps = StepsModel(theme)
        self.steps_view = RowsTable(self.steps, tr("Steps of both traces"), LEFT)
        self.difference = DifferenceView(theme)
        self.facts = FactsModel(theme)
        self.facts_view = RowsTable(self.facts, tr("What both come to"), LABEL)
        parts = (tr("Steps"), self.steps_view), (tr("Words"), self.difference), (tr("Numbers"), self.facts_view)
        self.pages = PageBar(tr("Parts of the comparison"), parts)
        self._traces = QSplitter(Qt.Orientation.Vertical)
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_comparison(self, comparison: Comparison, names: tuple[str, str]) -> None:
        """`names`: of left and right."""
        self.words.setText(divergence_words(comparison, names))
        self.steps.show_pairs(comparison.pairs)
        self.facts.set_rows(fact_rows(comparison))
        parted = comparison.divergence
        both = parted is not None and parted.left is not None and parted.right is not None
        self.pages.offer(self.difference, both)
        self._make_room()
        if parted is not None and parted.left is not None and parted.right is not None:
            self.difference.show_texts(parted.left.step, parted.right.step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """All parts, or the chosen one; a splitter of which nothing is seen must not keep its place."""
        self.pages.give_room(self.width() >= ROOM_PX.width() and self.height() >= ROOM_PX.height())
        self._traces.setVisible(self.pages.shows(self.steps_view) or self.pages.shows(self.difference))

    def _build(self) -> None:
        for table in (self.steps_view, self.facts_view):
            table.setMinimumHeight(LEAST_TABLE_PX)
        whole = QSplitter(Qt.Orientation.Horizontal)
        _fill(self._traces, (self.steps_view, 3), (self.difference, 1))
        _fill(whole, (self._traces, 5), (self.facts_view, 3))
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(whole, 1)
        self.pages.currentChanged.connect(lambda _: self._make_room())
        self.steps_view.horizontalHeader().setSectionResizeMode(RIGHT, QHeaderView.ResizeMode.Stretch)
        self.steps_view.doubleClicked.connect(self._ask_for)
        self.steps_view.activated.connect(self._ask_for)

    def _ask_for(self, index: QModelIndex) -> None:
        node = self.steps.node_at(index.row(), index.column()) if index.isValid() else None
        if node is not None:
            (self.left_chosen if index.column() < RIGHT else self.right_chosen).emit(node.id)

    def _restyle(self) -> None:
        mono = self._theme.mono_font(SMALL)
        embolden(mono)
        metrics = QFontMetrics(mono)
        for view in (self.steps_view, self.facts_view):
            view.verticalHeader().setDefaultSectionSize(metrics.height() + 5)
        for column, text in WIDEST.items():
            self.steps_view.horizontalHeader().resizeSection(column, metrics.horizontalAdvance(text) + 10)
        for column in range(LABEL + 1, CHANGE + 1):
            self.facts_view.horizontalHeader().resizeSection(column, metrics.horizontalAdvance("9,999,999"))
        self.steps.announce()
        self.facts.announce()


def _fill(splitter: QSplitter, *parts: tuple[QWidget, int]) -> None:
    """Every part with its share of the room."""
    splitter.setChildrenCollapsible(False)
    for at, (widget, stretch) in enumerate(parts):
        splitter.addWidget(widget)
        splitter.setStretchFactor(at, stretch)
