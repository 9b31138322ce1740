"""Logs of anything that may happen to a tree, in any order: what folds, however little sense it makes. No Qt."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from engine.events import (
    ROOT,
    AnyEvent,
    Asked,
    AskEnded,
    Backpropagated,
    Bookmarked,
    Budget,
    Choice,
    Cost,
    Expanded,
    IterationFinished,
    NewNode,
    Noted,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RolledOut,
    RunFinished,
    RunResumed,
    RunStarted,
    Score,
    Scored,
    ScoreSet,
    Selected,
    Tally,
    TaskUndone,
    VirtualLossChanged,
    Voted,
)
from engine.nodes import PRECEDENCE
from engine.tree import Tree, apply


def made_up_log(events: int, seed: int) -> list[Record]:
    """`events` records; the same arguments give the same log."""
    random, tree = Random(seed), Tree()
    log: list[AnyEvent] = [RunStarted("game24", "4 9 10 13", "Make 24.", "mcts", {}, 0, Budget(), "scripted", ())]
    apply(log[0], tree)
    while len(log) < events:
        event = _event(random, tree, 1 + len(log) // 7)
        apply(event, tree)
        log.append(event)
    return [Record(1, seq, 1_700_000_000.0 + seq / 8, event) for seq, event in enumerate(log, 1)]


def _event(random: Random, tree: Tree, iteration: int) -> AnyEvent:
    node = random.randrange(len(tree.nodes))
    some = tuple(random.sample(range(len(tree.nodes)), min(3, len(tree.nodes))))
    cost = Cost(calls=1, generated=3, seconds=random.random())
    value = random.choice((0.0, random.random()))
    match random.randrange(19):
        case 0 | 1 | 2:
            return Expanded(iteration, node, _children(random, tree), cost, random.choice(("sample", "person")))
        case 3 | 4:
            path = tuple(entry.id for entry in tree.path(node))
            return Selected(iteration, node, path, "PUCT", tuple(_choice(*step) for step in pairwise(path)))
        case 5 | 6:
            scores = (Score(number, value, random.choice(PRECEDENCE), "made up") for number in (*some, *some[:1]))
            return Scored(iteration, tuple(scores), cost)
        case 7:
            return RolledOut(iteration, node, ("step\n",), "24", value, random.choice(("rule", "gold")), cost=cost)
        case 8 | 9:
            return Backpropagated(iteration, node, random.uniform(-1, 1), "prm")
        case 10:
            return VirtualLossChanged(iteration, node, random.choice((1, -1)))
        case 11 if cut := tuple(number for number in some if number != ROOT):
            return Pruned(iteration, cut, tuple(random.choice(("", "rank 2 of 3")) for _ in cut))
        case 12:
            return Restored(iteration, some)
        case 13 if children := tree.nodes[node].children:
            numbers = tuple(random.random() for _ in children)
            return PriorsNoised(iteration, node, children, numbers, numbers, 0.3, 0.25)
        case 14:
            return Voted(iteration, "majority", (Tally("24", 1, 1.0, node),), 1, tied=False)
        case 15:
            return random.choice((Noted(node, random.choice(("", "why?"))), Bookmarked(node, random.random() < 0.5)))
        case 16:
            end = RunFinished("stopped", "Stopped.", node, None, None, "")
            return random.choice((end, RunResumed("gone on with"), Asked(1, "deepen", node, "more"), AskEnded(1)))
        case 17:
            return ScoreSet(iteration, node, random.choice((None, random.random())))
        case 18:
            return _undone(random, tree, iteration)
    return IterationFinished(iteration)


def _undone(random: Random, tree: Tree, iteration: int) -> TaskUndone:
    out, back, asked, nodes = (
        tuple(random.sample(range(1, len(tree.nodes)), min(random.randrange(3), len(tree.nodes) - 1))) for _ in range(4)
    )
    visits = tuple(random.randint(-tree.nodes[number].visits, 3) for number in nodes)
    sums = tuple(random.uniform(-1, 1) for _ in nodes)
    left = (tree.nodes[number].visits + more for number, more in zip(nodes, visits, strict=True))
    bests = tuple(random.random() if count else None for count in left)
    again, reasons = random.random() < 0.5, ("taken back",) * len(out)
    return TaskUndone(iteration, 1, again, out, reasons, back, asked, nodes, visits, sums, sums, bests)


def _children(random: Random, tree: Tree) -> tuple[NewNode, ...]:
    first = len(tree.nodes)
    return tuple(
        NewNode(
            first + number,
            f"step {first + number}\n",
            random.random(),
            random.choice((None, -random.random())),
            random.random() < 0.2,
            random.randrange(3),
            hidden=random.random() < 0.2,
            broken=random.choice(("", "", "cut off")),
            twin=random.choice((None, None, random.randrange(first))),
        )
        for number in range(random.randrange(4))
    )


def _choice(parent: int, chosen: int) -> Choice:
    return Choice(parent, chosen, 1, (chosen,), (1,), (0.5,), (1.0,), (None,), (True,))
