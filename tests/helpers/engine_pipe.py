"""The app's end of a real engine process, for tests: blocking, with a deadline."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.commands import Command, Request
from engine.events import Record
from engine.frames import AnyFrame, Records, Reply, Status, encode_frame, frame_reader

ROOT = Path(__file__).parents[2]
SCRIPTED = "tests.helpers.scripted_engine"


def paused(frame: AnyFrame) -> bool:
    """For `EnginePipe.until`: a run stands still."""
    return isinstance(frame, Status) and frame.state == "paused"


class EnginePipe:
    """Starts `python -m MODULE ARGS` and talks frames with it; ends it on exit."""

    def __init__(self, module: str = SCRIPTED, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
        )
        self.frames: list[AnyFrame] = []
        self._arrived: queue.SimpleQueue[AnyFrame] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        self._next = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()
            self._thread.join()
            self.process.stdout.close()

    def send(self, command: Command) -> int:
        """Send a command; the id that its replies carry."""
        self._next += 1
        assert self.process.stdin
        self.process.stdin.write(encode_frame(Request(self._next, command)))  # type: ignore[arg-type]
        self.process.stdin.flush()
        return self._next

    def until(self, wanted: Callable[[AnyFrame], bool], seconds: float = 240.0) -> AnyFrame:
        """Take frames until one is wanted."""
        end = time.monotonic() + seconds
        while True:
            frame = self._arrived.get(timeout=max(0.01, end - time.monotonic()))
            self.frames.append(frame)
            if wanted(frame):
                return frame

    def reply(self, request: int, seconds: float = 240.0) -> Reply:
        """Wait for the final reply to a request."""
        found = self.until(lambda frame: isinstance(frame, Reply) and frame.id == request and frame.final, seconds)
        assert isinstance(found, Reply)
        return found

    def records(self) -> list[Record]:
        """All events so far."""
        return [record for frame in self.frames if isinstance(frame, Records) for record in frame.records]

    def _read(self) -> None:
        reader = frame_reader()
        assert self.process.stdout
        while data := os.read(self.process.stdout.fileno(), 1 << 16):
            reader.feed(data)
            for message in reader.messages():
                self._arrived.put(message)
