"""`espalier licences`: what the program is made of, and the texts of one part of it. Knows no Qt."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.command_line.run import UsageError
from app.licences import about, components, named, overview, read_text


def add_licences(commands: Any) -> None:
    parser = commands.add_parser("licences", help="list what this program is made of, or print the licences of a part")
    parser.add_argument("name", metavar="NAME", nargs="?", help="a part, e.g. torch")
    parser.set_defaults(perform=licences)


def licences(arguments: Namespace) -> int:
    """Print the list, or what is known of the part of this name and all its texts."""
    parts = components()
    if arguments.name is None:
        print(overview(parts))
        return 0
    chosen = named(arguments.name, parts)
    if not chosen:
        raise UsageError(f"There is no part called {arguments.name!r}; `espalier licences` lists all.")
    for part in chosen:
        print(about(part))
        for text in part.texts:
            print(f"\n-- {text}\n\n{read_text(text)}")
    return 0
