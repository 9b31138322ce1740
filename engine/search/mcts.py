"""Monte Carlo tree search over reasoning steps."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from math import sqrt
from typing import Any, ClassVar

from engine.events import ROOT, NodeId, Source
from engine.search.search import (
    Answer,
    Backpropagate,
    Ending,
    Evaluate,
    Expand,
    Iteration,
    Move,
    Rollout,
    Search,
    Select,
)
from engine.search.selection import Formula, Puct, Uct, walk
from engine.search.settings import setting
from engine.search.values import AGGREGATIONS, refused, trace_value
from engine.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An answer that the run may give."""

    answer: Answer
    value: float | None
    source: Source
    visits: int


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
    root_width: int = setting(
        0,
        "Root width",
        "Samples of the first expansion, where a miss costs most; 0: as many as Width.",
        minimum=0,
        maximum=1024,
    )
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
        if _was_cut_off(tree) and tree.phase == "backpropagation":
            return  # the log ended after the last move
        born = _left_without_value(tree) or (yield from self._reach(tree))
        if born and self.value == "rollout":
            yield from self._simulate(tree, born)
        elif born:
            if not any(tree.nodes[child].scores for child in born):
                yield Evaluate(born)
            yield self._credit(tree, self._best(tree, born))

    def _reach(self, tree: Tree) -> Generator[Move, Any, tuple[NodeId, ...]]:
        """Select a leaf and expand it; gives its children. Where there are none the leaf is credited at once."""
        walked = walk(tree, self._formula(), self._open_children)
        yield Select(walked)
        leaf = tree.nodes[walked.path[-1]]
        if leaf.terminal:
            if leaf.open:
                yield Evaluate((leaf.id,))
            yield self._credit(tree, leaf.id, revisit=leaf.visits > 0)
        elif leaf.expanded:  # a dead end: the policy gave nothing that can be gone on with
            yield Backpropagate(leaf.id, 0.0, "policy", revisit=True)
        else:
            width = self.root_width if leaf.id == ROOT and self.root_width else self.width
            born: tuple[NodeId, ...]
            (born,) = yield Expand((leaf.id,), width, self.temperature)
            if not born:
                yield Backpropagate(leaf.id, 0.0, "policy")
            return born
        return ()

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

    def done(self, tree: Tree) -> Ending | None:
        if any(self._is_enough(candidate) for candidate in self._found_last(tree)):
            return "finished", (
                "an answer is proven by a rule" if self.enough == 1 else f"an answer is worth {self.enough:g} or more"
            )
        if tree.iterations_done >= self.simulations:
            return "finished", f"all {self.simulations} simulations are done"
        if not tree.root.open:
            return "exhausted", "the tree is exhausted: every leaf is an answer or a dead end"
        return None

    def choose(self, tree: Tree) -> Answer | None:
        found = [candidate for node in tree.nodes.values() for candidate in self._candidates(tree, node)]
        return max(found, key=self._rank).answer if found else None

    def progress(self, tree: Tree) -> float | None:
        return tree.iterations_done / self.simulations

    def _candidates(self, tree: Tree, node: Node) -> list[_Candidate]:
        """The answers at a node: its own, or those of rollouts from it."""
        if node.terminal:
            value, source = self._value(tree, node.id) or (None, "policy")
            return [] if refused(node) else [_Candidate(Answer(node.id), value, source, node.visits)]
        return [
            _Candidate(Answer(node.id, number), played.value, played.source or "policy", node.visits)
            for number, played in enumerate(node.rollouts)
            if played.answer is not None and played.value != 0.0
        ]

    def _found_last(self, tree: Tree) -> list[_Candidate]:
        """The answers of the latest iteration. Those before were looked at in their turn; a value never changes."""
        if tree.selected is None:
            return []
        leaf = tree.nodes[tree.selected.leaf]
        return [found for node in (leaf, *tree.children(leaf.id)) for found in self._candidates(tree, node)]

    def _is_enough(self, found: _Candidate) -> bool:
        """A model that is sure to the last digit has proven nothing."""
        proof = found.source == "rule" and found.value == 1.0
        return proof or (self.enough < 1 and (found.value or 0.0) >= self.enough)

    def _rank(self, found: _Candidate) -> tuple[float, float, int]:
        value = -1.0 if found.value is None else found.value
        first, second = (value, found.visits) if self.final == "value" else (found.visits, value)
        return first, second, -found.answer.node

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
        value, source = self._value(tree, node) or (self._neutral(tree, node), "policy")
        return Backpropagate(node, value, source, revisit)

    def _neutral(self, tree: Tree, node: NodeId) -> float:
        """What leaves the parent's Q as it is: nobody could say anything, and missing is not zero."""
        parent = tree.nodes[node].parent
        return 0.0 if parent is None else tree.nodes[parent].value or 0.0

    def _open_children(self, tree: Tree, node: Node) -> list[Node]:
        children = [child for child in tree.children(node.id) if not refused(child)]
        return children if self.revisit else [child for child in children if child.open]


def _was_cut_off(tree: Tree) -> bool:
    """Whether the log ended in the middle of an iteration, which is to be gone on with."""
    return tree.selected is not None and tree.selected.iteration > tree.iterations_done


def _left_without_value(tree: Tree) -> tuple[NodeId, ...]:
    """The children that an iteration which was cut off had got from the policy and not yet credited."""
    if tree.selected is None or not _was_cut_off(tree) or tree.phase not in ("expansion", "simulation"):
        return ()
    return tuple(tree.nodes[tree.selected.leaf].children)
