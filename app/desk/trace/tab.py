"""The tab Trace: one trace step by step, number beside number, and a person's ratings. Asks no model itself."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QToolButton, QVBoxLayout

from app.desk.data import DeskData
from app.desk.steps import key_of, last_node
from app.desk.tab import DeskTab
from app.desk.trace.labelling import Labelling
from app.desk.trace.note import StepNote
from app.desk.trace.ratings import next_unrated, rating_agreement
from app.desk.trace.rows import Traced, path_trace, traced
from app.desk.trace.strip import TraceStrip
from app.desk.trace.table import SCORE, StepsModel, StepsTable
from app.desk.trace.words import agreement_words, unscored_words
from app.desk.words import totals_words, trace_words
from app.language import mark, tr
from app.panels.texts import ElidedLabel, plain_label
from app.parts import Parts
from app.plain_text import as_tool_tip
from app.words.nothing import why_no_tree
from engine.events import ROOT, NodeId
from engine.scores.traces import ScoredTrace

NO_TRACE = mark("No trace to look at yet: select a step in the tree, or wait for the first one to end.")
NO_RATINGS = mark("Not rated by you: 1 good, 2 neutral, 3 bad")

LABEL_TIP = mark("Let the model complete the trace from behind every step, and count how often that ends right")

SHARES = (640, 360)
"""Of the steps, and of what the scorer wrote about one."""
LOW_PX = 200
"""Height below which the steps need the room."""


class TraceTab(DeskTab):
    """The selected trace; where none is selected, the run's answer."""

    title = mark("Trace")
    preferred_size = QSize(900, 300)

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.name, self.totals, self.agreement = ElidedLabel(), ElidedLabel(), ElidedLabel()
        self.progress = plain_label(quiet=True)
        self.strip = TraceStrip(parts.theme)
        self.model = StepsModel(parts.theme)
        self.table = StepsTable(self.model, parts.theme)
        self.note = StepNote()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self.labelling = Labelling(parts, data, self)
        self.next, self.label, self.cancel = _button(), _button(), _button()
        self.traced: Traced | None = None
        """What is shown."""
        self._path: ScoredTrace | None = None
        """What is shown, where it is a trace that has not ended."""
        self._build()
        self._connect()

    # reading

    def refresh(self) -> None:
        if not self.shown.tree.nodes:
            self.say(why_no_tree(self.shown))
            return
        trace = self._current()
        if trace is None:
            self.traced = None
            self.say(tr(NO_TRACE))
            return
        self._show(trace)
        self.say("")

    def restyle(self) -> None:
        self.table.restyle()
        self.strip.update()
        super().restyle()

    def _current(self) -> ScoredTrace | None:
        """The trace in the table of the scope; else the way down to the selected step; else the run's answer."""
        traces, at, node = self.data.table.traces, self.data.selected, self.shown.selected
        if at is not None:
            self._path = None
            return traces[at]
        tree = self.shown.remarks.tree
        if node is None or node == ROOT or node not in tree.nodes:
            return self._answer()
        kept = self._path is not None and self._path.run == self.shown.run and node in self._path.nodes
        self._path = self._way(last_node(self._path) if kept and self._path is not None else node)
        return self._path

    def _answer(self) -> ScoredTrace | None:
        """That of the run on screen; before there is one, its first trace, or what it looks at most; else, where the
        run is none of the scope, the first one of the scope."""
        mine = [trace for trace in self.data.table.traces if trace.run == self.shown.run]
        end = self.shown.remarks.tree.finished
        chosen = (trace for trace in mine if end and (last_node(trace), trace.rollout) == (end.chosen, end.rollout))
        found = next(chosen, mine[0] if mine else None)
        if found is not None or len(self.shown.remarks.tree.nodes) <= 1:
            return found
        way = self._way(ROOT)
        return way if way is None or way.scores else next(iter(self.data.table.traces), way)

    def _way(self, node: NodeId) -> ScoredTrace | None:
        tree, run = self.shown.remarks.tree, self.shown.run
        return None if run is None else path_trace(tree, run, node, self.data.scorer)

    def _show(self, trace: ScoredTrace) -> None:
        here = trace.run == self.shown.run
        tree = self.shown.remarks.tree if here else self.data.tree(trace.run)
        shown = traced(tree, trace, self.data.scorer, self.data.labels)
        another = self.traced is None or key_of(self.traced.trace) != key_of(trace)
        self.traced = shown
        self.name.setText(trace_words(trace))
        if shown.scored:
            self.totals.setText(totals_words(shown.totals, self.data.rule))
        else:
            active = trace.run == self.parts.runs.active
            self.totals.setText(unscored_words(tree, active, self.parts.scoring.active))
        self.totals.setToolTip(self.totals.text())
        self.table.show_trace(shown)
        self.strip.show_trace(shown)
        self.note.setVisible(any(row.note for row in shown.rows))
        self._mark_selection(another)
        self._show_note(self.table.currentIndex().row())
        self._say_agreement()
        self._say_labelling()

    def _say_agreement(self) -> None:
        agreed = rating_agreement(self.data, self.parts.shown)
        words = tr(NO_RATINGS) if not agreed.rated else agreement_words(agreed)
        self.agreement.setText(self.parts.sessions.why_not_write() or words)
        self.agreement.setToolTip(self.agreement.text())
        self.next.setEnabled(next_unrated(self.data, self._place()) is not None)

    def _say_labelling(self) -> None:
        why_not, words = self.labelling.why_not(self.traced), self.labelling.words()
        self.label.setEnabled(not why_not)
        self.label.setToolTip(as_tool_tip(why_not or tr(LABEL_TIP)))
        self.progress.setText(words)
        for widget in (self.progress, self.cancel):
            widget.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.set_low(self.height() < LOW_PX)
        tall = self.height() > self.width()
        self._split.setOrientation(Qt.Orientation.Vertical if tall else Qt.Orientation.Horizontal)

    # selection

    def _mark_selection(self, another: bool) -> None:
        """The row of the selected step; of a trace that has just come, else the row that was the current one."""
        node = self.shown.selected
        rows = [row.number - 1 for row in self.model.rows if row.node is not None and row.node == node]
        now = self.table.currentIndex().row()
        row = rows[0] if rows else 0 if another or not 0 <= now < len(self.model.rows) else now
        if 0 <= now < len(self.model.rows) and self.model.rows[now].node is None and not another:
            row = now  # a step of a rollout: its trace is selected by the node that it comes from
        if row != now and self.model.rows:
            self._set_current(row)

    def _set_current(self, row: int) -> None:
        model = self.table.selectionModel()
        model.blockSignals(True)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        model.setCurrentIndex(self.model.index(row, SCORE), flags)
        model.blockSignals(False)
        self.table.scrollTo(self.model.index(row, SCORE))
        self.table.viewport().update()
        self.strip.set_current(row)
        self._show_note(row)

    def _go_to(self, index: QModelIndex) -> None:
        """The user has gone to a row: its step is selected in the tree as well."""
        shown = self.traced
        if shown is None or not 0 <= index.row() < len(self.model.rows):
            return
        self.strip.set_current(index.row())
        self._show_note(index.row())
        at, node = self._place(), self.model.rows[index.row()].node
        if at is not None:
            self.data.show(at, index.row())
        elif node is not None and shown.trace.run == self.shown.run:
            self.shown.visit(node)

    def _show_note(self, row: int) -> None:
        self.note.show_row(self.model.rows[row] if 0 <= row < len(self.model.rows) else None)

    def _pick_row(self, row: int) -> None:
        self.table.setFocus()
        self.table.setCurrentIndex(self.model.index(row, SCORE))

    def _place(self) -> int | None:
        """Where the trace shown stands in the table of the scope."""
        return None if self.traced is None else self.data.place_of(self.traced.trace)

    # ratings

    def _rate(self, rating: int | None) -> None:
        """Rate the current step and go on to the next one."""
        row = self.table.currentIndex().row()
        if self.traced is None or not 0 <= row < len(self.model.rows):
            return
        node, run = self.model.rows[row].node, self.traced.trace.run
        if node is None:
            return
        if run == self.shown.run:
            self.parts.edits.rate_step(node, rating)
        else:
            self.parts.probing.show(run, node, lambda: self.parts.edits.rate_step(node, rating))
        if rating is not None and row + 1 < len(self.model.rows):
            self._pick_row(row + 1)

    def _go_on(self) -> None:
        """To the next trace with a step that has no rating."""
        found = next_unrated(self.data, self._place())
        if found is not None:
            self.data.show(found, 0)
            self.table.setFocus()

    # building

    def _build(self) -> None:
        for button, title, tip in (
            (self.next, tr("Next unrated trace"),
             tr("Go to the next trace with a step that you have not rated (Return in the table)")),
            (self.label, tr("Monte-Carlo labels…"), tr(LABEL_TIP)),
            (self.cancel, tr("Cancel"), tr("Stop drawing labels; what was drawn stays")),
        ):  # fmt: skip
            button.setText(title)
            button.setAccessibleName(title)
            button.setToolTip(tip)
        self.name.setAccessibleName(tr("Which trace"))
        self.totals.setAccessibleName(tr("The trace by every rule"))
        self.agreement.setAccessibleName(tr("Your ratings and the scorer"))
        head = QHBoxLayout()
        head.addWidget(self.name, 2)
        head.addWidget(self.totals, 5)
        foot = QHBoxLayout()
        foot.addWidget(self.agreement, 1)
        for widget in (self.progress, self.cancel, self.label, self.next):
            foot.addWidget(widget)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.strip)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.note)
        self._split.setSizes(list(SHARES))
        self.note.hide()
        column.addWidget(self._split, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._go_to(now))
        self.table.rated.connect(self._rate)
        self.table.next_wanted.connect(self._go_on)
        self.strip.step_chosen.connect(self._pick_row)
        self.next.clicked.connect(self._go_on)
        self.label.clicked.connect(lambda: self.labelling.ask(self.traced))
        self.cancel.clicked.connect(self.labelling.cancel)
        for signal in (self.parts.probing.changed, self.parts.runs.changed, self.parts.scoring.changed):
            signal.connect(self.mark_stale)
        self.shown.remarked.connect(self.mark_stale)
        self.shown.run_changed.connect(self.mark_stale)


def _button() -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return button
