"""How the program starts: what is imported when, and who gets which words."""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import __main__ as program
from app.bootstrap import _outlive_folder, _report_faults_to, _tell_of_temporary, open_window
from app.import_ahead import PAUSE_MS
from app.panels import LogPanel
from app.start.program_watch import ProgramWatch
from app.start.surroundings import FOLDERS
from app.status_file import VARIABLE
from engine import __version__
from storage.session import Session
from tests.app.conftest import MakeWindow

ROOT = Path(__file__).parents[2]

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from app.bootstrap import make_application, make_window, open_window
from app.engine_client import EngineClient
from app.settings import Settings

app = make_application(["espalier"])
folder = Path(sys.argv[1])
settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
engine = EngineClient([sys.executable, "-m", "tests.helpers.scripted_engine"])
window = make_window(app, settings, engine, folder)
early = {name for name in ("pyqtgraph", "torch", "transformers") if name in sys.modules}
open_window(window, None)
def look():
    if window.parts.shown.tree.finished is None:
        QTimer.singleShot(20, look)
        return
    window.close()
look()
app.exec()
late = {name for name in ("torch", "transformers", "networkx", "scipy") if name in sys.modules}
print(sorted(early), sorted(late), window.parts.shown.total > 50)
"""


PROGRAM = """
import sys
from app import bootstrap
from app.engine_client import EngineClient

class Engine(EngineClient):
    def __init__(self):
        super().__init__([sys.executable, "-m", "tests.helpers.scripted_engine", "0.05"])
        self.records.connect(lambda _: print(self.pid, flush=True))

bootstrap.EngineClient = Engine
from app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": "*=false", **environment}
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, env=env, cwd=ROOT, timeout=60)


def test_the_window_imports_neither_torch_nor_plots_before_the_first_paint(tmp_path: Path) -> None:
    done = run("-c", WINDOW, str(tmp_path))
    assert done.stdout.strip() == "[] [] True", done.stderr


def test_words_of_the_command_line_start_no_qt() -> None:
    code = (
        "import sys; from app.__main__ import main; code = main(['--version']); print(code, 'PySide6' in sys.modules)"
    )
    done = run("-c", code)
    assert done.stdout.split("\n")[:2] == [f"Espalier {__version__}", "0 False"]


def test_a_misspelt_word_opens_no_window(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(program, "why_no_window", pytest.fail)
    assert program.main(["--hlep"]) == 2
    assert "There is no option --hlep" in capsys.readouterr().err


def test_the_engine_switch_starts_the_engine_without_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def become(argv: list[str]) -> bool:
        started.append(argv)
        return True

    monkeypatch.setattr(program, "become_child", become)
    assert program.main(["--engine"]) == 0
    assert started == [["--engine"]]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert program.main([]) == 2
    assert "No window can be shown here: DISPLAY and WAYLAND_DISPLAY are not set" in capsys.readouterr().err


def test_a_fault_of_ours_is_a_sentence_and_the_log_has_the_rest(
    make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.app.test_window import session_file

    window = make(session_file(tmp_path / "one.espalier"))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    _report_faults_to(window)
    try:
        raise RuntimeError("a screw is loose")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    assert "RuntimeError: a screw is loose" in window.banner.texts[-1]
    assert "Traceback" not in window.banner.texts[-1]
    assert "Traceback" in capsys.readouterr().err
    log = window.panels["log"]
    assert isinstance(log, LogPanel)
    assert "Traceback" in log.text()


def test_what_fails_in_a_replaced_program_says_what_to_do(
    make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program_file = tmp_path / "espalier"
    program_file.write_bytes(b"")
    window, watch = make(start=False), ProgramWatch(program_file)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    _report_faults_to(window, watch)
    program_file.unlink()
    try:
        watch.find_spec("app.dialogs.about", None)
    except ImportError as error:
        sys.excepthook(ImportError, error, error.__traceback__)
    sentence = "Espalier's program folder has changed or is gone: save, and start it again."
    assert window.banner.texts == [sentence]
    assert "ImportError" in capsys.readouterr().err


def test_the_frozen_program_reads_ahead_and_then_needs_its_folder_no_more(
    make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    program_file, name, frozen = tmp_path / "espalier", "a_late_module_of_the_window", list[str]()
    program_file.write_bytes(b"")
    (tmp_path / f"{name}.py").write_text("")
    window = make(start=False)
    monkeypatch.setattr(sys, "executable", str(program_file))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("app.bootstrap.LATER", (name,))
    monkeypatch.setattr("app.bootstrap.SETTLED_MS", 0)
    monkeypatch.setattr("gc.freeze", lambda: frozen.append(name))
    watch = _outlive_folder(window)
    window.parts.runs.state = "running"
    window.first_painted.emit()
    qtbot.wait(2 * PAUSE_MS)
    assert name not in sys.modules
    window.parts.runs.state = "idle"
    qtbot.waitUntil(lambda: bool(frozen))
    program_file.unlink()
    assert watch.changed
    assert importlib.import_module(name) is sys.modules.pop(name)
    with pytest.raises(ImportError, match="has changed or is gone"):
        importlib.import_module(name)


@pytest.mark.parametrize(
    ("lost", "says"),
    [
        (("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), ["Your folders for sessions and settings"]),
        (("XDG_DATA_HOME",), ["Your folder for sessions"]),
        (("XDG_CONFIG_HOME", "XDG_STATE_HOME"), ["Your folder for settings"]),
        (("XDG_STATE_HOME",), []),
    ],
)
def test_the_window_tells_which_of_its_files_are_in_a_temporary_folder(
    lost: tuple[str, ...], says: list[str], make: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window, folder = make(start=False), tmp_path / "espalier-1000"
    environment = {"XDG_DATA_HOME": "/home/a/data", **{name: str(folder / FOLDERS[name]) for name in lost}}
    _tell_of_temporary(window, folder, environment)
    with qtbot.waitSignal(window.first_painted):
        window.show()
    assert [text.partition(" cannot be written, so ")[0] for text in window.banner.texts] == says
    assert all(f" are in {folder} for now" in text for text in window.banner.texts)


def test_where_no_session_can_be_kept_the_window_says_where_and_why(
    make: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "sessions").write_text("in the way")
    window = make(start=False)
    open_window(window, None)
    qtbot.waitUntil(lambda: bool(window.banner.texts))
    assert window.banner.texts == [f"No session can be kept: File exists: {tmp_path / 'sessions'}"]


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux")
def test_a_program_without_a_home_and_without_streams_starts_a_window(tmp_path: Path) -> None:
    """All of a start, in a process whose streams are closed and whose home folder is a file."""
    status = tmp_path / "status.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": "/dev/null", "TMPDIR": str(tmp_path)}
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        environment.pop(name, None)
    environment[VARIABLE] = str(status)
    words = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", PROGRAM]
    with subprocess.Popen(words, env=environment, cwd=ROOT) as started:
        while not (status.exists() and json.loads(status.read_text())["says"]) and started.poll() is None:
            time.sleep(0.02)
        started.terminate()
        assert started.wait(30) == 0
    assert str(tmp_path / f"espalier-{os.getuid()}") in json.loads(status.read_text())["says"][0]
    assert list(tmp_path.glob("espalier-*/.local/share/espalier/sessions/*.espalier"))


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_kill_closes_properly_and_ends_the_engine(tmp_path: Path, number: signal.Signals) -> None:
    homes = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    environment = {**os.environ, **homes, "PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": "*=false"}
    words = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        assert program.stdout is not None
        engine = int(program.stdout.readline())
        program.send_signal(number)
        assert program.wait(30) == 0
    assert not Path(f"/proc/{engine}").exists()
    (session,) = tmp_path.glob("XDG_DATA_HOME/**/*.espalier")
    with Session.open(session) as kept:
        assert kept.runs()[0].events > 0
