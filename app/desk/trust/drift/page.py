"""The page Special tokens: do scores drift when one stands in a step as plain text? Keeps nothing unasked."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from app.desk.copying import copy_tables
from app.desk.data import DeskData
from app.desk.specs import BUNDLED, known_specs
from app.desk.steps import key_of, last_node, steps_of
from app.desk.tab import DeskTab
from app.desk.trust.drift.bar import DriftBar
from app.desk.trust.drift.job import DriftJob
from app.desk.trust.drift.table import CasesModel, StringsModel, cases_table, strings_table
from app.desk.trust.drift.words import case_words, note_words, plan_words, progress_words
from app.desk.widgets import tell
from app.language import mark, tr
from app.models.drift import Inquiry, Subject, by_string, inquiry, sample, strings
from app.models.scorer_strings import spec_of, strings_of
from app.parts import Parts
from engine.commands import TraceToScore
from engine.run_traces import thinks
from engine.scores.aggregates import ranking
from engine.scores.traces import ScoredTrace

MOST_COPIED = 200
NO_TRACES = mark("No trace of this scope has ended: there is nothing to put a string into.")
NOT_SELECTED = mark("Select a step of an ended trace first, or take a sample of traces.")


class DriftPage(DeskTab):
    """Choices above; below, what each string did at the left, and case by case at the right."""

    title = mark("Special tokens")

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.bar = DriftBar(parts.theme)
        self.job = DriftJob(parts.scoring, self)
        self.strings = StringsModel(parts.theme)
        self.cases = CasesModel(parts.theme, case_words)
        self.string_table = strings_table(self.strings)
        self.case_table = cases_table(self.cases)
        self._named: dict[str, tuple[str, ...]] = {}
        self._asked: tuple[ScoredTrace, ...] = ()
        """The traces of the inquiry, by their numbers in it."""
        self._session = parts.sessions.path
        self._build()
        self._connect()

    def refresh(self) -> None:
        if not self.data.table.traces:
            self.say(tr(NO_TRACES))
            return
        self._offer()
        why_not = self._why_not()
        self.bar.start.setEnabled(not why_not and not self.job.active)
        self.bar.start.setToolTip(why_not or tr("Score the traces with the strings in them; nothing of it is kept"))
        self.bar.cancel.setEnabled(self.job.active)
        self._show()
        self.say("")

    def restyle(self) -> None:
        self.bar.restyle()
        for view, model in ((self.string_table, self.strings), (self.case_table, self.cases)):
            view.size_rows()
            model.announce()
        super().restyle()

    def start(self) -> None:
        """Ask the chosen scorer."""
        if not self.job.active and not self._why_not():
            self._asked = self._chosen()
            found = self._inquiry(self._asked)
            self.job.start(self.bar.spec, found, self._texts(found, self._asked), self._policy())

    # building

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.string_table)
        split.addWidget(self.case_table)
        split.setSizes([440, 560])
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.bar)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        bar = self.bar
        bar.start.clicked.connect(self.start)
        bar.typed.returnPressed.connect(self.start)
        bar.cancel.clicked.connect(self.job.cancel)
        bar.copy.clicked.connect(self._copy)
        bar.keep.clicked.connect(self._keep)
        for box in (bar.scorer, bar.traces, bar.steps, bar.where):
            box.currentIndexChanged.connect(lambda _: self.mark_stale())
        bar.typed.textChanged.connect(lambda _: self.mark_stale())
        self.job.changed.connect(self.mark_stale)
        self.parts.sessions.changed.connect(self._leave)
        for signal in (self.case_table.clicked, self.case_table.activated):
            signal.connect(self._go_to)

    def _leave(self) -> None:
        """What was found in one session says nothing of another, whose runs have the same numbers."""
        if self.parts.sessions.path != self._session:
            self._session = self.parts.sessions.path
            self._asked = ()
            self.job.forget()

    # what is asked

    def _offer(self) -> None:
        specs = known_specs(self.parts, self.data)
        self.bar.offer(specs, spec_of(self.data.scorer, specs))

    def _why_not(self) -> str:
        if not self.bar.sample and self.data.selected is None:
            return tr(NOT_SELECTED)
        return "" if self.bar.spec else tr("There is no scorer to be asked.")

    def _chosen(self) -> tuple[ScoredTrace, ...]:
        """The trace on the screen, or some of the scope from the best to the worst; those that can still be read."""
        traces, at = self.data.table.traces, self.data.selected
        if self.bar.sample:
            order = [int(row) for row in ranking(np.asarray(self.data.totals, np.float64))]
            wanted = [traces[row] for row in sample(order, self.bar.sample)]
        else:
            wanted = [] if at is None else [traces[at]]
        return tuple(trace for trace in wanted if last_node(trace) in self.data.tree(trace.run).nodes)

    def _inquiry(self, traces: tuple[ScoredTrace, ...]) -> Inquiry:
        subjects = [Subject(number, self._steps(trace)) for number, trace in enumerate(traces)]
        hostile = strings(self._own_strings(self.bar.spec), self.bar.typed.text())
        return inquiry(subjects, hostile, self.bar.steps.currentData(), self.bar.where.currentData())

    def _own_strings(self, spec: str) -> tuple[str, ...]:
        """Those that the scorer's recipe and tokenizer name; its files are read once."""
        if spec not in self._named:
            self._named[spec] = strings_of(spec, BUNDLED)
        return self._named[spec]

    def _steps(self, trace: ScoredTrace) -> tuple[str, ...]:
        return steps_of(self.data.tree(trace.run), trace)

    def _texts(self, found: Inquiry, traces: tuple[ScoredTrace, ...]) -> list[TraceToScore]:
        about = []
        for trace in traces:
            tree = self.data.tree(trace.run)
            assert tree.started is not None, "its traces have been read"
            ended = trace.rollout is not None or tree.nodes[last_node(trace)].terminal
            about.append((tree.started.problem, tree.started.text, ended, thinks(tree)))
        return [
            TraceToScore(about[number][0], about[number][1], steps, about[number][2], about[number][3])
            for number, steps in found.asked
        ]

    def _policy(self) -> str:
        info = self.parts.sessions.shown_info
        return "" if info is None else info.plan.policy

    # what was found

    def _show(self) -> None:
        job, found = self.job, self.job.drifts
        self.strings.set_rows(by_string(found))
        self.cases.set_rows(found)
        if job.inquiry.asked:
            words = progress_words(found, job.done, job.total, job.active, job.error)
        else:
            words = plan_words(self._inquiry(self._chosen())) if not self._why_not() else self._why_not()
        tell(self.bar.words, words)
        self.bar.copy.setEnabled(bool(found))
        why_not = self._why_not_keep()
        self.bar.keep.setEnabled(not why_not)
        self.bar.keep.setToolTip(why_not or tr("Write what was found into a note at the trace's end"))

    def _why_not_keep(self) -> str:
        if self.job.active or not self.cases.rows or len(self._asked) != 1:
            return tr("Only what was found in one trace can become its note.")
        if self._asked[0].run != self.shown.run:
            return tr("Put the trace on the screen first.")
        return self.parts.edits.why_not_note(last_node(self._asked[0]), self._note())

    def _note(self) -> str:
        """What is there already stays."""
        before = self.shown.remarks.notes.get(last_node(self._asked[0]), "")
        return "\n\n".join(filter(None, (before, note_words(self.bar.spec, self.strings.rows))))

    def _keep(self) -> None:
        if not self._why_not_keep():
            self.parts.edits.note(last_node(self._asked[0]), self._note())

    def _go_to(self, index: QModelIndex) -> None:
        """To the step that the string was put into."""
        if not index.isValid():
            return
        case = self.cases.rows[index.row()].case
        wanted = key_of(self._asked[case.subject.trace])
        at = next((row for row, trace in enumerate(self.data.table.traces) if key_of(trace) == wanted), None)
        if at is not None:
            self.data.show(at, case.step)

    def _copy(self) -> None:
        copy_tables(f"{self.bar.spec} · {self.bar.words.text()}", self.strings, self.cases, most=MOST_COPIED)
