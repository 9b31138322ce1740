"""Runs in the engine: start, pause, step, stop, go on, and what happens when the engine dies. Knows no widget.

What the engine says goes to the session file first and on the screen second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from app.banner import Notice
from app.engine_client import EngineClient
from app.handing_over import HandingOver
from app.inverses import Wish
from app.language import tr
from app.models.shown_run import ShownRun
from app.words.death import kept, lost
from engine.breakpoints import Breakpoint, Hit
from engine.commands import (
    Ask,
    CancelTask,
    Continue,
    LoadModels,
    Pause,
    ResumeRun,
    RunPlan,
    SetBreakpoints,
    StartRun,
    StepIteration,
    StepPhase,
    Stop,
)
from engine.events import Record
from engine.frames import Branch, Hello, Reply, Status, TaskStatus, Writing
from engine.tree import TreeError
from storage.errors import SessionError
from storage.session import Session

State = Literal["idle", "loading", "running", "paused", "stopping"]

STOP_MS = 8_000
"""An engine that has not stopped by then is ended. Long enough for models that are just being loaded."""

DEATH = "engine-death"
"""Key of the notice about it."""
REFUSAL = "run-refused"
"""Key of the notice that a run ended before its first event."""


class RunController(QObject):
    """At most one run is under way. The session that it writes to comes in with the run."""

    changed = Signal()
    """State, active run or engine changed."""
    notice = Signal(object)
    """Notice: something the user must know."""
    notice_over = Signal(str)
    """The notice with this key is out of date."""
    log_wanted = Signal()
    new_run_wanted = Signal(object)
    """RunPlan: what was refused, to be mended."""
    tasks_changed = Signal()
    """What the run under way was asked for, how far it is, or the breakpoint at which it stands."""
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
        self.tasks: tuple[TaskStatus, ...] = ()
        """What the run under way was asked for and has not done yet, the task under way first."""
        self.hit: Hit | None = None
        """The breakpoint at which the run under way stands."""
        self.status: Status | None = None
        """How the run under way is going; None before the engine has said anything of it."""
        self.branches: tuple[Branch, ...] = ()
        """What the model is writing for the run under way, whether that is on screen or not."""
        self.breakpoints: tuple[Breakpoint, ...] = ()
        """What pauses the runs to come from their first move on; `break_at` tells the one under way, too."""
        self.refused: dict[int, str] = {}
        """The run of the open session that never began, and why: its place is free."""
        self._waiting: list[Callable[[], None]] = []
        self._handing = HandingOver(engine, self.stop, self.notice.emit, self.notice_over.emit)
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
        self._engine.send(StartRun(run, plan, paused, self.breakpoints), self._on_end)

    def resume(
        self, session: Session, run: int, plan: RunPlan, records: Sequence[Record], paused: bool = False
    ) -> None:
        """Go on with a run from its log; begin it if it has none yet."""
        if not records:
            self.start(session, run, plan, paused)
            return
        self._begin(session, run, plan)
        self._handing.begin(ResumeRun(run, plan, tuple(records), paused, self.breakpoints), self._on_end)

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
    def engine_lives(self) -> bool:
        """Whether there is an engine process."""
        return self._engine.running

    def edit(self, command: Wish, done: Callable[[str], None]) -> None:
        """Ask for a change of the run under way; `done` hears why it was refused, or an empty sentence."""

        def answered(reply: Reply) -> None:
            done(reply.error)
            self.changed.emit()

        self._engine.send(command, answered)

    def ask(self, command: Ask | CancelTask, done: Callable[[Reply], None]) -> None:
        """Ask for something beside the run's own work; `done` hears when it has been done, or why not."""
        self._engine.send(command, done)

    def break_at(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Pause at these, in place of those before: the run under way and those to come."""
        if breakpoints != self.breakpoints:
            self.breakpoints = breakpoints
            if self.active is not None:
                self._engine.send(SetBreakpoints(self.active, breakpoints))

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

    def _begin(self, session: Session, run: int, plan: RunPlan) -> None:
        self._session, self._plan, self.active = session, plan, run
        self.status, self.branches = None, ()
        self.refused.pop(run, None)
        for key in (DEATH, REFUSAL):
            self.notice_over.emit(key)
        self._set_state("loading")

    def _set_tasks(self, tasks: tuple[TaskStatus, ...], hit: Hit | None) -> None:
        if (tasks, hit) != (self.tasks, self.hit):
            self.tasks, self.hit = tasks, hit
            self.tasks_changed.emit()

    def _set_state(self, state: State) -> None:
        self.state = state
        self.changed.emit()

    def _forget(self) -> None:
        self._last_stand.stop()
        run, self.active = self.active, None
        self.status, self.branches = None, ()
        self._set_tasks((), None)
        self._shown.set_writing(())
        self._set_state("idle")
        if run is not None:
            self.ended.emit(run)
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            self.when_idle(then)  # the one before may have begun a run

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
            words = tr("The engine was ended because of what it sent. {error}.")
            self._engine.kill(words.format(error=str(error).removesuffix(".")))
        self.branches = ()
        self._shown.set_writing(())

    def _on_writing(self, writing: Writing) -> None:
        if writing.run == self.active and self.state == "loading":
            self._set_state("running")
        if writing.run == self.active:
            self.branches = writing.branches
        if writing.run == self._shown.run:
            self._shown.set_writing(writing.branches)

    def _on_status(self, status: Status) -> None:
        if status.run == self._shown.run:
            self._shown.set_status(status)
        if status.run == self.active and status.state != "finished":
            self.status = status
            self._set_tasks(status.tasks, status.hit)
            if self.state != "stopping":
                self._set_state(status.state)

    def _on_steered(self, reply: Reply) -> None:
        """A pause or a step was refused: the run has just ended, which is said elsewhere. Nothing to do."""

    def _on_end(self, reply: Reply) -> None:
        if not self._engine.running:
            return  # the engine died: said by _on_death
        if reply.error:
            if reply.detail:
                self._engine.log_line.emit(reply.detail)
            self._say_why(reply)
        self._forget()

    def _say_why(self, reply: Reply) -> None:
        """A run that failed is in its log; one that never began is remembered, and can be asked for in other words."""
        session, plan, run = self._session, self._plan, self.active
        buttons: list[tuple[str, Callable[[], None]]] = []
        if reply.detail:
            buttons.append((tr("Show log"), self.log_wanted.emit))
        if session is None or plan is None or run is None or session.info(run).events:
            self.notice.emit(Notice(reply.error, buttons=buttons))
            return
        self.refused[run] = reply.error
        buttons.insert(0, (tr("New run…"), lambda: self.new_run_wanted.emit(plan)))
        self.notice.emit(Notice(reply.error, buttons=buttons, key=REFUSAL))

    def _on_death(self, sentence: str) -> None:
        self._hello = None
        session, plan, run = self._session, self._plan, self.active
        buttons = [(tr("Restart engine"), self.restart_engine), (tr("Show log"), self.log_wanted.emit)]
        if session is not None and plan is not None and run is not None:
            sentence = f"{sentence} {kept(self._shown.total)}" if run == self._shown.run else sentence
            sentence = f"{sentence} {lost(len(self.tasks))}".rstrip()
            self._forget()
            buttons.insert(0, (tr("Go on"), lambda: self.resume(session, run, plan, self._log_of(session, run))))
        self.notice.emit(Notice(sentence, buttons=buttons, key=DEATH))
        self.changed.emit()

    def _log_of(self, session: Session, run: int) -> Sequence[Record]:
        return self._shown.records if run == self._shown.run else session.records(run)

    def _give_up_on_engine(self) -> None:
        self._engine.kill(tr("The engine did not stop in time and was ended."))
