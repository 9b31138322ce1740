"""What the user wants to see of a run besides the selection: a hoisted subtree, hits, pinned and remarked steps.

Every view of the run on screen obeys the same one. Knows no widget and no log; trees come in as arguments.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.models.remarks import Remarks
from engine.events import ROOT, NodeId
from engine.tree import Tree


class Attention(QObject):
    """Belongs to one `ShownRun`, which makes it forget everything when another run is shown."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hoisted = ROOT
        self._pinned: dict[NodeId, None] = {}
        self._hits: tuple[NodeId, ...] = ()
        self._found: frozenset[NodeId] = frozenset()
        self._sought = ""
        self.bookmarks: frozenset[NodeId] = frozenset()
        """Steps with a bookmark, wherever the cursor is."""
        self.noted: frozenset[NodeId] = frozenset()
        """Steps with a note, likewise."""

    @property
    def pinned(self) -> tuple[NodeId, ...]:
        """Steps that always have a card, in the order in which they were pinned; some may not be born at the cursor."""
        return tuple(self._pinned)

    @property
    def hits(self) -> tuple[NodeId, ...]:
        """What the search for text has found at the cursor, in order of birth; () while nobody searches."""
        return self._hits

    @property
    def found(self) -> frozenset[NodeId]:
        """The same as a set, to mark nodes by."""
        return self._found

    @property
    def sought(self) -> str:
        """The text that was searched for; empty if only numbers were."""
        return self._sought

    def hoisted(self, tree: Tree) -> NodeId:
        """The node whose subtree is all that is shown; the root if nothing, or a node yet unborn, is hoisted."""
        return self._hoisted if self._hoisted in tree.nodes else ROOT

    def hoist(self, node: NodeId) -> None:
        """Show the subtree of `node` alone."""
        if node != self._hoisted:
            self._hoisted = node
            self.changed.emit()

    def unhoist(self) -> None:
        """Show the whole tree again."""
        self.hoist(ROOT)

    def admit(self, node: NodeId | None, tree: Tree) -> None:
        """A node was selected: it must be seen, so hoisting ends if it lies outside."""
        top = self.hoisted(tree)
        if node is not None and top != ROOT and all(above.id != top for above in tree.ascend(node)):
            self.unhoist()

    def toggle_pin(self, node: NodeId) -> None:
        if node in self._pinned:
            del self._pinned[node]
        else:
            self._pinned[node] = None
        self.changed.emit()

    def mark_hits(self, hits: Iterable[NodeId], sought: str = "") -> None:
        """The hits of a search for `sought`; none end it."""
        hits = tuple(hits)
        if (hits, sought) != (self._hits, self._sought):
            self._hits, self._found, self._sought = hits, frozenset(hits), sought
            self.changed.emit()

    def mark_remarks(self, remarks: Remarks) -> None:
        """What a person has said about steps."""
        bookmarks, noted = frozenset(remarks.bookmarks), frozenset(remarks.notes)
        if (bookmarks, noted) != (self.bookmarks, self.noted):
            self.bookmarks, self.noted = bookmarks, noted
            self.changed.emit()

    def forget(self) -> None:
        """Another run: its node numbers mean other nodes."""
        self._hoisted, self._hits, self._found, self._sought = ROOT, (), frozenset(), ""
        self._pinned.clear()
        self.changed.emit()
