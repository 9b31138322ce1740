"""What one run holds of scores, read off its tree scorer by scorer. Knows no widget and no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from engine.events import NodeId
from engine.problems import ProblemError
from engine.scores.labels import PERSON
from engine.scores.table import Floats
from engine.scores.traces import ScoredTrace, channels_of, each_trace, scorers_in
from engine.tree import Tree

PIECE = 64
"""Traces that are read in one go."""


@dataclass(slots=True)
class Seen:
    """A run at one length of its log."""

    stamp: tuple[float, int]
    """When it was planned, and how many events were read."""
    scorers: tuple[str, ...] = ()
    rated: frozenset[NodeId] = frozenset()
    """Steps that the person at this program has rated."""
    specs: tuple[str, ...] = ()
    """How scorers were asked for after the fact, see Rescored.spec."""
    traces: dict[str, tuple[ScoredTrace, ...]] = field(default_factory=dict)
    """By scorer; the same traces in the same order for each."""
    channels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By scorer: the names of what its model gives beside the score."""
    numbers: dict[tuple[str, str], tuple[Floats, ...]] = field(default_factory=dict)
    """By scorer and channel: of each trace, what the model gave at its nodes; nan where it gave nothing."""

    @classmethod
    def of(cls, stamp: tuple[float, int], tree: Tree) -> Seen:
        rated = frozenset(node for node, said in tree.ratings.items() if PERSON in said)
        return cls(stamp, scorers_in(tree), rated, tuple(tree.scorer_specs.values()))

    def lacks(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those whose word has not been read yet."""
        return tuple(name for name in dict.fromkeys(names) if name not in self.traces)

    def take(self, tree: Tree, run: int, scorer: str) -> Iterator[None]:
        """Read one scorer's word, some traces at a time."""
        found: list[ScoredTrace] = []
        try:
            for trace in each_trace(tree, run, scorer):
                found.append(trace)
                if len(found) % PIECE == 0:
                    yield
        except ProblemError:  # a kind of problem that this program does not know: nothing says where a trace ends
            pass
        self.traces[scorer] = tuple(found)
        self.channels[scorer] = _channels(tree, scorer, found)

    def take_channel(self, tree: Tree, scorer: str, channel: str) -> Iterator[None]:
        """Read the numbers of a channel of a scorer whose word was read, some traces at a time."""
        found: list[Floats] = []
        for trace in self.traces[scorer]:
            given = (dict(channels_of(tree, node, scorer)) for node in trace.nodes)
            found.append(np.array([numbers.get(channel, np.nan) for numbers in given], np.float32))
            if len(found) % PIECE == 0:
                yield
        self.numbers[scorer, channel] = tuple(found)


def _channels(tree: Tree, scorer: str, traces: list[ScoredTrace]) -> tuple[str, ...]:
    """One step tells for all: a model gives the same numbers for each."""
    for trace in traces:
        for node in trace.nodes:
            if given := channels_of(tree, node, scorer):
                return tuple(name for name, _ in given)
    return ()
