"""The built program as somebody meets it who has nothing else: an empty environment, an empty home, its window."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from smoke import processes
from smoke.steps import Scene, StepError, check, until

T = TypeVar("T")
SECONDS = 60.0
"""A wait that takes longer has failed. Generous: a build server has slow minutes."""
EXECUTABLE = "espalier-cli.exe" if sys.platform == "win32" else "espalier"
"""On Windows the twin with a console: it does all that the other one does, and can be heard."""
HARMLESS = ("This plugin does not support ",)
"""How a line on stderr begins that Qt's offscreen platform cannot help saying."""
ORPHAN_SECONDS = 15.0
"""Its engine notices at once that the window is gone, but on a busy machine it gets what others leave: it is niced."""


class Home:
    """A user who has never started the program. Every child gets this environment and nothing else."""

    def __init__(
        self, scene: Scene, name: str = "home", bundle: Path | None = None, owner: int | None = None, **environment: str
    ) -> None:
        """`bundle`: another one than the scene's; `owner`: number of the user who runs it, None: ours."""
        self.program = (bundle or scene.bundle) / EXECUTABLE
        self.folder = scene.folder / name
        self.current = self.folder / "current"
        self.current.mkdir(parents=True)
        self.environment = {"HOME": str(self.folder), **needed_everywhere(), **environment}
        self.log = scene.folder / f"{name}.log.txt"
        self.user: dict[str, Any] = {}
        """What a child is told of who runs it."""
        if owner is not None:
            self.user = {"user": owner, "group": owner, "extra_groups": []}
            for folder in (self.folder, self.current):
                os.chown(folder, owner, owner)

    def run(
        self, *words: str, status: int | None = 0, seconds: float = SECONDS, more: Mapping[str, str] = {}
    ) -> tuple[str, str]:
        """Run the command line, with these variables more, and return its stdout and stderr.

        Raises StepError at a traceback, and at another exit status than `status`, where that is not None.
        """
        command = " ".join(["espalier", *words])
        try:
            done = subprocess.run(
                [self.program, *words],
                env={**self.environment, **more},
                cwd=self.current,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=seconds,
                **self.user,
            )
        except subprocess.TimeoutExpired as error:
            raise StepError(f"`{command}` had not ended after {seconds:.0f} s") from error
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ {command}\n{done.stdout}{done.stderr}(exit status {done.returncode})\n\n")
        if status is not None and done.returncode != status:
            raise StepError(f"`{command}` ended with {done.returncode} and not {status}: {last_words(done.stderr)}")
        check("Traceback" not in done.stderr, f"`{command}` shows a traceback: {last_words(done.stderr)}")
        return done.stdout, done.stderr

    def start(self, *words: str, **environment: str) -> Window:
        """Start the window; ended at the end of the `with`, however it ends."""
        return Window(self, words, {"QT_QPA_PLATFORM": "offscreen", **environment})


class Window:
    """A running window, known by what it tells its status file."""

    def __init__(self, home: Home, words: Sequence[str], environment: dict[str, str]) -> None:
        self._home = home
        self.told = home.folder / f"status-{time.monotonic_ns()}.json"
        self.errors = home.log.with_suffix(f".{time.monotonic_ns()}.stderr")
        self.environment = {**home.environment, "ESPALIER_STATUS_FILE": str(self.told), **environment}
        self.began = time.time()
        with self.errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [home.program, *words],
                env=self.environment,
                cwd=home.current,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                **home.user,
            )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()

    def status(self) -> dict[str, Any]:
        """What the window says that it shows; empty before it says anything."""
        try:
            told: dict[str, Any] = json.loads(self.told.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return told

    def until(self, condition: Callable[[dict[str, Any]], T], what: str, seconds: float = SECONDS) -> T:
        """Wait until the condition holds for the status. Raises StepError, at once if the program ends meanwhile."""

        def holds() -> T | None:
            self.check_alive(what)
            told = self.status()
            return condition(told) if told else None

        try:
            answer = until(holds, what, seconds)
        except StepError as error:
            if says := self.status().get("says"):
                raise StepError(f"{error}; the window says: {' '.join(says)}") from error
            raise
        assert answer is not None
        return answer

    def check_alive(self, what: str) -> None:
        """Raises StepError if the program has ended, before what was waited for."""
        if (code := self._process.poll()) is not None:
            raise StepError(f"the window ended with status {code} before {what}: {last_words(self.complaints())}")

    def painted(self) -> float:
        """Wait for the first paint; seconds since the start of the process."""
        moment: float = self.until(lambda told: told["painted"], "the window had been painted")
        return moment - self.began

    def searched(self) -> dict[str, Any]:
        """Wait until the run on screen has come to its end; the status then."""
        over = "the search had ended"
        return self.until(lambda told: told if told["ended"] and told["state"] == "idle" else {}, over)

    def engine(self) -> int:
        """Wait for an engine process; its number."""
        number: int = self.until(lambda told: told["engine"], "there was an engine")
        return number

    @contextmanager
    def engine_stopped(self) -> Iterator[None]:
        """Inside, the engine stands still: what is asked of it waits."""
        engine = self.engine()
        os.kill(engine, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(engine, signal.SIGCONT)

    def kill(self, number: signal.Signals) -> None:
        """Send the window a signal that ends it, and wait for that."""
        self._process.send_signal(number)
        check(self.ended() == -number, f"the window did not die of {number.name}")

    def ended(self) -> int:
        """Wait for the end of the window's process; its exit status."""
        try:
            return self._process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise StepError(f"the window had not ended after {SECONDS:.0f} s") from error

    def close(self) -> None:
        """End it politely. Raises StepError unless it ends with 0 and without a complaint, and leaves nobody behind."""
        self._process.send_signal(signal.SIGTERM)
        self.check_end()

    def check_end(self) -> None:
        """Raises StepError unless it ends with 0, has complained of nothing, and leaves no child behind."""
        status = self.ended()
        complaints = self.complaints()
        check(status == 0, f"the window ended with status {status}: {last_words(complaints)}")
        check(not complaints, f"the window says on stderr: {last_words(complaints)}")
        self.check_nobody_left()

    def check_nobody_left(self) -> float:
        """Raises StepError if a child of the window does not end; seconds until the last one had."""
        began = time.monotonic()
        while left := processes.working_in(self._home.folder):
            names = ", ".join(process.command for process in left)
            late = time.monotonic() - began > ORPHAN_SECONDS
            check(not late, f"{ORPHAN_SECONDS:.0f} s after the end of the window there still is {names}")
            time.sleep(0.05)
        return time.monotonic() - began

    def complaints(self) -> str:
        """What it wrote on stderr, without what it cannot help writing."""
        lines = self.errors.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(line for line in lines if line and not line.startswith(HARMLESS))


def needed_everywhere() -> dict[str, str]:
    """Variables without which no program of the system starts; none but on Windows."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def last_words(text: str) -> str:
    """The end of a text, on one line."""
    return " / ".join(text.split("\n")[-4:])[-400:].strip(" /") or "(nothing on stderr)"
