"""Has a child process read many files, one after the other, and watches it: crashes, hangs, tracebacks, memory.

A child that dies or hangs is replaced by a fresh one, so that no file spoils the next one's trial. Knows no format.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Literal

from app.engine_process import child_command, child_environment

HANG_SECONDS = 2.0
"""Longer than any file of a trial may take. One that does is tried again: the machine may have had a slow moment."""
START_SECONDS = 60.0
SAID = 300
"""Characters that are kept of what went wrong."""

Kind = Literal["read", "refused", "traceback", "crash", "hang"]


@dataclass(frozen=True)
class Verdict:
    """How one file was taken."""

    kind: Kind
    words: str = ""
    """The sentence of a refusal, the end of a traceback, or how the child ended."""
    seconds: float = 0.0
    growth_mb: float | None = None
    """How far the child's memory has grown since it began (MiB, highest so far); None where nobody can say."""


@dataclass
class Tally:
    """Verdicts of many files, counted."""

    kinds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("read", "refused", *_BAD.values()), 0))
    slowest: float = 0.0
    growth_mb: float = 0.0
    offences: list[str] = field(default_factory=list)
    """What must not be, each with the name of its trial."""

    def figures(self) -> dict[str, float]:
        """What a benchmark says of them."""
        return {**self.kinds, "slowest_s": round(self.slowest, 3), "growth_mb": self.growth_mb}

    def add(self, name: str, verdict: Verdict) -> None:
        self.kinds[_BAD.get(verdict.kind, verdict.kind)] += 1
        self.slowest = max(self.slowest, verdict.seconds)
        self.growth_mb = max(self.growth_mb, verdict.growth_mb or 0.0)
        if verdict.kind in _BAD:
            self.offences.append(f"{name}: {verdict.kind}: {verdict.words[-SAID:]}")


_BAD: dict[str, str] = {"traceback": "tracebacks", "crash": "crashes", "hang": "hangs"}
"""Verdict -> name of its figure."""


class Trials:
    """Gives files to a child that reads them as `subject`, a name in app.benchmarks.trial_child.READERS. Close it."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._child: _Child | None = None

    def __enter__(self) -> Trials:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def read(self, path: Path) -> Verdict:
        """Have the file read; one that seems to hang, twice."""
        verdict = self._read(path)
        return self._read(path) if verdict.kind == "hang" else verdict

    def _read(self, path: Path) -> Verdict:
        if self._child is None:
            self._child = _Child(self._subject)
        answer = self._child.ask(path)
        if answer.kind in ("crash", "hang"):
            self.close()
        return answer


class _Child:
    """One process. It answers each line with one line."""

    def __init__(self, subject: str) -> None:
        self._process = subprocess.Popen(
            child_command("--trials", subject), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=child_environment(),
        )  # fmt: skip
        self._lines: SimpleQueue[bytes] = SimpleQueue()
        self._thread = Thread(target=self._listen, name="trials", daemon=True)
        self._thread.start()
        self._next_line(START_SECONDS)  # it is ready

    def ask(self, path: Path) -> Verdict:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(str(path)).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return self._crash()
        line = self._next_line(HANG_SECONDS)
        if line is None:
            return Verdict("hang", f"no answer within {HANG_SECONDS:g} s", HANG_SECONDS)
        return Verdict(**json.loads(line)) if line else self._crash()

    def end(self) -> None:
        """Kill it: nothing that it does is of use any more."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        self._thread.join()
        self._process.stdout.close()
        try:
            self._process.stdin.close()
        except OSError:  # what was written to it and never read
            return

    def _crash(self) -> Verdict:
        return Verdict("crash", f"it ended with exit code {self._process.wait()}")

    def _next_line(self, seconds: float) -> bytes | None:
        """Empty at the end of its output; None after so many seconds."""
        try:
            return self._lines.get(timeout=seconds)
        except Empty:
            return None

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(b"")
