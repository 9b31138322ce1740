"""Tree of Thoughts, breadth first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.search.evaluators import answers_left
from engine.search.frontier import ByDepth, drop, newborn, ranking
from engine.search.search import Iteration
from engine.search.settings import setting
from engine.search.thoughts import RULES, Thoughts
from engine.tree import Node, Tree


@dataclass(frozen=True)
class TotBfs(Thoughts, ByDepth):
    """Tree of Thoughts, breadth first (Yao et al. 2023, algorithm 1; Game of 24 with b = 5).

    One iteration: every state that was kept gets its next thoughts, all of them are valued, and the best b are kept:
    a stable sort, so of equals the first stays. An answer keeps its place while it is among the best b. The run's
    answer is the best of the b that remain; the others are in the tree, for the paper's reading “any of b”.
    """

    name: ClassVar[str] = "tot-bfs"
    title: ClassVar[str] = "Tree of Thoughts (BFS)"
    group: ClassVar[str] = "Tree search"
    formula_text: ClassVar[str] = f"the b candidates with the largest V stay; of equals the first\n{RULES}"

    beams: int = setting(5, "Kept b", "States that are kept at each depth.", minimum=1, maximum=1024)

    def grow(self, tree: Tree, parents: list[Node]) -> Iteration:
        if rest := tuple(node.id for node in parents if not node.expanded):
            yield self.expansion(rest)

    def to_score(self, tree: Tree, nodes: list[Node]) -> list[Node]:
        return self.unscored(tree, nodes)

    def keep(self, tree: Tree, depth: int) -> Iteration:
        yield from self.drop_repeats(tree, newborn(tree, depth))
        pool = [answer for answer in answers_left(tree) if answer.depth < depth] + newborn(tree, depth)
        yield from drop(
            ranking(pool, lambda node: self.value(tree, node)), self.beams, why=lambda node: self.repeats(tree, node)
        )
