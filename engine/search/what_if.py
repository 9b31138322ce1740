"""Which children another formula would have chosen, at every selection of a recorded log. Knows no model and no Qt.

It answers for the tree as it was recorded: had this one choice been made by the other formula, with the same N, Q and P
before it, which child would have won? It does not say how the run would have gone on from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import msgspec
import numpy as np

from engine.events import Choice, Record
from engine.search.choice_columns import Block, ChoiceReader, Real, Whole
from engine.search.formula_columns import block_terms, block_winners, optional, scores
from engine.search.mcts import Mcts
from engine.search.selection import Formula
from engine.tree import Tree

FORMULA_SETTINGS = ("formula", "c_init", "c_base", "beta_c", "beta_base", "first_play", "q_scale", "c")
"""The settings of `Mcts` that may be asked about; the others shape the tree itself."""
PIECE = 64
"""Events that are read in one piece of work."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The choices that a formula would have made otherwise, as columns of one length, oldest first."""

    cursor: Whole
    """How many events are shown just after the selection."""
    iteration: Whole
    level: Whole
    """Place of the choice in its selection, from 0."""
    parent: Whole
    was: Whole
    """The child that was chosen."""
    now: Whole
    """The child that the formula would have chosen."""
    was_score: Real
    """Of the child that was chosen, by the formula."""
    now_score: Real
    """Of the child that it would have chosen: never smaller."""

    def __len__(self) -> int:
        return len(self.cursor)

    def between(self, first: int, last: int) -> Otherwise:
        """Those whose selection came between two cursors, both included."""
        part = slice(*np.searchsorted(self.cursor, [first, last + 1]).tolist())
        return Otherwise(
            self.cursor[part],
            self.iteration[part],
            self.level[part],
            self.parent[part],
            self.was[part],
            self.now[part],
            self.was_score[part],
            self.now_score[part],
        )

    @property
    def margin(self) -> Real:
        """By how much the formula would have preferred the other child: 0 where a tie decided."""
        with np.errstate(invalid="ignore"):  # between two children that come before all others
            margin: Real = self.now_score - self.was_score
        return np.where(np.isnan(margin), 0.0, margin)

    @property
    def iterations(self) -> Whole:
        """The iterations with such a choice, each once."""
        return np.unique(self.iteration)


def otherwise(formula: Formula, block: Block) -> Otherwise:
    """Put a formula to some choices."""
    if not len(block):
        return joined(())
    q, u = block_terms(formula, block)
    now, score = block_winners(formula, block, q, u), scores(q, u)
    at = np.flatnonzero(now != block.taken)
    was, now = block.taken[at], now[at]
    return Otherwise(
        block.cursor[at],
        block.iteration[at],
        block.level[at],
        block.parent[at],
        block.children[was],
        block.children[now],
        score[was],
        score[now],
    )


def joined(parts: Sequence[Otherwise]) -> Otherwise:
    """One after the other."""

    def whole(name: str) -> Whole:
        return np.concatenate([np.empty(0, np.int64), *(getattr(part, name) for part in parts)])

    def real(name: str) -> Real:
        return np.concatenate([np.empty(0, np.float64), *(getattr(part, name) for part in parts)])

    return Otherwise(
        whole("cursor"),
        whole("iteration"),
        whole("level"),
        whole("parent"),
        whole("was"),
        whole("now"),
        real("was_score"),
        real("now_score"),
    )


class WhatIf:
    """The question "what if the formula had been another one?", put to a log that may still grow, piece by piece."""

    def __init__(self, search: Mcts) -> None:
        """`search`: as the run was recorded."""
        self._reader = ChoiceReader(search)
        self._formula: Formula = search.selection.formula
        self._answers: list[Otherwise] = []
        self._last: tuple[int, Otherwise] = (-1, joined(()))
        """Of the block that is not full: how many events had been read, and the answer."""

    @property
    def formula(self) -> Formula:
        return self._formula

    def iterations(self, ends: tuple[int, int] | None = None) -> int:
        """How many iterations have been looked at: all, or those that selected between two cursors."""
        first, last = ends or (0, self._reader.events)
        return self._reader.iterations(first, last)

    @property
    def tree(self) -> Tree:
        """After the events that have been read. Only read it."""
        return self._reader.tree

    def ask(self, formula: Formula) -> None:
        """Put another formula to the choices; what was read stays read."""
        self._formula = formula
        self._answers.clear()
        self._last = (-1, joined(()))

    def step(self, records: Sequence[Record]) -> bool:
        """One piece of work, some milliseconds; False if nothing was left to do. Raises TreeError.

        `records` is the whole log, each time.
        """
        reader = self._reader
        if reader.events < len(records):
            reader.read(records[reader.events : reader.events + PIECE])
        elif len(self._answers) < len(reader.sealed):
            self._answers.append(otherwise(self._formula, reader.sealed[len(self._answers)]))
        elif self._last[0] != reader.events:
            self._last = (reader.events, otherwise(self._formula, reader.open_block()))
        else:
            return False
        return True

    def choice(self, recorded: Choice, cursor: int, level: int) -> Choice | None:
        """A recorded choice as the formula would have made it; None if it has not been read, or cannot be.

        `cursor` and `level` say where it was made, see `Otherwise`.
        """
        block = self._reader.find(cursor, level)
        if block is None:
            return None
        q, u = block_terms(self._formula, block)
        chosen = int(block.children[block_winners(self._formula, block, q, u)[0]])
        infinite_as_none = tuple(None if value == inf else value for value in u.tolist())
        return msgspec.structs.replace(recorded, chosen=chosen, q=optional(q), u=infinite_as_none)

    def last_choice(self, cursor: int) -> tuple[int, int] | None:
        """Where the last choice before this cursor was made: the cursor just after its selection, and its level."""
        block = self._reader.find_last(cursor)
        return None if block is None else (int(block.cursor[0]), int(block.level[0]))

    def progress(self, records: Sequence[Record]) -> float:
        """Share of the work that is done, in [0, 1]."""
        read = self._reader.events / max(1, len(records))
        asked = (len(self._answers) + (self._last[0] == self._reader.events)) / (len(self._reader.sealed) + 1)
        return 0.9 * read + 0.1 * asked

    def answer(self, ends: tuple[int, int] | None = None) -> Otherwise:
        """What was found so far, in the whole log or between two cursors, both included.

        Complete once `step` says that nothing is left.
        """
        found = joined((*self._answers, self._last[1]))
        return found if ends is None else found.between(*ends)
