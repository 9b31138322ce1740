"""What the formula lab found: the verdict, a strip over the iterations, and a table of the choices. Knows no log.

Beside the table stands one choice in numbers; in a narrow dock the two share the place.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QProgressBar, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.language import mark, tr
from app.panels.formula_strip import IterationStrip
from app.panels.formula_tables import AFTER, ITERATION, MARGIN, SMALL, WAS, WOULD_BE, DifferencesModel
from app.panels.page_bar import PageBar
from app.panels.rows_table import LEAST_TABLE_PX, RowsTable
from app.panels.texts import ElidedLabel, plain_label
from app.theme import Theme
from engine.search.what_if import Otherwise
from engine.tree import Tree

ROOM_PX = 820
"""The least width for the table and the choice beside it."""

HONEST = mark("Weighed choice by choice: how the run would have gone on is not known.")


class FormulaAnswers(QWidget):
    """Shows an answer, and says which of its rows the user points at."""

    row_chosen = Signal(int)
    stop_wanted = Signal()
    """To stop the work under way, or to go on with it."""

    def __init__(self, theme: Theme, choice: QWidget) -> None:
        """`choice` shows the row that was chosen."""
        super().__init__()
        self._theme = theme
        self.verdict = plain_label(wrap=True)
        self.progress = QProgressBar()
        self.stop = QPushButton()
        self.strip = IterationStrip(theme, tr("Iterations that would have chosen otherwise"))
        self.model = DifferencesModel(theme)
        self.view = RowsTable(self.model, tr("Choices that would have been other ones"), WOULD_BE)
        self.honest = ElidedLabel()
        self.pages = PageBar(tr("Parts of the answer"), ((tr("Choices"), self.view), (tr("In numbers"), choice)))
        self._build(choice)
        self.show_progress(None)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_progress(self, share: float | None, stopped: bool = False) -> None:
        """How much of the work is done, in [0, 1]; None while there is none."""
        for widget in (self.progress, self.stop):
            widget.setVisible(share is not None)
        self.progress.setValue(round(100 * (share or 0.0)))
        self.stop.setText(tr("Go on") if stopped else tr("Stop"))

    def show_answer(self, verdict: str, answer: Otherwise, tree: Tree, iterations: int) -> None:
        """`tree` knows the steps by name; `iterations` is how long the strip is."""
        self.verdict.setText(verdict)
        self.model.show_answer(answer, tree)
        self.strip.show_iterations(answer.iterations, iterations)

    def show_place(self, iteration: int, row: int | None) -> None:
        """Where the cursor is; 0 and None for nowhere."""
        self.strip.show_now(iteration)
        if row is None:
            self.view.clearSelection()
        else:
            self.view.selectRow(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        roomy = event.size().width() >= ROOM_PX
        self.pages.give_room(roomy)
        self.honest.setVisible(roomy)
        super().resizeEvent(event)

    def _build(self, choice: QWidget) -> None:
        self.progress.setAccessibleName(tr("Progress of the reading"))
        self.progress.setMaximumHeight(14)
        self.stop.setToolTip(tr("Stop reading, and show what was found so far; or go on"))
        self.honest.setText(tr(HONEST))
        for label in (self.honest, self.verdict):
            label.setToolTip(tr(HONEST))
        self.honest.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for text in (AFTER, WAS, WOULD_BE):
            self.view.horizontalHeader().setSectionResizeMode(text, QHeaderView.ResizeMode.Stretch)
        self.view.setMinimumHeight(LEAST_TABLE_PX)
        tables = QSplitter()
        tables.setChildrenCollapsible(False)
        for table, share in ((self.view, 3), (choice, 4)):
            tables.addWidget(table)
            tables.setStretchFactor(tables.indexOf(table), share)
        head, middle = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.verdict, 3)
        head.addWidget(self.honest, 2)
        head.addWidget(self.progress, 1)
        head.addWidget(self.stop)
        middle.addWidget(self.strip, 1)
        middle.addWidget(self.pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(middle)
        layout.addWidget(tables, 1)
        self.stop.clicked.connect(lambda: self.stop_wanted.emit())
        self.strip.chosen.connect(self._on_iteration)
        self.view.clicked.connect(self._on_row)
        self.view.activated.connect(self._on_row)

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(index.row())

    def _on_iteration(self, iteration: int) -> None:
        """Its first row."""
        self.row_chosen.emit(int(np.searchsorted(self.model.answer.iteration, iteration)))

    def _restyle(self) -> None:
        metrics = QFontMetrics(self._theme.mono_font(SMALL))
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 5)
        for column, text in ((ITERATION, "Iteration"), (MARGIN, "000.000")):
            self.view.horizontalHeader().resizeSection(column, metrics.horizontalAdvance(text) + 12)
        self.model.announce()
