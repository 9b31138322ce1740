"""`bench live`: does the window stay smooth while a real engine process floods it? Shows a real window (or offscreen).

Gaps are those between two calls of a 5 ms timer; latency is from an event in the engine to the end of its painting.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import make_application, make_window, open_window
from app.engine_client import EngineClient
from app.engine_process import child_command
from app.main_window import MainWindow
from app.settings import Settings
from app.start.system import why_no_display
from engine.commands import RunPlan
from engine.events import Backpropagated, Expanded, Record, Scored, Selected

TICK_MS = 5
WARM_SECONDS = 1.0
"""After the first event: the models are loaded by then, and the first cards drawn."""
LOADING_SECONDS = 60


def run(quick: bool, seed: int) -> dict[str, object]:
    """Figures of table `live`; null where the engine gave no event in time."""
    if why_no_display(os.environ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["espalier"])
    with tempfile.TemporaryDirectory() as folder:
        store = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        engine = EngineClient(child_command("--flood"))
        window = make_window(app, Settings(store), engine, Path(folder) / "sessions")
        meter = Meter(window, 10.0 if quick else 30.0)
        sessions = window.parts.sessions
        sessions.new_session()
        plan = RunPlan("endless", "go", "mcts", {"simulations": 1_000_000, "width": 4}, seed)
        window.first_painted.connect(lambda: sessions.start(plan))
        open_window(window, sessions.path)
        app.exec()
        window.deleteLater()
    return meter.figures()


class Meter(QObject):
    """Measures from shortly after the first event on, for `seconds`, then closes the window."""

    def __init__(self, window: MainWindow, seconds: float) -> None:
        super().__init__(window)
        self._window = window
        self._gaps: list[float] = []
        self._latencies: list[float] = []
        self._nodes = self._updates = 0
        self._measuring = False
        self._seconds = seconds
        self._began = self._ended = 0.0
        self._last = time.perf_counter()
        self._unpainted: float | None = None
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self._finish)
        self._end.start(LOADING_SECONDS * 1000)
        window.parts.engine.records.connect(self._on_records)
        window.canvas.installEventFilter(self)

    def figures(self) -> dict[str, object]:
        if not self._gaps:
            print("live: the engine gave no event in time; see `espalier doctor`", file=sys.stderr)
        span = self._ended - self._began
        return {
            "nodes_per_s": round(self._nodes / span, 1) if self._gaps else None,
            "updates_per_s": round(self._updates / span, 1) if self._gaps else None,
            "gap_ms_p99": _percentile(self._gaps, 99),
            "gap_ms_max": _percentile(self._gaps, 100),
            "paint_latency_ms_p99": _percentile(self._latencies, 99),
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._unpainted is not None:
            happened, self._unpainted = self._unpainted, None
            QTimer.singleShot(0, self, lambda: self._painted(happened))  # runs once this painting is done
        return super().eventFilter(watched, event)

    def _on_records(self, records: Sequence[Record]) -> None:
        if self._began == 0.0:
            self._began = time.perf_counter()
            QTimer.singleShot(round(WARM_SECONDS * 1000), self, self._begin)
        if not self._measuring:
            return
        self._nodes += sum(len(record.event.children) for record in records if isinstance(record.event, Expanded))
        self._updates += sum(map(self._updates_of, records))
        if self._unpainted is None:
            self._unpainted = records[0].at

    def _updates_of(self, record: Record) -> int:
        """Nodes that an event changes."""
        match record.event:
            case Selected(path=path):
                return len(path)
            case Scored(scores=scores):
                return len(scores)
            case Backpropagated(leaf=leaf):
                return self._window.parts.shown.tree.nodes[leaf].depth + 1
        return 0

    def _begin(self) -> None:
        self._measuring = True
        self._began = self._last = time.perf_counter()
        self._timer.start()
        self._end.start(round(self._seconds * 1000))

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000)
        self._last = now

    def _painted(self, happened: float) -> None:
        if self._measuring:
            self._latencies.append((time.time() - happened) * 1000)

    def _finish(self) -> None:
        self._measuring = False
        self._ended = time.perf_counter()
        self._timer.stop()
        self._window.close()


def _percentile(values: Sequence[float], percent: float) -> float | None:
    return round(float(np.percentile(values, percent)), 2) if values else None
