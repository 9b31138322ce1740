"""The choices of a recorded log as columns of numbers, read in one forward fold. Knows no formula of its own, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.events import ROOT, Choice, Record, RunStarted, Selected
from engine.search.mcts import Mcts
from engine.search.selection import Selection
from engine.search.settings import SettingError, configure
from engine.search.values import TraceValue, trace_to
from engine.tree import Tree, apply

BLOCK = 4096
"""Choices that one block of columns holds, give or take a walk."""

Whole: TypeAlias = npt.NDArray[np.int64]
Real: TypeAlias = npt.NDArray[np.float64]


def recorded_search(started: RunStarted | None) -> Mcts | None:
    """The search with the settings that a run was recorded with; None if it did not choose by such a formula.

    Settings that this version does not know are left out.
    """
    if started is None or started.search != Mcts.name:
        return None
    known = {entry.name for entry in Mcts.form()}
    try:
        return configure(Mcts, {name: value for name, value in started.settings.items() if name in known})
    except SettingError:
        return None


@dataclass(frozen=True)
class Block:
    """Some choices as columns, oldest first. `k` choices weighed `m` children; a number that is missing is nan."""

    cursor: Whole
    """(k) How many events are shown just after the selection."""
    iteration: Whole
    """(k)"""
    level: Whole
    """(k) Place of the choice in its selection, from 0."""
    parent: Whole
    """(k)"""
    visits: Whole
    """(k) N of the parent."""
    taken: Whole
    """(k) Place of the chosen child among all `m`."""
    start: Whole
    """(k) Place of the first child."""
    children: Whole
    """(m)"""
    n: Whole
    """(m)"""
    value: Real
    """(k) Q of the parent."""
    q: Real
    """(m) Q as it was credited, on no scale; nan where n is 0."""
    p: Real
    """(m)"""
    stand_in: Real
    """(m) The verifiers' value of the trace to a child that was never visited."""

    def __len__(self) -> int:
        return len(self.cursor)

    def only(self, at: int) -> Block:
        """The choice at this place, alone."""
        first, end = int(self.start[at]), int(self.start[at + 1]) if at + 1 < len(self) else len(self.n)
        one, part = slice(at, at + 1), slice(first, end)
        return Block(
            self.cursor[one],
            self.iteration[one],
            self.level[one],
            self.parent[one],
            self.visits[one],
            self.taken[one] - first,
            self.start[one] - first,
            self.children[part],
            self.n[part],
            self.value[one],
            self.q[part],
            self.p[part],
            self.stand_in[part],
        )

    @cached_property
    def owner(self) -> Whole:
        """(m) The choice that each child belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(np.append(self.start, len(self.n))))


class ChoiceReader:
    """Reads the selections of one log, in order, and keeps what a formula needs to know of each choice."""

    def __init__(self, search: Mcts) -> None:
        self._selection: Selection = search.selection
        self._scaled = search.formula != "uct" and search.q_scale != "none"
        self._tree = Tree()
        self._open = _Columns()
        self._blocks: list[Block] = []
        self.events = 0
        """How many events have been read."""
        self._selected: list[tuple[int, int]] = []
        """Cursor and iteration of every selection."""

    def read(self, records: Iterable[Record]) -> None:
        """Go on with the next records of the log. Raises TreeError if they do not fit."""
        for record in records:
            event = record.event
            self.events += 1
            if isinstance(event, Selected):
                self._read_selected(event)
            apply(event, self._tree)

    def iterations(self, first: int, last: int) -> int:
        """How many iterations have selected, from one cursor to another, both included."""
        cursors, numbers = np.array(self._selected, np.int64).reshape(-1, 2).T
        return len(np.unique(numbers[(first <= cursors) & (cursors <= last)]))

    @property
    def sealed(self) -> Sequence[Block]:
        """Blocks that are full."""
        return self._blocks

    def open_block(self) -> Block:
        """The choices that fill no block yet."""
        return self._open.block()

    def find(self, cursor: int, level: int) -> Block | None:
        """The choice at this level of the selection after which `cursor` events are shown, alone."""
        for block in (*self._blocks, self.open_block()):
            if len(block) and block.cursor[0] <= cursor <= block.cursor[-1]:
                at = np.flatnonzero((block.cursor == cursor) & (block.level == level))
                if len(at):
                    return block.only(int(at[0]))
        return None

    def find_last(self, cursor: int) -> Block | None:
        """The last choice that was made before `cursor` events were shown, alone; None if there was none."""
        blocks = [block for block in (*self._blocks, self.open_block()) if len(block) and block.cursor[0] <= cursor]
        if not blocks:
            return None
        return blocks[-1].only(int(np.searchsorted(blocks[-1].cursor, cursor, "right")) - 1)

    @property
    def tree(self) -> Tree:
        """After what has been read. Only read it."""
        return self._tree

    def _read_selected(self, event: Selected) -> None:
        self._selected.append((self.events, event.iteration))
        trace, at = TraceValue(self._selection.aggregation), ROOT
        for level, choice in enumerate(event.choices):
            if choice.parent != at:  # not a walk as ours are
                trace = trace_to(self._tree, choice.parent, self._selection.aggregation)
            if _is_whole(choice):
                self._keep(event, level, choice, trace)
            at = choice.chosen
            trace.add(self._tree.nodes[at])
        if len(self._open.rows) >= BLOCK:
            self._blocks.append(self.open_block())
            self._open = _Columns()

    def _keep(self, event: Selected, level: int, choice: Choice, trace: TraceValue) -> None:
        columns, nodes = self._open, self._tree.nodes
        first = len(columns.n)
        taken = first + choice.children.index(choice.chosen)
        columns.rows.append((self.events, event.iteration, level, choice.parent, choice.visits, taken, first))
        columns.value.append(self._selection.value(nodes[choice.parent]))
        columns.children += choice.children
        columns.n += choice.n
        columns.p += choice.p
        weighed = list(zip(choice.children, choice.n, choice.q, strict=True))
        if self._scaled:  # what was recorded is no Q: the tree knows it
            columns.q += [self._selection.value(nodes[child]) for child, _, _ in weighed]
        else:
            columns.q += [q if count else None for _, count, q in weighed]
        columns.stand_in += [None if count else trace.with_step(nodes[child]) for child, count, _ in weighed]


def _is_whole(choice: Choice) -> bool:
    """Whether the columns fit each other; those of a file from elsewhere may not."""
    count = len(choice.children)
    return choice.chosen in choice.children and len(choice.n) == len(choice.q) == len(choice.p) == count


class _Columns:
    """A block that is being filled: lists, since they grow."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, ...]] = []
        """The whole numbers of each choice, in the order of the fields of a Block."""
        self.value: list[float | None] = []
        self.children: list[int] = []
        self.n: list[int] = []
        self.q: list[float | None] = []
        self.p: list[float] = []
        self.stand_in: list[float | None] = []

    def block(self) -> Block:
        cursor, iteration, level, parent, visits, taken, start = np.array(self.rows, np.int64).reshape(-1, 7).T
        children, n = (np.array(column, np.int64) for column in (self.children, self.n))
        value, q, p, stand_in = (np.array(column, np.float64) for column in (self.value, self.q, self.p, self.stand_in))
        return Block(cursor, iteration, level, parent, visits, taken, start, children, n, value, q, p, stand_in)
