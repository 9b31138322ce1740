"""Give the siblings of a node as many visits as the most visited one has (KaTrain: "equalize")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.search.search import Iteration
from engine.tree import Node
from engine.verbs.verb import Place, Verb


@dataclass(frozen=True)
class Equalise(Verb):
    """So that values are compared which stand on equally many visits. What is explored to its end is left alone."""

    name: ClassVar[str] = "equalise"
    title: ClassVar[str] = "Equalise siblings"
    sentence: ClassVar[str] = "Give this step and its siblings as many visits as the most visited of them has"

    def words(self, place: Place) -> str:
        siblings = _siblings(place)
        most = max((node.visits for node in siblings), default=0)
        return f"node {place.node} and its siblings with as many visits as the most visited one, {most}"

    def refusal(self, place: Place) -> str:
        if place.here.parent is None:
            return "The root has no siblings."
        if not place.search.counts_visits:
            return f"{place.search.title} counts no visits: there is nothing to be made equal."
        if place.tree.is_out(place.node):
            return f"Node {place.node} is out of the search: restore it first."
        if not _behind(place):
            return f"The siblings of node {place.node} have equally many visits, as far as anything is left to explore."
        return ""

    def total(self, place: Place) -> int:
        most = max((node.visits for node in _siblings(place)), default=0)
        return sum(most - node.visits for node in _behind(place))

    def iteration(self, place: Place, done: int) -> Iteration | None:
        behind = _behind(place)
        if not behind:
            return None
        least = min(behind, key=lambda node: (node.visits, node.id))
        return place.search.iteration_below(place.tree, least.id)

    def shortfall(self, place: Place, done: int) -> str:
        return ""


def _siblings(place: Place) -> list[Node]:
    """The node and its siblings, as far as they are in the search."""
    parent = place.here.parent
    children = [] if parent is None else place.tree.children(parent)
    return [child for child in children if not (child.refused or child.pruned)]


def _behind(place: Place) -> list[Node]:
    """Those with fewer visits than the most visited one that can be given more."""
    siblings = _siblings(place)
    most = max((node.visits for node in siblings), default=0)
    return [node for node in siblings if node.visits < most and place.search.open_below(place.tree, node.id)]
