"""`bench startup`: how long from the start of the process to the first paint, and what the window's process weighs.

Each start is a process of its own, with settings and files in a folder that is thrown away.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.engine_process import child_environment
from app.system import why_no_display

STARTS = 5
SECONDS = 60
"""A start that takes longer counts as failed."""


def run(quick: bool, seed: int) -> dict[str, object]:  # noqa: ARG001 - a start does not depend on the seed
    """Figures of table `startup`: first_paint_ms (wall, median of 5 warm starts), torch_in_app, app_rss_mb (MiB)."""
    with tempfile.TemporaryDirectory() as folder:
        starts = [_start(Path(folder), search=False)["first_paint_ms"] for _ in range(STARTS + 1)]
        working = _start(Path(folder), search=True)
    return {
        "first_paint_ms": round(statistics.median(starts[1:]), 1),  # the first one warmed the disk
        "torch_in_app": working["torch_in_app"],
        "app_rss_mb": working["app_rss_mb"],
    }


def _start(folder: Path, search: bool) -> dict[str, Any]:
    """Start the program; with `search`, wait for the end of its first search. What it said of itself."""
    platform = {"QT_QPA_PLATFORM": "offscreen"} if why_no_display(os.environ) else {}
    words = [sys.executable, "-P", "-m", "app.benchmarks.startup", str(folder), "search" if search else "paint"]
    began = time.time()
    done = subprocess.run(
        words, env={**child_environment(), **platform}, stdout=subprocess.PIPE, check=True, timeout=SECONDS
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return {**said, "first_paint_ms": (said["painted"] - began) * 1000}


def _child(folder: Path, search: bool) -> None:
    """The program as a user starts it, but for where it keeps its files and when it ends."""
    gc.disable()  # as in app.__main__
    from PySide6.QtCore import QSettings

    from app.bootstrap import make_application, make_window, open_window
    from app.engine_client import EngineClient
    from app.settings import Settings

    app = make_application(["espalier"])
    settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    window = make_window(app, settings, EngineClient(), folder / "sessions")
    said: dict[str, object] = {}

    def painted() -> None:
        said["painted"] = time.time()
        if not search:
            window.close()

    def state_changed() -> None:
        if window.parts.runs.active is None and window.parts.shown.total:
            said.update(torch_in_app="torch" in sys.modules, app_rss_mb=_resident_mb())
            window.close()

    window.first_painted.connect(painted)
    if search:
        window.parts.runs.changed.connect(state_changed)
        open_window(window, None)
    else:
        window.show()
    app.exec()
    print(json.dumps(said))


def _resident_mb() -> float | None:
    """Resident memory of this process in MiB; None where the system does not tell without extra libraries."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        print("app_rss_mb: this system has no /proc", file=sys.stderr)
        return None
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


if __name__ == "__main__":
    _child(Path(sys.argv[1]), search=sys.argv[2] == "search")
