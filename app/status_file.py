"""What the window shows, told to a file: for scripts and tests that drive it from outside. Decides nothing.

The environment variable ESPALIER_STATUS_FILE names the file; it is replaced whole, so a reader never finds half of it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.main_window import MainWindow
from app.panels import TimelinePanel

VARIABLE = "ESPALIER_STATUS_FILE"
EVERY_MS = 100


class StatusFile(QObject):
    """Writes when something has changed, at most ten times a second."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self._told = ""
        self._moments: dict[str, float | None] = {"painted": None, "simulated": None}
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._tell)
        self._timer.start()
        window.first_painted.connect(lambda: self._note("painted"))
        window.parts.shown.tree_changed.connect(self._on_tree)

    def _on_tree(self) -> None:
        parts = self._window.parts
        if parts.runs.active is not None and parts.shown.tree.iterations_done:
            self._note("simulated")

    def _note(self, moment: str) -> None:
        if self._moments[moment] is None:
            self._moments[moment] = time.time()

    def _tell(self) -> None:
        words = json.dumps({**status_of(self._window), **self._moments})
        if words != self._told:
            self._told = words
            partial = self._path.with_name(self._path.name + ".part")
            try:
                partial.write_text(words, encoding="utf-8")
                partial.replace(self._path)
            except OSError as error:
                print(f"espalier: {self._path} cannot be written: {error}", file=sys.stderr)
                self._timer.stop()


def status_of(window: MainWindow) -> dict[str, object]:
    """The run on screen, the cursor in it, what the program is saying, and its processes.

    The file tells of two moments besides, in seconds since the epoch or null: `painted`, when the window was first
    seen, and `simulated`, when the tree on screen first had a finished iteration while the engine was at work on it.
    """
    shown, parts, timeline = window.parts.shown, window.parts, window.panels["timeline"]
    assert isinstance(timeline, TimelinePanel)
    finished, dialog = shown.tree.finished, QApplication.activeModalWidget()
    return {
        "session": str(parts.sessions.path or ""),
        "run": shown.run,
        "cursor": shown.cursor,
        "total": shown.total,
        "iterations": shown.tree.iterations_done,
        "ended": finished.reason if finished is not None else "",
        "live": shown.live,
        "selected": shown.selected,
        "state": parts.runs.state,
        "tasks": len(parts.runs.tasks),
        "hits": len(shown.attention.hits),
        "view": window.canvas.mode.name,
        "says": window.banner.texts,
        "dialog": dialog.windowTitle() if dialog is not None else "",
        "timeline": _place(timeline.lanes),
        "tree": _place(window.canvas),
        "pid": os.getpid(),
        "engine": parts.engine.pid,
        "torch": "torch" in sys.modules,
    }


def _place(widget: QWidget) -> dict[str, int]:
    """Where it stands on the screen, in pixels."""
    corner = widget.mapToGlobal(QPoint())
    return {"x": corner.x(), "y": corner.y(), "width": widget.width(), "height": widget.height()}


def tell_status(window: MainWindow) -> None:
    """Tell it, if somebody asked for it."""
    if name := os.environ.get(VARIABLE):
        StatusFile(window, Path(name))
