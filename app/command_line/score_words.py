"""The words of `espalier score`. Every command reads this module, so it imports only what the words need."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.command_line.words import add_policy

BEST = "best"
RULES = ("last", "min", "product", "mean", "geometric mean", "sum", "max")
"""As in engine.scores.aggregates, which takes numpy with it."""


def add_score(commands: Any) -> None:
    """The words of `score`."""
    words = "have a reward model score the traces of a session, or of a dataset"
    about = (
        f"{words.capitalize()}. The scores are kept in the session; what was scored before is not scored again, so "
        "what Ctrl+C cut off is gone on with by the same words."
    )
    parser = commands.add_parser("score", help=words, description=about)
    parser.add_argument("file", type=Path, metavar="FILE", help="a session, or a dataset such as ProcessBench's")
    parser.add_argument(
        "--with", dest="scorer", default="prm", metavar="SCORER",
        help="prm, orm, prm:FOLDER, prm:FOLDER#RECIPE, prm:FOLDER#RECIPE;KEY=VALUE, critic, ... (default: prm)",
    )  # fmt: skip
    parser.add_argument("--run", type=int, action="append", metavar="N", help="only this run; may be said again")
    parser.add_argument("--again", action="store_true", help="also what this scorer has scored before")
    parser.add_argument(
        "--session", type=Path, metavar="FILE",
        help="of a dataset: the session that it is kept in (default: FILE.espalier; gone on with if it is there)",
    )  # fmt: skip
    parser.add_argument(
        "--aggregate", choices=RULES, default="min", metavar="RULE",
        help=f"one number for a trace: {', '.join(RULES)} (default: min)",
    )  # fmt: skip
    parser.add_argument("--processbench", action="store_true", help="how well it finds the first wrong step (F1)")
    parser.add_argument(
        "--threshold", type=_threshold, default=0.5, metavar="T",
        help=f"for that: a step with a score below T is wrong; {BEST}: the T that is best for these traces, "
        f"{BEST}:SPLIT: for those of a split, e.g. {BEST}:gsm8k (default: 0.5)",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="list all traces, not only the first ones")
    add_policy(parser, "the one of the run")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(perform=_score)


def _threshold(text: str) -> float | str:
    """A number in [0, 1], or the words that ask for the best one."""
    if text == BEST or text.startswith(f"{BEST}:"):
        return text
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"it must be a number, {BEST} or {BEST}:SPLIT, not {text!r}") from None
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"it must be from 0 to 1, not {text}")
    return value


def _score(arguments: Namespace) -> int:
    from app.command_line.score import score

    return score(arguments)
