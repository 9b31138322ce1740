"""Writes the golden logs again, after a change of behaviour that is meant: `python -m tests.helpers.make_golden`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tests.helpers.running import plan, run_log

FOLDER = Path(__file__).parents[1] / "golden"


def golden_log() -> bytes:
    """The whole event log of a small search, readable."""
    return msgspec.json.format(msgspec.json.encode(run_log(plan(simulations=6, width=3, seed=7))), indent=1) + b"\n"


if __name__ == "__main__":
    (FOLDER / "mcts.json").write_bytes(golden_log())
