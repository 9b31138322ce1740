"""The golden logs: the whole event log of a small search of every kind, and how to write them again.

`python -m tests.helpers.make_golden [NAME ...]`, after a change of behaviour that is meant.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from engine.commands import RunPlan
from tests.helpers.running import plan, run_log

FOLDER = Path(__file__).parents[1] / "golden"

GOLDEN: dict[str, RunPlan] = {
    "mcts": plan("mcts", simulations=6, width=3, seed=7),
    "cot": plan("cot", samples=3, temperature=1.0, seed=7),
}
"""Name of the file -> what is run, with the scripted policy and verifier. One line per strategy and variant."""


def golden_log(name: str) -> bytes:
    """The log of a plan, readable."""
    return msgspec.json.format(msgspec.json.encode(run_log(GOLDEN[name])), indent=1) + b"\n"


if __name__ == "__main__":
    for wanted in sys.argv[1:] or GOLDEN:
        (FOLDER / f"{wanted}.json").write_bytes(golden_log(wanted))
