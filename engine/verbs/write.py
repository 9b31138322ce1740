"""Insert a step of one's own, or an edited one beside its original, and go on from there."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from engine import editing
from engine.events import NodeId
from engine.growth import in_thought
from engine.search.search import Iteration, insert_and_score
from engine.search.settings import setting
from engine.verbs.deepen import Deepen, unit
from engine.verbs.play_out import PlayOut
from engine.verbs.verb import Place, Verb, refusal_of

THEN = ("deepen", "play out", "nothing")


@dataclass(frozen=True)
class Write(Verb):
    """What both share: a step by a person becomes a node, and the engine goes on below it."""

    step: str = setting("", "Step", "One line of reasoning, or an answer.")
    then: str = setting("deepen", "Then", "What is done below the new step.", choices=THEN)
    simulations: int = setting(8, "Simulations", "How many below it.", minimum=1, maximum=1_000_000, when="then=deepen")

    @abstractmethod
    def parent(self, place: Place) -> NodeId | None:
        """Below which node the step is written; None: nowhere."""

    def refusal(self, place: Place) -> str:
        parent = self.parent(place)
        if parent is None:
            return "The root is the problem itself: start another run to change it."
        thinking = place.search.thinking
        return refusal_of(lambda: editing.inserted(place.tree, place.problem, thinking, {}, parent, self.step))

    def total(self, place: Place) -> int:
        written = self._written(place)
        if written is None:
            parent = self.parent(place)
            guess = {"deepen": self.simulations, "nothing": 0}
            return 1 + guess.get(self.then, PlayOut().total(place.at(place.node if parent is None else parent)) - 1)
        after = self._after(place.at(written))
        return 1 + (after.total(place.at(written)) if after else 0)

    def iteration(self, place: Place, done: int) -> Iteration | None:
        written = self._written(place)
        if written is None:
            parent = self.parent(place)
            return None if done or parent is None else insert_and_score(place.tree, parent, self.step)
        below = place.at(written)
        after = self._after(below)
        return after.iteration(below, done - 1) if after else None

    def shortfall(self, place: Place, done: int) -> str:
        written = self._written(place)
        after = None if written is None else self._after(place.at(written))
        return after.shortfall(place.at(written), done - 1) if after and written is not None else ""

    def _then(self, place: Place) -> str:
        what = f"{self.simulations} {unit(place, self.simulations)}" if self.then == "deepen" else self.then
        return f"{what} below it"

    def _after(self, below: Place) -> Verb | None:
        """What is done below the new step; None if nothing can be, or was wanted."""
        if below.here.terminal or below.tree.is_out(below.node) or self.then == "nothing":
            return None
        return Deepen(self.simulations) if self.then == "deepen" else PlayOut()

    def _written(self, place: Place) -> NodeId | None:
        """The step's node, once it is there."""
        parent = self.parent(place)
        if parent is None:
            return None
        hidden = in_thought(place.tree.steps(parent), place.search.thinking)
        text = editing.completed(self.step, place.problem, hidden)
        return next((child.id for child in place.tree.children(parent) if child.step == text), None)


@dataclass(frozen=True)
class InsertAndGoOn(Write):
    """A step of one's own below the selected one."""

    name: ClassVar[str] = "insert"
    title: ClassVar[str] = "Insert a step and go on"
    sentence: ClassVar[str] = "Write a step of your own after this one, and let the search go on below it"

    def words(self, place: Place) -> str:
        return f"a step of one's own below node {place.node}, then {self._then(place)}"

    def parent(self, place: Place) -> NodeId | None:
        return place.node


@dataclass(frozen=True)
class Edit(Write):
    """The edited text becomes a sibling; the original stays."""

    name: ClassVar[str] = "edit"
    title: ClassVar[str] = "Edit and resample"
    sentence: ClassVar[str] = "Change the words of this step; the new version stands beside it, and is gone on from"

    then: str = setting("play out", "Then", "What is done below the new step.", choices=THEN)

    def words(self, place: Place) -> str:
        return f"node {place.node} in other words, then {self._then(place)}"

    def parent(self, place: Place) -> NodeId | None:
        return place.here.parent
