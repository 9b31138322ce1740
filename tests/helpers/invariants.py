"""What is true of every tree that a log can lead to, found again by walking the whole tree. Knows no strategy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import inf

import pytest

from engine.events import (
    ROOT,
    Asked,
    AskEnded,
    Backpropagated,
    Credited,
    Expanded,
    Record,
    RunResumed,
    TaskUndone,
    VirtualLossChanged,
)
from engine.nodes import BY_HAND
from engine.tree import Node, Tree, fold


def check_tree(tree: Tree, log: Sequence[Record]) -> None:
    """Every number that the fold keeps step by step is the one that the whole log gives."""
    assert tree.out(tree.nodes) == {node for node in tree.nodes if tree.is_out(node)}
    credits: dict[int, list[tuple[float, int]]] = {node: [] for node in tree.nodes}
    """Leaf -> values, each with the task that credited it."""
    counts: dict[int, list[tuple[int, float, bool]]] = {node: [] for node in tree.nodes}
    flights: Counter[int] = Counter()
    task, made, undone = 0, dict[int, set[int]](), set[int]()
    for record in log:
        event = record.event
        if isinstance(event, Asked | AskEnded):
            task = event.task if isinstance(event, Asked) else 0
        elif isinstance(event, Expanded) and task:
            made.setdefault(task, set()).update(new.node for new in event.children)
        elif isinstance(event, TaskUndone):
            (undone.discard if event.again else undone.add)(event.task)
        elif isinstance(event, Backpropagated):
            credits[event.leaf].append((event.value, task))
        elif isinstance(event, Credited):
            for number, visits, value in zip(event.nodes, event.visits, event.values, strict=True):
                counts[number].append((visits, value, event.single and visits == 1))
        elif isinstance(event, VirtualLossChanged):
            flights[event.leaf] += event.change
        elif isinstance(event, RunResumed):
            flights.clear()
    for node in tree.nodes.values():
        below = _descendants(tree, node)
        found = [credit for entry in below for credit in credits[entry.id]]
        values = [value for value, by in found if by not in undone or node.id in made.get(by, ())]
        read = counts[node.id]
        assert node.visits == len(values) + sum(visits for visits, _, _ in read)
        assert node.value_sum == pytest.approx(sum(values) + sum(value for _, value, _ in read))
        known = [*values, *(value for _, value, is_single in read if is_single)]
        squares = sum(value * value for value in known) if all(one[2] for one in read) else inf
        assert node.square_sum == pytest.approx(squares)
        assert node.best == max(known, default=None)
        assert node.virtual == sum(flights[entry.id] for entry in below)
        assert node.open == open_below(tree, node)
        _check_place(tree, node)
    born = [child.node for record in log if isinstance(record.event, Expanded) for child in record.event.children]
    assert [ROOT, *born] == list(tree.nodes)
    assert fold(log) == tree


def open_below(tree: Tree, node: Node) -> int:
    """How many nodes from here down can still teach something, those below pruned ones left out."""
    settled = node.expanded or node.refused or (node.terminal and _is_valued(node))
    below = sum(open_below(tree, child) for child in tree.children(node.id) if not child.pruned)
    return below + (0 if settled else 1)


def _is_valued(node: Node) -> bool:
    return node.visits > 0 or any(score.verifier != BY_HAND for score in node.scores)


def _check_place(tree: Tree, node: Node) -> None:
    for child in tree.children(node.id):
        assert (child.parent, child.depth) == (node.id, node.depth + 1)
    assert tree.is_out(node.id) == any(entry.pruned for entry in tree.path(node.id))
    if node.twin is not None:
        assert node.twin < node.id


def _descendants(tree: Tree, node: Node) -> list[Node]:
    """The node and all below it."""
    found = [node]
    for entry in found:
        found += tree.children(entry.id)
    return found
