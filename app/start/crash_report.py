"""What a start leaves on disk while it runs, and what the next start learns from it if it ended badly. Knows no Qt.

Every process has a folder of its own with a lock, a log, and what Python's faulthandler says when the process dies. A
clean end takes the folder away; a folder whose lock is free belongs to a process that ended unexpectedly.
"""

from __future__ import annotations

import faulthandler
import os
import platform
import shutil
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from app.engine_process import is_frozen
from engine import __version__
from storage.lock import FileLock

PREFIX = "run-"
MOST_LOG = 64_000
"""Characters of the log on disk; beyond them the older half goes."""
SHOWN_LINES = 60
MOST_FAULT = 20_000
"""Characters of a dump that are shown."""


@dataclass(frozen=True, slots=True)
class CrashReport:
    """How a former process ended."""

    session: Path | None
    """What was open in it."""
    text: str
    """For a person who reports it: versions, dump, the end of the log; the home folder is written `~`."""


def state_folder(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> Path:
    """Where a program keeps what is neither a setting nor a user's file; as the system has it."""
    home = Path.home()
    if system == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "espalier" / "state"
    if system == "darwin":
        return home / "Library" / "Application Support" / "espalier" / "state"
    return Path(environment.get("XDG_STATE_HOME") or home / ".local" / "state") / "espalier"


class CrashGuard:
    """Watches this process. Used in a `with`: leaving it well takes everything away, leaving it with an error keeps it.

    Where nothing can be written it does nothing: a full disk is no reason not to start.
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._folder: Path | None = None
        self._lock: FileLock | None = None
        self._session: Path | None = None
        self._faults: IO[str] | None = None
        self._log: IO[str] | None = None

    def __enter__(self) -> Self:
        with suppress(OSError):
            self._state.mkdir(parents=True, exist_ok=True)
            folder = self._state / f"{PREFIX}{os.getpid()}-{time.time_ns()}"
            self._lock = FileLock.acquire(folder)  # first: a folder without a holder is taken for a crash
            folder.mkdir()
            self._faults = (folder / "faults.txt").open("w", encoding="utf-8")
            self._log = (folder / "log.txt").open("w+", encoding="utf-8")
            (folder / "versions.txt").write_text(versions(), encoding="utf-8")
            faulthandler.enable(self._faults)
            self._folder = folder
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is not None and not isinstance(error, SystemExit):
            self.log("".join(traceback.format_exception(error)))
        if self._folder is None:
            return
        faulthandler.disable()
        for file in (self._faults, self._log):
            if file is not None:
                file.close()
        if error is None or isinstance(error, SystemExit):
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock is not None:
            self._lock.release()
        self._folder = None

    def log(self, words: str) -> None:
        """Keep what went to the log; it is there even if this process is killed now."""
        if self._log is None or self._log.closed:
            return
        with suppress(OSError, ValueError):
            if self._log.tell() > MOST_LOG:
                self._log.seek(0)
                kept = self._log.read()[-MOST_LOG // 2 :]
                self._log.seek(0)
                self._log.truncate()
                self._log.write(kept)
            self._log.write(f"{time.strftime('%H:%M:%S')} {words.rstrip()}\n")
            self._log.flush()

    def session(self, path: Path | None) -> None:
        """Keep which session is open."""
        if self._folder is not None and path != self._session:
            self._session = path
            with suppress(OSError):
                (self._folder / "session.txt").write_text(str(path or ""), encoding="utf-8")

    def last_crash(self) -> CrashReport | None:
        """The latest process that ended unexpectedly; told once, then forgotten with all older ones."""
        found: list[tuple[float, CrashReport]] = []
        with suppress(OSError):
            for folder in self._state.glob(f"{PREFIX}*/"):
                if folder != self._folder and (lock := FileLock.acquire(folder)) is not None:
                    found.append((folder.stat().st_mtime, _read(folder)))
                    shutil.rmtree(folder, ignore_errors=True)
                    lock.release()
        return max(found, key=lambda entry: entry[0])[1] if found else None


def versions() -> str:
    """What ran, on what, since when. Asks nothing that takes time: every start writes it."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    kind = "the bundle" if is_frozen() else "from source"
    return (
        f"Espalier {__version__}, {kind}, Python {platform.python_version()}, {system}\n"
        f"Started {time.strftime('%Y-%m-%d %H:%M:%S')}\n"
    )


def without_home(text: str) -> str:
    """The text with the home folder written `~`: whose it is concerns nobody."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def _read(folder: Path) -> CrashReport:
    session = _text(folder / "session.txt").strip()
    faults = (
        _text(folder / "faults.txt").strip()[:MOST_FAULT] or "No dump: it was killed from outside, or the power went."
    )
    log = "\n".join(_text(folder / "log.txt").splitlines()[-SHOWN_LINES:]) or "The log is empty."
    parts = (
        _text(folder / "versions.txt"),
        f"Session: {session or 'none'}",
        "",
        "How it ended:",
        faults,
        "",
        "Log:",
        log,
    )
    return CrashReport(Path(session) if session else None, without_home("\n".join(parts)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
