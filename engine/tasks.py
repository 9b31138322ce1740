"""What people asked a run for: tasks, performed one by one between its iterations. Knows no model, no pipe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

from engine import verbs
from engine.editing import EditError
from engine.events import Asked, AskEnded, Event, NodeId
from engine.search.search import Iteration
from engine.tree import Tree
from engine.verbs import Place, Verb

Told: TypeAlias = Callable[["Task"], None]
"""Hears that a task has ended; its fields say how."""
LOST = "The engine had ended in the middle of it."


@dataclass
class Task:
    """One wish, from the moment it is uttered."""

    number: int
    """In this run, from 1."""
    verb: Verb
    node: NodeId
    words: str
    total: int
    """Iterations it will take, as far as anybody can know."""
    told: Told
    done: int = 0
    """Iterations."""
    begun: bool = False
    refused: str = ""
    """Why it could not be begun when its turn came, as a sentence."""
    why: str = ""
    """Why it ended before all was done, as a sentence."""
    given_up: bool = False
    """Whether it ended because a person cancelled it, or because the run ended."""
    pruned: list[NodeId] = field(default_factory=list)
    """What it took out of the search: restoring these undoes it."""
    first: NodeId = 0
    """The first node that can be its own."""

    def asked(self) -> Asked:
        """Its beginning, as an event."""
        return Asked(self.number, self.verb.name, self.node, self.words, asdict(self.verb))

    def outcome(self, tree: Tree) -> dict[str, Any]:
        """For the reply: what came of it.

        `born` are the nodes below older ones that are new since it began; a step that a person inserted meanwhile is
        among them.
        """
        nodes = tree.nodes
        new = range(self.first, len(nodes)) if self.begun else ()
        born = [node for node in new if (nodes[node].parent or 0) < self.first]
        numbers = {"task": self.number, "done": self.done, "total": self.total}
        said = {"why": self.why, "given_up": self.given_up}
        return {**numbers, **said, "born": born, "pruned": self.pruned}


class Tasks:
    """The tasks of one run, the one under way or next first. `place` says what there is at a node, for a task."""

    def __init__(self, emit: Callable[[Event], None], place: Callable[[NodeId, int], Place]) -> None:
        self._emit = emit
        self._place = place
        self._numbered = 0
        self.waiting: list[Task] = []

    def __bool__(self) -> bool:
        return bool(self.waiting)

    def count_from(self, number: int) -> None:
        """The log knows tasks up to this number."""
        self._numbered = number

    def add(self, verb: Verb, node: NodeId, told: Told) -> Task:
        """Take up a wish. Raises EditError with the reason why it cannot be fulfilled."""
        if why := self.refusal(verb, node):
            raise EditError(why)
        self._numbered += 1
        place = self._place(node, self._numbered)
        self.waiting.append(Task(self._numbered, verb, node, verb.words(place), verb.total(place), told))
        return self.waiting[-1]

    def refusal(self, verb: Verb, node: NodeId) -> str:
        """Why it cannot be done there now, as a sentence; empty if it can."""
        return verbs.refusal(verb, self._place(node, self._numbered + 1))

    def find(self, number: int) -> Task:
        """Raises EditError."""
        for task in self.waiting:
            if task.number == number:
                return task
        raise EditError(f"There is no task {number}: it has ended already.")

    def go_on(self, beyond: str) -> tuple[Task, Iteration] | None:
        """The next iteration of the first task; None if it has ended instead. There is one.

        `beyond`: why the run itself would end now, as a sentence; empty if it would not.
        """
        task = self.waiting[0]
        place = self._place(task.node, task.number)
        if not task.begun and not self._begin(task, place, beyond):
            return None
        moves = task.verb.iteration(place, task.done)
        if moves is None:
            self.end(task, task.verb.shortfall(place, task.done))
            return None
        return task, moves

    def count(self, task: Task) -> None:
        """An iteration of it is done. If that was the last one, it has ended, though the run may stand still now."""
        task.done += 1
        place = self._place(task.node, task.number)
        if task.verb.iteration(place, task.done) is None:
            self.end(task, task.verb.shortfall(place, task.done))

    def end(self, task: Task, why: str) -> None:
        """It is done, or will not be: `why`, as a sentence, empty if it is."""
        self.waiting.remove(task)
        task.why = why
        if task.begun:
            self._emit(AskEnded(task.number, why))
        task.told(task)

    def give_up(self, task: Task, why: str) -> None:
        """It is not wanted any more, or cannot be."""
        task.given_up = True
        self.end(task, why)

    def _begin(self, task: Task, place: Place, beyond: str) -> bool:
        """Whether it could be begun: the tree may have changed since it was asked for."""
        if why := verbs.refusal(task.verb, place):
            task.refused = why
            self.end(task, why)
            return False
        task.begun, task.first = True, len(place.tree.nodes)
        task.total = task.verb.total(place)
        past = f" (beyond the end of the run: {beyond.rstrip('.')})" if beyond else ""
        task.words = f"{task.verb.words(place)}{past}"
        self._emit(task.asked())
        return True
