"""Find alternatives to a step: a few more samples at a higher temperature, those that are known left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.events import NodeId
from engine.search.search import Expand, Iteration, grow_and_score
from engine.search.settings import setting
from engine.verbs.verb import Place, Verb, no_way_on


@dataclass(frozen=True)
class Alternatives(Verb):
    """New children of the step's parent, or of the step itself; a text that is there already is not added again."""

    name: ClassVar[str] = "alternatives"
    title: ClassVar[str] = "Find alternatives"
    sentence: ClassVar[str] = "Sample more steps in this place at a higher temperature; only new ones are added"

    samples: int = setting(8, "Samples", "How many are drawn; equal ones become one step.", minimum=1, maximum=1024)
    temperature: float = setting(1.3, "Temperature", "Of the samples; above 1 is bolder.", minimum=0.0, maximum=5.0)
    of: str = setting("siblings", "Instead of", "This step, or what follows it.", choices=("siblings", "children"))

    def words(self, place: Place) -> str:
        what = "children" if self._parent(place) == place.node else "alternatives"
        return f"{what} of node {place.node}: {self.samples} samples at temperature {self.temperature:g}"

    def refusal(self, place: Place) -> str:
        return no_way_on(place.at(self._parent(place)))

    def iteration(self, place: Place, done: int) -> Iteration | None:
        if done:
            return None
        wish = Expand((self._parent(place),), self.samples, self.temperature, "text", task=place.task)
        return grow_and_score(place.tree, wish)

    def _parent(self, place: Place) -> NodeId:
        """The root has no siblings, so there it is the children."""
        above = place.here.parent
        return place.node if above is None or self.of == "children" else above
