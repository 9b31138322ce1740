"""The engine process without its pipes: requests in, frames out. One thread; it also listens during model calls."""

from __future__ import annotations

import queue
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from engine import __version__
from engine.commands import (
    Continue,
    InsertStep,
    LoadModels,
    Pause,
    Ping,
    Prune,
    Request,
    Restore,
    ResumeRun,
    RunPlan,
    StartRun,
    StepIteration,
    StepPhase,
    Stop,
)
from engine.editing import EditError
from engine.events import NodeId
from engine.frames import Hello, Reply, Status
from engine.outbox import Outbox
from engine.policies import Cancelled, ModelError, Watch
from engine.problems import ProblemError
from engine.process import Process
from engine.run import Run
from engine.runner import Live, Runner
from engine.search import SettingError
from engine.shelf import Shelf
from engine.tree import TreeError

STATUS_SECONDS = 0.25
CLOSED = None
"""In the queue of requests: the app is gone."""

Requests = queue.SimpleQueue[Request | None]


@dataclass
class _Active:
    """A run with the request that its end will answer."""

    live: Live
    request: int
    told: tuple[str, str] = ("", "")
    told_at: float = 0.0


class Server:
    """Serves until the queue of requests says CLOSED."""

    def __init__(self, requests: Requests, write: Callable[[bytes], None], shelf: Shelf, process: Process) -> None:
        self._requests = requests
        self._outbox = Outbox(write, time.monotonic)
        self._shelf = shelf
        self._process = process
        self._runner = Runner(time.perf_counter, self._watching)
        self._active: dict[int, _Active] = {}
        self._edits: list[Request] = []
        self._closed = False

    def serve(self) -> None:
        self._outbox.send(Hello(__version__, self._process.pid, self._process.device))
        while not self._closed:
            busy = any(entry.live.run.state == "running" for entry in self._active.values())
            self._outbox.flush()
            self._hear(wait=not (busy or self._edits))
            self._turn()
            self._retire_finished()

    # -- requests

    def _hear(self, *, wait: bool = False) -> None:
        """Take in every request that is there; wait for one if there is nothing else to do."""
        try:
            while not self._closed:
                request = self._requests.get(block=wait)
                wait = False
                if request is CLOSED:
                    self._closed = True
                else:
                    self._obey(request)
        except queue.Empty:
            pass

    def _obey(self, request: Request) -> None:
        self._answer(request, self._perform)

    def _answer(self, request: Request, perform: Callable[[Request], None]) -> None:
        try:
            perform(request)
        except (ProblemError, SettingError, ModelError, TreeError, EditError) as error:
            self._outbox.send(Reply(request.id, error=str(error)))
        except Exception as error:  # a bug must not take the engine down with every other run
            self._outbox.send(Reply(request.id, error=_bug(error), detail=traceback.format_exc()))

    def _perform(self, request: Request) -> None:
        match request.command:
            case Ping():
                about = {"version": __version__, "device": self._process.device, "pid": self._process.pid}
                self._outbox.send(Reply(request.id, data=about))
            case LoadModels(policy, verifiers):
                self._shelf.policy(policy)
                self._shelf.verifiers(verifiers, policy)
                self._outbox.send(Reply(request.id))
            case StartRun(number, plan, paused):
                live = self._prepare(number, plan, paused)
                live.run.start(live.policy.name, [verifier.name for verifier in live.verifiers])
                self._active[number] = _Active(live, request.id)
            case ResumeRun(number, plan, records, paused):
                live = self._prepare(number, plan, paused)
                live.run.resume(records, "gone on with from its log")
                self._active[number] = _Active(live, request.id)
            case Pause() | Continue() | StepPhase() | StepIteration() | Stop():
                self._steer(request)
            case Prune() | Restore() | InsertStep():
                self._edits.append(request)

    def _prepare(self, number: int, plan: RunPlan, paused: bool) -> Live:
        if number in self._active:
            raise SettingError(f"Run {number} is under way already.")
        run = Run(number, plan, self._outbox.record, time.time, paused=paused)
        self._outbox.send(Status(number, "loading", memory_mb=self._process.memory_mb()))
        return Live(run, self._shelf.policy(plan.policy), self._shelf.verifiers(plan.verifiers, plan.policy))

    def _steer(self, request: Request) -> None:
        command = request.command
        assert isinstance(command, Pause | Continue | StepPhase | StepIteration | Stop)
        entry = self._active.get(command.run)
        if entry is None:
            self._outbox.send(Reply(request.id, error=f"Run {command.run} is not under way."))
            return
        run = entry.live.run
        match command:
            case Pause():
                run.pause()
            case Continue():
                run.go_on()
            case StepPhase():
                run.step("phase")
            case StepIteration():
                run.step("iteration")
            case Stop():
                run.cancelled = True
        self._outbox.send(Reply(request.id))

    def _edit(self, request: Request) -> None:
        """Change a run's tree as a person wishes. Raises EditError."""
        command, data = request.command, dict[str, Any]()
        assert isinstance(command, Prune | Restore | InsertStep)
        entry = self._active.get(command.run)
        if entry is None:
            raise EditError(f"Run {command.run} is not under way: go on with it (resume), then change its tree.")
        match command:
            case Prune(_, nodes):
                entry.live.run.prune(nodes)
            case Restore(_, nodes):
                entry.live.run.restore(nodes)
            case InsertStep(_, parent, step):
                data["node"] = entry.live.run.insert(parent, step)
        self._outbox.send(Reply(request.id, data=data))

    # -- work

    def _turn(self) -> None:
        """What people changed, then one move of every run that may go on."""
        edits, self._edits = self._edits, []
        for request in edits:  # here no move is under way: a model call hears requests, too
            self._answer(request, self._edit)
        for entry in list(self._active.values()):
            if entry.live.run.cancelled:
                self._stop(entry.live.run)
        live = [entry.live for entry in self._active.values() if not entry.live.run.finished]
        try:
            self._advance(live)
        except Cancelled:
            return
        except Exception as error:
            if len(live) == 1:
                self._fail(live[0].run, error)
            else:  # whose fault it is shows when each goes alone: what failed has changed no tree
                self._turn_apart(live)
        self._tell()

    def _advance(self, live: Sequence[Live]) -> None:
        self._runner.turn(live)
        for one in live:
            one.run.pending()  # looks ahead: the status of a paused run names the phase that comes next

    def _turn_apart(self, live: Sequence[Live]) -> None:
        for one in live:
            try:
                self._advance([one])
            except Cancelled:
                return
            except Exception as error:
                self._fail(one.run, error)

    def _stop(self, run: Run) -> None:
        try:
            run.finish("stopped", "Stopped by the user.")
        except Exception as error:
            self._fail(run, error)

    def _fail(self, run: Run, error: Exception) -> None:
        """End a run with a sentence; a bug ends nothing else: the engine, its other runs and the window live on."""
        is_known = isinstance(error, ModelError)
        sentence = str(error) if is_known else _bug(error)
        run.fail(sentence)
        self._retire(run.number, sentence, "" if is_known else "".join(traceback.format_exception(error)))

    def _retire_finished(self) -> None:
        """Give the final reply of every run that has ended."""
        for number, entry in list(self._active.items()):
            if entry.live.run.finished:
                self._retire(number)

    def _retire(self, number: int, error: str = "", detail: str = "") -> None:
        self._tell(number)
        entry = self._active.pop(number)
        self._outbox.send(Reply(entry.request, error=error, detail=detail))

    def _tell(self, only: int | None = None) -> None:
        """Status of the runs: at once if the state has changed, else four times a second."""
        now = time.monotonic()
        for number, entry in self._active.items():
            run = entry.live.run
            news = (run.state, (run.phase or "") if run.state == "paused" else "")
            if only in (None, number) and (news != entry.told or now - entry.told_at >= STATUS_SECONDS):
                entry.told, entry.told_at = news, now
                self._outbox.send(self._status(run))

    def _status(self, run: Run) -> Status:
        cost = run.tree.cost
        read = cost.prompt + cost.cached
        return Status(
            run=run.number,
            state=run.state,
            phase=run.phase or "",
            iteration=run.tree.iterations_done,
            tokens_per_second=cost.generated / cost.seconds if cost.seconds else 0.0,
            memory_mb=self._process.memory_mb(),
            cache_hit=cost.cached / read if read else None,
            progress=run.progress,
        )

    # -- during a model call

    def _watching(self, owners: Sequence[tuple[Run, NodeId]]) -> Watch:
        def writing(request: int, index: int, text: str) -> None:
            run, node = owners[request]
            self._outbox.writing(run.number, node, index, text)

        return Watch(self._cancelled, writing)

    def _cancelled(self) -> bool:
        """Asked about once a token: hears requests, so that a stop is obeyed in the middle of a decode."""
        self._hear()
        return self._closed or any(entry.live.run.cancelled for entry in self._active.values())


def _bug(error: Exception) -> str:
    return f"The engine ran into a fault of its own ({type(error).__name__}: {error}). The log has the details."
