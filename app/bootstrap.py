"""The composition root: makes every part once, hands each what it needs, and starts the window."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.application import Application
from app.banner import Notice
from app.breakpoints import Breakpoints
from app.catalogue import speak
from app.desktop.files import APP_ID
from app.engine_client import EngineClient
from app.engine_process import is_frozen
from app.file_imports import FileImports, is_file_of_others
from app.going_on import GoingOn
from app.import_ahead import LATER, ImportAhead
from app.language import tr
from app.main_window import MainWindow
from app.models.shown_run import ShownRun
from app.naming import RunNames
from app.parts import Parts
from app.probing import Probing
from app.run_controller import RunController
from app.scoring import Scoring
from app.session_controller import SessionController
from app.settings import Settings, sessions_folder
from app.single_instance import SingleInstance, hand_over, server_name
from app.start.checks import NEW_INSTANCE
from app.start.crash_report import CrashGuard
from app.start.program_watch import ProgramWatch
from app.start.surroundings import FOLDERS
from app.status_file import tell_status
from app.text_finder import TextFinder
from app.theme import Theme
from app.trace_imports import TraceImports
from app.tree_edits import TreeEdits
from app.verbs import Verbs
from engine import __version__

SETTLED_MS = 1500
"""After the first paint: everything is imported by then. What lives now lives to the end, and a full collection that
looks through it again and again would hold up the window for 40 ms each time."""


TURN_SECONDS = 0.001
"""The window gives up its turn whenever Qt works. While a thread reads or writes a long log without a rest it then
waits so long for its next one; at Python's own 5 ms, several times in a frame, hardly a frame is painted."""


def make_application(argv: Sequence[str]) -> Application:
    """The QApplication with our name on it. Made before anything that asks Qt for fonts or folders."""
    QCoreApplication.setApplicationName("espalier")
    QCoreApplication.setApplicationVersion(__version__)
    QApplication.setApplicationDisplayName("Espalier")
    QApplication.setDesktopFileName(APP_ID)
    return Application(argv)


def make_parts(theme: Theme, settings: Settings, engine: EngineClient, folder: Path) -> Parts:
    """What a window shows and obeys; nothing has been started or opened yet. `folder`: where working files live."""
    shown = ShownRun()
    runs = RunController(engine, shown)
    sessions = SessionController(shown, runs, settings, folder)
    edits = TreeEdits(shown, runs, sessions)
    verbs = Verbs(shown, runs, sessions, edits)
    breakpoints = Breakpoints(shown, runs, sessions, settings)
    probing, traces = Probing(shown, runs, sessions), TraceImports(sessions)
    imports = FileImports(sessions, runs, traces)
    scoring, finder = Scoring(engine, shown, runs, sessions), TextFinder(sessions, runs, probing)
    return Parts(
        theme, settings, shown, engine, runs, sessions, edits, verbs, breakpoints, probing, traces, imports, scoring,
        GoingOn(shown, runs, sessions), RunNames(shown, runs, sessions, edits), finder,
    )  # fmt: skip


def make_window(app: QApplication, settings: Settings, engine: EngineClient, folder: Path) -> MainWindow:
    """A window with all its parts, see `make_parts`."""
    theme = Theme(settings.theme, settings.text_size)
    theme.apply(app)
    return MainWindow(make_parts(theme, settings, engine, folder))


def open_window(window: MainWindow, path: Path | None) -> None:
    """Show it. The engine starts right after the first paint, so that it loads while the user looks."""

    def begin() -> None:
        gc.enable()  # see app.__main__
        sys.setswitchinterval(TURN_SECONDS)
        window.parts.runs.warm_up()
        first = _begin(window, path)
        if first or (path is None and window.parts.settings.welcome_at_start):
            window.reception.welcome(first)
        QTimer.singleShot(SETTLED_MS, window, gc.freeze)

    window.first_painted.connect(begin)
    window.show()


def _begin(window: MainWindow, path: Path | None) -> bool:
    """Open what there is to be opened; whether it is the very first start, in which a first search runs."""
    sessions, settings = window.parts.sessions, window.parts.settings
    if path is None or not is_file_of_others(path):
        return sessions.begin(path)
    if settings.recent_files:
        sessions.begin(None)
    else:
        sessions.new_session()
    window.parts.imports.open([path])
    return False


def main(argv: Sequence[str], guard: CrashGuard, temporary: Path | None = None) -> int:
    """Run the program with a window; `argv` without the program's name: a file or none, and `--new-instance`. The file
    is a session, or a trace that is added to the session opened last.

    If the program is running already, it is asked to open the file, and this one ends. `temporary` is what stands in
    for a home folder that cannot be written.
    """
    app, settings = make_application([sys.argv[0]]), Settings()
    paths = [Path(word) for word in argv if word != NEW_INSTANCE]
    path, name = paths[0] if paths else None, server_name(sessions_folder())
    if NEW_INSTANCE not in argv and hand_over(name, path):
        return 0
    speak(app, settings.language)
    window = make_window(app, settings, EngineClient(), sessions_folder())
    if NEW_INSTANCE not in argv:
        SingleInstance(name, window).asked.connect(lambda wanted: _come_to_front(window, wanted))
    _report_faults_to(window, _outlive_folder(window) if is_frozen() else None)
    tell_status(window)
    open_window(window, path)
    window.first_painted.connect(lambda: app.open_files_with(lambda wanted: _come_to_front(window, wanted)))
    _tell_of_crashes(window, guard)
    if temporary is not None:
        _tell_of_temporary(window, temporary)
    with _closing_on_signals(window):
        return app.exec()


def _come_to_front(window: MainWindow, path: Path | None) -> None:
    """Another start of the program gave up in favour of this window."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    if path is not None and is_file_of_others(path):
        window.parts.imports.open([path])
    elif path is not None:
        window.parts.sessions.open(path)


def _tell_of_crashes(window: MainWindow, guard: CrashGuard) -> None:
    """Say how the last start ended if it ended badly, and keep what the next one needs to say so of this one."""
    report, sessions = guard.last_crash(), window.parts.sessions
    window.parts.engine.log_line.connect(guard.log)
    sessions.changed.connect(lambda: guard.session(sessions.path))
    if report is not None:
        window.first_painted.connect(lambda: window.dialogs.tell_of_crash(report, window.banner.say))


def _tell_of_temporary(window: MainWindow, folder: Path, environment: Mapping[str, str] = os.environ) -> None:
    """What lies there may be gone tomorrow: nobody may find that out too late. Reports of crashes nobody misses."""
    lost = {name for name in FOLDERS if Path(environment.get(name, "/")).is_relative_to(folder)}
    sessions, settings = "XDG_DATA_HOME" in lost, "XDG_CONFIG_HOME" in lost
    if sessions and settings:
        words = tr(
            "Your folders for sessions and settings cannot be written, so both are in {folder} for now. The system may "
            "empty it: save what you want to keep somewhere else."
        )
    elif sessions:
        words = tr(
            "Your folder for sessions cannot be written, so they are in {folder} for now. The system may empty it: "
            "save what you want to keep somewhere else."
        )
    elif settings:
        words = tr(
            "Your folder for settings cannot be written, so they are in {folder} for now, and may be forgotten. "
            "Sessions are kept."
        )
    else:
        return
    buttons = ((tr("Save as…"), window.parts.sessions.save_as_wanted.emit),) if sessions else ()
    notice = Notice(words.format(folder=folder), buttons=buttons, key="temporary")
    window.first_painted.connect(lambda: window.banner.say(notice))


def _outlive_folder(window: MainWindow) -> ProgramWatch:
    """The frozen program works on when an upgrade replaces its folder: it has then read what it can still want."""
    watch, runs = ProgramWatch(Path(sys.executable)), window.parts.runs
    watch.begin()
    ahead = ImportAhead(LATER, lambda: runs.state in ("loading", "running", "stopping"), window)
    ahead.done.connect(gc.freeze)
    window.first_painted.connect(lambda: QTimer.singleShot(SETTLED_MS, ahead, ahead.begin))
    return watch


def _report_faults_to(window: MainWindow, watch: ProgramWatch | None = None) -> None:
    """A bug becomes a sentence in the window; its traceback goes to stderr and the log panel.

    What fails in a program whose folder is another one now, or none, is no bug: `watch` knows.
    """
    save = (tr("Save as…"), window.parts.sessions.save_as_wanted.emit)
    gone = tr("Espalier's program folder has changed or is gone: save, and start it again.")

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        words = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(words)
        window.parts.engine.log_line.emit(words)
        if watch is not None and watch.changed:
            window.banner.say(Notice(gone, buttons=(save,), key="program"))
            return
        sentence = tr("Espalier ran into a fault of its own ({kind}: {error}). What was recorded is safe.")
        sentence = sentence.format(kind=kind.__name__, error=error)
        window.banner.say(Notice(sentence, buttons=((tr("Show log"), window.show_log),), key="fault"))

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
