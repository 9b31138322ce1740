"""Chain of thought: the baseline of every comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.events import ROOT
from engine.search.search import Answer, Ending, Evaluate, Expand, Iteration, Search
from engine.search.settings import setting
from engine.tree import Node, Tree


@dataclass(frozen=True)
class ChainOfThought(Search):
    """Chain of thought (Wei et al. 2022): the policy writes its steps one after the other, nothing is searched.

    Several samples are independent chains side by side; the first one with an answer gives the run's. One iteration
    lets every unfinished chain grow by one step.
    """

    name: ClassVar[str] = "cot"
    title: ClassVar[str] = "Chain of thought"

    samples: int = setting(1, "Samples", "Independent chains.", minimum=1, maximum=4096)
    temperature: float = setting(
        0.0, "Temperature", "0 is greedy: every sample is then the same.", minimum=0.0, maximum=5.0
    )
    think: bool = setting(False, "Think first", "Let the policy write a long hidden thought before its steps.")
    score: bool = setting(
        True, "Score steps", "Ask the verifiers about every step; this changes nothing in the answer."
    )

    def iteration(self, tree: Tree) -> Iteration:
        if not tree.root.expanded:
            expansions = yield Expand((ROOT,), self.samples, self.temperature, merge="none")
        else:
            open_ends = tuple(node.id for node in _open_ends(tree))
            expansions = yield Expand(open_ends, 1, self.temperature, merge="none")
        born = tuple(node for expansion in expansions for node in expansion)
        if self.score and born:
            yield Evaluate(born)

    def done(self, tree: Tree) -> Ending | None:
        if not tree.root.expanded or _open_ends(tree):
            return None
        return "finished", "every chain has ended"

    def choose(self, tree: Tree) -> Answer | None:
        answers = tree.answers()
        return Answer(min(answers, key=lambda node: tree.path(node.id)[1].id).id) if answers else None

    def progress(self, tree: Tree) -> float | None:
        ends = [node for node in tree.leaves() if node.id != ROOT]
        return sum(node.terminal or node.expanded for node in ends) / len(ends) if ends else 0.0

    @property
    def thinking(self) -> bool:
        return self.think


def _open_ends(tree: Tree) -> list[Node]:
    return [node for node in tree.nodes.values() if not (node.terminal or node.expanded or node.broken)]
