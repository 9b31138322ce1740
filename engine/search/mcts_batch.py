"""What one iteration of Monte Carlo tree search works on: its leaves and the children that they got. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from engine.events import NodeId, Source
from engine.search.search import Backpropagate
from engine.tree import Node, Tree

Grown = dict[NodeId, tuple[NodeId, ...]]
"""The leaves of an iteration that were expanded -> the children that came of it."""


def credited(tree: Tree, node: NodeId, value: float | None, source: Source, revisit: bool = False) -> Backpropagate:
    """Missing is not zero: what nobody could value is credited with the Q of the nearest step above that has one,
    which so stays as it is."""
    if value is not None:
        return Backpropagate(node, value, source, revisit)
    known = (above.value for above in islice(tree.ascend(node), 1, None))
    return Backpropagate(node, next((q for q in known if q is not None), 0.0), "policy", revisit)


def was_cut_off(tree: Tree) -> bool:
    """Whether the log ended in the middle of an iteration, which is to be gone on with."""
    return tree.selected is not None and tree.selected.iteration > tree.iterations_done


def uncredited(tree: Tree) -> list[NodeId]:
    """The leaves of an iteration that was cut off for which nothing was credited, nor for a child that they got in it.
    One that is out teaches nothing any more."""
    taught = {node if node < tree.known else tree.nodes[node].parent for node in tree.credited}
    return [leaf for leaf in dict.fromkeys(tree.reached) if leaf not in taught and not tree.is_out(leaf)]


def grown_before(tree: Tree, leaves: Sequence[NodeId]) -> Grown:
    """Those leaves of an iteration that was cut off which the policy was asked about, and what it made of them."""
    born = {leaf: tuple(c.id for c in tree.children(leaf) if c.id >= tree.known and c.samples) for leaf in leaves}
    return {leaf: children for leaf, children in born.items() if children}


def live(tree: Tree, born: tuple[NodeId, ...]) -> list[NodeId]:
    return [child for child in born if not tree.nodes[child].pruned]


def likeliest(tree: Tree, born: list[NodeId]) -> NodeId:
    return max(born, key=lambda node: (not tree.nodes[node].broken, tree.nodes[node].prior, -node))


def is_known(tree: Tree, node: Node) -> bool:
    """Whether its state was reached before, at a node that is still in the search."""
    return node.twin is not None and not node.pruned and not tree.is_out(node.twin)
