"""Ways through a tree that views share: the principal path, and steps from node to node. Knows no Qt."""

from __future__ import annotations

from engine.events import ROOT, NodeId
from engine.tree import Node, Tree


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
    path = [ROOT]
    credited = tree.root.visits > 0
    while (child := best_child(tree, path[-1])) is not None and _is_promising(tree.nodes[child], credited):
        path.append(child)
    return tuple(path)


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
