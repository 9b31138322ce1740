"""Diverse verifier tree search: beams that never compete with each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.events import NodeId
from engine.search.evaluators import LOGPROB, absent, worth
from engine.search.frontier import ByDepth, drop, expand, newborn, ranking
from engine.search.search import Answer, Expand, Iteration, Prune
from engine.search.settings import setting
from engine.search.values import AGGREGATIONS
from engine.search.weighted_vote import announce, winner
from engine.tree import Node, Tree


@dataclass(frozen=True)
class Dvts(ByDepth):
    """Diverse verifier tree search (Beeching, Tunstall & Rush 2024): N/M independent subtrees, a vote at the end.

    The root gets N samples, M for each subtree. One iteration: in each subtree the best of the M new steps is kept,
    whatever happens in the others, and gets M samples. A subtree whose best step is an answer stops. Then all of its
    M last steps that are answers vote, weighted by their trace value; those that are unfinished texts have no answer
    and no vote (the published code lets them vote).
    """

    name: ClassVar[str] = "dvts"
    title: ClassVar[str] = "DVTS"
    group: ClassVar[str] = "Step by step search"
    citation: ClassVar[str] = (
        "Beeching, Tunstall, Rush 2024, “Scaling test-time compute with open models” (Hugging Face)"
    )
    formula_text: ClassVar[str] = (
        "in each of N/M subtrees: keep argmax V(s_1..s_T) of its M candidates\n"
        "answer = argmax_a Σ_i [a_i = a] · V_i over the answers of all subtrees"
    )

    samples: int = setting(16, "Samples N", "Samples of each step in all; a multiple of M.", minimum=1, maximum=4096)
    width: int = setting(4, "Width M", "Samples in each of the N/M subtrees.", minimum=1, maximum=1024)
    temperature: float = setting(0.8, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)
    evaluator: str = setting(
        "prm",
        "Ranked by",
        "The process reward model, or how likely the policy thinks its own steps (no verifier is needed).",
        choices=("prm", LOGPROB),
    )
    aggregation: str = setting(
        "last", "Trace value", "How the scores of a trace's steps become one number.", choices=AGGREGATIONS
    )

    def expand_at(self, node: NodeId) -> Expand:
        return Expand((node,), self.width, self.temperature, "none")

    def grow(self, tree: Tree, parents: list[Node]) -> Iteration:
        width = self.width if parents[0].parent is not None else self.samples
        yield from expand(parents, (width,) * len(parents), self.temperature, "none")

    def keep(self, tree: Tree, depth: int) -> Iteration:
        groups: dict[int, list[Node]] = {}
        for node in newborn(tree, depth):
            groups.setdefault(self.subtree(tree, node), []).append(node)
        for number, candidates in sorted(groups.items()):
            ranked = ranking(candidates, lambda node: worth(tree, node, self.evaluator, self.aggregation))
            best = ranked[0][0]
            if best.terminal:
                yield from _unfinished(candidates, best, number)
            else:
                yield from drop(ranked, 1, f" in subtree {number}")

    def subtree(self, tree: Tree, node: Node) -> int:
        """The number of a node's subtree, from 1: M samples of the root each, then one for each step of a person."""
        start = tree.path(node.id)[1]
        drawn = [child.id for child in tree.children(0) if child.samples]
        if start.id in drawn:
            return drawn.index(start.id) // self.width + 1
        inserted = [child.id for child in tree.children(0) if not child.samples]
        return self.samples // self.width + inserted.index(start.id) + 1

    def close(self, tree: Tree) -> Iteration:
        yield from announce(tree, self.evaluator, self.aggregation)

    def choose(self, tree: Tree) -> Answer | None:
        return winner(tree, self.evaluator, self.aggregation)

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        if self.samples % self.width:
            return f"Samples N must be a multiple of width M, but {self.samples} is not one of {self.width}."
        return absent(self.title, self.evaluator, verifiers)


def _unfinished(candidates: list[Node], best: Node, number: int) -> Iteration:
    """The siblings of the step that ended a subtree are texts without an answer."""
    out = tuple(node.id for node in candidates if not node.terminal)
    if out:
        yield Prune(out, (f"no answer: subtree {number} ended with node {best.id}, so this has no vote",) * len(out))
