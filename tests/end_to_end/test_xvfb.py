"""The program as a person meets it: a real X server, real keys, and the session file as the witness."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.events import Pruned, Record
from engine.llm.bundled import POLICY, PRM
from engine.tree import fold
from storage.session import Session

ROOT = Path(__file__).parents[2]
WAIT = 120.0

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb or xdotool is missing"),
    pytest.mark.skipif(not (POLICY.is_dir() and PRM.is_dir()), reason="the bundled models are not there"),
    pytest.mark.timeout(300),
]


def until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.05)


@pytest.fixture
def display() -> Iterator[str]:
    """A display of our own, whatever number is free."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as number:
        name = f":{number.readline().strip()}"
    yield name
    server.terminate()
    server.wait()


@pytest.fixture
def person(display: str, tmp_path: Path) -> Iterator[Person]:
    someone = Person(display, tmp_path)
    yield someone
    someone.program.kill()
    someone.program.wait()


class Person:
    """Somebody at the keyboard of the program, in a fresh home."""

    def __init__(self, display: str, home: Path) -> None:
        homes = {name: str(home / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
        self.environment = {**os.environ, **homes, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.home = home
        with (home / "stderr.txt").open("wb") as self.stderr:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "app"], cwd=ROOT, env=self.environment, stderr=self.stderr
            )
        until(self.window, "the window was there")
        self.xdotool("windowfocus", "--sync", self.window())

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout

    def window(self) -> str:
        found = self.xdotool("search", "--onlyvisible", "--name", "Espalier").split()
        return found[0] if found else ""

    def press(self, key: str) -> None:
        self.xdotool("key", "--clearmodifiers", key)

    def file(self) -> Path | None:
        return next(self.home.rglob("*.espalier"), None)

    def records(self) -> list[Record]:
        """What is on disk, read beside the program that writes it."""
        path = self.file()
        if path is None:
            return []
        with Session.open(path) as session:
            return session.records(1) if session.runs() else []


def test_keys_drive_the_first_search(person: Person) -> None:
    until(lambda: len(person.records()) >= 8, "the first search was under way")
    person.press("space")
    held = _settled(person)
    person.press("F10")
    until(lambda: len(person.records()) > held, "F10 had performed a phase")
    assert len(person.records()) - held <= 2
    done = fold(person.records()).iterations_done
    person.press("F11")
    until(lambda: fold(person.records()).iterations_done > done, "F11 had performed an iteration")
    person.press("F5")
    until(lambda: fold(person.records()).finished is not None, "the search had ended")
    person.press("ctrl+q")
    until(lambda: person.program.poll() is not None, "the program had ended")
    assert person.program.returncode == 0
    assert person.home.joinpath("stderr.txt").read_text() == ""
    tree = fold(person.records())
    assert tree.finished is not None
    assert tree.finished.reason in ("finished", "exhausted")


def test_a_person_prunes_and_undoes_with_keys(person: Person) -> None:
    until(lambda: len(person.records()) >= 8, "the first search was under way")
    person.press("space")
    held = _settled(person)
    for key in ("Home", "Right", "Delete"):
        person.press(key)
    until(lambda: len(person.records()) == held + 1, "Delete had pruned a step")
    pruned = person.records()[-1].event
    assert isinstance(pruned, Pruned)
    assert pruned.by == "person"
    assert fold(person.records()).nodes[pruned.nodes[0]].parent == 0
    person.press("ctrl+z")
    until(lambda: len(person.records()) == held + 2, "Ctrl+Z had restored it")
    tree = fold(person.records())
    assert not any(node.pruned for node in tree.nodes.values())
    person.press("ctrl+q")
    until(lambda: person.program.poll() is not None, "the program had ended")
    assert person.home.joinpath("stderr.txt").read_text() == ""


def _settled(person: Person) -> int:
    """The number of events on disk once it has stopped growing for a second: the run is paused."""
    count, since = -1, time.monotonic()
    while time.monotonic() - since < 1.0:
        if (now := len(person.records())) != count:
            count, since = now, time.monotonic()
        time.sleep(0.1)
    return count
