"""Search harder here: more of the run's own work below one node (KaTrain, Nibbler: "focus")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from engine.search.search import Iteration, grow_and_score
from engine.search.settings import setting
from engine.verbs.verb import Place, Verb, no_way_on


@dataclass(frozen=True)
class Deepen(Verb):
    """More simulations by the run's own formula, the way down to the node prescribed.

    A search that counts no visits lets its best open leaf below the node grow each time; one that draws whole chains
    draws them from the node.
    """

    name: ClassVar[str] = "deepen"
    title: ClassVar[str] = "Search harder here"
    sentence: ClassVar[str] = "More simulations at and below this step, whatever the formula thinks of it"

    simulations: int = setting(8, "Simulations", "How many more.", minimum=1, maximum=1_000_000)

    def words(self, place: Place) -> str:
        return f"{self.simulations} more {unit(place, self.simulations)} below node {place.node}"

    def refusal(self, place: Place) -> str:
        if why := no_way_on(place):
            return why
        if not place.search.open_below(place.tree, place.node):
            return f"Nothing new can be learned below node {place.node}: all of it is explored."
        return ""

    def total(self, place: Place) -> int:
        return 1 if place.search.expand_at(place.node).whole else self.simulations

    def iteration(self, place: Place, done: int) -> Iteration | None:
        if done >= self.total(place) or not place.search.open_below(place.tree, place.node):
            return None
        wish = place.search.expand_at(place.node)
        if wish.whole:  # all chains in one batch
            return grow_and_score(place.tree, replace(wish, width=self.simulations))
        return place.search.iteration_below(place.tree, place.node)


def unit(place: Place, count: int) -> str:
    """What one iteration of this search is called."""
    if place.search.counts_visits:
        word = "simulation"
    else:
        word = "chain" if place.search.expand_at(place.node).whole else "expansion"
    return word if count == 1 else f"{word}s"
