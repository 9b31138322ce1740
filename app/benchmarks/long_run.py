"""A log as a long search leaves it, made at once: for benchmarks of what reads logs. Knows no window and no engine.

Five events an iteration, as MCTS has them; a node for every four events, at about the depths of a random tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

from engine.events import (
    ROOT,
    AnyEvent,
    Backpropagated,
    Budget,
    Choice,
    Cost,
    Expanded,
    IterationFinished,
    NewNode,
    NodeId,
    Record,
    RunStarted,
    Score,
    Scored,
    Selected,
)

SECONDS = 0.001
"""Between two events."""


def long_run(events: int, seed: int) -> list[Record]:
    """The first `events` events of a run that goes on."""
    log = _events(Random(seed))
    return [Record(1, seq, seq * SECONDS, next(log)) for seq in range(1, events + 1)]


def _events(random: Random) -> Iterator[AnyEvent]:
    yield RunStarted("game24", "4 9 10 13", "Make 24.", "mcts", {}, 0, Budget(), "made up", ("prm",))
    paths: list[tuple[NodeId, ...]] = [(ROOT,)]
    choices: dict[NodeId, Choice] = {}
    iteration = 0
    while True:
        iteration += 1
        path = paths[int(len(paths) * random.random())]
        yield Selected(iteration, path[-1], path, "PUCT", tuple(_choice(choices, *step) for step in pairwise(path)))
        born = range(len(paths), len(paths) + (2 if iteration % 4 == 0 else 1))
        children = tuple(NewNode(node, f"step {node}\n", 1 / len(born), -1.0) for node in born)
        yield Expanded(iteration, path[-1], children, Cost(calls=1, generated=12))
        paths += [(*path, node) for node in born]
        scores = tuple(Score(node, random.random(), "prm", "made up") for node in born)
        yield Scored(iteration, scores, Cost(scored=40))
        yield Backpropagated(iteration, born[0], scores[0].value, "prm")
        yield IterationFinished(iteration)


def _choice(known: dict[NodeId, Choice], parent: NodeId, chosen: NodeId) -> Choice:
    """What was chosen at `parent`. Two paths share theirs where they can: a real run's take gigabytes."""
    choice = known.get(parent)
    if choice is None or choice.chosen != chosen:
        choice = known[parent] = Choice(parent, chosen, 1, (chosen,), (1,), (0.5,), (1.0,), (0.5,), (True,))
    return choice
