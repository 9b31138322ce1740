"""Importance-weighted expansion: how many children a node deserves (AlphaLLM, Tian et al. 2024, 2404.12253). Pure."""

from __future__ import annotations

from collections.abc import Callable
from statistics import fmean

from engine.tree import Node, Tree


def missing_samples(
    tree: Tree, node: Node, value_of: Callable[[Node], float | None], least: int, most: int, importance: float
) -> int:
    """How many samples an expanded node lacks: width = max(least, min(floor(importance * D), most)).

    D = max over the children of |Q_child - mean of the children's Q|, as the authors' code has it (the paper compares
    with the value of the node itself). An unvisited child counts with its own score; one that nobody valued, that is
    refused or pruned is left out. Q here is in [0, 1], theirs in [-1, 1]. A node never becomes narrower.
    """
    values = [value for child in tree.children(node.id) if (value := _known(child, value_of)) is not None]
    drawn = sum(child.samples for child in tree.children(node.id))
    if not values:
        return 0
    mean = fmean(values)
    distance = max(abs(value - mean) for value in values)
    return max(0, max(least, min(int(importance * distance), most)) - drawn)


def _known(child: Node, value_of: Callable[[Node], float | None]) -> float | None:
    if child.refused or child.pruned:
        return None
    value = value_of(child)
    return value if value is not None or child.mark is None else child.mark[0]
