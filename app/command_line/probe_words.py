"""The words of `espalier probe`. Every command reads this module, so it imports only what the words need."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.command_line.words import add_policy, positive
from engine.search import PROBES

ALL = "all"


def add_probe(commands: Any) -> None:
    """The words of `probe`."""
    words = "ask a model about a thought in a session: was it needed, is it what the answer came from?"
    parser = commands.add_parser("probe", help=words, description=f"{words.capitalize()} Without --probe: list them.")
    parser.add_argument("file", type=Path, metavar="FILE", help="a session file")
    parser.add_argument("--run", type=int, metavar="N", help="whose trace (default: the last run that is no probe)")
    parser.add_argument("--node", type=int, metavar="M", help="the end of the trace (default: the answer of the run)")
    what = parser.add_mutually_exclusive_group()
    names = ", ".join(kind.name for kind in PROBES)
    what.add_argument("--probe", metavar="NAMES", help=f"{names}, with commas between them; or {ALL}")
    what.add_argument("--list", action="store_true", help="list the probes, and what they found so far")
    parser.add_argument("--samples", type=positive(int), metavar="N", help="of each place")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another setting of a probe")
    parser.add_argument("--anew", action="store_true", help="let the model think first, and ask about that thought")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same samples (default: 0)")
    add_policy(parser, "the one of the run")
    parser.add_argument("--budget-tokens", type=positive(int), metavar="N", help="stop after N tokens, shared by all")
    parser.add_argument("--budget-seconds", type=positive(float), metavar="S", help="stop after S seconds in all")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(perform=_probe)


def _probe(arguments: Namespace) -> int:
    from app.command_line.probe import probe

    return probe(arguments)
