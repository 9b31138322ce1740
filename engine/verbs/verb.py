"""What a person can ask for at a node of a run: a verb. It yields the same moves as a strategy. Knows no model, no Qt.

Like a strategy a verb is a frozen configuration with pure functions over the tree, and between its iterations nothing
is remembered but the tree and how many there were: so it can be stepped, paused, and given up at any point.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from engine import editing
from engine.editing import EditError
from engine.events import NodeId
from engine.problems import Problem
from engine.search.search import Iteration, Search
from engine.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is asked for: a node, and all that is to be known there."""

    problem: Problem
    search: Search
    tree: Tree
    node: NodeId
    task: int = 0
    """Number of the task; 0 while it is only thought of."""

    @property
    def here(self) -> Node:
        return self.tree.nodes[self.node]

    def at(self, node: NodeId) -> Place:
        """The same for another node."""
        return replace(self, node=node)


@dataclass(frozen=True)
class Verb(ABC):
    """Something to be done at a node. Subclasses are frozen dataclasses whose fields are made with `setting(...)`."""

    name: ClassVar[str]
    """In commands and files, e.g. `deepen`."""
    title: ClassVar[str]
    """In menus, e.g. `Search harder here`."""
    sentence: ClassVar[str]
    """What it does."""

    @abstractmethod
    def words(self, place: Place) -> str:
        """The wish, complete, as a part of a sentence: `8 more simulations below node 5`."""

    @abstractmethod
    def refusal(self, place: Place) -> str:
        """Why it cannot be done there, as a sentence; empty if it can. The node is known to exist."""

    @abstractmethod
    def iteration(self, place: Place, done: int) -> Iteration | None:
        """The moves of the next iteration, after `done` of them; None if nothing is left to be done."""

    def total(self, place: Place) -> int:
        """How many iterations there will be; a guess where nobody can know."""
        return 1

    def shortfall(self, place: Place, done: int) -> str:
        """What is to be said if it ended after `done` iterations, as a sentence; empty if that was all."""
        total = self.total(place)
        return f"Nothing was left to be learned there after {done} of {total}." if done < total else ""


def no_way_on(place: Place) -> str:
    """Why nothing can follow this node, as a sentence; empty if something can."""
    return refusal_of(lambda: editing.check_parent(place.tree, place.node))


def refusal_of(attempt: Callable[[], object]) -> str:
    """The sentence with which an edit is refused; empty if it is not."""
    try:
        attempt()
    except EditError as error:
        return str(error)
    return ""
