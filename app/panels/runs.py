"""The runs of the session, newest first; a click shows one. Knows what a list needs of a run, not its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout

from app.language import mark, tr
from app.models.probe_results import place_of
from app.models.shown_run import ShownRun
from app.panels.panel import PanelWidget
from app.parts import Parts
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from app.words.probe import search_title
from storage.runs import RunInfo

NO_RUNS = mark("This session holds no run yet. Press Ctrl+N to start one.")
LONGEST_PROBLEM = 200

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RunsModel(QAbstractListModel):
    """A row of two lines for each run."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: tuple[RunInfo, ...] = ()
        self._rows: dict[int, int] = {}
        self._refused: Mapping[int, str] = {}

    def set_runs(self, runs: Sequence[RunInfo], refused: Mapping[int, str] = MappingProxyType({})) -> None:
        """The same runs in another state change rows; other runs are other rows."""
        newest_first = tuple(sorted(runs, key=lambda info: -info.id))
        rows = {info.id: row for row, info in enumerate(newest_first)}
        if rows == self._rows:
            self._change(newest_first, dict(refused))
            return
        self.beginResetModel()
        self.runs, self._rows, self._refused = newest_first, rows, dict(refused)
        self.endResetModel()

    def _change(self, runs: tuple[RunInfo, ...], refused: dict[int, str]) -> None:
        """Only what is different is drawn again: there may be 100,000 rows."""
        told = {**self._refused, **refused}
        changed = [
            row for row, (old, new) in enumerate(zip(self.runs, runs, strict=True))
            if old is not new or (told and new.id in told)
        ]  # fmt: skip
        self.runs, self._refused = runs, refused
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def row_of(self, run: int | None) -> QModelIndex:
        """The row of a run; invalid if it is not in the list."""
        row = None if run is None else self._rows.get(run)
        return QModelIndex() if row is None else self.index(row)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.runs):
            return None
        info = self.runs[index.row()]
        words = run_words(info, self._refused.get(info.id, ""))
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{info.id}  {one_line(info.plan.text, LONGEST_PROBLEM)}\n{words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tool_tip(f"{info.plan.text}\n{words}")
        return None


class RunsPanel(PanelWidget):
    """The window hands in the list with `set_runs` and shows the run that `run_chosen` names."""

    preferred_size = QSize(270, 160)

    run_chosen = Signal(int)

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.model = RunsModel()
        self.view = QListView()
        self._runs: tuple[RunInfo, ...] = ()
        self._refused: Mapping[int, str] = {}
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)  # 100,000 rows in one piece would hold up the window
        self.view.setAlternatingRowColors(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(tr("Runs of this session"))
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        shown.run_changed.connect(self.mark_stale)

    def set_runs(self, runs: Sequence[RunInfo], refused: Mapping[int, str] = MappingProxyType({})) -> None:
        """The runs of the session, in any order; `refused`: why one of them did not start."""
        self._runs, self._refused = tuple(runs), dict(refused)
        self.mark_stale()

    def refresh(self) -> None:
        self.model.set_runs(self._runs, self._refused)
        self.view.setCurrentIndex(self.model.row_of(self.shown.run))
        self.say("" if self._runs else tr(NO_RUNS))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and (run := self.model.runs[index.row()].id) != self.shown.run:
            self.run_chosen.emit(run)


def runs_panel(parts: Parts) -> RunsPanel:
    """The panel, kept up with the session."""
    panel = RunsPanel(parts.shown, parts.theme)
    panel.run_chosen.connect(parts.sessions.show_run)
    for signal in (parts.sessions.changed, parts.runs.changed):
        signal.connect(lambda: panel.set_runs(parts.sessions.runs, parts.runs.refused))
    return panel


def run_words(info: RunInfo, refused: str = "") -> str:
    """Search, state and answer of a run in one line; `refused`: why it did not start, where that is known."""
    words = [search_title(info.plan.search, info.plan.settings) if place_of(info.plan) else info.plan.search]
    if info.state != "planned":
        words.append(tr("{count:,} nodes").format(count=info.nodes))
    if info.state == "finished":
        check = {True: "✓", False: "✗", None: ""}[info.correct]
        words.append(tr("no answer") if info.answer is None else f"{info.answer} {check}".rstrip())
    elif info.state == "planned":
        words.append(tr("not started: {why}").format(why=refused) if refused else tr("not started"))
    else:
        words.append(tr("not finished"))
    if info.gold:
        words.append("GOLD")
    return one_line(" · ".join(words))
