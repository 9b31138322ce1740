"""`bench storage`: how fast session files take events and give them back, and how small they are. A window offscreen.

A thread feeds the writer with one run as fast as it takes it, while the window shows and paints another one that grows
in the same session. The long run is then opened again: complete is when it is painted at its end and can be read.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from app.benchmarks.long_run import long_run
from app.benchmarks.text_search import text_search_ms
from app.benchmarks.timeline import look
from app.bootstrap import make_application, make_window, open_window
from app.command_line.headless import Engine, EngineDied, Faulted, Refused, perform
from app.engine_client import EngineClient
from app.main_window import MainWindow
from app.settings import Settings
from engine.commands import RunPlan, StartRun
from engine.events import Record
from storage.exporters.run_document import without_tokens
from storage.session import Session

EVENTS, FEW_EVENTS = 1_000_000, 300_000
CHUNK = 1_000
"""Events that the writer is given at once."""
FRAME_MS = 33
SHOWN_PER_FRAME = 430
"""Events of the run on the screen: 13,000 in a second, as many as `bench live` has."""
PUZZLES = ("4 9 10 13", "3 3 8 8", "1 5 5 5", "2 3 5 12")
SIMULATIONS, FEW_SIMULATIONS = 4_000, 1_000
PLAN = RunPlan("game24", "4 9 10 13", "mcts", {})


def run(quick: bool, seed: int) -> dict[str, object]:
    """Figures of table `storage`; null where one could not be measured, which stderr explains."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["espalier"])
    records = long_run(EVENTS, seed)
    _say(f"{EVENTS:,} events are made")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        appended = _appending(app, here, records[:FEW_EVENTS] if quick else records)
        _write(here / "long.espalier", records)
        del records
        first_paint, complete = _opening(app, here, here / "long.espalier")
        _say(f"the long run was open after {complete:,.0f} ms")
        searched = text_search_ms(here, seed, _say)
        size = _bytes_per_event(here / "searched.espalier", FEW_SIMULATIONS if quick else SIMULATIONS, seed)
    return {
        "append_events_per_s": round(appended),
        "open_1m_first_paint_ms": round(first_paint, 1),
        "open_1m_ms": round(complete, 1),
        "bytes_per_event": None if size is None else round(size, 1),
        "text_search_100k_ms": round(searched, 1),
    }


def _say(words: str) -> None:
    print(f"storage: {words}", file=sys.stderr, flush=True)


@contextmanager
def _window(app: QApplication, folder: Path) -> Iterator[MainWindow]:
    """A window with settings of its own, and no engine."""
    store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = make_window(app, Settings(store), EngineClient(), folder / "sessions")
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def _until(done: Callable[[], bool]) -> None:
    """Sleeps in between, as a window does: the thread that reads has the interpreter to itself."""
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class _Painting(QObject):
    """Lets a run grow on the screen and in the session, and counts the paintings of the tree."""

    def __init__(self, window: MainWindow, session: Session, records: Sequence[Record]) -> None:
        super().__init__(window)
        self._shown, self._session, self._records = window.parts.shown, session, records
        self._run = session.new_run(PLAN)
        self._shown.show(self._run, ())
        self.events = self.paintings = 0
        window.canvas.installEventFilter(self)
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.timeout.connect(self._grow)
        self._frames.start()

    def stop(self) -> None:
        self._frames.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.paintings += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        part = self._records[self.events : self.events + SHOWN_PER_FRAME]
        self._session.append([replace(record, run=self._run) for record in part])
        self._shown.append(part)
        self.events += len(part)


def _appending(app: QApplication, folder: Path, records: Sequence[Record]) -> float:
    """Events a second, from the first that the writer was given to the last that is on disk."""
    with _window(app, folder) as window, Session.create(folder / "appended.espalier") as session:
        painted: list[bool] = []
        window.first_painted.connect(lambda: painted.append(True))
        open_window(window, None)
        _until(lambda: bool(painted))
        feeder = Thread(target=_feed, args=(session, session.new_run(PLAN), records), daemon=True)
        painting = _Painting(window, session, records)
        began = time.perf_counter()
        feeder.start()
        _until(lambda: not feeder.is_alive())
        painting.stop()
        session.flush(None)
        rate = (len(records) + painting.events) / (time.perf_counter() - began)
    _say(f"{rate:,.0f} events a second were appended, with {painting.paintings} paintings in the meantime")
    return rate


def _feed(session: Session, run: int, records: Sequence[Record]) -> None:
    """As fast as the session takes them."""
    assert run == records[0].run, "it is the first of the session"
    for first in range(0, len(records), CHUNK):
        session.append(records[first : first + CHUNK])


def _write(path: Path, records: Sequence[Record]) -> None:
    with Session.create(path) as session:
        _feed(session, session.new_run(PLAN), records)


def _opening(app: QApplication, folder: Path, path: Path) -> tuple[float, float]:
    """Milliseconds to the first paint of the window, and until the run is painted at its end and can be read."""
    began = time.perf_counter()
    with _window(app, folder) as window:
        shown, first_paint = window.parts.shown, 0.0

        def painted() -> None:
            nonlocal first_paint
            first_paint = time.perf_counter() - began

        window.first_painted.connect(painted)
        open_window(window, path)
        _until(lambda: first_paint > 0 and shown.total > 0)
        look(shown)
        window.canvas.repaint()
        QApplication.processEvents()
        complete = time.perf_counter() - began
        assert shown.total == shown.history.cursor == EVENTS, "the whole run was opened"
    return first_paint * 1000, complete * 1000


class _WithoutTokens:
    """A log that keeps no token rows."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, records: Sequence[Record]) -> None:
        self._session.append([without_tokens(record) for record in records])

    def flush(self) -> None:
        self._session.flush(None)


def _bytes_per_event(path: Path, simulations: int, seed: int) -> float | None:
    """Of searches with the bundled model, as they come from its process: MCTS over some puzzles, in one file."""
    settings = {"simulations": simulations, "enough": 1.0}
    try:
        with Session.create(path) as session, Engine() as engine:
            for puzzle in PUZZLES:
                plan = RunPlan("game24", puzzle, "mcts", settings, seed, verifiers=("prm",))
                perform(engine, StartRun(session.new_run(plan), plan), _WithoutTokens(session))
            events = sum(info.events for info in session.runs())
    except (EngineDied, Refused, Faulted) as error:
        _say(f"no search could be made: {error}")
        return None
    _say(f"the searches have {events:,} events")
    return path.stat().st_size / events
