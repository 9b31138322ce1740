"""What a step and a trace are worth, read from the scores in the tree. Missing is not zero."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from typing import Literal

from engine.events import NodeId, Source
from engine.tree import Node, Tree

Aggregation = Literal["min", "product", "last", "mean"]
AGGREGATIONS: tuple[Aggregation, ...] = ("min", "product", "last", "mean")


def refused(node: Node) -> bool:
    """Whether the step cannot be gone on with: it is broken, or a rule says that it is wrong."""
    return node.refused


def proven(node: Node) -> bool:
    """Whether an exact rule says that this answer is right."""
    rule = node.score("rule")
    return node.terminal and rule is not None and rule.value == 1.0


def judged(node: Node) -> tuple[float, Source] | None:
    """The step's own score and who says it: a refusal beats a model's opinion. None if nobody said anything."""
    if refused(node):
        return 0.0, "policy" if node.broken else "rule"
    model = next((score for score in reversed(node.scores) if score.source != "rule"), None)
    if model is not None:
        return model.value, model.source
    rule = node.score("rule")
    return (rule.value, rule.source) if rule is not None else None


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


def trace_value(tree: Tree, node: NodeId, how: Aggregation) -> tuple[float, Source] | None:
    """Value in [0, 1] of the trace that ends in `node`, and whose word it is; None if no step has a score.

    An answer that a rule proves right is worth 1, whatever a model thought of the steps.
    """
    last = tree.nodes[node]
    if proven(last):
        return 1.0, "rule"
    marks = [mark for entry in tree.path(node)[1:] if (mark := judged(entry)) is not None]
    value = aggregate((mark for mark, _ in marks), how)
    if value is None or refused(last):
        return judged(last)
    source = next((source for _, source in reversed(marks) if source != "rule"), marks[-1][1])
    return value, source
