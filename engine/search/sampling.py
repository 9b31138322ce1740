"""What the strategies share that draw whole chains side by side and count their answers. Knows no model.

One iteration draws a batch, has it scored, and announces the count. A run that was cut off first ends the chains that
were left open, then goes on.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.events import ROOT, NodeId, Voted
from engine.search.evaluators import kind_of
from engine.search.search import Aggregate, Answer, Ending, Evaluate, Expand, Iteration, Search
from engine.search.settings import setting
from engine.search.votes import RULES, Sample, Verdict, ended, samples_of
from engine.tree import Node, Tree


def open_ends(tree: Tree) -> tuple[NodeId, ...]:
    """The last nodes of chains that have not ended and are not pruned; the root counts while it has no child."""
    return tuple(node.id for node in tree.nodes.values() if not _has_ended(node) and not tree.is_out(node.id))


def _has_ended(node: Node) -> bool:
    return bool(node.terminal or node.expanded or node.broken)


@dataclass(frozen=True)
class Sampling(Search):
    """Independent chains of thought, and one answer chosen among theirs."""

    limit: ClassVar[str] = "samples"

    samples: int = setting(16, "Samples", "Independent chains.", minimum=1, maximum=4096)
    batch: int = setting(8, "Batch", "Samples drawn in one iteration.", minimum=1, maximum=4096)
    temperature: float = setting(0.7, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)
    think: bool = setting(False, "Think first", "Let the policy write a long hidden thought before its steps.")

    @abstractmethod
    def count(self, samples: Sequence[Sample]) -> Verdict:
        """The verdict on these samples."""

    @property
    @abstractmethod
    def scores(self) -> bool:
        """Whether the verifiers are asked about every step."""

    def expand_at(self, node: NodeId) -> Expand:
        return Expand((node,), 1, self.temperature, merge="none", whole=True)

    def iteration(self, tree: Tree) -> Iteration:
        was_cut_off = tree.iteration > tree.iterations_done
        known = 0 if was_cut_off else len(tree.nodes)
        if left := tuple(node for node in open_ends(tree) if node != ROOT):
            yield Expand(left, 1, self.temperature, merge="none", whole=True)
        elif _is_fresh(tree) and (missing := self.samples - drawn(tree)) > 0:
            yield Expand((ROOT,), min(self.batch, missing), self.temperature, merge="none", whole=True)
        new = tuple(node.id for node in tree.nodes.values() if node.id >= max(known, 1) and not node.scores)
        if self.scores and new:
            yield Evaluate(new)
        yield Aggregate(self.voted(tree))

    def done(self, tree: Tree) -> Ending | None:
        if is_counted(tree) and drawn(tree) >= self.samples:
            return "finished", f"all {self.samples} samples are drawn and counted"
        return None

    def choose(self, tree: Tree) -> Answer | None:
        winner = self.count(samples_of(tree)).winner
        return winner.at if winner else None

    def spent(self, tree: Tree) -> int:
        return drawn(tree)

    def progress(self, tree: Tree) -> float | None:
        return min(1.0, drawn(tree) / self.samples)

    def voted(self, tree: Tree) -> Voted:
        """The count as an event."""
        verdict = self.count(samples_of(tree))
        return Voted(tree.iterations_done + 1, verdict.rule, verdict.tallies, verdict.samples, verdict.tied)

    @property
    def thinking(self) -> bool:
        return self.think


def is_counted(tree: Tree) -> bool:
    """Whether every chain has ended and the last count knows it; not so if a run was cut off, or a chain pruned."""
    return bool(tree.votes) and not open_ends(tree) and _is_fresh(tree)


def _is_fresh(tree: Tree) -> bool:
    return len(ended(tree)) == (tree.votes[-1].samples if tree.votes else 0)


def drawn(tree: Tree) -> int:
    """How many samples were drawn, pruned ones included; steps that a person inserted are none, nor is what was taken
    back."""
    return sum(child.samples for child in tree.children(ROOT) if not child.taken_back)


def needed_verifier(rule: str, title: str, verifiers: tuple[str, ...]) -> str:
    """Why a rule of counting cannot be used with these verifiers, as a sentence; empty if it can."""
    kinds = set(map(kind_of, verifiers))
    if RULES[rule].needs == "outcome" and "orm" not in kinds:
        return f"{title} by {rule} needs an outcome reward model: add orm to the verifiers."
    if RULES[rule].needs == "steps" and not kinds & STEP_VERIFIERS:
        return f"{title} by {rule} needs a verifier of steps: add prm to the verifiers."
    return ""


STEP_VERIFIERS = frozenset({"prm", "value", "scale", "check"})
"""Verifiers whose scores are process scores. A vote is none: it says how a step stands among a few others."""
