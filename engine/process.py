"""The engine as a process: its pid, memory, threads and manners towards the window. Knows no model."""

from __future__ import annotations

import contextlib
import gc
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """What an engine says of itself."""

    pid: int
    device: str

    def memory_mb(self) -> float:
        """Resident memory in MiB; 0 where the system does not tell without extra libraries."""
        with contextlib.suppress(OSError, ValueError, IndexError, AttributeError):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
        return 0.0


def threads() -> int:
    """Threads for model work: one core is left for the window."""
    return max(1, (os.cpu_count() or 1) - 1)


def give_way() -> None:
    """Lower our priority, so that the window stays smooth while both want the same cores."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)


def collect_rarely() -> None:
    """Let Python look for dead cycles seldom: a tree is millions of small objects that live as long as the run."""
    gc.set_threshold(50_000, 20, 100)
