"""Probes of a thought, run one after the other beside the run on screen, and what they found so far. Knows no widget.

A probe never stops a run: it waits until none is under way. Nothing here moves what is on the screen but `show`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from operator import itemgetter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.banner import Notice
from app.language import tr
from app.models.probe_cost import Pace
from app.models.probe_results import Place, Reading, place_of, probe_named
from app.models.probed_thought import Subject, node_of_hidden, place_in, subject_of
from app.models.shown_run import ShownRun
from app.plans import is_cut_short, with_unused_seed
from app.run_controller import RunController
from app.session_controller import SessionController
from engine.commands import RunPlan
from engine.events import NodeId
from engine.frames import Branch
from storage.errors import SessionError
from storage.runs import RunInfo


class Probing(QObject):
    """The queue of probes of the open session, and the readings of their runs."""

    changed = Signal()
    """The queue, or which probes there are."""
    asked = Signal()
    """Somebody has asked for probes: what they find will be looked for."""
    begun = Signal(int)
    """A probe that waited is now the run with this number."""

    def __init__(
        self, shown: ShownRun, runs: RunController, sessions: SessionController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shown, self._runs, self._sessions = shown, runs, sessions
        self._queue: deque[RunPlan] = deque()
        self._readings: dict[tuple[int, float], Reading] = {}
        """By run and the time when it was planned: a run that never began gives its number to another."""
        self._path = sessions.path
        self._arrival: tuple[int, NodeId | None, Callable[[], None] | None] | None = None
        """The run that was asked for, and what is to be done once it is on the screen."""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._begin_next)
        runs.ended.connect(self._on_end)
        runs.changed.connect(self._on_runs)
        sessions.changed.connect(self._on_session)
        shown.run_changed.connect(self._arrive, Qt.ConnectionType.QueuedConnection)  # once all views have heard of it

    # what there is

    @property
    def subject(self) -> Subject | None:
        """The trace that a probe would be about: the selected one, or that of the probe on screen."""
        info = self._sessions.shown_info
        return (
            None if info is None else subject_of(info, self._shown.tree, self._shown.selected, self._shown.remarks.tree)
        )

    @property
    def place(self) -> Place | None:
        """Where that trace stands."""
        info, shown = self._sessions.shown_info, self._shown
        return None if info is None else place_in(info, shown.tree, shown.selected)

    @property
    def waiting(self) -> tuple[RunPlan, ...]:
        """What will be run, the next one first."""
        return tuple(self._queue)

    @property
    def active(self) -> int | None:
        """The probe under way."""
        run = self._runs.active
        info = None if run is None else self.info(run)
        return run if info is not None and probe_named(info.plan.search) else None

    @property
    def branches(self) -> tuple[Branch, ...]:
        """What the model is writing for the probe under way."""
        return () if self.active is None else self._runs.branches

    def info(self, run: int) -> RunInfo | None:
        return next((info for info in self._sessions.runs if info.id == run), None)

    def reading(self, run: int) -> Reading | None:
        """The run of a probe, read as far as it has come; None if it is no probe of this session."""
        info = self.info(run)
        if info is None or probe_named(info.plan.search) is None:
            return None
        key = info.id, info.created_at
        if key not in self._readings:
            self._readings[key] = Reading(info.plan.search, info.plan.settings)
        reading = self._readings[key]
        if reading.events < info.events:
            reading.take(self._sessions.records_of(run, reading.events))
        return reading

    def read_before(self, info: RunInfo) -> Reading | None:
        """The reading of a probe as far as somebody has asked for it; costs nothing."""
        return self._readings.get((info.id, info.created_at))

    def step_of(self, run: int, step: int) -> NodeId | None:
        """Where a step of the thought, by its number from 1, stands in the run on screen, which the thought is from."""
        info, reading = self.info(run), self.reading(run)
        place = None if info is None else place_of(info.plan)
        if place is None or reading is None or place.run != self._shown.run:
            return None
        before = sum(len(text) for text in reading.steps[: step - 1])
        return node_of_hidden(self._shown.remarks.tree, place.node, before)

    def refusal(self, run: int) -> str:
        """Why a probe did not begin, as a sentence; empty if it did, or if nobody knows."""
        return self._runs.refused.get(run, "")

    def why_not(self) -> str:
        """Why no probe can be started, as a sentence; empty if one can."""
        if self._shown.run is None or len(self._shown.tree.nodes) < 2:  # asked all the time: no trace is read for it
            return tr("There is no trace on the screen to be probed.")
        return self._sessions.why_not_write()

    def pace(self) -> Pace | None:
        """How fast the policy of the trace wrote: in the latest probe that was looked at, else in the trace's own run,
        where samples were not drawn side by side. None where nobody knows."""
        info = self._sessions.shown_info
        if info is None:
            return None
        probes = [(run, reading.tree.cost) for (run, _), reading in self._readings.items()]
        for run, cost in (*sorted(probes, key=itemgetter(0), reverse=True), (info.id, self._shown.tree.cost)):
            known = self.info(run)
            if known is not None and known.plan.policy == info.plan.policy and cost.generated and cost.seconds:
                alone = probe_named(known.plan.search) is None
                return Pace(run, info.plan.policy, cost.generated / cost.seconds, alone)
        return None

    def obstacle(self) -> str:
        """What a probe would have to wait for, as a sentence; empty if nothing."""
        if self._runs.active is None:
            return ""
        return tr("It waits until run {run} has ended.").format(run=self._runs.active)

    # what can be done

    def start(self, plans: Sequence[RunPlan]) -> None:
        """Run these, each after the one before, once no other run is under way."""
        self.queue(plans)
        self.asked.emit()

    def queue(self, plans: Sequence[RunPlan]) -> None:
        """The same for runs that are no probes, but like them are made of traces: their results stand elsewhere."""
        self._queue.extend(plans)
        self.changed.emit()
        self._soon.start()

    def again(self, run: int) -> None:
        """Ask the same once more, with another seed."""
        if (info := self.info(run)) is not None:
            plans = (*(known.plan for known in self._sessions.runs), *self._queue)
            self.start([with_unused_seed(info.plan, plans)])

    def can_go_on(self, info: RunInfo) -> bool:
        """Whether a probe was stopped or interrupted and may be continued now."""
        return is_cut_short(info) and self._sessions.writable and self._runs.active is None

    def go_on(self, run: int) -> None:
        """Continue a probe from its log."""
        info, session = self.info(run), self._sessions.session
        if info is None or session is None or not self.can_go_on(info):
            return
        if run == self._shown.run:
            self._shown.go_live()
        self._runs.resume(session, run, info.plan, self._sessions.records_of(run))
        self._sessions.changed.emit()

    def cancel(self, run: int) -> None:
        """Stop a probe under way; what was drawn is kept."""
        if run == self.active:
            self._runs.stop()

    def drop(self, plan: RunPlan) -> None:
        """Take a probe out of the queue."""
        if plan in self._queue:
            self._queue.remove(plan)
            self.changed.emit()

    def cancel_all(self) -> None:
        """Empty the queue and stop the probe under way."""
        self._queue.clear()
        if self.active is not None:
            self._runs.stop()
        self.changed.emit()

    def show(self, run: int, node: NodeId | None = None, then: Callable[[], None] | None = None) -> None:
        """Put a run on the screen, which may take a moment; then select a node in it, and do what is to be done."""
        self._arrival = run, node, then
        if run == self._shown.run:
            self._arrive()
        else:
            self._sessions.show_run(run)

    # how it goes on

    def _begin_next(self) -> None:
        session = self._sessions.session
        if not self._queue or session is None or self._runs.active is not None:
            return
        plan = self._queue.popleft()
        try:
            run = session.new_run(plan, next(iter(self._runs.refused), None))
        except SessionError as error:
            self._queue.clear()
            self._sessions.notice.emit(Notice(str(error)))
        else:
            self._runs.start(session, run, plan)
            self._sessions.changed.emit()
            self.begun.emit(run)
        self.changed.emit()

    def _on_runs(self) -> None:
        if self._runs.active is None and self._queue:
            self._soon.start()
        self.changed.emit()

    def _on_end(self, run: int) -> None:
        """A refusal is about the thought or the model, so it holds for what waits, too; and who asks an engine that
        has just died for more would never hear of its death."""
        if run in self._runs.refused or not self._runs.engine_lives:
            self._queue.clear()

    def _on_session(self) -> None:
        if self._sessions.path != self._path:
            self._path = self._sessions.path
            self._queue.clear()
            self._readings.clear()
            self._arrival = None
        self.changed.emit()

    def _arrive(self) -> None:
        """The run that was asked for is on the screen: do what was asked for in it."""
        if self._arrival is None or self._arrival[0] != self._shown.run:
            return
        (_, node, then), self._arrival = self._arrival, None
        if node is not None:
            self._shown.visit(node)
        if then is not None:
            then()
