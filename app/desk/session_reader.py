"""Reads runs of the open session for the desk: whose scores they hold, and the labels. Knows no table and no widget.

Everything is a generator that rests often: who drives it decides how long it goes on at a time. What was read is kept
by run and length of its log.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence

from app.desk.folds import Folds
from app.desk.scope import is_label_run
from app.desk.seen import Seen
from app.models.shown_run import ShownRun
from app.session_controller import SessionController
from engine.events import NodeId
from engine.scores.monte_carlo import MonteCarloLabels
from engine.scores.table import Floats
from engine.scores.traces import ScoredTrace
from engine.tree import Tree
from storage.runs import RunInfo

SETTLED = 500
"""Runs after whose reading the collector leaves alone what there is. Trees have no cycles, so they go when nobody holds
them; to look through thousands of them again and again would hold up the window for half a second each time."""


class SessionReader:
    """What is known of the runs of a session."""

    def __init__(self, shown: ShownRun, sessions: SessionController) -> None:
        self._sessions = sessions
        self._folds = Folds(shown, sessions)
        self.forget()

    def forget(self) -> None:
        """Another session is open."""
        self._folds.forget()
        self._seen: dict[int, Seen] = {}
        self.labels = MonteCarloLabels()
        self._labelled: dict[int, int] = {}
        """By label run: how many of its events are in `labels`."""
        self.scorers: tuple[str, ...] = ()
        """Everybody who scored a step in the runs that were read last."""
        self.specs: tuple[str, ...] = ()
        """How those of them who were asked after the fact can be asked again."""
        self._unsettled = 0
        """Runs that were read since the collector was told of them."""
        self.place = 0, 0
        """Runs read, of how many."""

    def chosen(self, wanted: str) -> str:
        """Whose scores are read: those of `wanted`, else the first scorer's that there is; empty for nobody's."""
        return _one_of(self.scorers, wanted)

    def read(self, runs: Sequence[RunInfo], wanted: str, other: str = "", channel: str = "") -> Iterator[None]:
        """Take these runs to their ends, for the scorer `wanted` with one of its channels, and for another scorer, if
        those are named."""
        for number, info in enumerate(runs):
            self.place = number, len(runs)
            yield from self._read_run(info, wanted, other, "", guess=True)
            self._settle()
        self.scorers = tuple(dict.fromkeys(name for info in runs for name in self._seen[info.id].scorers))
        self.specs = tuple(dict.fromkeys(spec for info in runs for spec in self._seen[info.id].specs))
        for info in runs:  # those that were read before it was known whose word is wanted
            yield from self._read_run(info, wanted, other, channel)
        self.place = len(runs), len(runs)

    def read_labels(self) -> Iterator[None]:
        """Take all label runs of the session to their ends."""
        for info in filter(is_label_run, self._sessions.runs):
            events = self._folds.events(info)
            if self._labelled.get(info.id) != events:
                yield from self._folds.read(info)
                self.labels.add(self._folds.tree(info))
                self._labelled[info.id] = events

    def traces(self, runs: Sequence[RunInfo], scorer: str) -> tuple[ScoredTrace, ...]:
        """Of runs that were read for this scorer."""
        return tuple([trace for info in runs for trace in self._seen[info.id].traces[scorer]])

    def channels(self, runs: Sequence[RunInfo], scorer: str) -> tuple[str, ...]:
        """Names of what the scorer gave beside its scores."""
        return tuple(dict.fromkeys(name for info in runs for name in self._seen[info.id].channels[scorer]))

    def numbers(self, runs: Sequence[RunInfo], scorer: str, channel: str) -> tuple[Floats | None, ...]:
        """Of each of their traces, what the scorer's channel holds at its nodes; None where it has no such channel."""
        found: list[Floats | None] = []
        for info in runs:
            seen = self._seen[info.id]
            found += seen.numbers.get((scorer, channel)) or [None] * len(seen.traces[scorer])
        return tuple(found)

    def stamp(self, runs: Sequence[RunInfo]) -> object:
        """Changes with everything that was read: an equal one tells that nothing is new."""
        return [self._seen[info.id].stamp for info in runs], dict(self._labelled)

    def rated(self, run: int) -> frozenset[NodeId]:
        """Steps that the person at this program has rated."""
        seen = self._seen.get(run)
        return frozenset() if seen is None else seen.rated

    def tree(self, run: int) -> Tree:
        """A run as it was read last, or as it is if it was not; empty if there is no such run. Only read it."""
        info = None if self._sessions.session is None else self._sessions.session.find(run)
        seen = self._seen.get(run)
        return Tree() if info is None else self._folds.tree(info, info.events if seen is None else seen.stamp[1])

    def _settle(self) -> None:
        if self._unsettled >= SETTLED:
            self._unsettled = 0
            gc.collect(1)  # of what has no part in the runs, young garbage does not stay
            gc.freeze()

    def _read_run(self, info: RunInfo, wanted: str, other: str, channel: str, guess: bool = False) -> Iterator[None]:
        """`guess`: not all is read, so who scored is not known; later a run's first scores wait for the next round."""
        stamp, seen = (info.created_at, self._folds.events(info)), self._seen.get(info.id)
        if seen is None or seen.stamp != stamp:
            yield from self._folds.read(info)
            seen = self._seen[info.id] = Seen.of(stamp, self._folds.tree(info))
            self._unsettled += 1
        scorer = self.chosen(wanted) or (_one_of(seen.scorers, wanted) if guess else "")
        for name in seen.lacks((scorer, other or scorer)):
            yield from self._folds.read(info)
            yield from seen.take(self._folds.tree(info), info.id, name)
        if channel in seen.channels[scorer] and (scorer, channel) not in seen.numbers:
            yield from self._folds.read(info)
            yield from seen.take_channel(self._folds.tree(info), scorer, channel)
        yield


def _one_of(names: Sequence[str], wanted: str) -> str:
    return wanted if wanted in names else next(iter(names), "")
