"""The program as a person meets it: a real X server, real keys, and the session file as the witness."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.events import Pruned, Record
from engine.llm.bundled import POLICY, PRM
from engine.tree import Tree, fold
from storage.session import Session

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "samples" / "MCTS finds 24 from 4 9 10 13.espalier"
WAIT = 300.0
"""Seconds. A start takes 5 of them on a machine that has nothing else to do, and 90 among six busy processes: the
engine gives way to everybody else."""

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb or xdotool is missing"),
    pytest.mark.skipif(not (POLICY.is_dir() and PRM.is_dir()), reason="the bundled models are not there"),
    pytest.mark.timeout(900),
]


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
        self.environment = {
            **os.environ,
            **homes,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "ESPALIER_STATUS_FILE": str(home / "status.json"),
        }
        self.home = home
        self.start()

    def start(self) -> None:
        """Start the program and wait until its window can be typed into."""
        with (self.home / "stderr.txt").open("ab") as stderr:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "app"], cwd=ROOT, env=self.environment, stderr=stderr
            )
        self.until(self.window, "the window was there")
        self.look_at_window()

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for it. Raises AssertionError with all that is known of the program."""
        end = time.monotonic() + WAIT
        while not condition():
            if time.monotonic() > end:
                complaints = (self.home / "stderr.txt").read_text(encoding="utf-8", errors="replace")
                code = self.program.poll()
                files = [str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file()]
                pytest.fail(f"waited in vain until {what}: {code=}, {self.status()}, {files}, it said:\n{complaints}")
            time.sleep(0.1)

    def until_dialog(self, after: str = "") -> str:
        """Wait for a dialog, another than `after`, that the keys will reach; its title."""
        self.until(lambda: self.status()["dialog"] not in ("", after), "a dialog was there")
        return str(self.status()["dialog"])

    def look_at_window(self) -> None:
        """After a dialog: without a window manager nobody gives the keyboard back."""
        self.xdotool("windowfocus", "--sync", self.window())

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout

    def window(self) -> str:
        found = self.xdotool("search", "--onlyvisible", "--name", "Espalier").split()
        return found[0] if found else ""

    def press(self, key: str) -> None:
        self.xdotool("key", "--clearmodifiers", key)

    def type(self, text: str) -> None:
        self.xdotool("type", "--clearmodifiers", "--delay", "20", text)

    def status(self) -> dict[str, Any]:
        """What the window says that it shows; empty before it says anything."""
        try:
            told: dict[str, Any] = json.loads((self.home / "status.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return told

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
    person.until(lambda: len(person.records()) >= 8, "the first search was under way")
    person.press("space")
    held = _settled(person)
    person.press("F10")
    person.until(lambda: len(person.records()) > held, "F10 had performed a phase")
    assert len(person.records()) - held <= 2
    done = fold(person.records()).iterations_done
    person.press("F11")
    person.until(lambda: fold(person.records()).iterations_done > done, "F11 had performed an iteration")
    person.press("F5")
    person.until(lambda: fold(person.records()).finished is not None, "the search had ended")
    person.press("ctrl+q")
    person.until(lambda: person.program.poll() is not None, "the program had ended")
    assert person.program.returncode == 0
    assert person.home.joinpath("stderr.txt").read_text() == ""
    tree = fold(person.records())
    assert tree.finished is not None
    assert tree.finished.reason in ("finished", "exhausted")


def test_a_person_prunes_and_undoes_with_keys(person: Person) -> None:
    person.until(lambda: len(person.records()) >= 8, "the first search was under way")
    person.press("space")
    held = _settled(person)
    for key in ("Home", "Right", "Delete"):
        person.press(key)
    person.until(lambda: len(person.records()) == held + 1, "Delete had pruned a step")
    pruned = person.records()[-1].event
    assert isinstance(pruned, Pruned)
    assert pruned.by == "person"
    assert fold(person.records()).nodes[pruned.nodes[0]].parent == 0
    person.press("ctrl+z")
    person.until(lambda: len(person.records()) == held + 2, "Ctrl+Z had restored it")
    tree = fold(person.records())
    assert not any(node.pruned for node in tree.nodes.values())
    person.press("ctrl+q")
    person.until(lambda: person.program.poll() is not None, "the program had ended")
    assert person.home.joinpath("stderr.txt").read_text() == ""


def test_a_whole_session_by_keys_and_mouse(person: Person) -> None:
    """Open a sample, step four phases, pause, scrub, search, fork, export, close, reopen."""
    person.until(lambda: person.status().get("total", 0) >= 8, "the first search was under way")
    sample = person.home / "xdg_data_home/espalier/sessions/sample.espalier"  # what lies there is the person's own
    shutil.copy(SAMPLE, sample)
    person.press("ctrl+o")
    person.until_dialog()
    person.type(str(sample))
    person.press("Return")
    person.until(lambda: person.status()["session"] == str(sample), "the sample was open")
    person.look_at_window()
    _step_through_the_log(person)
    _scrub(person)
    _search(person)
    _fork(person)
    exported = _export(person)
    person.press("ctrl+q")
    person.until(lambda: person.program.poll() is not None, "the program had ended")
    assert person.home.joinpath("stderr.txt").read_text() == ""
    run = _tree_on_disk(sample)
    assert len(json.loads(exported.read_text(encoding="utf-8"))["nodes"]) == len(run.nodes)
    person.start()
    person.until(lambda: person.status().get("session") == str(sample), "the session was open again")
    person.until(lambda: person.status()["total"] > 0, "its run was shown")
    assert _tree_on_disk(sample) == run


def _step_through_the_log(person: Person) -> None:
    total = person.status()["total"]
    person.press("ctrl+Home")
    person.until(lambda: person.status()["cursor"] == 1, "Ctrl+Home had gone to the first event")
    for _ in range(4):
        before = person.status()["cursor"]
        person.press("alt+period")
        person.until(_further(person, "cursor", before), "Alt+. had gone on by a phase")
    assert person.status()["cursor"] < total
    assert not person.status()["live"]


def _further(person: Person, name: str, before: int) -> Callable[[], bool]:
    return lambda: person.status()[name] > before


def _scrub(person: Person) -> None:
    """Play, pause, and drag the cursor with the mouse."""
    before = person.status()["cursor"]
    person.press("ctrl+space")
    person.until(lambda: person.status()["cursor"] > before, "it played")
    person.press("ctrl+space")
    lanes = person.status()["timeline"]
    y = str(lanes["y"] + lanes["height"] // 2)
    person.xdotool("mousemove", str(lanes["x"] + lanes["width"] // 2), y, "mousedown", "1")
    at = person.status()["cursor"]
    person.xdotool("mousemove", str(lanes["x"] + 5 * lanes["width"] // 8), y)
    person.xdotool("mousemove", str(lanes["x"] + 3 * lanes["width"] // 4), y, "mouseup", "1")
    person.until(lambda: person.status()["cursor"] != at, "the mouse had moved the cursor")
    assert 1 < person.status()["cursor"] < person.status()["total"], person.status()
    person.press("shift+l")
    person.until(lambda: person.status()["live"], "Shift+L had gone to the end")


def _search(person: Person) -> None:
    person.press("ctrl+f")
    person.type("left: ")
    person.until(lambda: person.status()["hits"] > 3, "steps were found")
    person.press("Return")
    person.until(lambda: person.status()["selected"] is not None, "the first hit was selected")
    person.press("Escape")


def _fork(person: Person) -> None:
    """A step of the user's own below the root, and more work of the engine."""
    before = person.status()["total"]
    tree = person.status()["tree"]  # until now the mouse was on the timeline, where Home means the first event
    person.xdotool("mousemove", str(tree["x"] + 8), str(tree["y"] + 8), "click", "1")
    person.press("Home")
    person.until(lambda: person.status()["selected"] == 0, "Home had selected the root")
    person.press("Insert")
    person.until_dialog()
    person.type("4 * 9 = 36 (left: 10 13 36)")
    person.press("Return")
    person.until(lambda: _has_step(person, "4 * 9 = 36"), "the step was in the tree")
    person.look_at_window()
    person.press("a")
    person.until(lambda: person.status()["total"] > before + 10, "the engine had searched further")
    person.until(
        lambda: person.status()["state"] == "paused" and not person.status()["tasks"], "it had done what was asked"
    )


def _tree_on_disk(sample: Path) -> Tree:
    """Of the run that the sample holds."""
    with Session.open(sample) as session:
        return fold(session.records(1))


def _has_step(person: Person, beginning: str) -> bool:
    tree = _tree_on_disk(Path(person.status()["session"]))
    return any(node.step.startswith(beginning) for node in tree.nodes.values())


def _export(person: Person) -> Path:
    target = person.home / "run.json"
    person.press("ctrl+shift+e")
    formats = person.until_dialog()
    person.press("Return")  # JSON, the first of the formats
    person.until_dialog(after=formats)
    person.press("ctrl+a")
    person.type(str(target))
    person.press("Return")
    person.until(lambda: any("run.json" in text for text in person.status()["says"]), "the run was exported")
    person.look_at_window()
    return target


def _settled(person: Person) -> int:
    """The number of events on disk once it has stopped growing for a second: the run is paused."""
    count, since = -1, time.monotonic()
    while time.monotonic() - since < 1.0:
        if (now := len(person.records())) != count:
            count, since = now, time.monotonic()
        time.sleep(0.1)
    return count
