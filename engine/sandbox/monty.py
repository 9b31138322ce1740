"""The sandbox's interpreter: Monty, Python in Rust, whose worker process knows no operating system. Knows no model.

Whatever a program does to the worker, this process is not touched by it: a worker that dies or hangs is an error of the
program. If this process is killed, its worker sees the closed pipe, within the limit of time at the latest, and ends.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGTERM
from types import ModuleType
from typing import Any

from engine.sandbox import LONGEST_ERROR, Limits, Ran, SandboxError, Stop

GRACE_SECONDS = 3.0
"""After its limit of time a worker that has not ended the program itself is killed."""
LOOK_SECONDS = 0.02
"""Between two looks at whether a program is cancelled."""
MOST_SUSPENSIONS = 1_000
"""Times that a program may ask for what is not there, or sleep."""
_POLICY = {"datetime": datetime(2026, 1, 1, tzinfo=UTC), "sleep": "zero", "random_start": {"seed": 0}}
_STOPS: dict[type[BaseException], Stop] = {TimeoutError: "time", MemoryError: "memory"}


def find_worker() -> Path | None:
    """The program of the worker; None where the package finds it by itself. Raises SandboxError."""
    path = _bundled(_monty())
    if path is not None and not path.is_file():
        raise SandboxError(f"This build of Espalier lacks {path.name}, which runs the code that models write.")
    return path


def run_in_worker(program: str, before: Sequence[str], cancelled: Callable[[], bool], limits: Limits) -> Ran:
    """See `engine.sandbox.run`."""
    monty, worker = _monty(), find_worker()
    bounds = {
        "max_memory": limits.memory,
        "max_feed_duration_secs": limits.seconds,
        "max_recursion_depth": limits.depth,
        "max_suspensions": MOST_SUSPENSIONS,
    }
    try:
        with (
            monty.Monty(binary_path=worker, max_processes=1, request_timeout=limits.seconds + GRACE_SECONDS) as pool,
            pool.checkout(limits=bounds, os_policy=_POLICY, script_name="code.py") as session,
            ThreadPoolExecutor(1) as thread,
        ):
            pid = session.worker_pid  # it is not told while a program runs
            running = thread.submit(_feed_all, monty, session, (*before, program), limits.output)
            while not wait((running,), LOOK_SECONDS).done:
                if cancelled():
                    os.kill(pid, SIGTERM)
                    return Ran(running.result().output, "Cancelled.", "cancelled")
            return running.result()
    except (OSError, RuntimeError, ValueError, monty.MontyError) as error:  # no worker can be started, or kept
        raise SandboxError(f"The code that a model wrote cannot be run: {error}") from error


def _feed_all(monty: ModuleType, session: Any, programs: Sequence[str], most: int) -> Ran:
    """What came of the last one."""
    *before, last = programs
    for earlier in before:
        if (ran := _feed(monty, session, earlier, most)).stopped:
            return Ran("", f"An earlier program did not end this time: {ran.error}", ran.stopped)
    return _feed(monty, session, last, most)


def _feed(monty: ModuleType, session: Any, program: str, most: int) -> Ran:
    printed = _Printed(most)
    try:
        session.feed_run(program.encode("utf-8", "replace").decode(), print_callback=printed)
    except monty.MontyCrashedError as error:
        return Ran(printed.text, _short(f"The interpreter gave up: {error}"), "crash")
    except monty.MontyError as error:
        if printed.full:
            return Ran(printed.text, f"The program prints more than {most:,} characters.", "output")
        # a limit cannot be caught, but what a program raises itself under the same name is no limit
        stopped = _STOPS.get(type(error.exception()), "") if "limit exceeded" in str(error) else ""
        return Ran(printed.text, _short(_said(error)), stopped)
    return Ran(printed.text)


class _Printed:
    """What a program prints. To raise is the way to end it."""

    def __init__(self, most: int) -> None:
        self.text = ""
        self.full = False
        self._most = most

    def __call__(self, _stream: str, text: str) -> None:
        self.full = self.full or len(self.text) + len(text) > self._most
        self.text = (self.text + text)[: self._most]
        if self.full:
            raise OverflowError("too much output")


def _said(error: Any) -> str:
    """The name of an error and its message, without a traceback."""
    return str(error.display("type-msg")) if hasattr(error, "display") else str(error)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_ERROR else f"{words[: LONGEST_ERROR - 1]}…"


def _monty() -> ModuleType:
    """The package. Raises SandboxError where it is not installed."""
    try:
        import pydantic_monty
    except ImportError as error:
        raise SandboxError(
            "The code that models write cannot be run, since the package pydantic-monty is not installed: "
            "install it with `pip install pydantic-monty`, or ask the scorer not to run code."
        ) from error
    return pydantic_monty


def _bundled(monty: ModuleType) -> Path | None:
    """Where a bundle has the worker: beside the package. A bundle has no folder of scripts, where it else would be."""
    if not getattr(sys, "frozen", False) or monty.__file__ is None:
        return None
    return Path(monty.__file__).with_name("monty.exe" if sys.platform == "win32" else "monty")
