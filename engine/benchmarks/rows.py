"""One row of a table: a strategy with its settings, played on a set of puzzles with several seeds.

The puzzles of a group run side by side in one runner, as they would for many users. No run sees a gold answer or the
solver; answers are checked here, after the runs have ended.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any, Literal, Protocol

import msgspec

from engine.benchmarks.questions import Question
from engine.benchmarks.statistics import clustered
from engine.commands import RunPlan
from engine.events import Cost, add_costs
from engine.policies import Policy
from engine.run import Run
from engine.runner import Live, Runner
from engine.search import make_search
from engine.search.votes import ended
from engine.verifiers import Verifier

TOGETHER = 100
"""Puzzles that share the model's batches."""
_SEEDLESS_VERIFIERS = {"rule", "prm", "orm"}
"""Verifiers that draw nothing: a greedy row with these is the same for every seed."""


class Lender(Protocol):
    """Where models come from; `engine.shelf.Shelf` is one."""

    def policy(self, folder: str) -> Policy: ...

    def verifiers(self, names: Sequence[str]) -> tuple[Verifier, ...]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One strategy with its settings."""

    title: str
    search: str
    settings: dict[str, Any]
    verifiers: tuple[str, ...] = ()
    reading: Literal["chosen", "mean"] = "chosen"
    """What `solved` means: the run's single answer, or the share of its ended traces (what one sample would score)."""
    quick: bool = False
    """Whether the row is in the table of `--quick`."""

    def full_settings(self) -> dict[str, Any]:
        """Every setting, defaults included. Raises SettingError."""
        return make_search(self.search, self.settings).settings()

    def is_greedy(self) -> bool:
        """Whether no seed can make a difference."""
        return self.full_settings().get("temperature") == 0.0 and _SEEDLESS_VERIFIERS.issuperset(self.verifiers)


class Outcome(msgspec.Struct, frozen=True):
    """What one run on one puzzle came to."""

    chosen: bool
    """Whether the single answer is right."""
    any: bool
    """Whether any answer that the run knows of is right."""
    mean: float | None
    """Share of right ones among the traces that ended and were not pruned; None if there are none."""
    cost: Cost
    duplicates: int
    gold: bool


def play(lender: Lender, row: Row, questions: Sequence[Question], seed: int) -> tuple[list[Outcome], float]:
    """Run the row's search on every question to its end; gives the outcomes, and the wall time in seconds."""
    policy, verifiers = lender.policy(""), lender.verifiers(row.verifiers)
    began = time.perf_counter()
    runs = [Run(number, _plan(row, question, seed), _drop, time.time) for number, question in enumerate(questions, 1)]
    for run in runs:
        run.start(policy.name, [verifier.name for verifier in verifiers])
    runner = Runner(time.perf_counter)
    live = [Live(run, policy, verifiers) for run in runs]
    while runner.turn(live):
        pass
    seconds = time.perf_counter() - began
    return [outcome(run, question) for run, question in zip(runs, questions, strict=True)], seconds


def _plan(row: Row, question: Question, seed: int) -> RunPlan:
    asked = question.asked
    return RunPlan(asked.kind, asked.text, row.search, row.settings, seed, verifiers=row.verifiers)


def _drop(_record: object) -> None:
    """Keep no log: the tree is all that is read."""


def outcome(run: Run, question: Question) -> Outcome:
    """Check the answers of a run that has ended."""
    tree = run.tree
    right = {node.id: question.is_right("".join(tree.steps(node.id))) for node in tree.answers()}
    played = (
        "".join(tree.steps(node.id) + rollout.steps)
        for node in tree.nodes.values()
        for rollout in node.rollouts
        if rollout.answer is not None
    )
    ends = ended(tree)
    return Outcome(
        chosen=question.is_right("".join(tree.chosen_steps())),
        any=any(right.values()) or any(map(question.is_right, played)),
        mean=mean(right.get(node.id, False) for node in ends) if ends else None,
        cost=tree.cost,
        duplicates=tree.duplicates,
        gold=tree.gold,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """A row on a set: for every question its outcomes, one per seed."""

    row: Row
    seeds: tuple[int, ...]
    outcomes: tuple[tuple[Outcome, ...], ...]
    seconds: float
    """Wall time of all runs together."""

    @property
    def solved_by_question(self) -> list[float]:
        """For each question the share of seeds that solved it, as the row reads `solved`."""
        return [mean(self._solved(entry) for entry in entries) for entries in self.outcomes]

    @property
    def solved(self) -> float:
        return mean(self.solved_by_question)

    @property
    def tokens(self) -> float:
        """Tokens that the policy generated, per puzzle."""
        return mean(entry.cost.generated for entry in self.flat)

    @property
    def flat(self) -> list[Outcome]:
        return [entry for entries in self.outcomes for entry in entries]

    def _solved(self, entry: Outcome) -> float:
        return float(entry.chosen) if self.row.reading == "chosen" else (entry.mean or 0.0)

    def figures(self, name: str) -> dict[str, Any]:
        """The row as the table has it; counts are means per puzzle and seed."""
        flat, count = self.flat, len(self.flat)
        total = add_costs([entry.cost for entry in flat])
        means = [entry.mean for entry in flat if entry.mean is not None]
        return {
            **headings(self.row, name),
            "puzzles": len(self.outcomes),
            "seeds": list(self.seeds),
            "solved": self.solved,
            "any_solved": mean(entry.any for entry in flat),
            "mean_solved": mean(means) if means else None,
            "ci95": list(clustered(self.solved_by_question)),
            "tokens": self.tokens,
            "prompt_tokens": total.prompt / count,
            "cached_tokens": total.cached / count,
            "prm_tokens": total.scored / count,
            "calls": total.calls / count,
            "duplicates": mean(entry.duplicates for entry in flat),
            "seconds_per_puzzle": self.seconds / count,
            "gold": any(entry.gold for entry in flat),
            "same_budget": None,
        }


def headings(row: Row, name: str) -> dict[str, Any]:
    """What identifies a row, measured or not."""
    settings = {**row.full_settings(), "verifiers": list(row.verifiers), "reading": row.reading}
    return {"search": row.title, "strategy": row.search, "settings": settings, "set": name}
