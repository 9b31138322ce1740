"""The words of `convert` and `share`. Every command reads this module, so it imports only what the words need."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any


def add_convert(commands: Any) -> None:
    """The words of `convert`."""
    words = "make a session of your own of one that came from elsewhere"
    about = (
        f"{words[0].upper()}{words[1:]}: every row is read and checked, and written into a fresh file. A file from "
        "elsewhere is only ever read; damaged runs are kept up to their damage."
    )
    parser = commands.add_parser("convert", help=words, description=about)
    parser.add_argument("file", type=Path, metavar="FILE", help="a session file")
    parser.add_argument("--out", type=Path, required=True, metavar="MINE.espalier", help="the new file")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(perform=_convert)


def add_share(commands: Any) -> None:
    """The words of `share`."""
    words = "write a copy of a session for others, without what you leave out"
    about = (
        f"{words[0].upper()}{words[1:]}. Keys are left out, but for what stands in the words of problems and models. "
        "What is left out is nowhere in the copy; its runs fold as they did. Without --out nothing is written, and how "
        "much there is of each is said."
    )
    parser = commands.add_parser("share", help=words, description=about)
    parser.add_argument("file", type=Path, metavar="FILE", help="a session file")
    parser.add_argument("--out", type=Path, metavar="COPY.espalier", help="the copy")
    parser.add_argument(
        "--without", default="", metavar="NAMES", help="private, prompts, paths, tokens, notes; with commas"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(perform=_share)


def _convert(arguments: Namespace) -> int:
    from app.command_line.copies import convert_session

    return convert_session(arguments)


def _share(arguments: Namespace) -> int:
    from app.command_line.copies import share_session

    return share_session(arguments)
