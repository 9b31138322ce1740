"""What both orders of Tree of Thoughts share: how thoughts come about, and what they and their duplicates are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.events import NodeId
from engine.search.evaluators import absent, answers_left, best_answer, mark
from engine.search.frontier import Merge
from engine.search.search import Answer, Expand, Iteration, Prune, Search
from engine.search.settings import setting
from engine.search.values import proven, refused
from engine.tree import Node, Tree

PAPER = "Yao, Yu, Zhao, Shafran, Griffiths, Cao, Narasimhan 2023, 2305.10601"
RULES = (
    "V = (20·sure + 1·likely + 0.001·impossible) / (20·answers) with the evaluator `value`\n"
    "duplicates: zero = V of a repeated text is 0 (the paper's code); share = V of the first node with that state; "
    "drop = out"
)
MERGES: dict[str, Merge] = {"zero": "none", "share": "text", "drop": "state"}
"""Rule for duplicates -> which samples of one node become one child."""


@dataclass(frozen=True)
class Thoughts(Search):
    """What both orders share: the generator, the evaluator and the rule for duplicates."""

    citation: ClassVar[str] = PAPER

    generator: str = setting(
        "propose",
        "Generator",
        "One call lists the next steps, or each is a sample. The answer line is always one sample.",
        choices=("propose", "sample"),
    )
    calls: int = setting(
        1, "Calls", "Calls that list the steps of one node.", minimum=1, maximum=64, when="generator=propose"
    )
    samples: int = setting(5, "Samples", "Of each node.", minimum=1, maximum=256, when="generator=sample")
    temperature: float = setting(0.7, "Temperature", "Of the generator; 0 is greedy.", minimum=0.0, maximum=5.0)
    evaluator: str = setting(
        "prm",
        "Evaluator",
        "Sure, likely or impossible; a mark from 1 to 10; a vote among the candidates; or a reward model, of which orm "
        "knows answers only and leaves steps in the order in which they came.",
        choices=("value", "scale", "vote", "prm", "orm"),
    )
    duplicates: str = setting(
        "share",
        "Duplicates",
        "zero: a repeated text is worth 0, as in the paper's code, even if it is right. share: a state that was "
        "reached before has the value it had, without a call. drop: it leaves the search.",
        choices=tuple(MERGES),
    )

    def expansion(self, nodes: tuple[NodeId, ...]) -> Expand:
        """The thoughts that follow these nodes."""
        merge = MERGES[self.duplicates]
        if self.generator == "propose":
            return Expand(nodes, self.calls, self.temperature, merge, generator="propose")
        return Expand(nodes, self.samples, self.temperature, merge)

    def expand_at(self, node: NodeId) -> Expand:
        return self.expansion((node,))

    def unscored(self, tree: Tree, nodes: list[Node]) -> list[Node]:
        """Those the evaluator has to be asked about: a duplicate costs no call, if its original has one."""
        ids = {node.id for node in nodes}
        return [
            node
            for node in nodes
            if (first := self.original(tree, node)) is None or not (first.id in ids or first.scores)
        ]

    def original(self, tree: Tree, node: Node) -> Node | None:
        """The node that this one repeats by the rule in use; None if it is the first."""
        if self.duplicates != "zero":
            return None if node.twin is None else tree.nodes[node.twin]
        text = tree.steps(node.id)
        before = (other for other in tree.nodes.values() if other.id < node.id and other.depth == node.depth)
        return next((other for other in before if other.step == node.step and tree.steps(other.id) == text), None)

    def value(self, tree: Tree, node: Node) -> float | None:
        """V of a state in [0, 1]; None if nobody said anything. A refused one is 0, a proven answer 1."""
        first = self.original(tree, node)
        if refused(node) or (self.duplicates == "zero" and first is not None):
            return 0.0
        if proven(node):
            return 1.0
        own = mark(node, self.evaluator)
        return self.value(tree, first) if own is None and first is not None else own

    def repeats(self, tree: Tree, node: Node) -> str:
        """What a reason says of a duplicate's value; empty for the first of its kind."""
        first = self.original(tree, node)
        if first is None:
            return ""
        if self.duplicates == "zero":
            return f", worth 0 as a repeat of node {first.id}"
        return f", with the value of node {first.id}, whose state it repeats"

    def drop_repeats(self, tree: Tree, nodes: list[Node]) -> Iteration:
        """Take duplicates out of the search: by the rule `drop` all, else those of steps that are refused."""
        firsts = ((node, self.original(tree, node)) for node in nodes)
        out = {
            node.id: f"the same state as node {first.id}"
            if self.duplicates == "drop"
            else f"refused as node {first.id}"
            for node, first in firsts
            if first is not None and (self.duplicates == "drop" or refused(first))
        }
        if out:
            yield Prune(tuple(out), tuple(out.values()))

    def choose(self, tree: Tree) -> Answer | None:
        return best_answer([(node, self.value(tree, node)) for node in answers_left(tree)])

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        if self.evaluator == "vote" and self.generator == "sample" and self.samples == 1:
            return f"{self.title} with one sample of each node has nothing to vote among: draw two samples or more."
        return absent(self.title, self.evaluator, verifiers)
