"""`espalier schema`: the JSON Schema of the events, for whoever reads session files or exported logs. Knows no Qt."""

from __future__ import annotations

from argparse import Namespace
from typing import Any


def add_schema(commands: Any) -> None:
    """The words of `schema`."""
    words = "print the JSON Schema of the events, as session files and `export --to events` have them"
    parser = commands.add_parser("schema", help=words, description=f"{words[0].upper()}{words[1:]}.")
    parser.set_defaults(perform=schema)


def schema(_arguments: Namespace) -> int:
    """Print it."""
    import json

    from storage.event_schema import event_schema

    print(json.dumps(event_schema(), indent=2))
    return 0
