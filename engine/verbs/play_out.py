"""Play out to the end: from a node down the best known steps, then on, step by step, to an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.search.search import Iteration
from engine.search.settings import setting
from engine.tree import Node
from engine.verbs.verb import Place, Verb, no_way_on


@dataclass(frozen=True)
class PlayOut(Verb):
    """Unlike a rollout it leaves nodes: each is expanded as the search does it, and its best child goes on."""

    name: ClassVar[str] = "play_out"
    title: ClassVar[str] = "Play out to the end"
    sentence: ClassVar[str] = "Go on from this step by the best next one each time, down to an answer"

    most: int = setting(64, "Most steps", "Where it gives up.", minimum=1, maximum=10_000)

    def words(self, place: Place) -> str:
        return f"playing out from node {place.node} to an answer"

    def refusal(self, place: Place) -> str:
        if why := no_way_on(place):
            return why
        end = _end(place)
        if end.terminal:
            return f"The best steps below node {place.node} lead to an answer already: node {end.id}."
        return "" if _goes_on(end) else f"No step leads on below node {place.node}."

    def total(self, place: Place) -> int:
        left = place.problem.max_steps - place.here.depth
        return 1 if place.search.expand_at(place.node).whole else max(1, min(left, self.most))

    def iteration(self, place: Place, done: int) -> Iteration | None:
        end = _end(place)
        if done >= self.most or not _goes_on(end):
            return None
        return place.search.iteration_below(place.tree, end.id)

    def shortfall(self, place: Place, done: int) -> str:
        end = _end(place)
        if end.terminal:
            return ""
        refused = any(child.terminal and not child.broken for child in place.tree.children(end.id))
        return (
            f"The rules refuse every answer after node {end.id}."
            if refused
            else f"It went no further than node {end.id}."
        )


def _goes_on(end: Node) -> bool:
    return not (end.terminal or end.expanded or end.refused)


def _end(place: Place) -> Node:
    """Down from the node by the best child each time: most visits, then score, then prior, then the first."""
    node = place.here
    while best := _best(place, node):
        node = best
    return node


def _best(place: Place, node: Node) -> Node | None:
    children = (child for child in place.tree.children(node.id) if not (child.refused or child.pruned))
    return max(children, key=_rank, default=None)


def _rank(node: Node) -> tuple[int, float, float, int]:
    return node.visits, -1.0 if node.mark is None else node.mark[0], node.prior, -node.id
