"""The composition root: makes every part once, hands each what it needs, and starts the window."""

from __future__ import annotations

import gc
import signal
import socket
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from app.banner import Notice
from app.engine_client import EngineClient
from app.main_window import MainWindow
from app.models.shown_run import ShownRun
from app.parts import Parts
from app.run_controller import RunController
from app.session_controller import SessionController
from app.settings import Settings, sessions_folder
from app.theme import Theme
from engine import __version__

SETTLED_MS = 1500
"""After the first paint: everything is imported by then. What lives now lives to the end, and a full collection that
looks through it again and again would hold up the window for 40 ms each time."""


def make_application(argv: Sequence[str]) -> QApplication:
    """The QApplication with our name on it. Made before anything that asks Qt for fonts or folders."""
    QCoreApplication.setApplicationName("espalier")
    QCoreApplication.setApplicationVersion(__version__)
    QApplication.setApplicationDisplayName("Espalier")
    QApplication.setDesktopFileName("espalier")
    return QApplication(list(argv))


def make_parts(theme: Theme, settings: Settings, engine: EngineClient, folder: Path) -> Parts:
    """What a window shows and obeys; nothing has been started or opened yet. `folder`: where working files live."""
    shown = ShownRun()
    runs = RunController(engine, shown)
    return Parts(theme, settings, shown, engine, runs, SessionController(shown, runs, settings, folder))


def make_window(app: QApplication, settings: Settings, engine: EngineClient, folder: Path) -> MainWindow:
    """A window with all its parts, see `make_parts`."""
    theme = Theme(settings.theme)
    theme.apply(app)
    return MainWindow(make_parts(theme, settings, engine, folder))


def open_window(window: MainWindow, path: Path | None) -> None:
    """Show it. The engine starts right after the first paint, so that it loads while the user looks."""

    def begin() -> None:
        window.parts.runs.warm_up()
        if window.parts.sessions.begin(path):
            window.welcome()
        QTimer.singleShot(SETTLED_MS, window, gc.freeze)

    window.first_painted.connect(begin)
    window.show()


def main(argv: Sequence[str]) -> int:
    """Run the program with a window; `argv` without the program's name: nothing, or a session file."""
    app = make_application([sys.argv[0]])
    window = make_window(app, Settings(), EngineClient(), sessions_folder())
    _report_faults_to(window)
    open_window(window, Path(argv[0]) if argv else None)
    with _closing_on_signals(window):
        return app.exec()


def _report_faults_to(window: MainWindow) -> None:
    """A bug becomes a sentence in the window; its traceback goes to stderr and the log panel."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        words = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(words)
        window.parts.engine.log_line.emit(words)
        sentence = f"Espalier ran into a fault of its own ({kind.__name__}: {error}). What was recorded is safe."
        window.banner.say(Notice(sentence, buttons=(("Show log", window.show_log),), key="fault"))

    sys.excepthook = report


@contextmanager
def _closing_on_signals(window: MainWindow) -> Iterator[None]:
    """Inside, Ctrl+C in the terminal, or a polite kill, closes the window properly.

    Python hears a signal only between two of its own lines, so the signal also writes to a socket that Qt watches.
    Those lines may be anywhere, also in the middle of keeping an event, so closing waits for the event loop.
    """

    def close_soon(_number: int, _frame: object) -> None:
        QTimer.singleShot(0, window.close)

    reading, writing = socket.socketpair()
    with reading, writing:
        for end in (reading, writing):
            end.setblocking(False)
        notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, window)
        notifier.activated.connect(lambda *_: reading.recv(64))
        before_fd = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
        before = {name: signal.signal(name, close_soon) for name in (signal.SIGINT, signal.SIGTERM)}
        yield
        for name, handler in before.items():
            signal.signal(name, handler)
        signal.set_wakeup_fd(before_fd)
        notifier.setEnabled(False)
