"""Logs made by hand for tests: a small search whose every number is known. Knows no model and no Qt."""

from __future__ import annotations

from itertools import pairwise

from engine.events import (
    AnyEvent,
    Backpropagated,
    Budget,
    Choice,
    Expanded,
    IterationFinished,
    NewNode,
    Record,
    RunFinished,
    RunStarted,
    Score,
    Scored,
    Selected,
)

EVENTS_PER_ITERATION = 5


def search_log(iterations: int = 3, run: int = 1, finished: bool = True) -> tuple[Record, ...]:
    """A run of `iterations` simulations, two children each; each goes on below the first child of the last."""
    events: list[AnyEvent] = [_started()]
    parent = 0
    path: tuple[int, ...] = (0,)
    for iteration in range(1, iterations + 1):
        events += _iteration(iteration, parent, path)
        parent = 2 * iteration - 1
        path = (*path, parent)
    if finished:
        events.append(RunFinished("budget", "All simulations are done.", None, None, None, "no answer"))
    return tuple(Record(run, seq, 1_700_000_000.0 + seq, event) for seq, event in enumerate(events, 1))


def _started() -> RunStarted:
    settings = {"simulations": 3}
    return RunStarted("game24", "4 9 10 13", "Make 24.", "mcts", settings, 0, Budget(), "scripted", ("prm",), "test")


def _iteration(number: int, parent: int, path: tuple[int, ...]) -> list[AnyEvent]:
    first, second = 2 * number - 1, 2 * number
    choices = tuple(_choice(above, below) for above, below in pairwise(path))
    value = 1 / (number + 1)
    return [
        Selected(number, parent, path, "PUCT", choices),
        Expanded(number, parent, (NewNode(first, f"step {first}\n", 0.75), NewNode(second, f"step {second}\n", 0.25))),
        Scored(number, (Score(first, value, "prm", "scripted"), Score(second, value / 2, "prm", "scripted"))),
        Backpropagated(number, first, value, "prm"),
        IterationFinished(number),
    ]


def _choice(parent: int, chosen: int) -> Choice:
    return Choice(parent, chosen, 1, (chosen, chosen + 1), (1, 0), (0.5, None), (0.75, 0.25), (0.5, 0.2), (True, False))
