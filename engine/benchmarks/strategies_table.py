"""The rows of the tables: strategies with the settings that were chosen on the dev sets. Data only.

A row whose title ends in `rule` may ask the exact rule checker: it knows the rules, not a solution.
"""

from __future__ import annotations

from typing import Any

from engine.benchmarks.rows import Row

PRM = ("prm",)
PRM_RULE = ("rule", "prm")


def _mcts(simulations: int, **more: Any) -> dict[str, Any]:
    return {"simulations": simulations, "root_width": 48, "width": 12, "revisit": False, **more}


_CHAINS: tuple[Row, ...] = (
    Row("CoT, direct answer, greedy", "cot", {"prompt": "direct", "score": False}),
    Row("CoT, greedy", "cot", {"score": False}, quick=True),
    Row("CoT, few-shot, greedy", "cot", {"prompt": "few-shot", "score": False}),
    Row("CoT, zero-shot in two calls, greedy", "cot", {"prompt": "zero-shot", "score": False}),
    Row("CoT, sampled (mean of 16)", "cot", {"temperature": 1.0, "samples": 16, "score": False}, reading="mean"),
    Row("self-consistency, 40", "self-consistency", {"samples": 40, "batch": 40, "temperature": 1.0, "score": False}),
    Row("Adaptive-Consistency, at most 40", "adaptive-consistency", {"samples": 40, "batch": 4, "temperature": 1.0}),
    Row("best of 64, log-probability", "best-of-n", {"samples": 64, "batch": 64, "by": "logprob"}),
    Row("best of 16, PRM", "best-of-n", {"samples": 16, "batch": 16}, PRM),
    Row("best of 64, PRM", "best-of-n", {"samples": 64, "batch": 64}, PRM),
    Row("weighted best of 64, PRM", "best-of-n", {"samples": 64, "batch": 64, "by": "weighted-prm"}, PRM),
    Row("best of 64, ORM", "best-of-n", {"samples": 64, "batch": 64, "by": "orm"}, ("orm",)),
    Row("weighted best of 64, ORM", "best-of-n", {"samples": 64, "batch": 64, "by": "weighted-orm"}, ("orm",)),
    Row("best of 64, rule", "best-of-n", {"samples": 64, "batch": 64, "by": "majority"}, ("rule",)),
)

_BEAMS: tuple[Row, ...] = (
    Row("beam N=16 M=4, log-probability", "beam", {"evaluator": "logprob"}),
    Row("beam N=16 M=4, PRM", "beam", {}, PRM, quick=True),
    Row("beam N=64 M=4, PRM", "beam", {"beams": 64}, PRM),
    Row("beam N=16 M=4, lookahead 1, PRM", "beam", {"lookahead": 1}, PRM),
    Row("DVTS N=16 M=4, PRM", "dvts", {}, PRM),
    Row("REBASE N=64, PRM", "rebase", {"samples": 64}, PRM),
    Row("guided beam k=5 n=16, self-evaluation", "guided-beam", {}, ("check",)),
)

GAME24_ROWS: tuple[Row, ...] = (
    *_CHAINS,
    *_BEAMS,
    Row("ToT-BFS b=5, propose, value", "tot-bfs", {}, ("value",)),
    Row("ToT-BFS b=5, propose, PRM", "tot-bfs", {"evaluator": "prm"}, PRM),
    Row("ToT-BFS b=5, sample, PRM", "tot-bfs", {"generator": "sample", "samples": 16, "evaluator": "prm"}, PRM),
    Row("ToT-DFS, propose, PRM", "tot-dfs", {"evaluator": "prm"}, PRM),
    Row("MCTS 16, PRM", "mcts", _mcts(16), PRM),
    Row("MCTS 64, PRM", "mcts", _mcts(64), PRM),
    Row("MCTS 256, PRM", "mcts", _mcts(256), PRM),
    Row("beam N=64 M=4, PRM and rule", "beam", {"beams": 64}, PRM_RULE),
    Row("ToT-BFS b=5, propose, PRM and rule", "tot-bfs", {"evaluator": "prm"}, PRM_RULE),
    Row("ToT-DFS, propose, PRM and rule", "tot-dfs", {"evaluator": "prm"}, PRM_RULE),
    Row("MCTS 64, PRM and rule", "mcts", _mcts(64), PRM_RULE, quick=True),
    Row("MCTS 256, PRM and rule", "mcts", _mcts(256), PRM_RULE),
)

WORD_ROWS: tuple[Row, ...] = (
    *_CHAINS,
    *_BEAMS,
    Row("ToT-BFS b=5, sample, PRM", "tot-bfs", {"generator": "sample", "evaluator": "prm"}, PRM),
    Row("MCTS 16, PRM", "mcts", {"simulations": 16, "width": 4}, PRM),
    Row("MCTS 64, PRM", "mcts", {"simulations": 64, "width": 4}, PRM),
    Row("MCTS 64, PRM and rule", "mcts", {"simulations": 64, "width": 4}, PRM_RULE),
)
"""The rules know wrong arithmetic of a word problem, and no right answer."""
