"""Has Monte-Carlo labels drawn for the trace on show: asks how many, queues the run, tells how far it is. No engine."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.desk.data import DeskData
from app.desk.scope import is_label_run
from app.desk.steps import steps_of
from app.desk.trace.label_cost import Wanted, traces_in
from app.desk.trace.label_form import LabelForm
from app.desk.trace.rows import Traced
from app.language import tr
from app.parts import Parts
from app.plans import with_unused_seed
from engine.commands import RunPlan
from engine.problems import ProblemError, parse_problem
from engine.search import LabelSteps, make_search
from engine.search.labels import UNPROVABLE, prover_of
from storage.runs import RunInfo


class Labelling(QObject):
    """A form, and the queue that probes wait in, too."""

    def __init__(self, parts: Parts, data: DeskData, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts, self._data, self._window = parts, data, parent

    def why_not(self, traced: Traced | None) -> str:
        """Why no labels can be drawn for a trace, as a sentence; empty if they can."""
        if traced is None or not traced.rows:
            return tr("There is no trace to be labelled.")
        begun = self._data.tree(traced.trace.run).started
        if begun is None:
            return tr("There is no trace to be labelled.")
        return self._parts.sessions.why_not_write() or _unprovable(begun.problem, begun.text)

    def ask(self, traced: Traced | None) -> None:
        """Open the form for a trace."""
        wanted = None if traced is None else self._wanted(traced)
        if wanted is None or self.why_not(traced):
            return
        probing, parts = self._parts.probing, self._parts
        form = LabelForm(wanted, probing.obstacle(), probing.pace(), parts.theme, self._window.window())
        form.chosen.connect(self.start)
        form.open()

    def start(self, plan: RunPlan) -> None:
        """Queue a label run; asked for once more, it draws other samples."""
        probing = self._parts.probing
        plans = (*(info.plan for info in self._parts.sessions.runs), *probing.waiting)
        probing.queue([with_unused_seed(plan, plans)])

    @property
    def active(self) -> RunInfo | None:
        """The label run under way."""
        run = self._parts.runs.active
        runs = (info for info in self._parts.sessions.runs if info.id == run)
        return next((info for info in runs if is_label_run(info)), None)

    def cancel(self) -> None:
        """Stop the label run under way, and drop those that wait; what was drawn is kept."""
        for plan in self.waiting:
            self._parts.probing.drop(plan)
        if self.active is not None:
            self._parts.runs.stop()

    @property
    def waiting(self) -> tuple[RunPlan, ...]:
        """Label runs in the queue."""
        return tuple(plan for plan in self._parts.probing.waiting if plan.search == LabelSteps.name)

    def words(self) -> str:
        """How far the label run under way is, or what one waits for; empty if there is none."""
        info = self.active
        if info is None and self.waiting:
            return " ".join((tr("Monte-Carlo labels are queued."), self._parts.probing.obstacle())).strip()
        if info is None:
            return ""
        tree, words = self._data.tree(info.id), tr("Monte-Carlo labels: run {run} is under way")
        done = make_search(info.plan.search, info.plan.settings).progress(tree) if tree.nodes else None
        return words.format(run=info.id) + ("" if done is None else f", {done:.0%}")

    def _wanted(self, traced: Traced) -> Wanted | None:
        trace = traced.trace
        info = next((info for info in self._parts.sessions.runs if info.id == trace.run), None)
        if info is None:
            return None
        this = tuple(row.text for row in traced.rows)
        tree = self._data.tree(trace.run)
        every = traces_in([steps_of(tree, each) for each in self._data.table.traces if each.run == trace.run])
        return Wanted(info.plan, this, self._data.place_of(trace) is not None, every)


@lru_cache(maxsize=64)
def _unprovable(kind: str, text: str) -> str:
    """Why nobody can say which answers to a problem are right; empty if somebody can."""
    try:
        return "" if prover_of(parse_problem(kind, text)) is not None else UNPROVABLE
    except ProblemError as error:
        return str(error)
