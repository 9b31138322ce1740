"""`bench startup`: how long from the start of the process to the first paint, and what the window's process weighs.

Each start is the real program, with settings and files in a folder that is thrown away.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from app.benchmarks.real_start import start
from app.engine_process import window_command

STARTS = 5


def run(quick: bool, seed: int) -> dict[str, object]:  # noqa: ARG001 - a start does not depend on the seed
    """Figures of table `startup`: first_paint_ms (wall, median of 5 warm starts), torch_in_app, app_rss_mb (MiB).

    The last two are those of a window whose first search is over. Raises BenchError if the program does not start.
    """
    command = window_command()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        paints = [start(command, home / "paint", search=False).painted_ms for _ in range(STARTS + 1)]
        working = start(command, home / "search", search=True)
    return {
        "first_paint_ms": round(statistics.median(paints[1:]), 1),  # the first one warmed the disk
        "torch_in_app": working.torch_in_app,
        "app_rss_mb": working.rss_mb,
    }
