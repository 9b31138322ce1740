"""Ctrl+C, and a request to end, while something must not be left half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ASKED = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def broken_off() -> Iterator[Callable[[], bool]]:
    """Inside, both are only noted: the given function says whether one came. Outside the main thread it never does."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    asked = threading.Event()
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in ASKED}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
