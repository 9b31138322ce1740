"""Only this branch: prune every sibling along the path to a node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.events import NodeId
from engine.search.search import Iteration, Prune
from engine.verbs.verb import Place, Verb


@dataclass(frozen=True)
class Only(Verb):
    """Undone by restoring exactly the steps that it pruned."""

    name: ClassVar[str] = "only"
    title: ClassVar[str] = "Only this branch"
    sentence: ClassVar[str] = "Take everything beside the way to this step out of the search"

    def words(self, place: Place) -> str:
        return f"only the branch of node {place.node}"

    def refusal(self, place: Place) -> str:
        if place.here.parent is None:
            return "The root is in every branch: select a step."
        if place.tree.is_out(place.node):
            return f"Node {place.node} is out of the search: restore it first."
        return "" if _beside(place) else f"Node {place.node} has no siblings left on its way: it is the only branch."

    def iteration(self, place: Place, done: int) -> Iteration | None:
        beside = _beside(place)
        return None if done or not beside else _pruning(beside, f"only the branch of node {place.node} was wanted")


def _pruning(nodes: tuple[NodeId, ...], why: str) -> Iteration:
    yield Prune(nodes, (why,) * len(nodes), by="person")


def _beside(place: Place) -> tuple[NodeId, ...]:
    """What stands beside the way from the root to the node and is in the search."""
    path = place.tree.path(place.node)
    on_path = {entry.id for entry in path}
    children = (child for entry in path[:-1] for child in place.tree.children(entry.id))
    return tuple(child.id for child in children if child.id not in on_path and not child.pruned)
