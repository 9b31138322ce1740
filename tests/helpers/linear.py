"""Whether work grows no faster than its input. A busy machine slows one try, so the best of several counts."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 10
"""How much larger the large input is: quadratic work takes 100 times as long."""
MOST = 40
LEAST = 0.005
"""Seconds below which the small input's time says nothing."""


def is_linear(work: Callable[[str], object], unit: str, small: int = 5_000) -> bool:
    """Of texts that repeat `unit`, `small` characters long and TIMES as long. CPU time of this thread."""
    short, long = unit * (small // len(unit)), unit * (small * TIMES // len(unit))
    return any(_seconds(work, long) < MOST * max(_seconds(work, short), LEAST) for _ in range(6))


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.disable()  # or the heap of all other tests is searched within the measured time
    try:
        start = time.thread_time()
        work(text)
        return time.thread_time() - start
    finally:
        gc.enable()
