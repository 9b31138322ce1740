"""The rows of the tables: strategies with the settings that were chosen on the dev sets. Data only.

A row whose title ends in `rule` may ask the exact rule checker: it knows the rules, not a solution.
"""

from __future__ import annotations

from typing import Any

from engine.benchmarks.rows import Row

PRM = ("prm",)
PRM_RULE = ("rule", "prm")


_LISTS = {"evaluator": "prm", "temperature": 0.0}
"""Steps listed greedily and judged by the PRM: nothing is drawn, so every seed gives the same."""
_ONCE = {"revisit": False}
"""No answer is visited twice: every simulation of a small tree reaches something new."""
_SAMPLES = {"root_width": 48, "width": 12, **_ONCE}
"""MCTS that samples its steps: the first one widely, since a miss costs most there."""


def _chains(count: int, **more: Any) -> dict[str, Any]:
    return {"samples": count, "batch": count, "temperature": 1.0, **more}


_CHAINS: tuple[Row, ...] = (
    Row("CoT, direct answer, greedy", "cot", {"prompt": "direct", "score": False}),
    Row("CoT, greedy", "cot", {"score": False}, quick=True),
    Row("CoT, few-shot, greedy", "cot", {"prompt": "few-shot", "score": False}),
    Row("CoT, zero-shot in two calls, greedy", "cot", {"prompt": "zero-shot", "score": False}),
    Row("CoT, sampled (mean of 16)", "cot", {"temperature": 1.0, "samples": 16, "score": False}, reading="mean"),
    Row("self-consistency, 40", "self-consistency", _chains(40, score=False)),
    Row("Adaptive-Consistency, at most 40", "adaptive-consistency", {"samples": 40, "batch": 8, "temperature": 1.0}),
    Row("best of 40, log-probability", "best-of-n", _chains(40, by="logprob")),
    Row("best of 40, PRM", "best-of-n", _chains(40), PRM),
    Row("best of 40, ORM", "best-of-n", _chains(40, by="orm"), ("orm",)),
)
"""More chains and other votes at any budget are read off the stored ones: see `same_budget` of the other rows."""

_BEAMS: tuple[Row, ...] = (
    Row("beam N=16 M=4, log-probability", "beam", {"evaluator": "logprob"}),
    Row("beam N=16 M=4, PRM", "beam", {}, PRM, quick=True),
    Row("DVTS N=16 M=4, PRM", "dvts", {}, PRM),
    Row("REBASE N=32, PRM", "rebase", {"samples": 32}, PRM),
    Row("guided beam k=5 n=16, self-evaluation", "guided-beam", {}, ("check",)),
)

GAME24_ROWS: tuple[Row, ...] = (
    *_CHAINS,
    *_BEAMS,
    Row("ToT-BFS b=5, propose, value", "tot-bfs", {"evaluator": "value"}, ("value",)),
    Row("ToT-BFS b=5, propose, PRM", "tot-bfs", _LISTS, PRM),
    Row("ToT-DFS, propose, PRM", "tot-dfs", _LISTS, PRM),
    Row("MCTS 32, sample, PRM", "mcts", {"simulations": 32, **_SAMPLES}, PRM),
    Row("best of 40, rule", "best-of-n", _chains(40, by="majority"), ("rule",)),
    Row("beam N=16 M=4, PRM and rule", "beam", {}, PRM_RULE),
    Row("ToT-BFS b=5, propose, PRM and rule", "tot-bfs", _LISTS, PRM_RULE),
    Row("ToT-DFS, propose, PRM and rule", "tot-dfs", {**_LISTS, "visits": 200}, PRM_RULE),
    Row("MCTS 64, sample, PRM and rule", "mcts", {"simulations": 64, **_SAMPLES}, PRM_RULE, quick=True),
    Row(
        "MCTS 64, propose, PRM and rule",
        "mcts",
        {"generator": "propose", "width": 1, "temperature": 0.0, **_ONCE},
        PRM_RULE,
    ),
)

WORD_ROWS: tuple[Row, ...] = (
    *_CHAINS,
    *_BEAMS,
    Row("ToT-BFS b=5, sample, PRM", "tot-bfs", {"generator": "sample", "evaluator": "prm"}, PRM),
    Row("MCTS 16, sample, PRM", "mcts", {"simulations": 16, "width": 4, **_ONCE}, PRM),
    Row("MCTS 32, sample, PRM and rule", "mcts", {"simulations": 32, "width": 4, **_ONCE}, PRM_RULE),
)
"""The rules know wrong arithmetic of a word problem, and no right answer."""
