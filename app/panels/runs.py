"""The runs of the session, newest first: a click shows one, F2 names it. Knows what a list needs of a run, not its
log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.commands import Action
from app.icons import icon
from app.language import mark, tr
from app.models.probe_results import place_of
from app.models.shown_run import ShownRun
from app.panels.panel import PanelWidget
from app.panels.texts import plain_label
from app.parts import Parts
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from app.words.probe import search_title
from engine.remarking import LONGEST_NAME
from storage.runs import RunInfo

NO_RUNS = mark("This session holds no run yet. Press Ctrl+N to start one.")
LONGEST_PROBLEM = 200

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RunsModel(QAbstractListModel):
    """A row of two lines for each run."""

    named = Signal(int, str)
    """Number of a run, and the name that the user typed for it."""

    def __init__(self, theme: Theme | None = None) -> None:
        """`theme`: without it, no row has a picture."""
        super().__init__()
        self.runs: tuple[RunInfo, ...] = ()
        self.may_name = False
        """Whether names can be typed."""
        self._theme = theme
        self._rows: dict[int, int] = {}
        self._refused: Mapping[int, str] = {}
        self._active: int | None = None

    def set_runs(
        self,
        runs: Sequence[RunInfo],
        refused: Mapping[int, str] = MappingProxyType({}),
        active: int | None = None,
    ) -> None:
        """The same runs in another state change rows; other runs are other rows. `active`: which one is under way."""
        newest_first = tuple(sorted(runs, key=lambda info: -info.id))
        rows = {info.id: row for row, info in enumerate(newest_first)}
        if rows == self._rows:
            self._change(newest_first, dict(refused), active)
            return
        self.beginResetModel()
        self.runs, self._rows, self._refused, self._active = newest_first, rows, dict(refused), active
        self.endResetModel()

    def _change(self, runs: tuple[RunInfo, ...], refused: dict[int, str], active: int | None) -> None:
        """Only what is different is drawn again: there may be 100,000 rows."""
        told = {*self._refused, *refused, *({active, self._active} if active != self._active else ())}
        changed = [
            row for row, (old, new) in enumerate(zip(self.runs, runs, strict=True))
            if old is not new or (told and new.id in told)
        ]  # fmt: skip
        self.runs, self._refused, self._active = runs, refused, active
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
        words = run_words(info, self._refused.get(info.id, ""), info.id == self._active)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                named = (info.title, info.plan.text) if info.title else (info.plan.text,)
                return f"{info.id}  {one_line(' · '.join(named), LONGEST_PROBLEM)}\n{words}"
            case Qt.ItemDataRole.EditRole:
                return one_line(info.title, LONGEST_NAME)
            case Qt.ItemDataRole.DecorationRole if info.private and self._theme is not None:
                return icon(self._theme, "lock")
            case Qt.ItemDataRole.ToolTipRole:
                return as_tool_tip("\n".join(filter(None, (info.title, info.plan.text, words))))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if self.may_name else Qt.ItemFlag.NoItemFlags)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.named.emit(self.runs[index.row()].id, str(value))
        return True


class _NameEditor(QStyledItemDelegate):
    """Where a name is typed: a line with a frame that says what it is for, since it covers the row."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setMaxLength(LONGEST_NAME)
        line.setPlaceholderText(tr("Name of the run"))
        line.setAccessibleName(tr("Name of the run"))
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)


class RunsPanel(PanelWidget):
    """The window hands in the list with `set_runs` and shows the run that `run_chosen` names."""

    preferred_size = QSize(270, 160)

    run_chosen = Signal(int)

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.model = RunsModel(theme)
        self.actions_: tuple[Action, ...] = ()
        """What else can be done in it; set by whoever hands the list in."""
        self.interrupted = plain_label(wrap=True)
        self.go_on = QPushButton(tr("Go on"))
        self.go_on.setToolTip(tr("Continue this run from its last event, with the same stream of random numbers"))
        self._may_go_on: Callable[[], bool] = bool
        self.view = QListView()
        self._runs: tuple[RunInfo, ...] = ()
        self._refused: Mapping[int, str] = {}
        self._active: int | None = None
        self.view.setModel(self.model)
        self.view.setItemDelegate(_NameEditor(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)  # 100,000 rows in one piece would hold up the window
        self.view.setAlternatingRowColors(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(tr("Runs of this session"))
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)  # the key of the action begins it
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        column.addWidget(self._make_footer())
        shown.run_changed.connect(self.mark_stale)

    def own_actions(self) -> Sequence[Action]:
        return self.actions_

    def set_runs(
        self,
        runs: Sequence[RunInfo],
        refused: Mapping[int, str] = MappingProxyType({}),
        active: int | None = None,
    ) -> None:
        """The runs of the session, in any order; `refused`: why one of them did not start; `active`: the one that is
        under way."""
        self._runs, self._refused, self._active = tuple(runs), dict(refused), active
        self.mark_stale()

    def offer_to_go_on(self, possible: Callable[[], bool], go_on: Callable[[], None]) -> None:
        """What is done with an interrupted run on the screen, where it is `possible`."""
        self._may_go_on = possible
        self.go_on.clicked.connect(lambda: go_on())

    def rename(self) -> None:
        """Let the user type a name for the run of the current row; of the one on screen, if the list has no focus."""
        self.front_wanted.emit()
        row = self.view.currentIndex() if self.view.hasFocus() else self.model.row_of(self.shown.run)
        if row.isValid():
            self.view.setCurrentIndex(row)
            self.view.edit(row)

    def choose_at(self, at: QPoint) -> None:
        """Show the run at this place of the list, before a menu opens over it."""
        self._choose(self.view.indexAt(at))

    def refresh(self) -> None:
        self.model.set_runs(self._runs, self._refused, self._active)
        self.view.setCurrentIndex(self.model.row_of(self.shown.run))
        self.say("" if self._runs else tr(NO_RUNS))
        on_screen = next((info for info in self._runs if info.id == self.shown.run), None)
        is_open = on_screen is not None and on_screen.state == "unfinished" and self._may_go_on()
        self.footer.setVisible(is_open)
        if is_open:
            self.interrupted.setText(tr("Run {run} was interrupted.").format(run=self.shown.run))

    def _make_footer(self) -> QWidget:
        self.footer = QWidget()
        row = QHBoxLayout(self.footer)
        row.setContentsMargins(6, 2, 6, 4)
        row.addWidget(self.interrupted, 1)
        row.addWidget(self.go_on)
        self.footer.hide()
        return self.footer

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and (run := self.model.runs[index.row()].id) != self.shown.run:
            self.run_chosen.emit(run)


def runs_panel(parts: Parts) -> RunsPanel:
    """The panel, kept up with the session."""
    panel = RunsPanel(parts.shown, parts.theme)
    names, sessions, runs = parts.names, parts.sessions, parts.runs

    def read() -> None:
        panel.model.may_name = sessions.writable
        panel.set_runs(sessions.runs, runs.refused, runs.active)

    panel.run_chosen.connect(sessions.show_run)
    panel.model.named.connect(names.name)
    panel.offer_to_go_on(sessions.can_go_on, sessions.go_on)
    for signal in (sessions.changed, runs.changed, parts.shown.remarked):
        signal.connect(read)
    panel.actions_ = (
        Action(
            "runs.rename", "Rename run", panel.rename, "Type a name for the run, in the list of runs", "Search", "",
            ("F2",), why_not=names.why_not, separator=True,
        ),
        Action(
            "runs.private", "Keep private", names.toggle_privacy,
            "Mark the run, so that a copy made to be shared can leave it out", "Search", "", why_not=names.why_not,
            checked=names.is_private,
        ),
    )  # fmt: skip
    return panel


def run_words(info: RunInfo, refused: str = "", active: bool = False) -> str:
    """Search, state and answer of a run in one line; `refused`: why it did not start, where that is known; `active`:
    whether it is under way."""
    words = [search_title(info.plan.search, info.plan.settings) if place_of(info.plan) else info.plan.search]
    if info.state != "planned":
        words.append(tr("{count:,} nodes").format(count=info.nodes))
    if info.state == "finished":
        check = {True: "✓", False: "✗", None: ""}[info.correct]
        words.append(tr("no answer") if info.answer is None else f"{info.answer} {check}".rstrip())
    elif info.state == "planned":
        words.append(tr("not started: {why}").format(why=refused) if refused else tr("not started"))
    else:
        words.append(tr("under way") if active else tr("interrupted"))
    if info.gold:
        words.append("GOLD")
    if info.private:
        words.append(tr("private"))
    return one_line(" · ".join(words))
