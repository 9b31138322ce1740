"""Words that several commands take, and what each must be. Every command reads this module, so it imports little."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from engine.addresses import AddressError, is_address, parse_address


def add_file(parser: ArgumentParser) -> None:
    """A session file, and one of its runs."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a session file")
    parser.add_argument("--run", type=int, metavar="N", help="which run (default: the last one)")


def add_policy(parser: ArgumentParser, default: str = "the bundled one") -> None:
    """Where the policy is; empty if nobody says."""
    words = f"a Hugging Face folder, or a server like http://localhost:8000/v1#MODEL (default: {default})"
    parser.add_argument("--policy", type=_place, default="", metavar="FOLDER|URL", help=words)


def _place(text: str) -> str:
    """A folder wherever one stands, or the address of a server as it is."""
    if not is_address(text):
        return str(Path(text).absolute()) if text else ""
    try:
        parse_address(text)
    except AddressError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error
    return text.strip()


def positive(kind: type[Any]) -> Any:
    """The type of an argument: a number above 0."""

    def positive(text: str) -> Any:
        value = kind(text)
        if not value > 0:
            raise argparse.ArgumentTypeError(f"it must be more than 0, not {text}")
        return value

    return positive
