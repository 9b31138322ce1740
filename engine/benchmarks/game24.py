"""Game of 24 on puzzles that no training has seen: chain of thought against MCTS, with the rule checker and without.

All puzzles of a row run side by side in one runner, as they would for many users; the same bundled policy serves every
row. No row sees the solver or a gold answer; the exact check comes after a run has ended.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from engine.benchmarks.statistics import wilson
from engine.commands import RunPlan
from engine.events import Cost, add_costs
from engine.problems.game24 import Game24
from engine.problems.held_out import hard_puzzles
from engine.run import Run
from engine.runner import Live, Runner
from engine.shelf import Shelf

SIMULATIONS = 64
SAMPLES = 16
TOGETHER = 25
"""Puzzles that share the model's batches."""
QUICK_PUZZLES = 12
SEEDS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One strategy with its settings."""

    title: str
    search: str
    settings: dict[str, Any]
    verifiers: tuple[str, ...]


MCTS = {"simulations": SIMULATIONS, "root_width": 48, "width": 12, "revisit": False}
"""Chosen on the DEV puzzles."""

ROWS: tuple[Row, ...] = (
    Row("chain of thought, greedy", "cot", {"temperature": 0.0, "score": False}, ()),
    Row("chain of thought, mean of samples", "cot", {"temperature": 1.0, "samples": SAMPLES, "score": False}, ()),
    Row("MCTS, PRM and rule checker", "mcts", MCTS, ("rule", "prm")),
    Row("MCTS, PRM", "mcts", MCTS, ("prm",)),
)


def run(quick: bool, seed: int) -> dict[str, Any]:
    """The rows on the hard set: all of it with three seeds, or its first puzzles with one if `quick`."""
    puzzles = hard_puzzles()[: QUICK_PUZZLES if quick else None]
    seeds = [seed] if quick else [seed + number for number in range(SEEDS)]
    shelf = Shelf()
    return {"rows": [measure(shelf, row, "hard", puzzles, seeds) for row in ROWS]}


def measure(
    shelf: Shelf, row: Row, name: str, puzzles: Sequence[tuple[int, ...]], seeds: Sequence[int]
) -> dict[str, Any]:
    """One row of the table: every puzzle with every seed."""
    seeds = seeds[:1] if row.settings.get("temperature") == 0.0 else seeds
    solved: list[float] = []
    any_solved: list[float] = []
    costs: list[Cost] = []
    seconds = 0.0
    for seed in seeds:
        for start in range(0, len(puzzles), TOGETHER):
            group = puzzles[start : start + TOGETHER]
            began = time.perf_counter()
            runs = play(shelf, row, group, seed)
            seconds += time.perf_counter() - began
            solved += [chosen_right(row, entry) for entry in runs]
            any_solved += [any_right(entry) for entry in runs]
            costs += [entry.tree.cost for entry in runs]
            print(f"{name}: {row.title}: {sum(solved):.1f} of {len(solved)} solved", file=sys.stderr, flush=True)
    total = add_costs(costs)
    low, high = wilson(sum(solved), len(solved))
    return {
        "search": row.title,
        "settings": {**row.settings, "verifiers": list(row.verifiers)},
        "set": name,
        "puzzles": len(puzzles),
        "seeds": list(seeds),
        "solved": mean(solved),
        "any_solved": mean(any_solved),
        "ci95": [low, high],
        "tokens": total.generated / len(costs),
        "prompt_tokens": total.prompt / len(costs),
        "cached_tokens": total.cached / len(costs),
        "prm_tokens": total.scored / len(costs),
        "calls": total.calls / len(costs),
        "seconds_per_puzzle": seconds / len(costs),
        "same_budget": None,
    }


def play(shelf: Shelf, row: Row, puzzles: Sequence[tuple[int, ...]], seed: int) -> list[Run]:
    """Run the row's search on every puzzle to its end."""
    policy, verifiers = shelf.policy(""), shelf.verifiers(row.verifiers)
    runs = []
    for number, numbers in enumerate(puzzles, 1):
        plan = RunPlan("game24", Game24(numbers).text, row.search, row.settings, seed, verifiers=row.verifiers)
        runs.append(Run(number, plan, lambda _record: None, time.time))
        runs[-1].start(policy.name, [verifier.name for verifier in verifiers])
    runner = Runner(time.perf_counter)
    live = [Live(entry, policy, verifiers) for entry in runs]
    while runner.turn(live):
        pass
    return runs


def chosen_right(row: Row, run: Run) -> float:
    """1 if the single answer is right; for samples the share of right ones, which is what one sample would score."""
    if row.settings.get("samples", 1) > 1:
        chains = run.tree.root.children
        return sum(_right(run, answer.id) for answer in run.tree.answers()) / len(chains)
    return float(run.tree.finished is not None and run.tree.finished.correct is True)


def any_right(run: Run) -> float:
    """1 if any answer in the tree is right."""
    return float(any(_right(run, answer.id) for answer in run.tree.answers()))


def _right(run: Run, answer: int) -> bool:
    return run.problem.check_answer("".join(run.tree.steps(answer))).correct is True
