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
    "mcts-uct-rollout": plan("mcts", simulations=6, width=2, formula="uct", value="rollout", revisit=True, seed=7),
    "mcts-noise-in-flight": plan("mcts", simulations=7, width=3, noise=0.25, in_flight=3, final="visits", seed=7),
    "mcts-mctx": plan("mcts", simulations=6, width=3, first_play="lowest", q_scale="siblings", seed=7),
    "mcts-p-ucb-max": plan("mcts", simulations=6, width=3, formula="p-ucb", backup="max", final="reward", seed=7),
    "mcts-propose": plan("mcts", simulations=6, generator="propose", seed=7),
    "mcts-alphallm": plan(
        "mcts", simulations=8, width=2, adaptive_width=True, widest=6, merge="state", transpositions="merge", seed=7
    ),
    "cot": plan("cot", samples=3, temperature=1.0, seed=7),
    "beam": plan("beam", beams=6, width=2, seed=7),
    "beam-lookahead": plan("beam", beams=6, width=2, lookahead=1, aggregation="product", duplicates="state", seed=7),
    "beam-logprob": plan("beam", beams=4, width=2, evaluator="logprob", aggregation="mean", verifiers=(), seed=7),
    "guided-beam": plan("guided-beam", beams=3, samples=3, decay=0.5, verifiers=("check",), seed=7),
    "dvts": plan("dvts", samples=6, width=3, seed=7),
    "rebase": plan("rebase", samples=8, seed=7),
    "tot-bfs": plan("tot-bfs", beams=3, verifiers=("value",), seed=7),
    "tot-bfs-zero": plan("tot-bfs", beams=3, generator="sample", duplicates="zero", verifiers=("value",), seed=7),
    "tot-bfs-vote": plan("tot-bfs", beams=2, evaluator="vote", duplicates="drop", verifiers=("rule", "vote"), seed=7),
    "tot-dfs": plan("tot-dfs", visits=8, threshold=0.3, verifiers=("value",), seed=7),
    "cot-direct": plan("cot", prompt="direct", samples=2, temperature=1.0, seed=7),
    "cot-few-shot": plan("cot", prompt="few-shot", seed=7),
    "cot-zero-shot": plan("cot", prompt="zero-shot", samples=2, temperature=1.0, seed=7),
    "self-consistency": plan("self-consistency", samples=5, batch=3, seed=7),
    "self-consistency-weighted": plan("self-consistency", samples=4, rule="weighted-prm", aggregation="mean", seed=7),
    "adaptive-consistency": plan("adaptive-consistency", samples=6, temperature=0.0, seed=7),
    "adaptive-consistency-dirichlet": plan("adaptive-consistency", samples=4, rule="dirichlet", seed=7),
    "best-of-n": plan("best-of-n", samples=4, seed=7),
}
"""Name of the file -> what is run, with the scripted policy and verifier. One line per strategy and variant."""


def golden_log(name: str) -> bytes:
    """The log of a plan, readable."""
    return msgspec.json.format(msgspec.json.encode(run_log(GOLDEN[name])), indent=1) + b"\n"


if __name__ == "__main__":
    for wanted in sys.argv[1:] or GOLDEN:
        (FOLDER / f"{wanted}.json").write_bytes(golden_log(wanted))
