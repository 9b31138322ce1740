"""`espalier train`: trains a bundled model again, or a process reward model on the labels of a session. No torch."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from app.command_line.parsing import Parser
from app.command_line.run import UsageError
from app.engine_process import child_command, child_environment
from engine.tree import fold
from storage.session import Session

if TYPE_CHECKING:  # numbers about labels are imported by whoever has labels
    from engine.scores.labels import LabelSource

LEARNERS: tuple[str, ...] = ("policy", "thinker", "prm", "orm")


def train(words: list[str]) -> int:
    """Train in a process of its own: the app imports no torch."""
    if words[:1] in ([], ["-h"], ["--help"]):
        print(f"usage: espalier train {'|'.join(LEARNERS)} [--help] [...]")
        print("       espalier train prm --from SESSION [--labels person,exact,...] [--fresh | --start FOLDER] [...]")
        return 0 if words else 2
    if words[0] not in LEARNERS:
        raise UsageError(f"There is nothing called {words[0]!r} to train; there are: {', '.join(LEARNERS)}.")
    if not any(word.partition("=")[0] == "--from" for word in words):
        return _run(words)
    if words[0] != "prm":
        raise UsageError("Only the prm learns from the labels of a session.")
    arguments, others = _parser().parse_known_args(words[1:])
    return _from_session(arguments, others)


def _from_session(arguments: Namespace, others: Sequence[str]) -> int:
    """Write the labelled traces to a file of their own, and train on it."""
    from app.models.label_gathering import gathered
    from engine.labelled import write_labelled
    from engine.scores.training_set import counted

    path: Path = arguments.file
    if not path.exists():
        raise UsageError(f"There is no file {path}.")
    with Session.open(path) as session:
        runs = [info for info in session.runs() if arguments.run in (None, info.id)]
        neutral = {"good": 1, "bad": 0, "out": None}[arguments.neutral]
        parts = gathered(runs, lambda run: fold(session.records(run)), _sources(arguments.labels), neutral)
        traces = list(chain.from_iterable(parts))
    count = counted(traces)
    said = f"{count.labels:,} labels ({count.good:,} good, {count.bad:,} bad) on {count.traces:,} traces"
    print(f"{path.name}: {said} of {len(count.problems):,} problems", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="espalier-labels-") as folder:
        file = Path(folder) / "labels.jsonl"
        write_labelled(file, traces)
        return _run(["prm", "--traces", str(file), *others])


def _run(words: Sequence[str]) -> int:
    environment = child_environment()
    if "OMP_WAIT_POLICY" not in os.environ:
        environment.pop("OMP_WAIT_POLICY")  # no window shares the cores, and passive waiting halves the speed
    return subprocess.run(child_command("--learning", *words), env=environment).returncode


def _sources(text: str) -> tuple[LabelSource, ...]:
    """Whose labels count, the first one's before the second's. Raises UsageError."""
    from engine.scores.labels import SOURCES

    known = {source.replace(" ", "-"): source for source in SOURCES}
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names or (wrong := next((name for name in names if name not in known), "")):
        said = f"{wrong!r} is no source of labels" if names else "Name at least one source of labels"
        raise UsageError(f"{said}; there are: {', '.join(known)}.")
    return tuple(known[name] for name in names)


def _parser() -> Parser:
    parser = Parser(
        prog="espalier train prm",
        description="Train a process reward model on the labels of a session.",
        epilog="All other options are those of: espalier train prm --help",
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("--from", dest="file", type=Path, required=True, metavar="SESSION")
    parser.add_argument("--run", type=int)
    parser.add_argument("--labels", default="person,dataset,exact,monte-carlo")
    parser.add_argument("--neutral", choices=("good", "bad", "out"), default="good")
    return parser
