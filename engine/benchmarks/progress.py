"""Words on stderr while a table is measured: which row, how far, how long still. Knows no figures."""

from __future__ import annotations

import sys
import time


class Progress:
    """Counts pieces of work; what was found in a file takes no time and is left out of the estimate."""

    def __init__(self, pieces: int) -> None:
        self._pieces = pieces
        self._done = 0
        self._measured = 0
        self._began = time.perf_counter()

    def done(self, words: str, *, measured: bool) -> None:
        """One piece more."""
        self._done += 1
        self._measured += measured
        self.say(f"{words}; {self._left()}" if measured else f"{words}; from the file")

    def say(self, words: str) -> None:
        print(f"[{self._done}/{self._pieces}] {words}", file=sys.stderr, flush=True)

    def _left(self) -> str:
        seconds = (time.perf_counter() - self._began) / self._measured * (self._pieces - self._done)
        return f"about {int(seconds) // 60}:{int(seconds) % 60:02} left"
