"""A run of any size for the benchmarks of the window: real events, invented steps and values, the same for a seed."""

from __future__ import annotations

from random import Random

from app.models.shown_run import ShownRun
from engine.events import (
    ROOT,
    AnyEvent,
    Backpropagated,
    Budget,
    Expanded,
    IterationFinished,
    NewNode,
    Record,
    RunStarted,
    Score,
    Scored,
)

WIDTH = 4
"""Children of an expansion."""
RECENT = 0.35
"""Below 1: new leaves are expanded more often than old ones, as in a search, so that the tree gets deep."""
STEPS = (
    "Let x be the number of apples; each bag holds two, so 2x + 5 = 17.\n",
    "13 - 9 = 4 (left: 4 4 10)\n",
    "Wait, that is too large: I should look for a product of two numbers instead.\n",
    "The total cost is 3 * 4.50 + 2 * 1.25 = 16.00.\n",
    "10 - 4 = 6 (left: 4 6)\n",
)


class MadeUpRun:
    """`shown` shows a search of about `nodes` nodes, at its end."""

    def __init__(self, nodes: int, seed: int) -> None:
        self._random = Random(seed)
        self._leaves, self._depths = [ROOT], [0]
        self._happened = 0
        self._iteration = 0
        self.shown = ShownRun()
        settings = {"simulations": nodes // WIDTH, "width": WIDTH}
        started = RunStarted("game24", "4 9 10 13", "Make 24.", "mcts", settings, seed, Budget(), "made up", ("prm",))
        self.shown.show(1, [self._record(started), *self._events(nodes)])

    def grow(self, nodes: int) -> None:
        """Let about `nodes` nodes more be born."""
        self.shown.append(self._events(nodes))
        _ = self.shown.history  # reads the events: what that costs is the figure of another benchmark

    def _events(self, nodes: int) -> list[Record]:
        records: list[Record] = []
        for _ in range(-(-nodes // WIDTH)):
            records += map(self._record, self._one_iteration())
        return records

    def _one_iteration(self) -> tuple[AnyEvent, ...]:
        self._iteration += 1
        at = int(len(self._leaves) * self._random.random() ** RECENT)
        parent, self._leaves[at] = self._leaves[at], self._leaves[-1]
        self._leaves.pop()
        first = len(self._depths)
        depth = self._depths[parent] + 1
        self._depths += [depth] * WIDTH
        self._leaves += range(first, first + WIDTH)
        children = tuple(
            NewNode(first + place, STEPS[self._random.randrange(len(STEPS))], 1 / WIDTH) for place in range(WIDTH)
        )
        value = min(1.0, max(0.0, self._random.gauss(0.2 + 0.02 * depth, 0.15)))
        return (
            Expanded(self._iteration, parent, children),
            Scored(self._iteration, (Score(first, value, "prm", "made up"),)),
            Backpropagated(self._iteration, first, value, "prm"),
            IterationFinished(self._iteration),
        )

    def _record(self, event: AnyEvent) -> Record:
        self._happened += 1
        return Record(1, self._happened, 1e9 + self._happened * 1e-3, event)
