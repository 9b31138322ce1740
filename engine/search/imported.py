"""What stands in the place of a search where a run was read from a file: nothing is searched. Knows no file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.search.search import Answer, Ending, Iteration, Search
from engine.tree import Tree

REFUSAL = (
    "This run was read from a file: no search can go on with it. "
    "Start a run of its own on the question, or probe the thought."
)


@dataclass(frozen=True)
class Imported(Search):
    """A trace or a tree from elsewhere: its steps were given, and it cannot be started or gone on with."""

    name: ClassVar[str] = "imported"
    title: ClassVar[str] = "Imported"

    def iteration(self, tree: Tree) -> Iteration:
        yield from ()

    def done(self, tree: Tree) -> Ending | None:
        return "finished", "the file was read"

    def choose(self, tree: Tree) -> Answer | None:
        end = tree.finished
        return None if end is None or end.chosen is None else Answer(end.chosen, end.rollout)

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        return REFUSAL
