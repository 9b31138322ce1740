"""What a step and a trace are worth, read from the scores in the tree. Missing is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod
from typing import Literal

from engine.events import NodeId, Source
from engine.tree import Node, Tree

Aggregation = Literal["min", "product", "last", "mean", "max"]
AGGREGATIONS: tuple[Aggregation, ...] = ("min", "product", "last", "mean", "max")


def refused(node: Node) -> bool:
    """Whether the step cannot be gone on with: it is broken, or a rule says that it is wrong."""
    return node.refused


def proven(node: Node) -> bool:
    """Whether an exact rule says that this answer is right."""
    rule = node.score("rule")
    return node.terminal and rule is not None and rule.value == 1.0


def judged(node: Node) -> tuple[float, Source] | None:
    """The step's own score and who says it: a refusal beats a model's opinion. None if nobody said anything."""
    return node.mark


def aggregate(values: Iterable[float], how: Aggregation) -> float | None:
    """One number for a trace from its steps' scores; None if there are none.

    `last` forgets earlier mistakes, so `min` is the usual choice.
    """
    known = list(values)
    if not known:
        return None
    match how:
        case "min":
            return min(known)
        case "product":
            return prod(known)
        case "last":
            return known[-1]
        case "mean":
            return sum(known) / len(known)
        case "max":
            return max(known)


def trace_value(tree: Tree, node: NodeId, how: Aggregation) -> tuple[float, Source] | None:
    """Value in [0, 1] of the trace that ends in `node`, and whose word it is; None if no step has a score.

    An answer that a rule proves right is worth 1, whatever a model thought of the steps.
    """
    last = tree.nodes[node]
    if last.parent is None:
        return None
    trace = trace_to(tree, last.parent, how)
    value = trace.with_step(last)
    return None if value is None else (value, trace.source(last))


def best_open_leaf(tree: Tree, node: NodeId) -> Node | None:
    """The node at or below `node` that can still be gone on with and has the best score of its own; of equals, and of
    those nobody scored, the first. None if there is none."""
    return max(open_leaves(tree, node), key=_score, default=None)


def open_leaves(tree: Tree, node: NodeId) -> Iterator[Node]:
    """The nodes at or below `node` that can still be gone on with, from the left; what is explored is passed over."""
    waiting = [tree.nodes[node]]
    while waiting:
        entry = waiting.pop()
        if entry.refused or entry.pruned or not entry.open:
            continue
        waiting += reversed(tree.children(entry.id))
        if not (entry.expanded or entry.terminal):
            yield entry


def _score(node: Node) -> float:
    return -1.0 if node.mark is None else node.mark[0]


def trace_to(tree: Tree, node: NodeId, how: Aggregation) -> TraceValue:
    """The trace that ends in `node`, to be valued with each of its children."""
    trace = TraceValue(how)
    for entry in tree.path(node):  # the root has no score
        trace.add(entry)
    return trace


class TraceValue:
    """The value of a trace that is read from the root down, step by step: no trace is read twice."""

    def __init__(self, how: Aggregation) -> None:
        self._how = how
        self._value: float | None = None
        self._count = 0
        self._source: Source | None = None

    def add(self, node: Node) -> None:
        """The trace goes on with this step."""
        mark = node.mark
        if mark is not None:
            self._value = self._with(mark[0])
            self._count += 1
            if self._source in (None, "rule") or mark[1] != "rule":
                self._source = mark[1]

    def with_step(self, node: Node) -> float | None:
        """The value if this were the last step; None if no step has a score."""
        mark = node.mark
        if node.refused:
            return 0.0
        if mark is None:
            return self._mean() if self._how == "mean" else self._value
        if node.terminal and proven(node):
            return 1.0
        value = self._with(mark[0])
        return value / (self._count + 1) if self._how == "mean" else value

    def source(self, node: Node) -> Source:
        """Who says that value: the last model of the trace, or a rule that decides it."""
        if proven(node):
            return "rule"
        mark = node.mark
        if mark is not None and (node.refused or mark[1] != "rule" or self._source is None):
            return mark[1]
        return self._source or "policy"

    def _mean(self) -> float | None:
        return None if self._value is None else self._value / self._count

    def _with(self, score: float) -> float:
        """What is kept of the scores so far and this one; the sum where the mean is wanted."""
        if self._value is None or self._how == "last":
            return score
        if self._how == "min":
            return score if score < self._value else self._value
        if self._how == "max":
            return max(score, self._value)
        return self._value * score if self._how == "product" else self._value + score
