"""Reward-balanced search: the width of every node from a softmax of rewards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, floor, fsum
from typing import ClassVar

from engine.events import ROOT, NodeId
from engine.search.evaluators import LOGPROB, absent, worth
from engine.search.frontier import MERGES, ByDepth, expand
from engine.search.search import Answer, Expand, Iteration, Prune
from engine.search.settings import setting
from engine.search.values import AGGREGATIONS
from engine.search.weighted_vote import announce, winner
from engine.tree import Node, Tree


def balanced_widths(rewards: Sequence[float | None], temperature: float, budget: int) -> tuple[int, ...]:
    """Whole widths that sum to `budget`, shared out by softmax(reward / temperature), largest remainder first.

    Where a reward is missing the mean of the others stands for it; where all are, the shares are even. Of equal
    remainders the first wins. (Wu et al. 2024 round each width by itself, which need not sum to the budget.)
    """
    wishes = [share * budget for share in shares(rewards, temperature)]
    widths = [floor(wish) for wish in wishes]
    order = sorted(range(len(wishes)), key=lambda index: widths[index] - wishes[index])
    for index in order[: budget - sum(widths)]:
        widths[index] += 1
    return tuple(widths)


def shares(rewards: Sequence[float | None], temperature: float) -> tuple[float, ...]:
    """softmax(reward / temperature); `temperature` > 0."""
    known = [reward for reward in rewards if reward is not None]
    mean = fsum(known) / len(known) if known else 0.0
    full = [mean if reward is None else reward for reward in rewards]
    powers = [exp((reward - max(full)) / temperature) for reward in full]
    return tuple(power / fsum(powers) for power in powers)


@dataclass(frozen=True)
class Rebase(ByDepth):
    """REBASE, reward-balanced search (Wu et al. 2024): every open node goes on, with a width that its reward earns.

    The root gets N samples. One iteration: B, which is N less the samples that have ended with an answer, is shared
    out among the open nodes by softmax(R / T_b), and each gets so many samples. A node whose width is 0 is out. When
    all have ended, the answers vote, weighted by their trace value.
    """

    name: ClassVar[str] = "rebase"
    title: ClassVar[str] = "REBASE"
    group: ClassVar[str] = "Step by step search"
    citation: ClassVar[str] = "Wu, Sun, Li, Welleck, Yang 2024, 2408.00724"
    formula_text: ClassVar[str] = (
        "W_j = B · exp(R_j / T_b) / Σ_k exp(R_k / T_b), whole numbers by largest remainder\n"
        "B = N - samples that have ended with an answer\n"
        "answer = argmax_a Σ_i [a_i = a] · R_i"
    )

    samples: int = setting(16, "Samples N", "Budget: samples of the first step.", minimum=1, maximum=4096)
    balance: float = setting(
        0.2, "Balance T_b", "Small: nearly all to the best; large: even shares.", minimum=0.001, maximum=100.0
    )
    temperature: float = setting(1.0, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)
    evaluator: str = setting(
        "prm",
        "Reward R from",
        "The process reward model, or how likely the policy thinks its own steps (no verifier is needed).",
        choices=("prm", LOGPROB),
    )
    aggregation: str = setting(
        "last", "Trace value", "How the scores of a trace's steps become one number.", choices=AGGREGATIONS
    )
    duplicates: str = setting(
        "keep",
        "Duplicates",
        "Keep them (each has a width of its own), or merge those of one parent with equal texts or states.",
        choices=tuple(MERGES),
    )

    def expand_at(self, node: NodeId) -> Expand:
        """An even share: what a node would earn among four equals."""
        return Expand((node,), max(1, self.samples // 4), self.temperature, MERGES[self.duplicates])

    def grow(self, tree: Tree, parents: list[Node]) -> Iteration:
        rewards = [self._reward(tree, node) for node in parents]
        budget = self._budget(tree, parents)
        widths = balanced_widths(rewards, self.balance, budget)
        yield from expand(parents, widths, self.temperature, MERGES[self.duplicates])
        wishes = zip(parents, shares(rewards, self.balance), widths, strict=True)
        out = [(node, share) for node, share, width in wishes if not width and not node.expanded]
        if out:
            reasons = (f"width 0: it has earned {share * budget:.2f} of {budget} samples" for _, share in out)
            yield Prune(tuple(node.id for node, _ in out), tuple(reasons))

    def keep(self, tree: Tree, depth: int) -> Iteration:
        yield from ()  # widths do it all

    def close(self, tree: Tree) -> Iteration:
        yield from announce(tree, self.evaluator, self.aggregation)

    def _reward(self, tree: Tree, node: Node) -> float | None:
        return None if node.id == ROOT else worth(tree, node, self.evaluator, self.aggregation)

    def _budget(self, tree: Tree, parents: list[Node]) -> int:
        """What has not ended when the parents were born: this iteration's own answers do not count yet."""
        depth = parents[0].depth if parents else 0
        ended = sum(max(1, answer.samples) for answer in tree.answers() if answer.depth <= depth)
        return max(0, self.samples - ended)

    def choose(self, tree: Tree) -> Answer | None:
        return winner(tree, self.evaluator, self.aggregation)

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        return absent(self.title, self.evaluator, verifiers)
