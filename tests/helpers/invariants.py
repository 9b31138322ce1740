"""What is true of every tree that a log can lead to, found again by walking the whole tree. Knows no strategy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from engine.events import ROOT, Backpropagated, Credited, Expanded, Record, RunResumed, VirtualLossChanged
from engine.tree import Node, Tree, fold


def check_tree(tree: Tree, log: Sequence[Record]) -> None:
    """Every number that the fold keeps step by step is the one that the whole log gives."""
    assert tree.out(tree.nodes) == {node for node in tree.nodes if tree.is_out(node)}
    credits: dict[int, list[float]] = {node: [] for node in tree.nodes}
    counts: dict[int, list[tuple[int, float]]] = {node: [] for node in tree.nodes}
    flights: Counter[int] = Counter()
    for record in log:
        event = record.event
        if isinstance(event, Backpropagated):
            credits[event.leaf].append(event.value)
        elif isinstance(event, Credited):
            for number, visits, value in zip(event.nodes, event.visits, event.values, strict=True):
                counts[number].append((visits, value))
        elif isinstance(event, VirtualLossChanged):
            flights[event.leaf] += event.change
        elif isinstance(event, RunResumed):
            flights.clear()
    for node in tree.nodes.values():
        below = _descendants(tree, node)
        values = [value for entry in below for value in credits[entry.id]]
        read = counts[node.id]
        assert node.visits == len(values) + sum(visits for visits, _ in read)
        assert node.value_sum == pytest.approx(sum(values) + sum(value for _, value in read))
        means = [(value / visits, value) for visits, value in read if visits > 0]
        squares = sum(value * value for value in values) + sum(mean * value for mean, value in means)
        assert node.square_sum == pytest.approx(squares)
        assert node.best == max((*values, *(mean for mean, _ in means)), default=None)
        assert node.virtual == sum(flights[entry.id] for entry in below)
        assert node.open == open_below(tree, node)
        _check_place(tree, node)
    born = [child.node for record in log if isinstance(record.event, Expanded) for child in record.event.children]
    assert [ROOT, *born] == list(tree.nodes)
    assert fold(log) == tree


def open_below(tree: Tree, node: Node) -> int:
    """How many nodes from here down can still teach something, those below pruned ones left out."""
    settled = node.expanded or node.refused or (node.terminal and bool(node.scores or node.visits))
    below = sum(open_below(tree, child) for child in tree.children(node.id) if not child.pruned)
    return below + (0 if settled else 1)


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
