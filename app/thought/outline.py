"""A thought folded: runs of planning, of execution and of the rest, each of which unfolds into its steps.

Rows are made when they are looked at, so that a thought of any length folds at once.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QTreeView

from app.language import mark, tr
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden
from app.thought.shares import function_word
from app.trace_text.look import function_colour
from app.trace_text.shown import Shown
from engine.traces.overthinking import Part, Run

Index = QModelIndex | QPersistentModelIndex
LONGEST = 200
PARTS: dict[Part, str] = {
    "planning": mark("planning"),
    "execution": mark("execution"),
    "other": mark("other"),
}
_NOWHERE = QModelIndex()
_RUN = 0
"""Internal id of a run's row; a step's row has its run's number and 1."""


class FoldModel(QAbstractItemModel):
    """Runs, and below each its steps."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: Shown | None = None
        self._runs: tuple[Run, ...] = ()
        self._total = 1

    def show_trace(self, found: Shown | None) -> None:
        """The runs of a trace; the same trace again changes nothing."""
        if found is self._found:
            return
        self.beginResetModel()
        self._found = found
        self._runs = found.analysis.fold.runs if found is not None else ()
        self._total = sum(run.characters for run in self._runs) or 1
        self.endResetModel()

    def announce(self) -> None:
        """The colours have changed."""
        self.layoutChanged.emit()

    def step_of(self, index: Index) -> int | None:
        """The step of a row, the first one of a run."""
        if not index.isValid():
            return None
        owner = index.internalId()
        return self._runs[index.row()].first if owner == _RUN else self._runs[owner - 1].first + index.row()

    def index_of(self, step: int) -> QModelIndex:
        """The row of a step."""
        number = bisect_right([run.first for run in self._runs], step) - 1
        return self.createIndex(step - self._runs[number].first, 0, number + 1) if number >= 0 else QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _RUN)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override] # Qt has two of this name
        owner = index.internalId() if index.isValid() else _RUN
        return QModelIndex() if owner == _RUN else self.createIndex(owner - 1, 0, _RUN)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._runs)
        if parent.internalId() != _RUN:
            return 0
        run = self._runs[parent.row()]
        return run.last - run.first + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._found is None:
            return None
        owner = index.internalId()
        if owner == _RUN:
            return self._of_run(self._runs[index.row()], role)
        return self._of_step(self._found, self._runs[owner - 1].first + index.row(), role)

    def _of_run(self, run: Run, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            one = run.first == run.last
            words = tr("{part} {share:.0%}: step {first}") if one else tr("{part} {share:.0%}: steps {first}–{last}")
            share = run.characters / self._total
            return words.format(part=tr(PARTS[run.part]), share=share, first=run.first + 1, last=run.last + 1)
        if role == Qt.ItemDataRole.FontRole:
            font = self._theme.ui_font()
            embolden(font)
            return font
        if role == Qt.ItemDataRole.DecorationRole:
            palette = self._theme.palette
            return {"planning": palette.phases[0], "execution": palette.phases[1], "other": palette.secondary}[run.part]
        return None

    def _of_step(self, found: Shown, number: int, role: int) -> Any:
        step, tag = found.analysis.alignment.steps[number], found.analysis.labels[number]
        text = found.trace.text[step.start : step.end]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{number + 1}  {function_word(tag.function) if tag.function else '–'}  {one_line(text, LONGEST)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tool_tip(text)
        if role == Qt.ItemDataRole.DecorationRole and tag.function is not None:
            return function_colour(tag.function, self._theme.palette)
        return None


class FoldView(QTreeView):
    """The runs, folded at first. A click or Enter goes to the step."""

    step_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.folds = FoldModel(theme, self)
        self.setModel(self.folds)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(8, 8))
        self.setIndentation(14)
        self.setAccessibleName(tr("Planning and execution in the thought"))
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        theme.changed.connect(self.folds.announce)

    def sizeHint(self) -> QSize:
        return QSize(240, 100)

    def show_step(self, step: int) -> None:
        """Bring a step to sight, its run unfolded."""
        index = self.folds.index_of(step)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        step = self.folds.step_of(index)
        if step is not None:
            self.step_chosen.emit(step)
