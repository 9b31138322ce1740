"""Starts the real program as its user would, by a double click, and hears what it says of itself. Knows no Qt.

It is heard through its status file (app.status_file): the moments in it were noted when they happened, so it does not
matter how often that file is written or read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.benchmarks import BenchError
from app.start.system import why_no_display

SECONDS = 60.0
"""A start that takes longer has failed."""
LOOK_SECONDS = 0.02
"""Between two looks at the status file."""
END_SECONDS = 10.0
"""How long the program may take to close."""
STATUS = "ESPALIER_STATUS_FILE"

_DESKTOP = (
    *("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR"),
    *("DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM"),
)
"""What the desktop gives a program that is double-clicked; a variable that only a shell has stays out."""
_HOME = ("HOME", "CFFIXED_USER_HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")


@dataclass(frozen=True, slots=True)
class Start:
    """One start of the program."""

    painted_ms: float
    """Wall time from the start of the process to the end of the first paint."""
    simulated_s: float | None
    """Wall time to the first finished simulation on screen; None if nobody waited for one."""
    torch_in_app: bool
    rss_mb: float | None
    """Resident memory of the window's process in MiB at the end; None where the system has no /proc."""


def start(command: Sequence[str], home: Path, search: bool) -> Start:
    """Start `command` with `home` as its home folder; with `search`, wait for the end of the search of a first start.

    The program is ended again before this returns. `home` is made if it is not there; in one that was used before there
    is no first start, so no search. Raises BenchError if the program ends by itself, or takes longer than SECONDS.
    """
    home.mkdir(parents=True, exist_ok=True)
    status, words = home / "status.json", home / "words.txt"
    status.unlink(missing_ok=True)
    environment = {**desktop_environment(home), STATUS: str(status)}
    with words.open("wb") as log:
        began = time.time()
        process = subprocess.Popen(
            command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            said = _wait(process, status, words, search)
            simulated = said["simulated"]
            return Start(
                painted_ms=(said["painted"] - began) * 1000,
                simulated_s=simulated - began if simulated is not None else None,
                torch_in_app=said["torch"],
                rss_mb=resident_mb(said["pid"]),
            )
        finally:
            _end(process)


def desktop_environment(home: Path, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What a program started from the desktop finds, with another home folder; offscreen where there is no display."""
    kept = {name: environment[name] for name in _DESKTOP if name in environment}
    if why_no_display(kept):
        kept["QT_QPA_PLATFORM"] = "offscreen"
    return {**kept, **dict.fromkeys(_HOME, str(home))}


def resident_mb(pid: int) -> float | None:
    """Resident memory of a process in MiB; None, with a line on stderr, where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        print("app_rss_mb: this system has no /proc", file=sys.stderr)
        return None
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def _wait(process: subprocess.Popen[bytes], status: Path, words: Path, search: bool) -> dict[str, Any]:
    """What the program says once it has done what is waited for."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        said = _read(status)
        searched = said.get("simulated") is not None and said["state"] == "idle"
        if searched if search else said.get("painted") is not None:
            return said
        if process.poll() is not None:
            raise BenchError(f"The program ended by itself (exit code {process.returncode}).{_last_words(words)}")
        time.sleep(LOOK_SECONDS)
    missing = "no search was over" if search else "nothing was painted"
    raise BenchError(f"{missing.capitalize()} {SECONDS:g} seconds after the start.{_last_words(words)}")


def _read(status: Path) -> dict[str, Any]:
    with suppress(OSError):  # not written yet; on Windows, being replaced
        said: dict[str, Any] = json.loads(status.read_bytes())
        return said
    return {}


def _last_words(words: Path) -> str:
    lines = words.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f" Its last words: {lines[-1][:300]}" if lines else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close the window politely; its engine goes with it."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
