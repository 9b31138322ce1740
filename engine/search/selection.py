"""Selection formulas, each with its citation: they fill in a `Choice`, the arithmetic of one level of the walk.

score = q + u for every child; the largest wins. Children that are refused or pruned are left out by the strategy. A
formula sees columns of numbers, not nodes, so that it can be replayed on anybody's tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log, sqrt
from typing import ClassVar, Literal, Protocol, TypeAlias

from engine.events import ROOT, Choice, NodeId
from engine.search.search import Walked
from engine.search.values import Aggregation, trace_to
from engine.tree import Node, Tree

FirstPlay = Literal["score", "parent", "zero", "lowest"]
QScale = Literal["none", "siblings"]
Backup = Literal["mean", "max"]

StandIn: TypeAlias = Callable[[int], float | None]
"""The verifiers' value of the trace to the child at this place of the columns; None where there is none."""
Column: TypeAlias = Sequence[float | None]

LEAST_RANGE = 1e-8
"""Below this a range of Q is no range: mctx `qtransform_by_parent_and_siblings`, epsilon."""


class Formula(Protocol):
    """A selection rule."""

    @property
    def words(self) -> str:
        """The variant, complete: parameters, which N, and treatment of unvisited children."""
        ...

    prior_breaks_ties: ClassVar[bool]
    """Whether equal scores go to the larger prior before they go to the first child."""

    def terms(
        self, visits: int, value: float | None, n: Sequence[int], q: Column, p: Sequence[float], stand_in: StandIn
    ) -> tuple[Column, Column]:
        """(q, u), one entry per child: q None = no value, u None = infinite.

        `visits` and `value` are N and V of the parent; n, q and p the children's, q None where n is 0.
        """
        ...


@dataclass(frozen=True)
class Uct:
    """UCT: W/N + c * sqrt(ln N_parent / N), unvisited children first (Kocsis & Szepesvari 2006, section 2)."""

    c: float = sqrt(2)

    @property
    def words(self) -> str:
        return f"UCT = Q + c·√(ln N_parent / N), c {self.c:g}, unvisited first"

    prior_breaks_ties: ClassVar[bool] = False

    def terms(
        self, visits: int, value: float | None, n: Sequence[int], q: Column, p: Sequence[float], stand_in: StandIn
    ) -> tuple[Column, Column]:
        known = log(max(1, visits))
        return q, [self.c * sqrt(known / count) if count else None for count in n]


@dataclass(frozen=True)
class FirstPlayUrgency:
    """What stands for Q of a child that was never visited, and the scale of Q: decisions, both of them.

    With the scale `siblings` the Q of a level are spread over [0, 1] between the smallest and the largest of the
    children's and the parent's (mctx, `qtransform_by_parent_and_siblings`); what stands in counts as well, so that
    nothing leaves the range.
    """

    first_play: FirstPlay = "score"
    q_scale: QScale = "none"

    @property
    def words(self) -> str:
        stand_in = {
            "score": "the verifier's score",
            "parent": "Q of the parent",
            "zero": "0",
            "lowest": "the lowest Q of parent and siblings",
        }[self.first_play]
        scale = ", Q rescaled to [0, 1] over parent and siblings" if self.q_scale == "siblings" else ""
        return f"unvisited: {stand_in}{scale}"

    def fill(self, value: float | None, q: Column, stand_in: StandIn) -> Column:
        """Q as the formula uses it."""
        filled = q if None not in q else self._filled(value, q, stand_in)
        return _rescaled(filled, value) if self.q_scale == "siblings" else filled

    def _filled(self, value: float | None, q: Column, stand_in: StandIn) -> Column:
        match self.first_play:
            case "score":
                return [_or(stand_in(i), value) if entry is None else entry for i, entry in enumerate(q)]
            case "parent":
                other = value
            case "zero":
                other = 0.0
            case "lowest":
                other = min((entry for entry in (value, *q) if entry is not None), default=None)
        return [other if entry is None else entry for entry in q]


def _or(first: float | None, second: float | None) -> float | None:
    return second if first is None else first


def _rescaled(q: Column, value: float | None) -> Column:
    known = [entry for entry in (value, *q) if entry is not None]
    low = min(known, default=0.0)
    width = max(max(known, default=0.0) - low, LEAST_RANGE)
    return [None if entry is None else (entry - low) / width for entry in q]


@dataclass(frozen=True)
class Puct:
    """PUCT: Q + P * (c_init + ln((N_parent + c_base + 1) / c_base)) * sqrt(N_parent) / (1 + N).

    Silver et al. 2018 (AlphaZero), pseudocode `ucb_score`. N_parent counts the parent's own evaluation as well (mctx;
    the papers count the children's visits only).
    """

    c_init: float = 1.25
    c_base: float = 19652.0
    urgency: FirstPlayUrgency = FirstPlayUrgency()

    @property
    def words(self) -> str:
        return (
            "PUCT = Q + P·(c_init + ln((N_parent + c_base + 1) / c_base))·√N_parent / (1 + N), "
            f"c_init {self.c_init:g}, c_base {self.c_base:g}, N_parent with its own evaluation, {self.urgency.words}"
        )

    prior_breaks_ties: ClassVar[bool] = False

    def terms(
        self, visits: int, value: float | None, n: Sequence[int], q: Column, p: Sequence[float], stand_in: StandIn
    ) -> tuple[Column, Column]:
        weight = self.weight(visits)
        u = [prior * weight / (1 + count) for prior, count in zip(p, n, strict=True)]
        return self.urgency.fill(value, q, stand_in), u

    def weight(self, visits: int) -> float:
        """What P / (1 + N) is multiplied with below a parent of so many visits."""
        return (self.c_init + log((visits + self.c_base + 1) / self.c_base)) * sqrt(visits)


@dataclass(frozen=True)
class PUcb:
    """P-UCB: Q + beta * P * sqrt(ln N_parent) / (1 + N), beta = ln((N_parent + c_base + 1) / c_base) + c.

    Zhang et al. 2023 (2303.05510, planning guided transformer decoding); constants of the code `llm-mcts`. While
    N_parent is 1, ln 1 = 0 makes every u 0: equal scores then go to the larger prior, not to the first child.
    """

    c: float = 4.0
    c_base: float = 10.0
    urgency: FirstPlayUrgency = FirstPlayUrgency()

    @property
    def words(self) -> str:
        return (
            "P-UCB = Q + (ln((N_parent + c_base + 1) / c_base) + c)·P·√(ln N_parent) / (1 + N), "
            f"c {self.c:g}, c_base {self.c_base:g}, N_parent with its own evaluation, {self.urgency.words}, "
            "ties (ln 1 = 0) to the larger P"
        )

    prior_breaks_ties: ClassVar[bool] = True

    def terms(
        self, visits: int, value: float | None, n: Sequence[int], q: Column, p: Sequence[float], stand_in: StandIn
    ) -> tuple[Column, Column]:
        weight = self.weight(visits)
        u = [prior * weight / (1 + count) for prior, count in zip(p, n, strict=True)]
        return self.urgency.fill(value, q, stand_in), u

    def weight(self, visits: int) -> float:
        """What P / (1 + N) is multiplied with below a parent of so many visits."""
        return (log((visits + self.c_base + 1) / self.c_base) + self.c) * sqrt(log(max(1, visits)))


def winner(q: Column, u: Column, p: Sequence[float], prior_breaks_ties: bool) -> int:
    """The place of the largest q + u; ties go to the larger prior if that is wanted, then to the first."""
    best, place = -inf, 0
    for i, more in enumerate(u):
        score = inf if more is None else (q[i] or 0.0) + more
        if score > best or (prior_breaks_ties and score == best and p[i] > p[place]):
            best, place = score, i
    return place


@dataclass(frozen=True)
class Selection:
    """How a search walks from the root to a leaf: the formula, what Q is, and whose values stand in."""

    formula: Formula
    aggregation: Aggregation = "min"
    backup: Backup = "mean"
    in_flight: bool = False
    """Whether leaves may be in flight: their virtual losses count as visits of value 0."""

    @cached_property
    def words(self) -> str:
        """The variant, complete."""
        largest = ", Q = the largest value credited" if self.backup == "max" else ""
        losses = ", N with a visit of value 0 for each leaf in flight" if self.in_flight else ""
        return f"{self.formula.words}{largest}{losses}"

    def walk(self, tree: Tree, candidates: Callable[[Node], list[Node]], start: NodeId = ROOT) -> Walked:
        """From the root down to a node without candidates: not expanded yet, or an answer, or to be made wider.

        The way to `start` is prescribed: there nothing is chosen, so no arithmetic is told.
        """
        node, path, choices = tree.nodes[start], [entry.id for entry in tree.path(start)], []
        trace = trace_to(tree, start, self.aggregation)
        while children := candidates(node):
            choice = self.choose(node, children, trace.with_step)
            choices.append(choice)
            node = tree.nodes[choice.chosen]
            path.append(node.id)
            trace.add(node)
        asked = f", below node {start}, where a person wants more" if start != ROOT else ""
        return Walked(tuple(path), tuple(choices), f"{self.words}{asked}")

    def choose(self, parent: Node, children: list[Node], score_of: Callable[[Node], float | None]) -> Choice:
        """The terms of every child and the one that wins. `children` is not empty."""
        n: list[int] = []
        p: list[float] = []
        known: list[float | None] = []
        mean = self.backup == "mean"
        for child in children:  # one pass over the columns: this is the innermost loop of a search
            visits = child.visits + child.virtual
            n.append(visits)
            p.append(child.prior)
            known.append(None if not visits else child.value_sum / visits if mean else child.best or 0.0)
        above = parent.visits + parent.virtual
        q, u = self.formula.terms(above, self.value(parent), n, known, p, lambda place: score_of(children[place]))
        chosen = children[winner(q, u, p, self.formula.prior_breaks_ties)].id
        whole = len(children) == len(parent.children)
        ids = parent.children if whole else tuple([child.id for child in children])
        seen = tuple(map(bool, n))
        return Choice(parent.id, chosen, above, ids, tuple(n), tuple(q), tuple(p), tuple(u), seen)

    def value(self, node: Node) -> float | None:
        """Q of a node; None while unvisited. The largest value does not sink with virtual losses, only u does."""
        return self._value(node, node.visits + node.virtual)

    def settled(self, node: Node) -> float | None:
        """Q by what was credited alone, whatever is in flight; None while nothing was."""
        return self._value(node, node.visits)

    def _value(self, node: Node, visits: int) -> float | None:
        if not visits:
            return None
        return node.value_sum / visits if self.backup == "mean" else (node.best or 0.0)
