"""Runs in the engine: start, pause, step, stop, go on, and what happens when the engine dies. Knows no widget.

What the engine says goes to the session file first and on the screen second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from app.banner import Notice
from app.engine_client import EngineClient
from app.models.shown_run import ShownRun
from engine.commands import (
    Continue,
    InsertStep,
    LoadModels,
    Pause,
    Prune,
    Restore,
    ResumeRun,
    RunPlan,
    StartRun,
    StepIteration,
    StepPhase,
    Stop,
)
from engine.events import NodeId, Record
from engine.frames import Hello, Reply, Status, Writing
from engine.tree import TreeError
from storage.errors import SessionError
from storage.session import Session

State = Literal["idle", "loading", "running", "paused", "stopping"]
Edit: TypeAlias = Prune | Restore | InsertStep
"""What a person does to the tree of a run under way."""

STOP_MS = 8_000
"""An engine that has not stopped by then is ended. Long enough for models that are just being loaded."""

DEATH = "engine-death"
"""Key of the notice about it."""


class RunController(QObject):
    """At most one run is under way. The session that it writes to comes in with the run."""

    changed = Signal()
    """State, active run or engine changed."""
    notice = Signal(object)
    """Notice: something the user must know."""
    notice_over = Signal(str)
    """The notice with this key is out of date."""
    log_wanted = Signal()
    ended = Signal(int)
    """The run with this number is over, however it ended."""

    def __init__(self, engine: EngineClient, shown: ShownRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._shown = shown
        self._session: Session | None = None
        self._plan: RunPlan | None = None
        self._hello: Hello | None = None
        self.active: int | None = None
        self.state: State = "idle"
        self._waiting: list[Callable[[], None]] = []
        self._inverse: list[Edit] = []
        self._last_stand = QTimer(self, singleShot=True, interval=STOP_MS)
        self._last_stand.timeout.connect(self._give_up_on_engine)
        engine.hello.connect(self._on_hello)
        engine.records.connect(self._on_records)
        engine.writing.connect(self._on_writing)
        engine.status.connect(self._on_status)
        engine.died.connect(self._on_death)

    @property
    def about_engine(self) -> str:
        """What the engine said of itself; empty before it did."""
        return f"{self._hello.version} on {self._hello.device}" if self._hello else ""

    def warm_up(self) -> None:
        """Start the engine and let it load the bundled models, while the user is still looking round."""
        self._engine.send(LoadModels())

    def start(self, session: Session, run: int, plan: RunPlan, paused: bool = False) -> None:
        """Begin a run that the session knows already."""
        self._begin(session, run, plan)
        self._engine.send(StartRun(run, plan, paused), self._on_end)

    def resume(
        self, session: Session, run: int, plan: RunPlan, records: Sequence[Record], paused: bool = False
    ) -> None:
        """Go on with a run from its log."""
        self._begin(session, run, plan)
        self._engine.send(ResumeRun(run, plan, tuple(records), paused), self._on_end)

    def pause(self) -> None:
        if self.active is not None:
            self._engine.send(Pause(self.active), self._on_steered)

    def go_on(self) -> None:
        if self.active is not None:
            self._engine.send(Continue(self.active), self._on_steered)

    def step_phase(self) -> None:
        if self.active is not None:
            self._shown.go_live()
            self._engine.send(StepPhase(self.active), self._on_steered)

    def step_iteration(self) -> None:
        if self.active is not None:
            self._shown.go_live()
            self._engine.send(StepIteration(self.active), self._on_steered)

    def stop(self) -> None:
        """End the run. If the engine does not obey, it is ended itself; what was recorded is kept either way."""
        if self.active is not None:
            self._engine.send(Stop(self.active), self._on_steered)
            self._last_stand.start()
            self._set_state("stopping")

    @property
    def can_undo(self) -> bool:
        """Whether a person changed the tree of the run under way, and did not take it back."""
        return self.active is not None and bool(self._inverse)

    def prune(self, nodes: Sequence[NodeId]) -> None:
        """Take nodes out of the search. This and the next two need a run under way; a refusal becomes a notice."""
        self._edit(Prune(self.active or 0, tuple(nodes)))

    def restore(self, nodes: Sequence[NodeId]) -> None:
        """Bring pruned nodes back into the search."""
        self._edit(Restore(self.active or 0, tuple(nodes)))

    def insert_step(self, parent: NodeId, step: str) -> None:
        """Add a step that the user wrote."""
        self._edit(InsertStep(self.active or 0, parent, step))

    def undo(self) -> None:
        """Take back the latest change by its inverse; the log keeps both."""
        if self.can_undo:
            self._edit(self._inverse.pop(), undoing=True)

    def restart_engine(self) -> None:
        self._engine.restart()
        self.notice_over.emit(DEATH)
        self.changed.emit()

    def when_idle(self, then: Callable[[], None]) -> None:
        """Call `then` when no run is under way: at once, or after the one that is under way has been stopped."""
        if self.active is None:
            then()
        else:
            self._waiting.append(then)
            self.stop()

    def close(self) -> None:
        """End the engine. The run under way is left unfinished: it can be gone on with from its log, tomorrow too."""
        self._waiting.clear()
        self._engine.close()
        self._forget()
        self._session = None

    def _edit(self, command: Edit, *, undoing: bool = False) -> None:
        if self.active is None:
            self.notice.emit(Notice("Only a run that is under way can be changed: go on with it first."))
            return

        def done(reply: Reply) -> None:
            if reply.error and self._engine.running:  # if it died, that is said by _on_death
                self.notice.emit(Notice(reply.error))
            elif not reply.error and not undoing:
                self._inverse.append(_inverse(command, reply))
            self.changed.emit()

        self._engine.send(command, done)

    def _begin(self, session: Session, run: int, plan: RunPlan) -> None:
        self._session, self._plan, self.active = session, plan, run
        self._inverse.clear()
        self.notice_over.emit(DEATH)
        self._set_state("loading")

    def _set_state(self, state: State) -> None:
        self.state = state
        self.changed.emit()

    def _forget(self) -> None:
        self._last_stand.stop()
        run, self.active = self.active, None
        self._shown.set_writing(())
        self._set_state("idle")
        if run is not None:
            self.ended.emit(run)
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _on_hello(self, hello: Hello) -> None:
        self._hello = hello
        self.changed.emit()

    def _on_records(self, records: tuple[Record, ...]) -> None:
        if self._session is None:
            return
        try:
            self._session.append(records)
            self._shown.append([record for record in records if record.run == self._shown.run])
        except (SessionError, TreeError) as error:
            self._engine.kill(f"The engine was ended because of what it sent. {str(error).removesuffix('.')}.")
        self._shown.set_writing(())

    def _on_writing(self, writing: Writing) -> None:
        if writing.run == self.active and self.state == "loading":
            self._set_state("running")
        if writing.run == self._shown.run:
            self._shown.set_writing(writing.branches)

    def _on_status(self, status: Status) -> None:
        if status.run == self._shown.run:
            self._shown.set_status(status)
        if status.run == self.active and status.state != "finished" and self.state != "stopping":
            self._set_state(status.state)

    def _on_steered(self, reply: Reply) -> None:
        """A pause or a step was refused: the run has just ended, which is said elsewhere. Nothing to do."""

    def _on_end(self, reply: Reply) -> None:
        if not self._engine.running:
            return  # the engine died: said by _on_death
        if reply.error:
            if reply.detail:
                self._engine.log_line.emit(reply.detail)
            self.notice.emit(Notice(reply.error, buttons=(("Show log", self.log_wanted.emit),) if reply.detail else ()))
        self._forget()

    def _on_death(self, sentence: str) -> None:
        self._hello = None
        session, plan, run = self._session, self._plan, self.active
        buttons = [("Restart engine", self.restart_engine), ("Show log", self.log_wanted.emit)]
        if session is not None and plan is not None and run is not None:
            sentence = f"{sentence} {_kept(self._shown.total)}" if run == self._shown.run else sentence
            self._forget()
            buttons.insert(0, ("Go on", lambda: self.resume(session, run, plan, session.records(run))))
        self.notice.emit(Notice(sentence, buttons=buttons, key=DEATH))
        self.changed.emit()

    def _give_up_on_engine(self) -> None:
        self._engine.kill("The engine did not stop in time and was ended.")


def _inverse(command: Edit, reply: Reply) -> Edit:
    """What takes an edit back."""
    match command:
        case Prune(run, nodes):
            return Restore(run, nodes)
        case Restore(run, nodes):
            return Prune(run, nodes)
        case InsertStep(run):
            return Prune(run, (reply.data["node"],))


def _kept(events: int) -> str:
    return f"Everything up to event {events:,} is kept." if events else "Nothing was recorded yet."
