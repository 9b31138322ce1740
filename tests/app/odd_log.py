"""A log made by hand with the events that only some strategies emit; every number in it is known."""

from __future__ import annotations

from engine.events import (
    AnyEvent,
    Backpropagated,
    Budget,
    Cost,
    Expanded,
    IterationFinished,
    NewNode,
    PriorsNoised,
    Pruned,
    Record,
    RunStarted,
    Score,
    Scored,
    Selected,
    Tally,
    VirtualLossChanged,
    Voted,
)

ANSWERS = ("(10 - 4) * (13 - 9)", "13 - 9")
EVENTS: tuple[AnyEvent, ...] = (
    RunStarted(
        "game24", "4 9 10 13", "Make 24.", "mcts", {"simulations": 9}, 0, Budget(), "scripted", ("prm", "value")
    ),
    Expanded(
        1,
        0,
        (
            NewNode(1, "13 - 9 = 4 (left: 4 4 10)\n", 0.5),
            NewNode(2, "10 - 4 = 6 (left: 6 9 13)\n", 0.3),
            NewNode(3, "4 - 10 = -6 (left: -6 9 13)\n", 0.2),
        ),
        Cost(calls=3, generated=30),
        "propose",
    ),
    PriorsNoised(1, 0, (1, 2, 3), (0.1, 0.1, 0.8), (0.4, 0.25, 0.35), 0.3, 0.25),
    Scored(
        1,
        (
            Score(1, 0.9, "self-evaluation", "value", "2× sure + 1× likely = 41"),
            Score(1, 0.7, "prm", "espalier-prm"),
            Score(2, 0.6, "self-evaluation", "value:3", "1× likely = 1"),
        ),
        Cost(calls=6, generated=12, prompt=40, scored=80),
    ),
    VirtualLossChanged(1, 1, 1),
    Expanded(
        1,
        1,
        (
            NewNode(4, "10 - 4 = 6 (left: 4 6)\n", 0.5),
            NewNode(5, f"Answer: {ANSWERS[1]} = 4\n", 0.5, terminal=True, twin=2),
        ),
    ),
    Pruned(1, (2, 3), ("rank 2 of 3, lost by 0.100", "rank 3 of 3, lost by 0.300")),
    Expanded(1, 4, (NewNode(6, f"Answer: {ANSWERS[0]} = 24\n", 1.0, terminal=True),)),
    Voted(1, "majority", (Tally(ANSWERS[1], 1, 1.0, 5), Tally(ANSWERS[0], 1, 1.0, 6)), 3, True, 0.75, 0.95),
    VirtualLossChanged(1, 1, -1),
    Selected(2, 1, (0, 1), "beam", ()),
    Backpropagated(2, 1, 0.5, "prm"),
    IterationFinished(2),
)


def odd_log(count: int = len(EVENTS)) -> list[Record]:
    """The first `count` records."""
    return [Record(1, number, 1e9 + number, event) for number, event in enumerate(EVENTS[:count], 1)]


def cursor_after(kind: type, number: int = 0) -> int:
    """The cursor just behind the event of this kind with this number (from 0)."""
    return [at for at, event in enumerate(EVENTS, 1) if isinstance(event, kind)][number]
