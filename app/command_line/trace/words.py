"""The words of `espalier trace`. Every command reads this module, so it imports only what the words need."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any, get_args

from engine.traces.reading import As
from engine.traces.spans import Kind

PARTS = tuple(kind for kind in get_args(Kind) if kind != "redacted")
"""A redacted part is an empty place: there is nothing to print."""


def add_trace(commands: Any) -> None:
    """The words of `trace`."""
    parser = commands.add_parser("trace", help="split what a reasoning model gave into hidden and exposed, and compare")
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="a text, a JSON reply of a server, or a recorded stream; - is stdin; several are also compared",
    )
    parser.add_argument(
        "--prompt", type=Path, metavar="FILE", help="the rendered prompt, or its end: it may open a thought"
    )
    parser.add_argument("--recipe", metavar="NAME", help="the format, e.g. deepseek-r1 (default: found by itself)")
    parser.add_argument(
        "--formats", type=Path, metavar="FILE.toml", help="tag pairs of your own, before the known ones"
    )
    parser.add_argument(
        "--as", dest="read_as", choices=get_args(As), default="auto", help="what FILE is (default: auto)"
    )
    parser.add_argument("--gold", metavar="ANSWER", help="the right answer: answers are compared with it")
    parser.add_argument(
        "--keep", type=Path, metavar="SESSION", help="also add the traces to this session file, each as a run"
    )
    parser.add_argument("--part", choices=PARTS, help="print the text of this part alone")
    parser.add_argument("--all", action="store_true", help="leave out no step and no claim")
    parser.add_argument("--markdown", action="store_true", help="print the report as Markdown, nothing left out")
    parser.add_argument("--json", action="store_true", help="print everything as JSON, with character offsets")
    parser.set_defaults(perform=_perform)


def _perform(arguments: Namespace) -> int:
    from app.command_line.trace.command import trace

    return trace(arguments)
