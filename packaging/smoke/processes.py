"""Processes as Linux shows them in /proc. Where there is no /proc nothing is seen, and nothing is left running."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A process that lived when it was looked at."""

    pid: int
    command: str

    def kill(self) -> None:
        """End it at once, if it still lives."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


def working_in(*folders: Path) -> list[Process]:
    """Every process whose current folder lies in one of these, or that has one of them in its environment.

    Children inherit both, so none escapes.
    """
    return [process for process in map(_look_at, _pids()) if process is not None and _is_in(process.pid, folders)]


def maps_of(pid: int) -> str:
    """Every file that is mapped into the process."""
    return (PROC / str(pid) / "maps").read_text(errors="replace")


def resident_mb(pid: int) -> float:
    """Resident memory in MiB."""
    pages = int((PROC / str(pid) / "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _pids() -> list[int]:
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if entry.name.isdigit()]


def _look_at(pid: int) -> Process | None:
    """None for one that has just ended, and for a zombie: it has no command line any more."""
    with suppress(OSError):
        words = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        return Process(pid, words) if words else None
    return None


def _is_in(pid: int, folders: tuple[Path, ...]) -> bool:
    with suppress(OSError):
        environment = (PROC / str(pid) / "environ").read_bytes()
        if any(b"=" + os.fsencode(folder) in environment for folder in folders):
            return True
        current = Path(str((PROC / str(pid) / "cwd").readlink()).removesuffix(" (deleted)"))
        return any(current.is_relative_to(folder) for folder in folders)
    return False
