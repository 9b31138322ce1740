"""One window per user: a second start hands over, a crash leaves nothing in the way, who hangs delays nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from app import single_instance
from app.single_instance import SingleInstance, hand_over, server_name
from tests.app.conftest import WAIT
from tests.app.test_window import session_file

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys
from pathlib import Path
from app import bootstrap
from app.engine_client import EngineClient
from app.session_controller import SessionController

class Engine(EngineClient):
    def __init__(self):
        super().__init__([sys.executable, "-m", "tests.helpers.scripted_engine"])

def opened(sessions):
    sessions.changed.connect(lambda: print(sessions.name, flush=True))
    return sessions

bootstrap.EngineClient = Engine
bootstrap.SessionController = lambda *parts: opened(SessionController(*parts))
from app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@contextmanager
def program(home: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The whole program in a process of its own."""
    homes = {name: str(home / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    environment = {**os.environ, **homes, "PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": "*=false"}
    command = [sys.executable, "-c", PROGRAM, *words]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(20)


def says(process: subprocess.Popen[str], word: str) -> None:
    """Wait until the program has this session open."""
    assert process.stdout is not None
    assert any(line.strip() == word for line in process.stdout)


def written(state: Path, session: str) -> Path:
    """The file in which the program keeps the session that it has open, once it says this one."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for file in state.glob("run-*/session.txt"):
            if file.read_text() == session:
                return file
        time.sleep(0.01)
    raise AssertionError(f"{session} was never written down")


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_a_second_start_opens_its_file_in_the_first_and_ends(tmp_path: Path) -> None:
    one, two = (session_file(tmp_path / f"{name}.espalier") for name in ("one", "two"))
    with program(tmp_path, str(one)) as first:
        says(first, "one")
        with program(tmp_path, str(two)) as second:
            assert second.wait(20) == 0
        says(first, "two")
        with program(tmp_path, "--new-instance", str(one)) as third:
            says(third, "one")
            third.terminate()
            assert third.wait(20) == 0
        first.terminate()
        assert first.wait(20) == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_a_killed_program_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    one, state = session_file(tmp_path / "one.espalier"), tmp_path / "XDG_STATE_HOME" / "espalier"
    with program(tmp_path, str(one)) as first:
        says(first, "one")
        left = written(state, str(one))
        first.send_signal(signal.SIGKILL)
        first.wait(20)
    with program(tmp_path, str(one)) as second:
        says(second, "one")
        assert not left.exists()  # it has been told
        with program(tmp_path) as third:  # the second listens where the killed one did
            assert third.wait(20) == 0
        second.terminate()
        assert second.wait(20) == 0
    assert list(state.iterdir()) == []


@pytest.fixture
def name(tmp_path: Path) -> str:
    return server_name(tmp_path)


def test_names_differ_by_folder_and_tell_nothing(tmp_path: Path) -> None:
    assert server_name(tmp_path) != server_name(tmp_path / "other")
    assert server_name(tmp_path) == server_name(tmp_path)
    assert str(tmp_path) not in server_name(tmp_path)


@pytest.mark.usefixtures("qapp")
def test_with_nobody_there_nothing_is_handed_over(name: str) -> None:
    assert not hand_over(name, Path("a.espalier"))


@pytest.mark.usefixtures("qapp")
def test_a_program_that_hangs_is_not_waited_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_MS", 50)
    deaf = QLocalServer()
    assert deaf.listen(name)
    assert not hand_over(name, None)
    deaf.close()


@pytest.mark.parametrize("words", [b"garbage\n", b'{"open": 3}\n', b'{"delete": "all"}\n', b"x" * 100_000])
def test_garbage_is_not_obeyed(qtbot: QtBot, name: str, words: bytes) -> None:
    instance = SingleInstance(name)
    heard: list[object] = []
    instance.asked.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(name)
    socket.write(words)
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=WAIT)
    assert heard == []
    assert instance.listening
    instance.close()
