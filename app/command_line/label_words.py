"""The words of `espalier label`. Every command reads this module, so it imports only what the words need."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.command_line.words import add_policy, positive


def add_label(commands: Any) -> None:
    """The words of `label`."""
    words = "label the steps of traces by samples: how often is a right answer reached from here?"
    told = f"{words.capitalize()} Beside it stand a reward model's scores and, for number puzzles, exact labels."
    parser = commands.add_parser("label", help=words, description=told)
    parser.add_argument("file", type=Path, metavar="FILE", help="a session file")
    parser.add_argument("--run", type=int, metavar="N", help="whose traces (default: the last run that is a search)")
    parser.add_argument("--node", type=int, metavar="M", help="only the trace to this node (default: every ended one)")
    parser.add_argument("--samples", type=positive(int), default=8, metavar="N", help="from each step (default: 8)")
    parser.add_argument("--temperature", type=float, default=0.7, metavar="T", help="of the samples (default: 0.7)")
    parser.add_argument("--exact", action="store_true", help="draw no samples; say what is known without")
    parser.add_argument("--scorer", metavar="NAME", help="whose scores stand beside (default: the first in the run)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same samples (default: 0)")
    add_policy(parser, "the one of the run")
    parser.add_argument("--budget-tokens", type=positive(int), metavar="N", help="stop after N generated tokens")
    parser.add_argument("--budget-seconds", type=positive(float), metavar="S", help="stop after S seconds")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(perform=_label)


def _label(arguments: Namespace) -> int:
    from app.command_line.label import label

    return label(arguments)
