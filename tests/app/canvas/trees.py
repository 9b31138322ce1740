"""Logs of made-up searches for the canvas: real shape, invented numbers, the same for the same seed."""

from __future__ import annotations

from math import sqrt
from random import Random

from engine.events import (
    ROOT,
    AnyEvent,
    Backpropagated,
    Budget,
    Expanded,
    IterationFinished,
    NewNode,
    NodeId,
    Record,
    RolledOut,
    RunFinished,
    RunStarted,
    Score,
    Scored,
    Selected,
)
from engine.tree import Tree, apply

STEPS = (
    "13 - 9 = 4 (left: 4 4 10)\n",
    "10 - 4 = 6 (left: 4 6)\n",
    "4 * 6 = 24 (left: 24)\n",
    "Wait, 13 * 4 is too large, so I should look for two numbers whose product is 24 instead.\n",
    "9 + 10 = 19 (left: 4 13 19)\n",
    "Each bag holds two apples, so 2x + 5 = 17 and therefore x = 6.\n",
    "13 - 10 = 3 (left: 3 4 9)\n",
    "4 * 9 = 36 (left: 10 13 36)\n",
)
DEEPEST = 4


class Search:
    """A search over invented steps, one event at a time."""

    def __init__(self, width: int = 5, seed: int = 0, deepest: int = DEEPEST) -> None:
        self.tree = Tree()
        self.records: list[Record] = []
        self._width, self._deepest, self._random = width, deepest, Random(seed)
        settings = {"simulations": 64, "width": width}
        self.happen(
            RunStarted(
                "game24",
                "4 9 10 13",
                "Make 24 from 4 9 10 13.",
                "mcts",
                settings,
                seed,
                Budget(),
                "espalier-policy",
                ("prm", "rule"),
            )
        )

    def happen(self, event: AnyEvent) -> None:
        apply(event, self.tree)
        self.records.append(Record(1, len(self.records) + 1, 1e9 + len(self.records), event))

    def run(self, iterations: int) -> Search:
        for _ in range(iterations):
            self.iteration()
        return self

    def iteration(self) -> None:
        number = self.tree.iterations_done + 1
        path = self._walk()
        leaf = path[-1]
        self.happen(Selected(number, leaf, path, "UCT", ()))
        node = self.tree.nodes[leaf]
        revisit = node.terminal
        if not revisit:
            leaf = self._expand(number, leaf)
        value = round(min(1.0, max(0.0, self._random.gauss(0.15 + 0.15 * self.tree.nodes[leaf].depth, 0.2))), 3)
        if not revisit and self._random.random() < 0.3:
            steps = tuple(self._random.choice(STEPS) for _ in range(3))
            self.happen(RolledOut(number, leaf, steps, "24", value, "rule", "exact"))
        self.happen(Backpropagated(number, leaf, value, "prm", revisit))
        self.happen(IterationFinished(number))

    def finish(self, correct: bool | None = True) -> Search:
        answers = sorted(self.tree.answers(), key=lambda node: -node.visits)
        chosen = answers[0].id if answers else None
        self.happen(
            RunFinished("budget", "All simulations are done.", chosen, "(10 - 4) * (13 - 9)", correct, "24, right")
        )
        return self

    def _walk(self) -> tuple[NodeId, ...]:
        path = [ROOT]
        while self.tree.nodes[path[-1]].children:
            parent = self.tree.nodes[path[-1]]
            best = max(
                (child for child in self.tree.children(parent.id) if not child.broken),
                key=lambda child: (
                    (child.value or 0.5) + 1.4 * child.prior * sqrt(parent.visits + 1) / (1 + child.visits)
                ),
            )
            path.append(best.id)
        return tuple(path)

    def _expand(self, number: int, leaf: NodeId) -> NodeId:
        depth, first = self.tree.nodes[leaf].depth + 1, len(self.tree.nodes)
        weights = [self._random.random() ** 2 + 0.02 for _ in range(self._width)]
        children = tuple(
            NewNode(
                first + place,
                self._random.choice(STEPS),
                weight / sum(weights),
                -1.0,
                terminal=depth >= self._deepest,
                broken="cut off at 40 tokens" if place == self._width - 1 and place else "",
            )
            for place, weight in enumerate(weights)
        )
        self.happen(Expanded(number, leaf, children))
        scored = tuple(
            Score(child.node, round(self._random.random(), 3), "prm", "espalier-prm") for child in children[:-1]
        )
        if depth >= self._deepest:
            scored += tuple(
                Score(child.node, float(self._random.random() < 0.3), "rule", "exact") for child in children[:2]
            )
        self.happen(Scored(number, scored))
        return first
