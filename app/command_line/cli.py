"""`espalier WORD ...`: what the window does, without a window. Knows the commands; each is one function.

Bad input ends with one sentence on stderr and exit status 2, a failure on our side with 1, Ctrl+C with 130.
"""

from __future__ import annotations

import io
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from app import benchmarks
from app.command_line.advise import TABLE, advise_on
from app.command_line.bench import add_bench
from app.command_line.copy_words import add_convert, add_share
from app.command_line.ctrl_c import noticed
from app.command_line.datasets.words import add_export, add_import
from app.command_line.desktop import SWITCHES, add_desktop, desktop
from app.command_line.doctor import examine, findings_text
from app.command_line.doctor_server import examine_server
from app.command_line.find import add_find
from app.command_line.headless import EngineDied, Faulted, Refused
from app.command_line.label_words import add_label
from app.command_line.licences import add_licences
from app.command_line.parsing import Parser
from app.command_line.probe_words import add_probe
from app.command_line.report import tree_text
from app.command_line.run import INTERRUPTED, NotSaved, UsageError, resume, run
from app.command_line.schema import add_schema
from app.command_line.score_words import add_score
from app.command_line.sessions import opened, run_numbers
from app.command_line.trace.words import add_trace
from app.command_line.train import train
from app.command_line.words import add_file, add_policy, positive
from app.desktop.integration import DesktopError
from app.plain_text import visible
from app.words.search import DEFAULT, add_settings, strategies
from app.words.verifier import GOLD, VERIFIERS
from engine import __version__
from engine.problems import PROBLEMS, ProblemError
from engine.search import SettingError
from engine.tree import TreeError, fold
from storage.errors import NotOursError, SessionError, UnsavedError

COMMANDS: tuple[str, ...] = (
    "run",
    "resume",
    "show",
    "strategies",
    "import",
    "export",
    "convert",
    "share",
    "train",
    "bench",
    "advise",
    "trace",
    "probe",
    "score",
    "label",
    "find",
    "schema",
    "doctor",
    "licences",
    "help",
    *SWITCHES,
    "--version",
    "--help",
    "-h",
)
"""First words that are ours; with any other the window opens."""

_VERIFIERS = (
    f"{', '.join(entry.name for entry in (*VERIFIERS, GOLD))}, with commas; prm:FOLDER and orm:FOLDER take another "
    "model, value:5 asks five times, critic and critic:FOLDER|URL write a critique (default: prm; none for a probe)"
)


def main(argv: Sequence[str]) -> int:
    """Perform the command in `argv` (without the program's name) and return the exit status."""
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()  # None after `>&-`
    sys.stdout = _that_writes_all(sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without ├─ shows ?, and does not fail
    with noticed() as was_pressed:
        status = _performed(list(argv), was_pressed)
        return _complain("Stopped.", INTERRUPTED) if was_pressed() else status


def _performed(argv: list[str], was_pressed: Callable[[], bool]) -> int:
    try:
        status = _dispatch(argv)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # `espalier show FILE | head` has seen enough
        _leave_stdout()
        return 1
    except NotOursError as error:
        return _complain(f"{error} To work in it: espalier convert FILE --out MINE.espalier", 2)
    except UnsavedError as error:
        return _complain(error.given_up, 1)
    except (UsageError, ProblemError, SettingError, SessionError, Refused) as error:
        return INTERRUPTED if was_pressed() else _complain(error, 2)
    except (EngineDied, NotSaved, DesktopError, benchmarks.BenchError) as error:
        return _complain(error, 1)
    except OSError as error:
        _leave_stdout_if_full()
        where = f"{error.filename}: " if error.filename else ""
        return _complain(f"{where}{error.strerror}." if error.strerror else error, 1)
    except Faulted as fault:
        print(fault.report, file=sys.stderr)  # a bug: whoever reports it needs this
        return _complain(fault, 1)
    except KeyboardInterrupt:
        return INTERRUPTED if was_pressed() else _complain("Stopped.", INTERRUPTED)


def _leave_stdout_if_full() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _leave_stdout()


def _leave_stdout() -> None:
    """Or Python complains when it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _that_writes_all(stream: TextIO) -> TextIO:
    """With PYTHONUNBUFFERED set a stream may write half of a text, as on a full disk, and not say so."""
    if not isinstance(getattr(stream, "buffer", None), io.RawIOBase):
        return stream
    buffered = io.BufferedWriter(io.FileIO(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(buffered, stream.encoding, stream.errors, line_buffering=True)


def _complain(error: object, status: int) -> int:
    print(f"espalier: {visible(str(error))}", file=sys.stderr)  # a name of a file may hold what steers a terminal
    return status


def _dispatch(argv: list[str]) -> int:
    if argv and argv[0] in SWITCHES:
        return desktop(argv)
    if argv[:1] == ["help"]:
        argv = [*argv[1:2], "--help"]
    if argv and argv[0] not in COMMANDS:
        raise UsageError(f"There is no command called {argv[0]!r}. See: espalier --help")
    if argv[:1] == ["train"]:
        return train(argv[1:])
    try:
        arguments, unknown = _parser(argv).parse_known_args(argv or ["--help"])
    except SystemExit as ended:  # --help and --version have spoken
        return int(ended.code or 0)
    if unknown:  # argparse would name the help of the whole program
        raise UsageError(f"Nothing is known of {' '.join(unknown)} here. See: espalier {argv[0]} --help")
    status: int = arguments.perform(arguments)
    return status


def show(arguments: Namespace) -> int:
    """Print a run as a tree of text."""
    with opened(arguments.file) as session:
        runs = session.runs()
        if not runs:
            print(f"{session.path.name} holds no runs.")
            return 0
        number_shown = arguments.run or runs[-1].id
        records, damage = session.readable_records(number_shown)
    if len(runs) > 1:
        print(f"Runs      {run_numbers(runs)}; this is run {number_shown}")
    try:
        print(tree_text(fold(records)))
    except TreeError as error:
        raise SessionError(f"Run {number_shown} in {arguments.file} makes no sense: {error}.") from error
    return _complain(damage, 1) if damage else 0


def doctor(arguments: Namespace) -> int:
    """Say what is there, what is missing, and the command that fixes it."""
    findings = examine_server(arguments.server) if arguments.server else examine()
    if arguments.json:
        print(json.dumps([finding.data() for finding in findings]))
    else:
        print(findings_text(findings))
    return 0 if all(finding.good for finding in findings) else 1


def _parser(argv: Sequence[str]) -> ArgumentParser:
    parser = Parser(prog="espalier", description="See a language model reason.", epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"Espalier {__version__}")
    add_desktop(parser)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_run(commands, argv)
    _add_resume(commands)
    _add_show(commands)
    _add_strategies(commands)
    add_import(commands)
    add_export(commands)
    add_convert(commands)
    add_share(commands)
    commands.add_parser("train", help="train a bundled model again: train policy|thinker|prm|orm [...]")
    add_bench(commands)
    _add_advise(commands)
    add_trace(commands)
    add_probe(commands)
    add_score(commands)
    add_label(commands)
    add_find(commands)
    add_schema(commands)
    add_licences(commands)
    checkup = commands.add_parser("doctor", help="what is here, what is missing, and what fixes it")
    checkup.add_argument("--server", metavar="URL", help="look at a server instead, e.g. http://localhost:8000/v1")
    checkup.add_argument("--json", action="store_true", help="print JSON")
    checkup.set_defaults(perform=doctor)
    commands.add_parser("help", help="help on a command: help run")
    return parser


_EPILOG = (
    "`espalier` alone opens the window, `espalier FILE.espalier` opens it with that session, in the running window "
    "if there is one; with --new-instance before it, in a window of its own."
)


def _add_run(commands: Any, argv: Sequence[str]) -> None:
    words = "run a search on a problem, and keep it in a session file"
    parser = commands.add_parser("run", help=words, allow_abbrev=False)
    parser.add_argument("text", metavar="PROBLEM", help='e.g. "4 9 10 13"')
    parser.add_argument("--problem", default="game24", metavar="KIND", help=f"{', '.join(PROBLEMS)} (default: game24)")
    parser.add_argument("--search", default=DEFAULT, metavar="NAME", help="see: espalier strategies (default: mcts)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a setting, e.g. simulations=64"
    )
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same run (default: 0)")
    parser.add_argument("--verifiers", metavar="NAMES", help=_VERIFIERS)
    add_policy(parser)
    parser.add_argument("--budget-tokens", type=positive(int), metavar="N", help="stop after N generated tokens")
    parser.add_argument("--budget-seconds", type=positive(float), metavar="S", help="stop after S seconds")
    parser.add_argument("--out", type=Path, metavar="FILE", help="session file; if it exists the run is added to it")
    _add_output(parser)
    add_settings(parser, argv)
    parser.set_defaults(perform=run)


def _add_resume(commands: Any) -> None:
    parser = commands.add_parser("resume", help="go on with a run that was interrupted or stopped, or with more to do")
    add_file(parser)
    more = "so many simulations, samples or visits more than it has done"
    parser.add_argument("--more", type=positive(int), metavar="N", help=more)
    parser.add_argument("--budget-tokens", type=positive(int), metavar="N", help="stop after N more generated tokens")
    parser.add_argument("--budget-seconds", type=positive(float), metavar="S", help="stop after S more seconds")
    _add_output(parser)
    parser.set_defaults(perform=resume)


def _add_show(commands: Any) -> None:
    parser = commands.add_parser("show", help="print a run as a tree of text")
    add_file(parser)
    parser.set_defaults(perform=show)


def _add_strategies(commands: Any) -> None:
    parser = commands.add_parser("strategies", help="list the search strategies, or print the help page of one")
    parser.add_argument("name", metavar="NAME", nargs="?", help="a strategy, e.g. mcts")
    parser.set_defaults(perform=strategies)


def _add_advise(commands: Any) -> None:
    parser = commands.add_parser("advise", help="say how hard a problem is, and propose a search and a budget for it")
    parser.add_argument("text", metavar="PROBLEM", help='e.g. "4 9 10 13"')
    parser.add_argument("--problem", default="game24", metavar="KIND", help=f"{', '.join(PROBLEMS)} (default: game24)")
    parser.add_argument("--table", type=Path, default=TABLE, metavar="FILE", help="another table of measured choices")
    parser.add_argument("--verifiers", metavar="NAMES", help="propose only what needs no others, e.g. prm")
    parser.add_argument("--budget-tokens", type=positive(int), metavar="N", help="propose nothing dearer than N tokens")
    parser.add_argument("--seed", type=int, default=0, help="of the samples (default: 0)")
    add_policy(parser)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(perform=advise_on)


def _add_output(parser: ArgumentParser) -> None:
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help="also paint the tree")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
