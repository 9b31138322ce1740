"""Runs Python that a model wrote, where it can do no harm. This page is the contract; it knows no interpreter.

A program computes and prints, and that is all: no files, no network, no processes, no environment, a clock that stands
still and the same chance every time. The same programs give the same result, unless a limit of time ends them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Stop = Literal["", "time", "memory", "output", "crash", "cancelled"]
"""What ended a program, most often a limit; empty where it ended by itself, with or without an error."""
LONGEST_ERROR = 500
"""Characters of an error: it can quote what the program computed."""


class SandboxError(Exception):
    """Nothing can be run here; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use."""

    memory: int = 64 << 20
    """Bytes of its values."""
    seconds: float = 2.0
    """Of computing. Sleeping takes no time."""
    depth: int = 500
    """Calls within calls."""
    output: int = 64_000
    """Characters that it prints."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a program."""

    output: str = ""
    """What it printed, as far as it may."""
    error: str = ""
    """What ended it, as Python says it: `ZeroDivisionError: division by zero`; empty where it came to its end."""
    stopped: Stop = ""

    @property
    def told(self) -> str:
        """What whoever wrote it is told: the output, and the error below it."""
        return "\n".join(part for part in (self.output.strip("\n"), self.error) if part)


def run(
    program: str,
    before: Sequence[str] = (),
    cancelled: Callable[[], bool] = lambda: False,
    limits: Limits = LIMITS,
) -> Ran:
    """Run a program in a process of its own, which is gone afterwards. `before`: programs that ran before it, whose
    names it knows; they are run again, and what they print is not told. `cancelled` is asked while it runs, in this
    thread: True ends it. Raises SandboxError."""
    from engine.sandbox.monty import run_in_worker  # a tenth of a second that nobody else needs

    return run_in_worker(program, before, cancelled, limits)


def check() -> None:
    """See that programs can be run here. Raises SandboxError."""
    from engine.sandbox.monty import find_worker

    find_worker()
