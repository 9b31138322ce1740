"""What a step of the smoke test is, how it is performed and timed. Knows nothing of the program under test."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from smoke import processes

T = TypeVar("T")
GRACE_SECONDS = 5.0
"""How long what a step started may take to end after it."""


class StepError(Exception):
    """The program does not do what it should; the message says what."""


class SkippedError(Exception):
    """It cannot be performed here; the message says why."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a step works."""

    bundle: Path
    """Folder of the program as it was built."""
    folder: Path
    """Empty, the step's own; no part of the repository. What lies in it at the end is kept."""
    scratch: Path
    """The same, for what is too large to be kept."""
    root: bool = True
    """Whether the step may do what only root can."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a user does."""

    name: str
    title: str
    perform: Callable[[Scene], str]
    """Raises StepError or SkippedError; returns what is worth telling, or nothing."""
    quick: bool = False
    """Whether `--quick` performs it."""
    linux: bool = False
    """Whether it can be performed on Linux alone: it needs signals, /proc, or an X server."""
    tries: int = 1
    """2 if it must catch the program in the middle of something, which a slow moment of the machine may spoil."""


class Outcome(NamedTuple):
    """How a step went."""

    name: str
    title: str
    state: Literal["ok", "FAILED", "skipped"]
    words: str
    seconds: float

    def line(self) -> str:
        """For a terminal."""
        words = f": {self.words}" if self.words else ""
        return f"{self.state:<8}{self.seconds:6.1f} s  {self.title}{words}"


def check(holds: object, sentence: str) -> None:
    """Raises StepError with the sentence unless it holds."""
    if not holds:
        raise StepError(sentence)


def until(condition: Callable[[], T], what: str, seconds: float) -> T:
    """Wait until the condition holds and return what it said. Raises StepError that names what was waited for."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > end:
            raise StepError(f"waited {seconds:.0f} s in vain until {what}")
        time.sleep(0.03)
    return answer


def perform(step: Step, scene: Scene) -> Outcome:
    """Perform it; what it leaves running is ended, and is a failure of its own."""
    began = time.monotonic()
    try:
        state, words = _try(step, scene)
    finally:
        left = _end_what_is_left((scene.folder, scene.scratch))
    if left and state == "ok":
        state, words = "FAILED", f"left running: {', '.join(left)}"
    return Outcome(step.name, step.title, state, words, time.monotonic() - began)


def _try(step: Step, scene: Scene) -> tuple[Literal["ok", "FAILED", "skipped"], str]:
    if step.linux and sys.platform != "linux":
        return "skipped", "it can only be performed on Linux"
    try:
        return "ok", step.perform(scene)
    except SkippedError as why:
        return "skipped", str(why)
    except StepError as failure:
        return "FAILED", str(failure)
    except Exception as error:  # whatever a broken program answers: the other steps are performed all the same
        (scene.folder / "traceback.txt").write_text(traceback.format_exc(), encoding="utf-8")
        return "FAILED", f"{type(error).__name__}: {error} (see traceback.txt)"


def _end_what_is_left(folders: tuple[Path, Path]) -> list[str]:
    """Command lines of the processes that work in the folders and did not end by themselves."""
    end = time.monotonic() + GRACE_SECONDS
    while (left := processes.working_in(*folders)) and time.monotonic() < end:
        time.sleep(0.05)
    for process in left:
        process.kill()
    return [process.command for process in left]
