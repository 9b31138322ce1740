"""Text under way of the shown run: whose children it is to become, and until when it is shown. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable

from app.models.shown_run import ShownRun
from engine.frames import Branch

MOST = 12
"""Branches that are shown at once."""


class Writing:
    """`take` what is being written; `branches` are those of it that are not nodes yet."""

    def __init__(self, shown: ShownRun) -> None:
        self._shown = shown
        self._taken: list[tuple[Branch, int]] = []

    def take(self, branches: Iterable[Branch]) -> None:
        """It belongs to the children its parent has now: once they are born it is shown no more."""
        nodes = self._shown.tree.nodes
        known = [branch for branch in branches if branch.parent in nodes][:MOST]
        self._taken = [(branch, len(nodes[branch.parent].children)) for branch in known]

    def branches(self) -> list[Branch]:
        """None in the past: what is written now does not belong there."""
        nodes = self._shown.tree.nodes
        return [
            branch
            for branch, children in self._taken
            if self._shown.live and branch.parent in nodes and len(nodes[branch.parent].children) == children
        ]
