"""The run on screen: its log, a cursor into it, and the tree at the cursor. Knows no widget, no file, no process."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.models.attention import Attention
from app.models.history import History
from app.models.past_nodes import PastNodes
from app.models.past_tree import past_tree
from app.models.remarks import Remarks, are_remarks
from app.models.time_range import TimeRange
from engine.events import NodeId, Record, RunResumed
from engine.frames import Branch, Status
from engine.tree import Tree, apply, fold

STEPS = 64
"""Events: a way forward up to this long is gone event by event, so that views hear what it touched."""
LAG = 256
"""Events that the history may be behind the tree while nobody reads it."""


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
    remarked = Signal()
    """A note or a bookmark came or went, or something that a person said of a trace (see engine.remarks)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: int | None = None
        self.is_awaited = False
        """Whether nothing is shown because a run is being read, which will be."""
        self._records: list[Record] = []
        self._head = Tree()  # at the end of the log; where time travel has not gone, it is the tree on screen
        self._tree = self._head
        self._history = History()
        self._cursor = 0
        self._live = True
        self._wanted: NodeId | None = None
        self._announced: NodeId | None = None
        self._status: Status | None = None
        self._writing: tuple[Branch, ...] = ()
        self.attention = Attention(self)
        self.time_range = TimeRange(self)

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
    def remarks(self) -> Remarks:
        """Notes and bookmarks as they are now, wherever the cursor is. `remarked` says when they changed."""
        return Remarks(self._head)

    @property
    def history(self) -> History:
        """The nodes as arrays, at the cursor; brought up to date when it is asked for. Only read it."""
        self._history.extend(self._records[self._history.events :])
        self._history.advance(self._cursor)
        return self._history

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
    def racing(self) -> bool:
        """Whether events come as fast as the engine makes them: views may take it easier."""
        return self._live and self._status is not None and self._status.state == "running"

    @property
    def writing(self) -> tuple[Branch, ...]:
        return self._writing

    def await_run(self) -> None:
        """Show nothing while a run is read that will be shown."""
        self.is_awaited = True
        self._put(None, (), None)

    def show(self, run: int | None, records: Sequence[Record], history: History | None = None) -> None:
        """Show another run at its end, live. Raises TreeError, and changes nothing, if its log does not fold.

        Whoever has read the log into a history already hands that in: then nothing needs to be folded.
        """
        self.is_awaited = False
        self._put(run, records, history)

    def _put(self, run: int | None, records: Sequence[Record], history: History | None) -> None:
        head = fold(records) if history is None else past_tree(history, records)
        self._run, self._records, self._head, self._tree = run, list(records), head, head
        self._cursor, self._live, self._wanted = len(records), True, None
        self._status, self._writing, self._history = None, (), history or History()
        self.attention.forget()
        self.attention.mark_remarks(self.remarks)
        self.time_range.clear()
        self.run_changed.emit()
        self.tree_changed.emit(None)
        self.cursor_moved.emit(self._cursor, self.total)
        self.live_changed.emit(True)
        self.status_changed.emit(None)
        self.writing_changed.emit(())
        self._announce_selection()

    def append(self, records: Sequence[Record]) -> None:
        """Events that just happened. Raises TreeError if they do not fit; those before the misfit are kept."""
        if not records:
            return
        touched: set[NodeId] = set()
        resumed = False
        try:
            for record in records:
                if isinstance(record.event, RunResumed) and isinstance(self._head.nodes, PastNodes):
                    self._resume(record)
                    resumed = True
                    continue
                apply(record.event, self._head)
                self._records.append(record)
                touched.update(self._head.changed)
        finally:
            self._keep_history_up()
            if self._live:
                self._move(self.total, None if resumed else tuple(touched))
            else:
                self.cursor_moved.emit(self._cursor, self.total)
            if are_remarks(records):
                self.attention.mark_remarks(self.remarks)
                self.remarked.emit()

    def _resume(self, record: Record) -> None:
        """A resumption changes every node: those of a tree that made only some of them are made anew."""
        self._records.append(record)
        self._history.extend(self._records[self._history.events :])
        was_shown = self._tree is self._head
        self._head = past_tree(self._history, self._records, self.total)
        if was_shown:
            self._tree = self._head

    def _keep_history_up(self) -> None:
        """Where somebody reads the history: a little each time, or the next reading would hold up the window."""
        history = self._history
        if history.events:
            history.extend(self._records[history.events :])
            if self._live and len(self._records) - history.cursor >= LAG:
                history.advance(len(self._records))

    def seek(self, cursor: int) -> None:
        """Show the first `cursor` events (cut to 0..total). At the end the run is followed live."""
        cursor = max(0, min(cursor, self.total))
        if cursor != self._cursor:
            touched = self._step(cursor) if self._is_near(cursor) else None
            if cursor == self.total:
                self._tree = self._head
            elif touched is None:
                self._tree = self._leap(cursor)
            self._move(cursor, touched)
        self._set_live(cursor == self.total)

    def go_live(self) -> None:
        self.seek(self.total)

    def select(self, node: NodeId | None) -> None:
        self._wanted = node
        self._announce_selection()

    def visit(self, node: NodeId) -> None:
        """Select a node, in a time when it exists: at its birth if the cursor is before it."""
        if node not in self._tree.nodes and node in self._head.nodes:
            self.seek(int(self.history.birth[node]))
        self.select(node)

    def set_status(self, status: Status | None) -> None:
        self._status = status
        self.status_changed.emit(status)

    def set_writing(self, branches: tuple[Branch, ...]) -> None:
        if branches != self._writing:
            self._writing = branches
            self.writing_changed.emit(branches)

    def _is_near(self, cursor: int) -> bool:
        """Whether it is a few events ahead; a resumption changes every node, which is no small step."""
        if not 0 < cursor - self._cursor <= STEPS:
            return False
        way = self._records[self._cursor : cursor]
        return not any(isinstance(record.event, RunResumed) for record in way)

    def _step(self, cursor: int) -> tuple[NodeId, ...]:
        """Take the tree on, event by event; what they touched."""
        touched: dict[NodeId, None] = {}
        for record in self._records[self._cursor : cursor]:
            apply(record.event, self._tree)
            touched.update(dict.fromkeys(self._tree.changed))
        return tuple(touched)

    def _leap(self, cursor: int) -> Tree:
        history = self.history
        history.seek(cursor)
        return past_tree(history, self._records)

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
        selected = self.selected
        self.attention.admit(selected, self._tree)  # at another time other nodes are hoisted
        if selected != self._announced:
            self._announced = selected
            self.selection_changed.emit(selected)
