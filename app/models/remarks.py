"""What people said about a run: notes, bookmarks, and of its traces. For whoever shows it or walks along it. No Qt.

Views take those at the end of the log, wherever the cursor is: a note is about a step, not about a moment, and who
looks at the past still wants to find it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from engine.events import NodeId, Record
from engine.remarks import REMARKS
from engine.tree import Tree


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a person said about the nodes of a tree."""

    tree: Tree

    @property
    def notes(self) -> dict[NodeId, str]:
        return self.tree.notes

    @property
    def bookmarks(self) -> set[NodeId]:
        return self.tree.bookmarks

    def nodes(self) -> list[NodeId]:
        """Every node that has a note or a bookmark, oldest node first."""
        return sorted(self.bookmarks | self.notes.keys())

    def next_bookmark(self, node: NodeId | None) -> NodeId | None:
        """The bookmark after `node`, after the last the first; None if there is none."""
        marked = sorted(self.bookmarks)
        return marked[bisect_right(marked, -1 if node is None else node) % len(marked)] if marked else None

    def previous_bookmark(self, node: NodeId | None) -> NodeId | None:
        """The bookmark before `node`, before the first the last; None if there is none."""
        marked = sorted(self.bookmarks)
        return marked[bisect_left(marked, 0 if node is None else node) - 1] if marked else None


def are_remarks(records: Iterable[Record]) -> bool:
    """Whether one of these events is something that a person said: a note, a bookmark, a border, a label, a verdict."""
    return any(type(record.event) in REMARKS for record in records)
