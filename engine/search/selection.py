"""Selection formulas, each with its citation: they fill in a `Choice`, the arithmetic of one level of the walk.

score = q + u for every child; the largest wins, ties go to the lowest node id. Children that are refused are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, log, sqrt
from typing import Literal, Protocol

from engine.events import ROOT, Choice, NodeId
from engine.search.search import Walked
from engine.tree import Node, Tree

FirstPlay = Literal["score", "parent", "zero"]
ScoreOf = Callable[[Tree, NodeId], float | None]
"""The verifiers' value of a trace; None where there is none."""


class Formula(Protocol):
    """A selection rule."""

    @property
    def words(self) -> str:
        """The variant, complete: parameters and treatment of unvisited children."""
        ...

    def terms(self, tree: Tree, parent: Node, child: Node) -> tuple[float | None, float | None]:
        """(q, u) of a child: q None = no value, u None = infinite."""
        ...


@dataclass(frozen=True, slots=True)
class Uct:
    """UCT: W/N + c * sqrt(ln N_parent / N), unvisited children first (Kocsis & Szepesvari 2006, section 2)."""

    c: float = sqrt(2)

    @property
    def words(self) -> str:
        return f"UCT = Q + c·√(ln N_parent / N), c {self.c:g}, unvisited first"

    def terms(self, tree: Tree, parent: Node, child: Node) -> tuple[float | None, float | None]:
        if not child.visits:
            return None, None
        return child.value, self.c * sqrt(log(max(1, parent.visits)) / child.visits)


@dataclass(frozen=True, slots=True)
class Puct:
    """PUCT: Q + P * (c_init + ln((N_parent + c_base + 1) / c_base)) * sqrt(N_parent) / (1 + N).

    Silver et al. 2018 (AlphaZero), pseudocode `ucb_score`. N_parent counts the parent's own evaluation as well.
    First-play urgency is a decision: what stands for Q of a child that was never visited.
    """

    c_init: float = 1.25
    c_base: float = 19652.0
    first_play: FirstPlay = "score"
    score_of: ScoreOf = lambda _tree, _node: None

    @property
    def words(self) -> str:
        stand_in = {"score": "the verifier's score", "parent": "Q of the parent", "zero": "0"}[self.first_play]
        return (
            "PUCT = Q + P·(c_init + ln((N_parent + c_base + 1) / c_base))·√N_parent / (1 + N), "
            f"c_init {self.c_init:g}, c_base {self.c_base:g}, unvisited: {stand_in}"
        )

    def terms(self, tree: Tree, parent: Node, child: Node) -> tuple[float | None, float | None]:
        c = self.c_init + log((parent.visits + self.c_base + 1) / self.c_base)
        u = child.prior * c * sqrt(parent.visits) / (1 + child.visits)
        return self._q(tree, parent, child), u

    def _q(self, tree: Tree, parent: Node, child: Node) -> float | None:
        if child.visits:
            return child.value
        if self.first_play == "zero":
            return 0.0
        score = self.score_of(tree, child.id) if self.first_play == "score" else None
        return parent.value if score is None else score


def choose_child(tree: Tree, parent: Node, candidates: list[Node], formula: Formula) -> Choice:
    """The terms of every candidate and the one that wins. `candidates` is not empty."""
    terms = [formula.terms(tree, parent, child) for child in candidates]
    best = max(range(len(candidates)), key=lambda i: (_total(*terms[i]), -candidates[i].id))
    return Choice(
        parent=parent.id,
        chosen=candidates[best].id,
        visits=parent.visits,
        children=tuple(child.id for child in candidates),
        n=tuple(child.visits for child in candidates),
        q=tuple(q for q, _ in terms),
        p=tuple(child.prior for child in candidates),
        u=tuple(u for _, u in terms),
        visited=tuple(child.visits > 0 for child in candidates),
    )


def _total(q: float | None, u: float | None) -> float:
    return inf if u is None else (q or 0.0) + u


def walk(tree: Tree, formula: Formula, candidates: Callable[[Tree, Node], list[Node]]) -> Walked:
    """From the root down to a node without candidates (not expanded yet, or terminal)."""
    node, path, choices = tree.nodes[ROOT], [ROOT], []
    while open_children := candidates(tree, node):
        choice = choose_child(tree, node, open_children, formula)
        choices.append(choice)
        node = tree.nodes[choice.chosen]
        path.append(node.id)
    return Walked(tuple(path), tuple(choices), formula.words)
