"""A run without a window: an engine process over plain pipes, a log, and whoever watches. Knows no Qt and no torch.

What the engine says goes to the log before anybody is shown it. Nothing here prints.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import takewhile
from typing import Protocol

from app.engine_process import child_environment, engine_command
from app.start.processor import ILLEGAL_INSTRUCTION
from engine.commands import AnyCommand, LoadModels, Ping, Request, ResumeRun, StartRun, Stop
from engine.events import Record
from engine.frames import AnyFrame, FrameError, Records, Reply, encode_frame, frame_reader
from engine.parcels import in_parcels
from engine.tree import Tree, fold

CHUNK = 1 << 16
TICK = 0.05
"""Seconds between two looks at whether the user wants to stop."""
END_SECONDS = 5.0
"""How long an engine may take to leave after its stdin was closed."""

Show = Callable[[AnyFrame, Tree], None]


class EngineDied(Exception):  # noqa: N818 - it reads as what happened
    """The engine is gone or talks nonsense; the message is a sentence."""


class Refused(Exception):  # noqa: N818
    """The engine would not do it; the message is its sentence."""


class Faulted(Exception):  # noqa: N818
    """The engine has a bug; the message is its sentence, `report` says where it happened."""

    def __init__(self, sentence: str, report: str) -> None:
        super().__init__(sentence)
        self.report = report


class Log(Protocol):
    """Where records go: a session file, or a list in a test."""

    def append(self, records: Sequence[Record]) -> None: ...

    def flush(self) -> None: ...


class Engine:
    """One engine process. A thread reads its frames, so that nobody ever waits for it without a limit."""

    def __init__(self, command: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        self._inbox: queue.SimpleQueue[AnyFrame | EngineDied] = queue.SimpleQueue()
        self._last_request = 0
        try:
            self._process = subprocess.Popen(
                list(command) or engine_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                env=dict(environment) if environment is not None else child_environment(),
                # Ctrl+C is for us: the engine gets a Stop, or the end of its stdin
                process_group=None if os.name == "nt" else 0,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            self._log.close()
            raise EngineDied(f"The engine could not be started: {error}.") from error
        self._reader = threading.Thread(target=self._read, name="engine-frames", daemon=True)
        self._reader.start()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, command: AnyCommand) -> int:
        """Send a command; returns the number that its replies carry."""
        self._last_request += 1
        assert self._process.stdin is not None
        with suppress(OSError):  # a dead engine is noticed at the other end, where what it still said is read first
            self._process.stdin.write(encode_frame(Request(self._last_request, command)))
            self._process.stdin.flush()
        return self._last_request

    def hear(self, timeout: float) -> AnyFrame | None:
        """The next frame; None if there is none within `timeout` seconds. Raises EngineDied once nothing is left."""
        try:
            heard = self._inbox.get(timeout=timeout)
        except queue.Empty:
            return None
        if isinstance(heard, EngineDied):
            self._inbox.put(heard)
            raise heard
        return heard

    def close(self) -> None:
        """End the engine: close its stdin, wait, kill it if it does not go."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        self._log.close()

    def _read(self) -> None:
        reader = frame_reader()
        assert self._process.stdout is not None
        try:
            while data := self._process.stdout.read1(CHUNK):  # type: ignore[attr-defined]
                reader.feed(data)
                for frame in reader.messages():
                    self._inbox.put(frame)
        except FrameError as error:
            self._process.kill()
            self._inbox.put(EngineDied(f"The engine was ended because it did not answer properly: {error}."))
            return
        self._inbox.put(EngineDied(self._obituary(cut=reader.pending > 0)))

    def _obituary(self, cut: bool) -> str:
        code = self._process.wait()
        how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        if code in ILLEGAL_INSTRUCTION:
            how = "this processor lacks an instruction that PyTorch needs"
        where = ", in the middle of a message" if cut else ""
        return f"The engine stopped unexpectedly ({how}{where}).{self._last_words()}"

    def _last_words(self) -> str:
        """The last line of the engine's log, which usually says why."""
        self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, self._log.tell() - 2_000))
        lines = self._log.read().decode("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f" Its last words: {last[:300]}" if last else ""


def perform(
    engine: Engine,
    command: StartRun | ResumeRun,
    log: Log,
    show: Show = lambda _frame, _tree: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Tree:
    """Perform a run to its end and return its tree.

    Records are appended to `log`, then folded, then shown. When `stopping` says True the run is stopped, once.
    Raises Refused if the engine would not run the plan, Faulted if it has a bug, EngineDied if it died; `log` then
    holds all that was said.
    """
    tree = fold(command.records) if isinstance(command, ResumeRun) else Tree()
    parcels = in_parcels(command) if isinstance(command, ResumeRun) else iter((command,))
    request = engine.ask(next(parcels))
    for parcel in takewhile(lambda _: not stopping(), parcels):
        engine.ask(parcel)
    stopped = False
    try:
        while True:
            if stopping() and not stopped:
                stopped = True
                engine.ask(Stop(command.run))
            frame = engine.hear(TICK)
            if isinstance(frame, Records):
                log.append(frame.records)
                fold(frame.records, tree)
            if frame is not None:
                show(frame, tree)
            if isinstance(frame, Reply) and frame.id == request and frame.final:
                break
    finally:
        log.flush()
    if frame.detail:
        raise Faulted(frame.error, frame.detail)
    if frame.error:
        raise Refused(frame.error)
    return tree


def try_engine(timeout: float, command: Sequence[str] = ()) -> Reply:
    """Start an engine, have it load the bundled models, and ask what it is.

    Raises Refused or Faulted if it cannot load them, EngineDied also when it does not answer in time.
    """
    return _replies(timeout, (LoadModels(), Ping()), command)[-1]


def try_models(timeout: float, wish: LoadModels, command: Sequence[str] = ()) -> Reply:
    """Start an engine, have it load these models, and say what they are. Raises as `try_engine` does."""
    return _replies(timeout, (wish,), command)[-1]


def _replies(timeout: float, wishes: Sequence[AnyCommand], command: Sequence[str]) -> list[Reply]:
    """What an engine answers to a few commands."""
    replies: list[Reply] = []
    with Engine(command) as engine:
        for wish in wishes:
            engine.ask(wish)
        waited = 0.0
        while waited < timeout:
            frame = engine.hear(TICK)
            if isinstance(frame, Reply) and frame.error:
                raise Faulted(frame.error, frame.detail) if frame.detail else Refused(frame.error)
            if isinstance(frame, Reply):
                replies.append(frame)
            if len(replies) == len(wishes):
                return replies
            waited += TICK if frame is None else 0.0
    raise EngineDied(f"The engine did not answer within {timeout:g} seconds.")


@contextmanager
def ctrl_c() -> Iterator[Callable[[], bool]]:
    """Inside, the first Ctrl+C only makes the given function say True; a second one interrupts as usual."""
    pressed = threading.Event()

    def remember(*_: object) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
