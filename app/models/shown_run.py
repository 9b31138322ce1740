"""The run on screen: its log, a cursor into it, and the tree at the cursor. Knows no widget, no file, no process."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import fields

from PySide6.QtCore import QObject, Signal

from engine.events import NodeId, Record
from engine.frames import Branch, Status
from engine.tree import Tree, TreeError, apply, fold

CHECKPOINT_SPACING = 256
"""Events between two checkpoints, doubled whenever there are too many."""

MAX_CHECKPOINTS = 32


class Checkpoints:
    """Copies of the tree at some cursors: a cache made from the log while seeking, never a second source of truth."""

    def __init__(self, spacing: int = CHECKPOINT_SPACING, limit: int = MAX_CHECKPOINTS) -> None:
        self._spacing = spacing
        self._limit = limit
        self._trees: dict[int, Tree] = {}

    def tree_at(self, cursor: int, records: Sequence[Record]) -> Tree:
        """A fresh tree after the first `cursor` records, folded from the nearest checkpoint before it."""
        start = max((at for at in self._trees if at <= cursor), default=0)
        tree = copy_tree(self._trees[start]) if start else Tree()
        while start < cursor:
            end = min(cursor, start - start % self._spacing + self._spacing)
            fold(records[start:end], tree)
            start = end
            if start < cursor:
                self.keep(start, copy_tree(tree))
        return tree

    def keep(self, cursor: int, tree: Tree) -> None:
        """Keep a tree that nobody will change any more; beyond the limit, those off the wider spacing go."""
        self._trees[cursor] = tree
        if len(self._trees) > self._limit:
            self._spacing *= 2
            self._trees = {at: kept for at, kept in self._trees.items() if at % self._spacing == 0}


def copy_tree(tree: Tree) -> Tree:
    """A tree that may be changed without changing this one. What is immutable is shared, events for example."""
    twin = copy(tree)
    twin.nodes = {number: copy(node) for number, node in tree.nodes.items()}
    for name in _TREE_LISTS:
        setattr(twin, name, list(getattr(twin, name)))
    return twin


_TREE_LISTS = tuple(entry.name for entry in fields(Tree) if entry.default_factory is list)


class ShownRun(QObject):
    """The run on screen. Views take it in their constructor and connect to it; one thread uses it, the window's."""

    run_changed = Signal()
    """Another run is shown, or none: read everything again."""
    tree_changed = Signal(object)
    """tuple[NodeId, ...] touched since the last signal; None: everything may have changed."""
    cursor_moved = Signal(int, int)
    """Cursor and total."""
    selection_changed = Signal(object)
    """NodeId | None."""
    live_changed = Signal(bool)
    status_changed = Signal(object)
    """engine.frames.Status | None."""
    writing_changed = Signal(object)
    """tuple[engine.frames.Branch, ...]: text under way; () when nothing. Means something only while live."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: int | None = None
        self._records: list[Record] = []
        self._tree = Tree()
        self._cursor = 0
        self._live = True
        self._wanted: NodeId | None = None
        self._announced: NodeId | None = None
        self._status: Status | None = None
        self._writing: tuple[Branch, ...] = ()
        self._checkpoints = Checkpoints()

    @property
    def run(self) -> int | None:
        return self._run

    @property
    def records(self) -> Sequence[Record]:
        """The whole log so far, also what lies behind the cursor."""
        return self._records

    @property
    def tree(self) -> Tree:
        """At the cursor; an empty Tree if there is no run. Only read it: events alone may change a tree."""
        return self._tree

    @property
    def cursor(self) -> int:
        """How many events are shown, 0..total."""
        return self._cursor

    @property
    def total(self) -> int:
        return len(self._records)

    @property
    def live(self) -> bool:
        """Whether the cursor stays at the end when events come."""
        return self._live

    @property
    def selected(self) -> NodeId | None:
        """The selected node; None also while the cursor is at a time before it was born."""
        return self._wanted if self._wanted in self._tree.nodes else None

    @property
    def status(self) -> Status | None:
        return self._status

    @property
    def writing(self) -> tuple[Branch, ...]:
        return self._writing

    def show(self, run: int | None, records: Sequence[Record]) -> None:
        """Show another run at its end, live. Raises TreeError, and changes nothing, if its log does not fold."""
        tree = fold(records)
        self._run, self._records, self._tree = run, list(records), tree
        self._cursor, self._live, self._wanted = len(records), True, None
        self._status, self._writing, self._checkpoints = None, (), Checkpoints()
        self.run_changed.emit()
        self.tree_changed.emit(None)
        self.cursor_moved.emit(self._cursor, self.total)
        self.live_changed.emit(True)
        self.status_changed.emit(None)
        self.writing_changed.emit(())
        self._announce_selection()

    def append(self, records: Sequence[Record]) -> None:
        """Events that just happened. Raises TreeError if they do not fit; those before the misfit are shown."""
        if not records:
            return
        self._records.extend(records)
        if self._live:
            self._fold_on(self.total)
        else:
            self.cursor_moved.emit(self._cursor, self.total)

    def seek(self, cursor: int) -> None:
        """Show the first `cursor` events (cut to 0..total). At the end the run is followed live."""
        cursor = max(0, min(cursor, self.total))
        if cursor > self._cursor:
            self._fold_on(cursor)
        elif cursor < self._cursor:
            if self._cursor == self.total:
                self._checkpoints.keep(self._cursor, self._tree)
            self._tree = self._checkpoints.tree_at(cursor, self._records)
            self._move(cursor, None)
        self._set_live(cursor == self.total)

    def go_live(self) -> None:
        self.seek(self.total)

    def select(self, node: NodeId | None) -> None:
        self._wanted = node
        self._announce_selection()

    def set_status(self, status: Status | None) -> None:
        self._status = status
        self.status_changed.emit(status)

    def set_writing(self, branches: tuple[Branch, ...]) -> None:
        if branches != self._writing:
            self._writing = branches
            self.writing_changed.emit(branches)

    def _fold_on(self, cursor: int) -> None:
        touched: dict[NodeId, None] = {}
        for at in range(self._cursor, cursor):
            try:
                apply(self._records[at].event, self._tree)
            except TreeError:
                del self._records[at:]
                self._move(at, None)
                raise
            touched.update(dict.fromkeys(self._tree.changed))
        self._move(cursor, tuple(touched))

    def _move(self, cursor: int, touched: tuple[NodeId, ...] | None) -> None:
        self._cursor = cursor
        self.tree_changed.emit(touched)
        self.cursor_moved.emit(cursor, self.total)
        self._announce_selection()

    def _set_live(self, live: bool) -> None:
        if live != self._live:
            self._live = live
            self.live_changed.emit(live)

    def _announce_selection(self) -> None:
        if self.selected != self._announced:
            self._announced = self.selected
            self.selection_changed.emit(self._announced)
