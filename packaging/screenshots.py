"""Takes the two screenshots of the README with the real program, the real engine and the bundled models.

    .venv/bin/python packaging/screenshots.py [FOLDER]

Without a display (`QT_QPA_PLATFORM=offscreen`) as well as with one; the window has its default layout, 1440 x 900. In
the dark picture MCTS is paused after a selection, with its arithmetic in the inspector. In the light one a beam
search has ended, with what it pruned, and with the votes of the traces that it kept. FOLDER is `resources/screenshots`
unless it is given.
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
from app.session_controller import FIRST_PLAN
from app.settings import Settings
from app.theme import Mode
from engine.commands import RunPlan
from storage.session import SUFFIX, Session

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "screenshots"
ITERATIONS = 8
"""After as many the search is paused, and stepped to a selection of DEPTH choices with SIBLINGS steps in the last."""
DEPTH = 2
SIBLINGS = 4
BEAM = RunPlan(problem="game24", text="4 9 10 13", search="beam", settings={"temperature": 1.2})
"""Beam search, warm enough that there is much to be pruned."""
SETTLE_MS = 900
"""Until nothing moves any more."""
POLL_MS = 50
LARGEST = 300_000
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
    """Wait for the answer; show the votes, and a step on the way to it among siblings that were pruned."""
    shown = window.parts.shown
    finished = shown.tree.finished
    if finished is None or finished.chosen is None:
        return False
    trace = shown.tree.path(finished.chosen)[1:]
    shown.select(max(trace[:-1] or trace, key=lambda node: len(shown.tree.children(node.parent or 0))).id)
    window.canvas.fit_selection()
    window.docks["votes"].raise_()
    return True


def take(app: QApplication, mode: Mode, plan: RunPlan, moment: Moment, file: Path) -> None:
    """Run the plan in a fresh window and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        settings.theme = mode
        session = Path(folder) / f"4 9 10 13{SUFFIX}"
        Session.create(session).close()
        window = make_window(app, settings, EngineClient(), Path(folder) / "sessions")
        window.resize(SIZE)
        window.reset_layout()

        def photograph() -> None:
            window.grab().save(str(file), "PNG")
            window.close()

        def poll() -> None:
            if moment(window):
                timer.stop()
                QTimer.singleShot(SETTLE_MS, photograph)

        timer = QTimer(interval=POLL_MS)
        timer.timeout.connect(poll)
        timer.start()
        open_window(window, session)
        window.first_painted.connect(lambda: window.parts.sessions.start(plan))  # by then the session is open
        app.exec()
        window.deleteLater()
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file} has {file.stat().st_size:,} bytes; at most {LARGEST:,} are wanted.")
    print(file)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application(["espalier"])
    take(app, "dark", FIRST_PLAN, stepped, folder / "window_dark.png")
    take(app, "light", BEAM, ended, folder / "window_light.png")


if __name__ == "__main__":
    main()
