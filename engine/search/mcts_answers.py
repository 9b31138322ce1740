"""The answers in a tree of MCTS, and which one is the run's. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.search.search import Answer
from engine.search.values import Aggregation, judged, proven, trace_value
from engine.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that the run may give."""

    answer: Answer
    value: float | None
    """Of its trace; None if nobody could say."""
    reward: float | None
    """Of the answer by itself."""
    proven: bool
    """Whether an exact rule says that it is right."""


def answers_at(tree: Tree, node: Node, how: Aggregation) -> list[Candidate]:
    """The answers at a node: its own, or those of rollouts from it. What a rule refuses is none."""
    if node.terminal:
        return [] if node.refused else [_own(tree, node, how)]
    return [
        Candidate(Answer(node.id, number), played.value, played.value, played.source == "rule" and played.value == 1.0)
        for number, played in enumerate(node.rollouts)
        if played.answer is not None and played.value != 0.0
    ]


def _own(tree: Tree, node: Node, how: Aggregation) -> Candidate:
    value = trace_value(tree, node.id, how)
    mark = judged(node)
    reward = 1.0 if proven(node) else mark[0] if mark else None
    return Candidate(Answer(node.id), value[0] if value else None, reward, proven(node))


def is_enough(found: Candidate, enough: float) -> bool:
    """Whether the search may stop with this answer. A model that is sure to the last digit has proven nothing, nor has
    a rule that finds no fault with the steps."""
    return found.proven or (enough < 1 and (found.value or 0.0) >= enough)


def rank(tree: Tree, found: Candidate, final: str, enough: float) -> tuple[Any, ...]:
    """Sorts answers, the best last: one that ends the search, then by `final`; the lowest node wins a tie."""
    value = -1.0 if found.value is None else found.value
    reward = -1.0 if found.reward is None else found.reward
    visits = _visits(tree, found)
    orders = {"value": (value, visits), "visits": (visits, value), "reward": (reward, value, visits)}
    return is_enough(found, enough), *orders[final], -found.answer.node


def _visits(tree: Tree, found: Candidate) -> tuple[tuple[int, int], ...]:
    """N of each step of the trace, so that the larger is found by going down by most visits (the robust child)."""
    return tuple((node.visits, -node.id) for node in tree.path(found.answer.node)[1:])
