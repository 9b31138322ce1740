"""The engine process without its pipes: requests in, frames out. One thread; it also listens during model calls."""

from __future__ import annotations

import queue
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from engine import __version__
from engine.arrivals import Arrivals
from engine.commands import (
    Ack,
    Ask,
    CancelScoring,
    CancelTask,
    LoadModels,
    Ping,
    ReadOn,
    Request,
    ResumeRun,
    Saying,
    ScoreTraces,
    StartRun,
    Stop,
)
from engine.editing import EditError
from engine.events import NodeId
from engine.frames import Hello, Reply, Status
from engine.live import Active, Live
from engine.obeying import Change, Steering, change, status_of, steer
from engine.outbox import Outbox
from engine.policies import Cancelled, ModelError, OutOfReachError, Watch
from engine.problems import ProblemError
from engine.process import Process
from engine.run import Run
from engine.runner import Runner
from engine.scoring import Scoring
from engine.search import SettingError
from engine.shelf import Shelf
from engine.tasks import Task
from engine.tree import TreeError

STATUS_SECONDS = 0.25
CLOSED = None
"""In the queue of requests: the app is gone."""

Requests = queue.SimpleQueue[Request | None]


class Server:
    """Serves until the queue of requests says CLOSED."""

    def __init__(self, requests: Requests, write: Callable[[bytes], None], shelf: Shelf, process: Process) -> None:
        self._requests = requests
        self._outbox = Outbox(write, time.monotonic)
        self._shelf = shelf
        self._process = process
        self._runner = Runner(time.perf_counter, self._watching)
        self._scoring = Scoring(shelf, self._outbox.send, self._while_scoring, time.perf_counter)
        self._active: dict[int, Active] = {}
        self._arrivals = Arrivals(self._answer, self._perform, self._begin, self._done)
        self._waiting: list[tuple[Request, Change | Steering]] = []
        self._closed = False

    def serve(self) -> None:
        self._outbox.send(Hello(__version__, self._process.pid, self._process.device))
        while not self._closed:
            runs = [entry.live.run for entry in self._active.values()]
            busy = not self._outbox.full and any(run.state == "running" for run in runs)
            wait = not (busy or self._waiting or self._scoring.wish or any(run.cancelled for run in runs))
            (self._outbox.flush if wait else self._outbox.flush_in_time)()
            self._hear(wait=wait)
            self._turn()
            self._retire_finished()
            if self._scoring.wish is not None:
                self._answer(self._scoring.wish, self._scoring.turn)

    # -- requests

    def _hear(self, *, wait: bool = False) -> None:
        """Take in every request that is there; wait for one if there is nothing else to do."""
        with suppress(queue.Empty):
            while not self._closed:
                request = self._requests.get(block=wait)
                wait = False
                if request is CLOSED:
                    self._closed = True
                else:
                    self._answer(request, partial(self._perform, request))

    def _answer(self, request: Request, perform: Callable[[], None]) -> None:
        try:
            perform()
        except (ProblemError, SettingError, ModelError, TreeError, EditError) as error:
            self._outbox.send(Reply(request.id, error=str(error)))
        except Exception as error:  # a bug must not take the engine down with every other run
            self._outbox.send(Reply(request.id, error=_bug(error), detail=traceback.format_exc()))

    def _perform(self, request: Request) -> None:
        if self._arrivals.take(request):
            return
        match request.command:
            case Ping():
                about = {"version": __version__, "device": self._process.device, "pid": self._process.pid}
                self._outbox.send(Reply(request.id, data=about))
            case Ack(events):
                self._outbox.acknowledge(events)
            case LoadModels(policy, verifiers):
                self._shelf.policy(policy)
                self._shelf.verifiers(verifiers, policy)
                self._outbox.send(Reply(request.id, data=self._shelf.about(policy)))
            case StartRun() as begin:
                live = self._prepare(begin)
                weights = self._shelf.weights(begin.plan, live.run.search.thinking)
                live.run.start(live.policy.name, [verifier.name for verifier in live.verifiers], weights)
                self._begin(live, request)
            case ResumeRun() as begin:
                self._arrivals.expect(self._prepare(begin), request, begin)
            case ReadOn(number):
                raise EditError(f"The log of run {number} is not wanted.")
            case now if isinstance(now, Steering) and not self._comes_later(now):
                steer(self._run(now.run), now)
                self._done(request)
            case Saying() as said:
                self._run(said.run).say(said)
                self._done(request)
            case ScoreTraces():
                self._scoring.take(request)
            case CancelScoring(number):
                self._scoring.cancel(number)
                self._done(request)
            case wish:
                self._waiting.append((request, wish))
                if isinstance(wish, CancelTask):
                    self._interrupt(wish)

    def _prepare(self, begin: StartRun | ResumeRun) -> Live:
        if begin.run in self._active or begin.run in self._arrivals:
            raise SettingError(f"Run {begin.run} is under way already.")
        run = Run(begin.run, begin.plan, self._outbox.record, time.time, paused=begin.paused)
        run.pace.breakpoints = begin.breakpoints
        self._outbox.send(Status(run.number, "loading", memory_mb=self._process.memory_mb()))
        policy = begin.plan.policy
        verifiers = self._shelf.verifiers(begin.plan.verifiers, policy)
        return Live(run, self._shelf.policy(policy, run.search.thinking), verifiers)

    def _done(self, request: Request) -> None:
        self._outbox.send(Reply(request.id))

    def _begin(self, live: Live, request: Request) -> None:
        self._active[live.run.number] = Active(live, request.id)

    def _run(self, number: int) -> Run:
        """The run with this number. Raises EditError if it is not under way."""
        if number not in self._active:
            raise EditError(f"Run {number} is not under way: go on with it (resume) first.")
        return self._active[number].live.run

    def _comes_later(self, command: Steering) -> bool:
        """Whether something waits that was wished for before: who asks for something and then pauses wants a pause."""
        return not isinstance(command, Stop) and any(wish.run == command.run for _, wish in self._waiting)

    def _change(self, request: Request, command: Change | Steering) -> None:
        """Obey a command that had to wait for the end of a move. What is asked for is answered when it has ended."""
        run = self._run(command.run)

        def ended(task: Task) -> None:
            self._outbox.send(Reply(request.id, error=task.refused, data=task.outcome(run.tree)))

        data = change(run, command, ended)
        self._outbox.send(Reply(request.id, final=not isinstance(command, Ask), data=data))

    def _interrupt(self, command: CancelTask) -> None:
        """Give up the model call under way, if it is this task's."""
        if (entry := self._active.get(command.run)) is not None and entry.live.run.serves(command.task):
            entry.live.run.interrupted = True

    # -- work

    def _turn(self) -> None:
        """What people changed, then one move of every run that may go on, unless the app has to catch up first."""
        has_changed = self._between_moves()
        live = [entry.live for entry in self._active.values() if not entry.live.run.finished]
        try:
            if has_changed:  # a long model call may come next: let it be seen what was taken up
                self._look_ahead(live)
                self._tell()
            if not self._outbox.full:
                self._advance(live)
        except Cancelled:
            return
        except Exception as error:
            if len(live) == 1:
                self._fail(live[0].run, error)
            else:  # whose fault it is shows when each goes alone: what failed has changed no tree
                self._turn_apart(live)
        self._tell()

    def _between_moves(self) -> bool:
        """Obey what had to wait for the end of a move, and say whether there was such: a model call hears, too."""
        waiting, self._waiting = self._waiting, []
        for request, wish in waiting:
            self._answer(request, partial(self._change, request, wish))
        for run in [entry.live.run for entry in self._active.values() if entry.live.run.cancelled]:
            try:
                run.finish("stopped", "Stopped by the user.")
            except Exception as error:
                self._fail(run, error)
        return bool(waiting)

    def _advance(self, live: Sequence[Live]) -> None:
        self._runner.turn(live)
        self._look_ahead(live)

    def _look_ahead(self, live: Sequence[Live]) -> None:
        """Let the runs find their next moves: the status of a paused one names the phase that comes next."""
        for one in live:
            one.run.pending()

    def _turn_apart(self, live: Sequence[Live]) -> None:
        for one in live:
            try:
                self._advance([one])
            except Cancelled:
                return
            except Exception as error:
                self._fail(one.run, error)

    def _fail(self, run: Run, error: Exception) -> None:
        """End a run with a sentence; a bug ends nothing else: the engine, its other runs and the window live on."""
        is_known = isinstance(error, ModelError)
        passes = isinstance(error, OutOfReachError)
        sentence = run.fail(str(error) if is_known else _bug(error), passes=passes)
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
            paused = (run.phase or "", run.pace.hit) if run.state == "paused" else None
            news = run.state, paused, [(task.number, task.done, task.begun) for task in run.tasks.waiting]
            if only in (None, number) and (news != entry.told or now - entry.told_at >= STATUS_SECONDS):
                entry.told, entry.told_at = news, now
                self._outbox.send(status_of(run, self._process.memory_mb(), entry.first_token))

    # -- during a model call

    def _watching(self, owners: Sequence[tuple[Run, NodeId]]) -> Watch:
        begun = time.monotonic()
        silent = {run.number for run, _ in owners}

        def writing(request: int, index: int, text: str) -> None:
            run, node = owners[request]
            if run.number in silent:
                silent.remove(run.number)
                self._active[run.number].first_token = time.monotonic() - begun
            self._outbox.writing(run.number, node, index, text)

        return Watch(self._cancelled, writing)

    def _cancelled(self) -> bool:
        """Asked about once a token: hears requests, so that a stop is obeyed in the middle of a decode."""
        self._outbox.flush_in_time()
        self._hear()
        return self._closed or any(
            entry.live.run.cancelled or entry.live.run.interrupted for entry in self._active.values()
        )

    def _while_scoring(self) -> bool:
        """Asked about once a token of a scorer that is asked after the fact: a critique may take minutes. Meanwhile no
        move is under way, so that every wish is obeyed at once, and no critique is lost by it."""
        self._outbox.flush_in_time()
        self._hear()
        self._between_moves()
        self._retire_finished()
        self._tell()
        return self._closed


def _bug(error: Exception) -> str:
    return f"The engine ran into a fault of its own ({type(error).__name__}: {error}). The log has the details."
