"""Ways through a tree that views share: the principal path, and steps from node to node. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from engine.events import ROOT, NodeId
from engine.tree import Node, Tree

DROP = 0.1
"""A step that is worth less than the one before it by at least this much is a large drop."""


def rank(node: Node) -> tuple[int, bool, float, float, NodeId]:
    """Sorts siblings best first: most visits, then those not pruned, highest score, highest prior, oldest.

    A search that credits no values, such as a beam, has only the scores to go by.
    """
    score = max((score.value for score in node.scores), default=-1.0)
    return (-node.visits, bool(node.pruned), -score, -node.prior, node.id)


def best_child(tree: Tree, node: NodeId) -> NodeId | None:
    """The most visited child; None without children."""
    return min(tree.children(node), key=rank).id if tree.nodes[node].children else None


def principal_path(tree: Tree) -> tuple[NodeId, ...]:
    """From the root to the chosen answer; before there is one, along the best children.

    Those are the most visited ones that were visited; where nothing is credited, the best scored ones that are left.
    """
    if not tree.nodes:
        return ()
    if tree.finished is not None and tree.finished.chosen is not None:
        return tuple(node.id for node in tree.path(tree.finished.chosen))
    return _along_the_best(tree, ROOT)


def principal_variation(tree: Tree, node: NodeId) -> tuple[NodeId, ...]:
    """From `node`, itself first, down to where the search would end up from there."""
    path = principal_path(tree)
    return path[path.index(node) :] if node in path else _along_the_best(tree, node)


def line_through(tree: Tree, node: NodeId) -> tuple[NodeId, ...]:
    """The trace of `node`, and on along its principal variation."""
    return (*(above.id for above in tree.path(node)[:-1]), *principal_variation(tree, node))


def _along_the_best(tree: Tree, node: NodeId) -> tuple[NodeId, ...]:
    path = [node]
    credited = is_credited(tree)
    while (child := best_child(tree, path[-1])) is not None and _is_promising(tree.nodes[child], credited):
        path.append(child)
    return tuple(path)


def is_credited(tree: Tree) -> bool:
    """Whether values have been credited to nodes; a beam, say, credits none and goes by scores alone."""
    return tree.root.visits > 0


def worth(node: Node, credited: bool) -> float | None:
    """Q; in a search that credits nothing the step's own score. None: nothing is known."""
    if credited:
        return node.value
    return node.mark[0] if node.mark is not None else None


def best_by_value(tree: Tree, node: NodeId) -> NodeId | None:
    """The child that is worth most, of equals the one ranked first; None if nothing is known of any."""
    credited = is_credited(tree)
    known = [(value, child) for child in tree.children(node) if (value := worth(child, credited)) is not None]
    return min(known, key=lambda entry: (-entry[0], rank(entry[1])))[1].id if known else None


def is_branching(tree: Tree, node: NodeId) -> bool:
    """Whether the search went, or may go, more than one way from here."""
    credited = is_credited(tree)
    return sum(_is_promising(child, credited) for child in tree.children(node)) > 1


def previous_branching(tree: Tree, node: NodeId) -> NodeId | None:
    """The nearest node above that branches."""
    above = [entry.id for entry in tree.ascend(node)][1:]
    return next((entry for entry in above if is_branching(tree, entry)), None)


def next_branching(tree: Tree, node: NodeId) -> NodeId | None:
    """The nearest node below, along the principal variation, that branches."""
    below = principal_variation(tree, node)[1:]
    return next((entry for entry in below if is_branching(tree, entry)), None)


def large_drops(tree: Tree, line: Iterable[NodeId]) -> list[NodeId]:
    """The nodes of a line that are worth less, by DROP or more, than the last one before them whose worth is known."""
    credited = is_credited(tree)
    values = [(node, value) for node in line if (value := worth(tree.nodes[node], credited)) is not None]
    return [node for (_, before), (node, value) in pairwise(values) if before - value >= DROP]


def _is_promising(node: Node, credited: bool) -> bool:
    return node.visits > 0 if credited else bool(node.scores) and not node.pruned


def next_twin(tree: Tree, node: NodeId) -> NodeId:
    """The next node, in order of birth and round to the first, that has the same state; itself if there is none."""
    twin = tree.nodes[node].twin
    first = node if twin is None else twin
    family = [first, *(entry.id for entry in tree.nodes.values() if entry.twin == first)]
    return family[(family.index(node) + 1) % len(family)]


def sibling(tree: Tree, node: NodeId, step: int) -> NodeId | None:
    """The sibling `step` places further in order of birth; None beyond the ends."""
    parent = tree.nodes[node].parent
    if parent is None:
        return None
    family = tree.nodes[parent].children
    place = family.index(node) + step
    return family[place] if 0 <= place < len(family) else None


def is_below(tree: Tree, node: NodeId, ancestor: NodeId) -> bool:
    """Whether `node` is a proper descendant of `ancestor`."""
    return node != ancestor and any(above.id == ancestor for above in tree.ascend(node))
