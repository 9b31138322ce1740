"""A line on stderr that says how far something is; in a terminal alone. Knows nothing of what is done."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

PAUSE = 0.2
"""Seconds between two words."""


class ProgressLine:
    """Call it with what is done and with the total, or None; it is wiped away at the end."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._next = 0.0
        self._width = 0

    def __call__(self, done: int, total: int | None, share: float | None = None) -> None:
        """`share`: how much of a file was read, where nobody can tell the total."""
        if not sys.stderr.isatty() or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        part = "" if share is None or total is not None else f", {share:.0%} of the file"
        self._write(f"{done:,}{'' if total is None else f' of {total:,}'} {self._what}{part}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._width:
            self._write("")
            sys.stderr.write("\r")

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)
