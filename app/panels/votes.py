"""The votes of a run: its answers counted by any rule, from the samples in the tree, no model asked. Only reads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
)

from app.language import mark, tr
from app.models.shown_run import ShownRun
from app.panels.facts import duplicate_words
from app.panels.gauge import Gauge
from app.panels.panel import PanelWidget
from app.panels.texts import ElidedLabel, decimal
from app.panels.votes_plot import VotesPlot
from app.panels.votes_table import AnswersModel, AnswersTable, answer_rows
from app.panels.votes_words import RULE_WORDS, Stopping, curve_of, rule_in, stopping_of, usable_rules, verdict_words
from app.plain_text import as_tool_tip, visible
from app.theme import Theme
from app.words.nothing import why_no_tree
from engine.events import NodeId, RolledOut
from engine.problems import ProblemError
from engine.search.coverage import is_right
from engine.search.stopping import STOPPING_RULES
from engine.search.values import AGGREGATIONS, Aggregation
from engine.search.votes import RULES, Sample, count, samples_of
from engine.tree import Tree

FRAME_MS = 250
"""Milliseconds between two counts: a count reads every answer of the tree."""
NONE_IN_RANGE = mark("No trace ended in the time range.")
NO_SAMPLES = mark("No trace has ended yet: there is nothing to count.")


class VotesPanel(PanelWidget):
    """A dock at the bottom: rule, table of answers, curve and gauge."""

    advice_wanted = Signal()

    frame_ms = FRAME_MS
    preferred_size = QSize(640, 220)

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.model = AnswersModel(theme)
        self.view = AnswersTable(self.model, theme)
        self.rule = QComboBox()
        self.aggregation = QComboBox()
        self.stopping = QComboBox()
        self.words = ElidedLabel()
        self.stopping_words = ElidedLabel()
        self.gauge = Gauge(theme, tr("Confidence of the stopping rule"))
        self._plot: VotesPlot | None = None
        self._painted = False
        self._followed = False
        self._samples: tuple[Sample, ...] = ()
        self._fill()
        self._build()
        for box in (self.rule, self.aggregation, self.stopping):
            box.currentIndexChanged.connect(lambda _: self._count())
        self.view.clicked.connect(self._go_to)
        self.view.activated.connect(self._go_to)
        shown.run_changed.connect(self._start_over)
        shown.tree_changed.connect(self.mark_stale)
        shown.time_range.changed.connect(self.mark_stale)
        shown.selection_changed.connect(self._show_selection)

    @property
    def rule_name(self) -> str:
        return str(self.rule.currentData())

    @property
    def aggregation_name(self) -> Aggregation:
        return AGGREGATIONS[max(0, self.aggregation.currentIndex())]

    def refresh(self) -> None:
        tree = self.shown.tree
        try:
            self._samples = samples_of(tree)
        except ProblemError as error:
            self.say(visible(str(error)))
            return
        if self._samples and self.shown.time_range.ends is not None:
            self._samples = self._in_range(self._samples, tree)
            if not self._samples:
                self.say(tr(NONE_IN_RANGE))
                return
        if not self._samples:
            self.say(tr(NO_SAMPLES) if tree.nodes else why_no_tree(self.shown))
            return
        self._follow_the_run(tree)
        self._offer(usable_rules(self._samples))
        self._count()
        self.say("")

    def restyle(self) -> None:
        self.view.size_rows()
        super().restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._make_plot)

    def _in_range(self, samples: tuple[Sample, ...], tree: Tree) -> tuple[Sample, ...]:
        """Those whose last step, or whose rollout, came in the time range."""
        kept, birth = self.shown.time_range, self.shown.history.birth
        first, last = kept.ends or (1, self.shown.total)
        inside = (record.event for record in self.shown.records[first - 1 : last])
        played = {id(event) for event in inside if isinstance(event, RolledOut)}

        def counts(node: NodeId, rollout: int | None) -> bool:
            if rollout is None:
                return kept.has(int(birth[node]))
            return id(tree.nodes[node].rollouts[rollout]) in played

        return tuple(sample for sample in samples if counts(sample.at.node, sample.at.rollout))

    # building

    def _fill(self) -> None:
        for name, rule in RULES.items():
            self.rule.addItem(tr(RULE_WORDS.get(name, rule.title)), name)
        self.aggregation.addItems(AGGREGATIONS)
        for name in STOPPING_RULES:
            self.stopping.addItem(tr("Stop: {rule}").format(rule=name.capitalize()), name)
        for box, name, tip in (
            (
                self.rule,
                mark("Rule of counting"),
                mark("How one answer is chosen among the samples; no model is asked again"),
            ),
            (self.aggregation, mark("Trace value"), mark("How the scores of a trace's steps become one number")),
            (
                self.stopping,
                mark("Rule of stopping"),
                mark("When a vote is clear enough to stop sampling (Adaptive-Consistency)"),
            ),
        ):
            box.setAccessibleName(tr(name))
            box.setToolTip(tr(tip))

    def _build(self) -> None:
        self.advice = QPushButton(tr("Suggest…"))
        self.advice.setAccessibleName(tr("Suggest a strategy and a budget"))
        self.advice.setToolTip(tr("Suggest a strategy and a budget for problems as hard as this one"))
        self.advice.clicked.connect(lambda: self.advice_wanted.emit())
        top = QHBoxLayout()
        for box in (self.rule, self.aggregation):
            top.addWidget(box)
        top.addStretch(1)
        for widget in (self.stopping, self.advice):
            top.addWidget(widget)
        self._right = QVBoxLayout()
        self._right.setSpacing(3)
        self._right.addWidget(self.stopping_words)
        self._right.addWidget(self.gauge)
        self._right.addStretch(0)
        grid = QGridLayout(self.content)
        grid.setContentsMargins(6, 4, 6, 4)
        grid.setVerticalSpacing(3)
        grid.addLayout(top, 0, 0, 1, 2)
        grid.addWidget(self.words, 1, 0, 1, 2)
        grid.addWidget(self.view, 2, 0)
        grid.addLayout(self._right, 2, 1)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        grid.setRowStretch(2, 1)

    def _make_plot(self) -> None:
        self._plot = VotesPlot()
        self._right.addWidget(self._plot.widget, 1)
        self.mark_stale()

    # counting

    def _start_over(self) -> None:
        """Another run is counted as that run counted."""
        self._followed = False
        self.mark_stale()

    def _follow_the_run(self, tree: Tree) -> None:
        found = rule_in(tree.votes[-1].rule) if tree.votes and not self._followed else None
        if found is None:
            return
        self._followed = True
        for box, place in ((self.rule, list(RULES).index(found[0])), (self.aggregation, AGGREGATIONS.index(found[1]))):
            box.blockSignals(True)
            box.setCurrentIndex(place)
            box.blockSignals(False)

    def _offer(self, usable: set[str]) -> None:
        """Rules for which no sample has a score stand there in grey."""
        items = self.rule.model()
        assert isinstance(items, QStandardItemModel)
        for row, name in enumerate(RULES):
            items.item(row).setEnabled(name in usable)

    def _count(self) -> None:
        if not self._samples:
            return
        tree, rule, how = self.shown.tree, self.rule_name, self.aggregation_name
        self.aggregation.setEnabled(RULES[rule].needs == "steps")
        verdict = count(self._samples, rule, how)
        self.model.set_rows(answer_rows(self._samples, verdict, self._is_right))
        self._show_selection(self.shown.selected)
        self.view.show_weights(any(tally.weight != tally.votes for tally in verdict.tallies))
        self.words.setText(visible(f"{verdict_words(verdict)} {duplicate_words(tree)}."))
        self.words.setToolTip(as_tool_tip(self.words.text()))
        stopping = stopping_of(self._samples, str(self.stopping.currentData()))
        self._show_stopping(stopping)
        if self._plot is not None:
            self._plot.show_curve(curve_of(self._samples, rule, how), stopping, self.theme)

    def _is_right(self, sample: Sample) -> bool | None:
        """The exact check of an answer; it says nothing before the run has ended, as the run itself does not."""
        tree = self.shown.tree
        return None if tree.finished is None else is_right(tree, sample.at)

    def _show_stopping(self, stopping: Stopping) -> None:
        now = stopping.confidence[-1] if stopping.confidence else 0.0
        self.gauge.show_value(now, stopping.threshold)
        self.stopping_words.setText(stopping.words)
        self.stopping_words.setToolTip(
            tr("By the {rule} rule it {words}; confidence {now} of {most:g}").format(
                rule=stopping.rule, words=stopping.words, now=decimal(now, 3), most=stopping.threshold
            )
        )

    # going to a node, both ways

    def _go_to(self, index: QModelIndex) -> None:
        """To the answer's first sample; asked again, to its next one."""
        if not index.isValid():
            return
        nodes = self.model.rows[index.row()].nodes
        self.shown.select(_after(nodes, self.shown.selected))

    def _show_selection(self, node: NodeId | None) -> None:
        row = self.model.row_of(node)
        if row is None:
            self.view.clearSelection()
        elif row != self.view.currentIndex().row() or not self.view.selectionModel().hasSelection():
            self.view.selectRow(row)


def _after(nodes: Sequence[NodeId], node: NodeId | None) -> NodeId:
    """The entry after `node`, round to the first; the first if it is not among them."""
    return nodes[(nodes.index(node) + 1) % len(nodes)] if node in nodes else nodes[0]
