"""Ratings of steps by where they come from, for files that others train on. Knows no format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from engine.events import NodeId
from engine.tree import Tree

if TYPE_CHECKING:
    from engine.scores.labels import MonteCarloLabels

Labels = Literal["ratings", "person", "dataset", "exact", "monte-carlo"]
LABELS: dict[Labels, str] = {
    "ratings": "the person's rating, else the dataset's",
    "person": "what the person at this program rated",
    "dataset": "what the dataset says that the steps came from",
    "exact": "whether the solver still reaches a right answer",
    "monte-carlo": "whether any completion from behind the step was right",
}
PERSON = ""
"""See StepRated.by."""


class Rater:
    """Says 1 good, 0 neutral, -1 bad or None of each step, by one source of labels."""

    def __init__(self, labels: Labels, sampled: MonteCarloLabels | None = None) -> None:
        """`sampled`: what label runs of the session found; needed for Monte-Carlo labels alone."""
        self.labels = labels
        self._sampled = sampled

    def along(self, tree: Tree, nodes: Sequence[NodeId]) -> tuple[int | None, ...]:
        """Of the steps of a trace, from below the root on."""
        if self.labels in ("exact", "monte-carlo"):
            return self._worked_out(tree, nodes)
        return tuple([self._rated(tree.ratings.get(node, {})) for node in nodes])

    def of(self, tree: Tree, node: NodeId) -> int | None:
        """Of one step."""
        return self.along(tree, [entry.id for entry in tree.path(node)[1:]])[-1]

    def _rated(self, said: dict[str, int]) -> int | None:
        own = said.get(PERSON) if self.labels != "dataset" else None
        if own is not None or self.labels == "person":
            return own
        return next((rating for by, rating in said.items() if by != PERSON), None)

    def _worked_out(self, tree: Tree, nodes: Sequence[NodeId]) -> tuple[int | None, ...]:
        from engine.scores.labels import labels_of  # numpy: only where it is asked for

        found = labels_of(tree, nodes, ["exact" if self.labels == "exact" else "monte carlo"], self._sampled)
        return tuple([None if label is None else 1 if label else -1 for label in found])
