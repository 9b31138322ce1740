"""Monte Carlo tree search over reasoning steps."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar

from engine.events import NodeId, Source
from engine.search.search import Backpropagate, Evaluate, Expand, Iteration, Rollout, Search, Select
from engine.search.selection import Formula, Puct, Uct, walk
from engine.search.settings import setting
from engine.search.values import AGGREGATIONS, refused, trace_value
from engine.tree import Node, Tree


@dataclass(frozen=True)
class Mcts(Search):
    """Monte Carlo tree search over steps (UCT: Kocsis & Szepesvari 2006; PUCT: Silver et al. 2018).

    One iteration selects a leaf, asks the policy for its children, values one of them (by the verifiers' scores, or
    by a rollout that the verifiers score) and credits the value to the path.
    """

    name: ClassVar[str] = "mcts"
    title: ClassVar[str] = "MCTS"
    needs_verifier: ClassVar[bool] = True

    simulations: int = setting(64, "Simulations", "Iterations of the search.", minimum=1, maximum=1_000_000)
    width: int = setting(8, "Width", "Samples per expansion; equal texts become one child.", minimum=1, maximum=256)
    temperature: float = setting(1.0, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)
    formula: str = setting("puct", "Formula", "How selection weighs value against novelty.", choices=("puct", "uct"))
    c_init: float = setting(
        1.25, "c_init", "Weight of the prior in PUCT.", minimum=0.0, maximum=100.0, when="formula=puct"
    )
    c_base: float = setting(
        19652.0, "c_base", "How slowly that weight grows with N.", minimum=1.0, maximum=1e9, when="formula=puct"
    )
    first_play: str = setting(
        "score",
        "Unvisited Q",
        "What stands for Q of a child that was never visited: the verifiers' score, Q of the parent, or 0.",
        choices=("score", "parent", "zero"),
        when="formula=puct",
    )
    c: float = setting(
        round(sqrt(2), 4), "c", "Exploration weight in UCT.", minimum=0.0, maximum=100.0, when="formula=uct"
    )
    value: str = setting(
        "score", "Value from", "The verifiers' scores, or a rollout to an answer.", choices=("score", "rollout")
    )
    aggregation: str = setting(
        "min", "Trace value", "How the scores of a trace's steps become one number.", choices=AGGREGATIONS
    )
    revisit: bool = setting(
        True, "Revisit answers", "Whether a finished leaf may be selected again; its known value then counts once more."
    )
    enough: float = setting(
        1.0,
        "Enough",
        "Stop as soon as an answer is worth this much; 1: only if proven by a rule.",
        minimum=0.0,
        maximum=1.0,
    )
    final: str = setting(
        "value", "Final answer", "The answer with the best value, or with the most visits.", choices=("value", "visits")
    )

    def iteration(self, tree: Tree) -> Iteration:
        walked = walk(tree, self._formula(), self._open_children)
        yield Select(walked)
        leaf = tree.nodes[walked.path[-1]]
        if leaf.terminal or leaf.expanded:
            yield self._credit(tree, leaf.id, revisit=leaf.visits > 0)
            return
        (born,) = yield Expand((leaf.id,), self.width, self.temperature)
        if not born:
            yield Backpropagate(leaf.id, 0.0, "policy")
        elif self.value == "rollout":
            yield from self._simulate(tree, born)
        else:
            yield Evaluate(born)
            yield self._credit(tree, self._best(tree, born))

    def _simulate(self, tree: Tree, born: tuple[NodeId, ...]) -> Iteration:
        """Value of the likeliest child by playing on; an answer is its own rollout and is scored as it stands."""
        child = max(born, key=lambda node: (not tree.nodes[node].broken, tree.nodes[node].prior, -node))
        if tree.nodes[child].terminal:
            yield Evaluate((child,))
            yield self._credit(tree, child)
            return
        (played,) = yield Rollout((child,), self.temperature)
        value = 0.0 if played.value is None else played.value
        yield Backpropagate(child, value, played.source or "policy")

    def done(self, tree: Tree) -> str | None:
        if tree.iterations_done >= self.simulations:
            return f"all {self.simulations} simulations are done"
        if tree.root.expanded and self._exhausted(tree, tree.root):
            return "the tree is exhausted: every leaf is an answer or a dead end"
        best = self.choose(tree)
        if best is not None and (self._value(tree, best) or (0.0, "policy"))[0] >= self.enough:
            return f"an answer is worth {self.enough:g} or more"
        return None

    def choose(self, tree: Tree) -> NodeId | None:
        answers = [node for node in tree.answers() if not refused(node)]
        if not answers:
            return None
        return max(answers, key=lambda node: self._rank(tree, node)).id

    def progress(self, tree: Tree) -> float | None:
        return tree.iterations_done / self.simulations

    def _rank(self, tree: Tree, node: Node) -> tuple[float, float, int]:
        value = (self._value(tree, node.id) or (-1.0, "policy"))[0]
        first, second = (value, node.visits) if self.final == "value" else (node.visits, value)
        return first, second, -node.id

    def _formula(self) -> Formula:
        if self.formula == "uct":
            return Uct(self.c)
        return Puct(self.c_init, self.c_base, self.first_play, self._score)  # type: ignore[arg-type] # a choice of it

    def _score(self, tree: Tree, node: NodeId) -> float | None:
        value = self._value(tree, node)
        return None if value is None else value[0]

    def _value(self, tree: Tree, node: NodeId) -> tuple[float, Source] | None:
        return trace_value(tree, node, self.aggregation)  # type: ignore[arg-type] # one of AGGREGATIONS

    def _best(self, tree: Tree, nodes: tuple[NodeId, ...]) -> NodeId:
        return max(nodes, key=lambda node: (self._score(tree, node) or 0.0, tree.nodes[node].prior, -node))

    def _credit(self, tree: Tree, node: NodeId, *, revisit: bool = False) -> Backpropagate:
        value, source = self._value(tree, node) or (0.0, "policy")
        return Backpropagate(node, value, source, revisit)

    def _open_children(self, tree: Tree, node: Node) -> list[Node]:
        children = [child for child in tree.children(node.id) if not refused(child)]
        return children if self.revisit else [child for child in children if not self._exhausted(tree, child)]

    def _exhausted(self, tree: Tree, node: Node) -> bool:
        """Whether nothing new can be found below: every leaf was valued and is terminal or refused."""
        if refused(node):
            return True
        if node.terminal:
            return node.visits > 0 or bool(node.scores)
        return node.expanded and all(self._exhausted(tree, child) for child in tree.children(node.id))
