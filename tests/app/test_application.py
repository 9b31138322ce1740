"""The QApplication: whose windows these are, and files that the desktop wants opened, at whatever moment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.desktop.files import APP_ID, launcher

ROOT = Path(__file__).parents[2]

BEFORE_AND_AFTER = """
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from app.bootstrap import make_application

app, opened = make_application(["espalier"]), []
ask = lambda what: QCoreApplication.sendEvent(app, QFileOpenEvent(what))
ask("/early/a.espalier")
ask("/early/b c.espalier")
print(opened)
app.open_files_with(opened.append)
print([path.as_posix() for path in opened])
ask("/late/d.espalier")
ask(QUrl("https://example.org/e.espalier"))
app.open_files_with(opened.append)
print([path.as_posix() for path in opened])
"""

ASKS_FOR_ITS_CLASS = """
import subprocess
from PySide6.QtWidgets import QWidget
from app.bootstrap import make_application

app, window = make_application(["/opt/somewhere/program"]), QWidget()
window.show()
app.processEvents()
subprocess.run(["xprop", "-id", str(int(window.winId())), "WM_CLASS"])
"""

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFileOpenEvent
from app import bootstrap
from app.start.crash_report import CrashGuard
from app.engine_client import EngineClient

bootstrap.EngineClient = lambda: EngineClient([sys.executable, "-m", "tests.helpers.scripted_engine"])
make_window, folder = bootstrap.make_window, Path(sys.argv[1])

def make_and_ask(app, *parts):
    QCoreApplication.sendEvent(app, QFileOpenEvent(str(folder / "wanted.espalier")))
    window = make_window(app, *parts)
    def look():
        if window.parts.sessions.path == folder / "wanted.espalier":
            print("opened", flush=True)
            window.close()
        else:
            QTimer.singleShot(20, look)
    window.first_painted.connect(look)
    return window

bootstrap.make_window = make_and_ask
with CrashGuard(folder / "state") as guard:
    sys.exit(bootstrap.main(["--new-instance"], guard))
"""


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": "*=false", **environment}
    return subprocess.run([sys.executable, "-c", *words], capture_output=True, text=True, env=environment, timeout=60)


def test_windows_bear_the_names_that_the_menu_entry_expects() -> None:
    """Wayland and GNOME go by the name of the entry, X by the class, which is the name of the application."""
    code = (
        "from app.bootstrap import make_application as m; a = m(['x']); print(a.desktopFileName(), a.applicationName())"
    )
    desktop_file, name = run(code).stdout.split()
    assert desktop_file == APP_ID
    assert f"StartupWMClass={name}\n" in launcher(["espalier"])


@pytest.mark.xvfb
@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xprop")), reason="Xvfb or xprop is missing")
def test_x_is_told_the_class_that_the_menu_entry_expects() -> None:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as number:
        display = f":{number.readline().strip()}"
    try:
        done = run(ASKS_FOR_ITS_CLASS, DISPLAY=display, QT_QPA_PLATFORM="xcb")
    finally:
        server.terminate()
        server.wait()
    assert "StartupWMClass=espalier\n" in launcher(["espalier"])
    assert done.stdout.strip().endswith(', "espalier"'), done.stderr


def test_a_file_waits_until_it_can_be_opened_and_links_are_left_alone() -> None:
    done = run(BEFORE_AND_AFTER)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "[]",
        "['/early/b c.espalier']",
        "['/early/b c.espalier', '/late/d.espalier']",
    ]


def test_a_double_click_opens_the_session_though_there_is_no_window_yet(tmp_path: Path) -> None:
    from tests.app.test_window import session_file

    session_file(tmp_path / "wanted.espalier")
    homes = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    done = run(PROGRAM, str(tmp_path), **homes)
    assert (done.returncode, done.stdout) == (0, "opened\n"), done.stderr
