"""Half of `bench probes`: does the window stay smooth while a trace of two megabytes is read in it, and searched?

A stall is what lies between two calls of a 5 ms timer of the window's thread: the processor's time that the thread
took, and the wall's time, which on a busy machine is longer. One line of the trace is 200,000 characters long. The
window is the real one, with the trace in a session; the dock “Hidden and exposed” opens on it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import perf_counter, thread_time

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.bootstrap import SETTLED_MS, make_application, make_window, open_window
from app.engine_client import EngineClient
from app.main_window import MainWindow
from app.panels.thought import ThoughtPanel
from app.settings import Settings
from app.start.system import why_no_display
from app.thought.bench import ThoughtBench
from app.trace_text.view import TraceTextView
from engine.importing import Origin, kept
from engine.traces.detecting import detect
from engine.traces.splitter import split
from storage.session import Session

CHARACTERS, LONGEST_LINE, ANSWER = 2_000_000, 200_000, 20_000
TICK_MS = 5
SETTLE_MS = 2 * SETTLED_MS
"""For the window and the engine to settle before anything is measured."""
LONGEST_WAIT = 240.0
"""Seconds for the analysis."""
SIZE, SMALLER = (1440, 1000), (1200, 900)
PAGES, FEW_PAGES = 200, 50
WANTED = "pens"
"""What is searched for; it stands in the text a thousand times."""
SENTENCES = (
    "Wait, let me check: {a} * {b} = {c}, and {c} - {d} is what remains. ",
    "So there are {c} apples in {a} boxes of {b} apples each.\n",
    "If we add {a} and {d}, Tom has more pens than Anna, who gave {d} of hers away. ",
    "Alternatively, each of the {b} children reads {a} pages a day, so they read {c} pages.\n\n",
    "Hmm, that cannot be right, because {d} is less than {a}. ",
)

Step = Callable[[], object]


def run(quick: bool, seed: int) -> dict[str, object]:
    """Figures `big_trace_stall_ms` and `..._wall_ms` of table `probes`; null where the analysis took too long."""
    if why_no_display(os.environ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["espalier"])
    with tempfile.TemporaryDirectory() as folder:
        store = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = make_window(app, Settings(store), EngineClient(), Path(folder) / "sessions")
        reader = Reader(window, FEW_PAGES if quick else PAGES)
        meter = Meter(window, reader.acts())
        meter.ended.append(window.close)
        open_window(window, session_with(big_text(Random(seed), CHARACTERS), Path(folder)))
        window.resize(*SIZE)
        QTimer.singleShot(SETTLE_MS, window, meter.start)
        app.exec()
        window.deleteLater()
    longest = {"big_trace_stall_ms": meter.work, "big_trace_stall_wall_ms": meter.gaps}
    return {name: round(max(found.values()), 1) if reader.analysed else None for name, found in longest.items()}


def session_with(text: str, folder: Path) -> Path:
    """A session file with one trace in it."""
    run = kept(split(text, detect(text=text).recipe), Origin("a big trace"))
    path = folder / "big.espalier"
    with Session.create(path) as session:
        session.append(run.records(session.new_run(run.plan), time.time()))
    return path


def big_text(random: Random, characters: int) -> str:
    """A thought with one very long line, and an answer, as a reasoning model writes them."""
    thought = _written(random, characters - LONGEST_LINE - ANSWER)
    line = _written(random, LONGEST_LINE).replace("\n", " ")
    return f"<think>\n{thought}\n{line}\n</think>\n\n{_written(random, ANSWER)}\nThe answer is 12."


def _written(random: Random, characters: int) -> str:
    parts, length = [], 0
    while length < characters:
        a, b, d = random.randint(2, 99), random.randint(2, 99), random.randint(2, 99)
        parts.append(random.choice(SENTENCES).format(a=a, b=b, c=a * b, d=d))
        length += len(parts[-1])
    return "".join(parts)


class Reader:
    """What a person does with a long trace, one thing after another."""

    def __init__(self, window: MainWindow, pages: int) -> None:
        self._window, self._pages = window, pages
        self.analysed = False

    def acts(self) -> Iterator[tuple[str, Step | None]]:
        """Acts with their names; None: wait a moment."""
        yield "open", lambda: self._window.docks.show("thought")
        while (bench := self._bench()) is None:
            yield "open", None
        view = bench.view.columns.hidden
        yield from self._leaf_through(view, "read")
        until = perf_counter() + LONGEST_WAIT
        while bench.source.busy and perf_counter() < until:
            yield "analysis", None
        self.analysed = bench.desk.found is not None
        bar = view.verticalScrollBar()
        yield from self._leaf_through(view, "scroll")
        yield "to the end", lambda: bar.setValue(bar.maximum())
        yield from self._leaf_through(view, "at the end")
        yield "to the long line", lambda: view.scroll_to(CHARACTERS - ANSWER - LONGEST_LINE // 2)
        yield "search", bench.open_find
        yield "search", lambda: bench.view.find_bar.line.setText(WANTED)
        yield "filter", lambda: bench.desk.toggle_mark("supported")
        yield "all again", bench.desk.show_all
        yield "black out", lambda: bench.desk.black_out(True)
        yield "show again", lambda: bench.desk.black_out(False)
        yield "resize", lambda: self._window.resize(*SMALLER)
        yield from self._leaf_through(view, "after it")
        yield "select", view.select_all
        yield "copy", view.copy

    def _bench(self) -> ThoughtBench | None:
        panel = self._window.panels["thought"]
        return panel.bench if isinstance(panel, ThoughtPanel) and panel.bench and panel.bench.source.trace else None

    def _leaf_through(self, view: TraceTextView, name: str) -> Iterator[tuple[str, Step]]:
        for page in range(self._pages):
            yield name, lambda: _press(view, Qt.Key.Key_PageDown)
            if page % 3 == 0:
                yield name, lambda: _turn_wheel(view)


def _press(view: TraceTextView, key: Qt.Key) -> None:
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def _turn_wheel(view: TraceTextView) -> None:
    where, nothing = QPointF(300, 300), QPoint(0, 0)
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turned = QPoint(0, -120)
    wheel = QWheelEvent(where, where, nothing, turned, buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.viewport(), wheel)


class Meter(QObject):
    """Does one act at every second tick of its timer and keeps the longest gap between ticks, by act."""

    def __init__(self, parent: QObject, todo: Iterator[tuple[str, Step | None]]) -> None:
        super().__init__(parent)
        self.gaps: dict[str, float] = {}
        """Milliseconds."""
        self.work: dict[str, float] = {}
        """Milliseconds of the processor's time that the window's thread took between two ticks, at most."""
        self.ended: list[Step] = []
        self._todo = todo
        self._name = "start"
        self._acting = False
        self._last, self._worked = perf_counter(), thread_time()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        self._last, self._worked = perf_counter(), thread_time()
        self._timer.start()

    def _on_tick(self) -> None:
        now, worked = perf_counter(), thread_time()
        self.gaps[self._name] = max(self.gaps.get(self._name, 0.0), (now - self._last) * 1000)
        self.work[self._name] = max(self.work.get(self._name, 0.0), (worked - self._worked) * 1000)
        self._last, self._worked = now, worked
        self._acting = not self._acting
        if not self._acting:
            return
        name, act = next(self._todo, ("", None))
        if not name:
            self._finish()
            return
        self._name = name
        if act is not None:
            act()

    def _finish(self) -> None:
        self._timer.stop()
        longest = ", ".join(f"{name} {gap:.0f} ({self.work[name]:.0f})" for name, gap in self.gaps.items())
        print(f"longest stalls in ms (at work): {longest}", file=sys.stderr, flush=True)
        for step in self.ended:
            step()
