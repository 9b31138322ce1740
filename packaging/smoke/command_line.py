"""Steps: the command line of the bundle, from `--version` to a run that was cut off and goes on."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from smoke.pictures import read_png
from smoke.program import EXECUTABLE, SECONDS, Home
from smoke.screen import check_picture
from smoke.steps import Scene, Step, check, until

PUZZLE = "4 9 10 13"
LONG, ENOUGH = 600, 60
"""Simulations of a run that is cut off, and events after which it is."""


def words(scene: Scene) -> str:
    """What needs no model, and what is said to bad input."""
    home = Home(scene)
    version, _ = home.run("--version")
    check(version.startswith("Espalier "), f"--version says {version!r}")
    check("run a search" in home.run("--help")[0], "--help does not list the commands")
    check("mcts" in home.run("strategies")[0], "`strategies` does not list MCTS")
    check("Kocsis" in home.run("strategies", "mcts")[0], "`strategies mcts` does not name its paper")
    for command in (("run", PUZZLE, "--search", "nope"), ("run", "4 9 ten"), ("show", "missing.espalier")):
        _, said = home.run(*command, status=2)
        check(said.startswith("espalier: "), f"`espalier {' '.join(command)}` is answered by no sentence: {said!r}")
    return version.strip()


def doctor(scene: Scene) -> str:
    """The program's own view of what is there."""
    found = json.loads(Home(scene).run("doctor", "--json", status=None)[0])
    wrong = [f"{each['name']} {each['detail']}" for each in found if not each["good"]]
    check(not wrong, f"doctor finds fault with: {', '.join(wrong)}")
    return f"{len(found)} findings, all good"


def advise(scene: Scene) -> str:
    """Sampling with the bundled policy, and the table of measured choices."""
    return _line(Home(scene).run("advise", PUZZLE)[0], "Proposal")


def run(scene: Scene) -> str:
    """A whole search into a file, its picture, and what other commands make of the file."""
    home, file, picture = Home(scene), scene.folder / "run.espalier", scene.folder / "run.png"
    result = json.loads(home.run("run", PUZZLE, "--out", str(file), "--picture", str(picture), "--json")[0])
    check(result["correct"] is True, f"the bundled models do not solve {PUZZLE}: {result['verdict']}")
    run_on_disk = read_runs(file)[-1]
    check(run_on_disk["state"] == "finished", f"the file says that the run is {run_on_disk['state']}")
    check_picture(read_png(picture), picture.name, 300, 200)
    check(result["answer"] in home.run("show", str(file))[0], "`show` does not print the answer")
    exported = json.loads(home.run("export", str(file), "--to", "json")[0])
    check(len(exported["nodes"]) == result["nodes"] > 10, f"the exported run has {len(exported['nodes'])} nodes")
    return f"{result['answer']} in {result['iterations']} iterations"


def resume(scene: Scene) -> str:
    """A run that was cut off without a warning, and goes on from its file."""
    home, file = Home(scene), scene.folder / "cut.espalier"
    command = [str(scene.bundle / EXECUTABLE), "run", PUZZLE, "--set", f"simulations={LONG}", "--out", str(file)]
    with (scene.folder / "cut.txt").open("wb") as said:
        program = subprocess.Popen(command, env=home.environment, cwd=home.current, stdout=said, stderr=said)
        try:
            until(lambda: program.poll() is not None or events_in(file) >= ENOUGH, "the search was under way", SECONDS)
        finally:
            program.kill()
            ended = program.wait()
    check(ended == -signal.SIGKILL, f"the run ended with {ended} before it could be cut off")
    left = copy_of_killed(file, scene.scratch)
    kept = events_in(left)
    check(read_runs(left)[-1]["state"] == "unfinished", "the run was over before it was cut off")
    result = json.loads(home.run("resume", str(file), "--json")[0])
    check(result["iterations"] == LONG, f"the resumed run ended after {result['iterations']} of {LONG} iterations")
    return f"cut off after {kept} events, {events_in(file)} in the end"


def read_runs(file: Path) -> list[dict[str, Any]]:
    """The runs of a session, read as any other program can read them, beside the one that writes."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)) as session:
        session.row_factory = sqlite3.Row
        return [dict(row) for row in session.execute("SELECT * FROM runs ORDER BY id")]


def copy_of_killed(file: Path, folder: Path) -> Path:
    """A copy of a session whose program was killed, as SQLite repairs it: the file itself is left as it was found."""
    copy = folder / file.name
    for suffix in ("", "-journal"):
        source = file.with_name(file.name + suffix)
        if source.exists():
            shutil.copy(source, copy.with_name(copy.name + suffix))
    with closing(sqlite3.connect(copy)) as session:
        session.execute("SELECT count(*) FROM runs").fetchone()
    return copy


def events_in(file: Path) -> int:
    """How many events are on disk; 0 while there is no such session."""
    if not file.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)) as session:
            return int(session.execute("SELECT coalesce(max(last), 0) FROM events").fetchone()[0])
    except sqlite3.OperationalError:  # it is just being made
        return 0


def _line(text: str, beginning: str) -> str:
    """The first line that begins so, without that. Raises StepError if there is none."""
    found = [line for line in text.splitlines() if line.startswith(beginning)]
    check(found, f"no line of the answer begins with {beginning!r}: {text[:200]!r}")
    return found[0].removeprefix(beginning).strip()


STEPS = (
    Step("words", "command line: words and bad input", words, quick=True),
    Step("doctor", "command line: doctor", doctor, quick=True),
    Step("advise", "command line: advise", advise),
    Step("run", "command line: run, picture, show, export", run, quick=True),
    Step("resume", "command line: a run cut off by kill -9 goes on", resume, linux=True),
)
