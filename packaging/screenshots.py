"""Takes the two screenshots of the README with the real program, the real engine and the bundled models.

    .venv/bin/python packaging/screenshots.py [FOLDER]

Without a display (`QT_QPA_PLATFORM=offscreen`) as well as with one; the window has its default layout, 1440 x 900. In
the dark picture a search is paused after a selection, with its arithmetic in the inspector; in the light one a run has
ended and a step of its answer is selected. FOLDER is `resources/screenshots` unless it is given.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import make_application, make_window, open_window
from app.engine_client import EngineClient
from app.main_window import SIZE, MainWindow
from app.settings import Settings
from app.theme import Mode

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "screenshots"
ITERATIONS = 8
"""After as many the search is paused, and stepped to a selection of DEPTH choices with SIBLINGS steps in the last."""
DEPTH = 2
SIBLINGS = 4
SETTLE_MS = 900
"""Until nothing moves any more."""
POLL_MS = 50
LARGEST = 400_000
"""Bytes; a larger picture does not belong into the repository."""

Moment = Callable[[MainWindow], bool]
"""Called again and again; True once the window is to be photographed."""


def stepped(window: MainWindow) -> bool:
    """Pause a young search and step it until a selection with a walk worth showing has just been done."""
    runs, tree = window.parts.runs, window.parts.shown.tree
    if runs.state == "running" and tree.iterations_done >= ITERATIONS:
        runs.pause()
    if runs.state != "paused":
        return False
    choices = tree.selected.choices if tree.phase == "selection" and tree.selected is not None else ()
    if len(choices) >= DEPTH and len(choices[-1].children) >= SIBLINGS:
        return True
    runs.step_phase()
    return False


def ended(window: MainWindow) -> bool:
    """Wait for the answer and select a step on the way to it that had to be chosen among others."""
    shown = window.parts.shown
    finished = shown.tree.finished
    if finished is None or finished.chosen is None:
        return False
    trace = shown.tree.path(finished.chosen)[1:]
    shown.select(max(trace[1:-1] or trace, key=lambda node: len(shown.tree.nodes[node.parent or 0].children)).id)
    window.canvas.fit_selection()
    return True


def take(app: QApplication, mode: Mode, moment: Moment, file: Path) -> None:
    """Run the first search in a fresh window and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        settings.theme = mode
        window = make_window(app, settings, EngineClient(), Path(folder) / "sessions")
        window.resize(SIZE)
        window.reset_layout()

        def photograph() -> None:
            window.grab().save(str(file), "PNG")
            window.close()

        def poll() -> None:
            if moment(window):
                timer.stop()
                window.banner.close_notice("welcome")
                QTimer.singleShot(SETTLE_MS, photograph)

        timer = QTimer(interval=POLL_MS)
        timer.timeout.connect(poll)
        timer.start()
        open_window(window, None)
        app.exec()
        window.deleteLater()
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file} has {file.stat().st_size:,} bytes; at most {LARGEST:,} are wanted.")
    print(file)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application(["espalier"])
    take(app, "dark", stepped, folder / "window_dark.png")
    take(app, "light", ended, folder / "window_light.png")


if __name__ == "__main__":
    main()
