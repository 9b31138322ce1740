"""The trees of a session's runs, each folded once and then as far as its log has grown. Knows no score and no widget.

Reading is a generator that rests between parts of a log, so that its caller decides how long it goes on at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.models.shown_run import ShownRun
from app.session_controller import SessionController
from engine.events import Record
from engine.tree import Tree, TreeError, fold
from storage.errors import DamagedLogError, SessionError
from storage.runs import RunInfo

PART = 200
"""Events that are read and folded in one go: some milliseconds."""
MOST_NODES = 400_000
"""Nodes of all trees that are kept; of more, those that nobody has asked for the longest time are read again."""


@dataclass(slots=True)
class _Fold:
    """A run as far as it has been read."""

    created_at: float
    """A run that never began gives its number to another."""
    tree: Tree = field(default_factory=Tree)
    events: int = 0
    broken: bool = False
    """Whether the rest of its log cannot be read."""


class Folds:
    """By run, of the open session. The run on screen is folded here once more: its own tree grows while it is read."""

    def __init__(self, shown: ShownRun, sessions: SessionController) -> None:
        self._shown, self._sessions = shown, sessions
        self._folds: dict[int, _Fold] = {}
        """In the order in which they were last asked for."""
        self._nodes = 0

    def forget(self) -> None:
        """Another session is open."""
        self._folds.clear()
        self._nodes = 0

    def read(self, info: RunInfo) -> Iterator[None]:
        """Take a run's tree to the end of its log as it is now, part by part. Damage ends it early."""
        one, end = self._fold_of(info), self.events(info)
        while not one.broken and one.events < end:
            self._read_part(info.id, one)
            yield
        self._make_room()

    def tree(self, info: RunInfo, least: int = 0) -> Tree:
        """The run as far as it has been read, which is `least` events at least, up to damage. Only read it: it grows
        in `read` alone, so that whoever walks through it part by part is not disturbed."""
        one = self._fold_of(info)
        while not one.broken and one.events < least:
            self._read_part(info.id, one)
        return one.tree

    def events(self, info: RunInfo) -> int:
        """How many events its tree is made of, or will be once it is read."""
        return self._shown.total if info.id == self._shown.run else info.events

    def _fold_of(self, info: RunInfo) -> _Fold:
        one = self._folds.pop(info.id, None)
        if one is not None and one.created_at != info.created_at:
            self._nodes -= len(one.tree.nodes)
            one = None
        one = self._folds[info.id] = one or _Fold(info.created_at)
        return one

    def _read_part(self, run: int, one: _Fold) -> None:
        records = self._records(run, one)
        before = len(one.tree.nodes)
        try:
            fold(records, one.tree)
        except TreeError:
            one.broken = True
        self._nodes += len(one.tree.nodes) - before
        one.events += len(records)
        one.broken = one.broken or not records

    def _records(self, run: int, one: _Fold) -> Sequence[Record]:
        """The next ones; none where the rest is damaged."""
        end, session = one.events + PART, self._sessions.session
        if run == self._shown.run:
            return self._shown.records[one.events : end]
        try:
            return [] if session is None else session.records(run, one.events, end, tokens=False)
        except DamagedLogError as error:
            return error.good
        except SessionError:
            return []

    def _make_room(self) -> None:
        while self._nodes > MOST_NODES and len(self._folds) > 1:
            oldest = next(iter(self._folds))
            self._nodes -= len(self._folds.pop(oldest).tree.nodes)
