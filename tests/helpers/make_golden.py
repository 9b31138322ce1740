"""The golden logs: the whole event log of a small search of every kind, and how to write them again.

`python -m tests.helpers.make_golden [NAME ...]`, after a change of behaviour that is meant.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from engine.commands import RunPlan
from engine.events import NodeId
from tests.helpers.asking import asked_log
from tests.helpers.probing import given_plan, probe_plan
from tests.helpers.running import plan, run_log
from tests.helpers.scripted_thinkers import STORY, Thinker

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
    "tot-bfs": plan("tot-bfs", beams=3, evaluator="value", verifiers=("value",), seed=7),
    "tot-bfs-zero": plan(
        "tot-bfs", beams=3, generator="sample", duplicates="zero", evaluator="value", verifiers=("value",), seed=7
    ),
    "tot-bfs-vote": plan("tot-bfs", beams=2, evaluator="vote", duplicates="drop", verifiers=("rule", "vote"), seed=7),
    "tot-dfs": plan("tot-dfs", visits=8, threshold=0.3, evaluator="value", verifiers=("value",), seed=7),
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


_STEP = "13 - 9 = 4 (left: 4 4 10)"
_MCTS = plan("mcts", simulations=4, width=3, seed=7)
_BEAM = plan("beam", beams=4, width=2, seed=7)
ASKED: dict[str, tuple[RunPlan, str, NodeId, dict[str, object]]] = {
    "verb-deepen": (_MCTS, "deepen", 2, {"simulations": 3}),
    "verb-deepen-beam": (_BEAM, "deepen", 0, {"simulations": 2}),
    "verb-deepen-chains": (plan("best-of-n", samples=4, batch=1, seed=7), "deepen", 1, {"simulations": 2}),
    "verb-equalise": (_MCTS, "equalise", 1, {}),
    "verb-alternatives": (_MCTS, "alternatives", 1, {"samples": 4}),
    "verb-only": (_MCTS, "only", 5, {}),
    "verb-play-out": (_MCTS, "play_out", 1, {}),
    "verb-insert": (_MCTS, "insert", 0, {"step": _STEP, "simulations": 2}),
    "verb-edit": (_MCTS, "edit", 1, {"step": _STEP}),
    "verb-reroll": (_MCTS, "reroll", 1, {"token": 1, "samples": 3}),
}
"""Name of the file -> a plan, and the verb that is asked for at a node after two iterations."""

PROBED: dict[str, RunPlan] = {
    "probe-early-answering": given_plan("early-answering", samples=2),
    "probe-early-answering-thinks": probe_plan("early-answering", samples=1, most_places=2, temperature=0.0),
    "probe-forced-close": given_plan("forced-close", samples=2),
    "probe-forced-close-wait": given_plan("forced-close", samples=2, how="wait"),
    "probe-importance": given_plan("importance", first=1, samples=2, most=3),
    "probe-adding-mistake": given_plan("adding-mistake", samples=2, most=2),
    "probe-adding-mistake-words": probe_plan("adding-mistake", STORY, samples=1, step=2),
    "probe-paraphrase": given_plan("paraphrase", samples=2),
    "probe-filler": given_plan("filler", samples=2),
    "probe-filler-characters": given_plan("filler", samples=1, length="characters"),
    "probe-hint": given_plan("hint", samples=2),
    "probe-hint-metadata": probe_plan("hint", STORY, samples=1, kind="metadata", answer="30"),
    "probe-keep-thought": given_plan("keep-thought", samples=3),
    "probe-keep-answer": given_plan("keep-answer", samples=3),
}
"""Name of the file -> a probe, with a thinker that wanders. One line per probe and variant."""


def golden_log(name: str) -> bytes:
    """The log of a plan, readable."""
    if name in GOLDEN:
        log = run_log(GOLDEN[name])
    elif name in PROBED:
        log = run_log(PROBED[name], Thinker(wander=0.3), ())
    else:
        wish, verb, node, settings = ASKED[name]
        log = asked_log(wish, verb, node, **settings)
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


if __name__ == "__main__":
    for wanted in sys.argv[1:] or [*GOLDEN, *ASKED, *PROBED]:
        (FOLDER / f"{wanted}.json").write_bytes(golden_log(wanted))
