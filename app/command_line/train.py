"""`espalier train`: trains a bundled model again, or a process reward model on the labels of a session. No torch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from app.command_line.parsing import Parser
from app.command_line.run import UsageError
from app.command_line.sessions import opened, run_numbers
from app.command_line.text_columns import many
from app.engine_process import child_command, child_environment
from engine.search.labels import LabelSteps
from engine.tree import fold

if TYPE_CHECKING:  # numbers about labels are imported by whoever has labels
    from engine.scores.labels import LabelSource

LEARNERS: tuple[str, ...] = ("policy", "thinker", "prm", "orm")


def train(words: list[str]) -> int:
    """Train in a process of its own: the app imports no torch."""
    if words[:1] in ([], ["-h"], ["--help"]):
        print(f"usage: espalier train {'|'.join(LEARNERS)} [--help] [...]")
        print("       espalier train prm --from SESSION [--labels person,exact,...]")
        print("                          [--fresh | --start FOLDER] [...]")
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
    """Gather the labelled traces, and hand them to the training."""
    from app.models.label_gathering import gathered
    from engine.labelled import encoded
    from engine.scores.training_set import counted

    path: Path = arguments.file
    sources = _sources(arguments.labels)
    with opened(path) as session:
        infos = session.runs()
        if arguments.run is not None and arguments.run not in {info.id for info in infos}:
            raise UsageError(f"{path.name} has no run {arguments.run}; its runs: {run_numbers(infos)}.")
        # samples of label runs tell of the steps of other runs, so these are read whatever is asked for
        runs = [info for info in infos if arguments.run in (None, info.id) or info.plan.search == LabelSteps.name]
        neutral = {"good": 1, "bad": 0, "out": None}[arguments.neutral]
        parts = gathered(runs, lambda run: fold(session.records(run, tokens=False)), sources, neutral)
        traces = list(chain.from_iterable(parts))
    count = counted(traces)
    said = f"{count.labels:,} labels ({count.good:,} good, {count.bad:,} bad) on {many(count.traces, 'trace')}"
    if not count.labels:
        raise UsageError(
            f"{path.name} has no labels of this kind: {arguments.labels}. `espalier label` draws samples, the PRM desk "
            "takes ratings, and --labels names other sources."
        )
    print(f"{path.name}: {said} of {many(len(count.problems), 'problem')}", file=sys.stderr)
    return _run(["prm", "--traces", "-", *others], encoded(traces))


def _run(words: Sequence[str], given: bytes | None = None) -> int:
    """Train in a process that gets `given` on its stdin; its exit status. It is asked to end where we are."""
    environment = child_environment()
    if "OMP_WAIT_POLICY" not in os.environ:
        environment.pop("OMP_WAIT_POLICY")  # no window shares the cores, and passive waiting halves the speed
    stdin = None if given is None else subprocess.PIPE
    with (
        _patience() as ends,
        subprocess.Popen(child_command("--learning", *words), env=environment, stdin=stdin) as process,
    ):
        ends.append(process)
        if process.stdin is not None:
            with suppress(BrokenPipeError), process.stdin:  # it has said why it reads no further
                process.stdin.write(given or b"")
        status = process.wait()
    return 128 - status if status < 0 else status


@contextmanager
def _patience() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Inside, Ctrl+C is for the child alone, which gets it too and saves its state; a request to end is passed on to
    those in the list."""
    children: list[subprocess.Popen[bytes]] = []

    def pass_on(number: int, _frame: object) -> None:
        for child in children if number == signal.SIGTERM else ():
            child.terminate()

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield children
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sources(text: str) -> tuple[LabelSource, ...]:
    """Whose labels count, the first one's before the second's. Raises UsageError."""
    from engine.scores.labels import SOURCES

    known: dict[str, tuple[LabelSource, ...]] = {source.replace(" ", "-"): (source,) for source in SOURCES}
    known["ratings"] = ("person", "dataset")  # as `export` has it
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names or (wrong := next((name for name in names if name not in known), "")):
        said = f"{wrong!r} is no source of labels" if names else "Name at least one source of labels"
        raise UsageError(f"{said}; there are: {', '.join(known)}.")
    return tuple(dict.fromkeys(chain.from_iterable(known[name] for name in names)))


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
