"""A strategy as somebody might add one: all that there is to say about it stands here. Knows no model."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import ClassVar

from engine.search.search import Answer, Ending, Expand, Iteration, Prune, Search
from engine.search.settings import setting
from engine.tree import Node, Tree


@dataclass(frozen=True)
class RandomWalk(Search):
    """Random walk: of the next steps that the policy samples, one is taken by chance, and the others are pruned.

    One iteration takes one step. Nothing is scored, and nobody turns back.
    """

    name: ClassVar[str] = "random-walk"
    title: ClassVar[str] = "Random walk"
    citation: ClassVar[str] = "Pearson 1905, The Problem of the Random Walk, Nature 72"
    formula_text: ClassVar[str] = "P(child) = 1 / children"

    width: int = setting(3, "Width", "Next steps to choose among.", minimum=1, maximum=64)
    temperature: float = setting(1.0, "Temperature", "Of the samples.", minimum=0.0, maximum=5.0)
    bias: str = setting("none", "Bias", "What draws the walker.", choices=("none", "likeliest"))

    def iteration(self, tree: Tree) -> Iteration:
        place = _place(tree)
        (born,) = yield Expand((place.id,), self.width, self.temperature)
        if not born:
            return
        taken = random.Random(place.id).choice(born)
        if self.bias == "likeliest":
            taken = max(born, key=lambda node: (tree.nodes[node].prior, -node))
        if others := tuple(node for node in born if node != taken):
            yield Prune(others, ("the walker went another way",) * len(others))

    def done(self, tree: Tree) -> Ending | None:
        place = _place(tree)
        if place.terminal or place.expanded:
            return "finished", "the walk has come to its end"
        return None

    def choose(self, tree: Tree) -> Answer | None:
        place = _place(tree)
        return Answer(place.id) if place.terminal and not place.broken else None


def _place(tree: Tree) -> Node:
    """Where the walker stands: down from the root by what is not pruned."""
    node = tree.root
    while below := [child for child in tree.children(node.id) if not child.pruned]:
        node = below[0]
    return node
