"""A log with everything that a panel can show: the real MCTS over a made-up policy. Knows no model and no Qt."""

from __future__ import annotations

from math import log
from random import Random
from typing import Any

from engine.events import (
    ROOT,
    AnyEvent,
    Asked,
    AskEnded,
    Backpropagated,
    Bookmarked,
    BordersMoved,
    Budget,
    Cost,
    Credited,
    Expanded,
    IterationFinished,
    NewNode,
    Noted,
    PriorsNoised,
    PrivacySet,
    Pruned,
    Record,
    Rescored,
    Restored,
    RolledOut,
    RolloutJudged,
    RunFinished,
    RunNamed,
    RunResumed,
    RunStarted,
    Score,
    Scored,
    ScoreSet,
    Selected,
    StepLabelled,
    StepRated,
    Tally,
    TaskUndone,
    TraceRead,
    VirtualLossChanged,
    Voted,
)
from engine.search import make_search
from engine.search.search import Backpropagate, Evaluate, Expand, Move, Rollout, Select
from engine.tokens import Alternative, Token, pack
from engine.tree import Tree, apply

STEPS = (
    "13 - 9 = 4 (left: 4 4 10)",
    "10 - 4 = 6 (left: 4 6 13)",
    "4 * 6 = 24 (left: 24)",
    "9 + 4 = 13 (left: 10 13 13)",
)
DEPTH = 4


class ScriptedRun:
    """Performs the moves of a search with invented steps and scores, and keeps the records."""

    def __init__(self, seed: int = 0, gold: bool = False) -> None:
        self.records: list[Record] = []
        self.tree = Tree()
        self._random = Random(seed)
        self._gold = gold

    def emit(self, event: AnyEvent) -> None:
        apply(event, self.tree)
        self.records.append(Record(1, len(self.records) + 1, 1_700_000_000.0 + len(self.records), event))

    def perform(self, move: Move) -> Any:
        number = self.tree.iterations_done + 1
        match move:
            case Select(walked):
                self.emit(Selected(number, walked.path[-1], walked.path, walked.formula, walked.choices))
                return walked.path[-1]
            case Expand(nodes):
                return tuple(self._expand(number, *pair) for pair in zip(nodes, move.widths(), strict=True))
            case Evaluate(nodes):
                self.emit(Scored(number, tuple(score for node in nodes for score in self._scores(node))))
            case Rollout(nodes):
                return tuple(self._roll_out(number, node) for node in nodes)
            case Backpropagate(leaf, value, source, revisit):
                self.emit(Backpropagated(number, leaf, value, source, revisit))
        return None

    def _expand(self, number: int, parent: int, width: int) -> tuple[int, ...]:
        first, terminal = len(self.tree.nodes), self.tree.nodes[parent].depth == DEPTH - 1
        weights = [self._random.random() for _ in range(width)]
        children = tuple(
            NewNode(
                first + i,
                ("Answer: (13 - 9) * (10 - 4)" if terminal else STEPS[(first + i) % len(STEPS)]) + "\n",
                weight / sum(weights),
                log(weight),
                terminal,
                samples=1 + i % 2,
                tokens=self._tokens(STEPS[(first + i) % len(STEPS)] + "\n"),
                broken="cut off" if i == 3 else "",
            )
            for i, weight in enumerate(weights)
        )
        self.emit(Expanded(number, parent, children, Cost(calls=width, generated=12 * width, seconds=0.02)))
        return tuple(child.node for child in children)

    def _tokens(self, text: str) -> bytes:
        words = [text[at : at + 3] for at in range(0, len(text), 3)]
        return pack(tuple(self._token(word) for word in words))

    def _token(self, text: str) -> Token:
        p = max(0.02, 1 - self._random.random() ** 3)
        others = tuple(Alternative(f"<{i}>", (1 - p) / (i + 2)) for i in range(5))
        return Token(text, 1, log(p), -p * log(p), (Alternative(text, p), *others))

    def _scores(self, node: int) -> tuple[Score, ...]:
        scores = [Score(node, 0.3 + 0.7 * self._random.random(), "prm", "bundled-prm")]
        if self._gold:
            scores.append(Score(node, 1.0, "gold", "exact answer", "compared with the answer key"))
        return tuple(scores)

    def _roll_out(self, number: int, node: int) -> RolledOut:
        value = self._random.random()
        event = RolledOut(number, node, (STEPS[0] + "\n", "Answer: 24\n"), "24", value, "rule", "game24")
        self.emit(event)
        return event


def _everything_else(run: ScriptedRun) -> None:
    """Every event that this run has not shown yet: noise, flights, edits by search and person, a vote, a rollout."""
    number, children = run.tree.iterations_done + 1, tuple(run.tree.root.children)
    first, *_, last = children
    even = (1 / len(children),) * len(children)
    step = NewNode(len(run.tree.nodes), STEPS[1] + "\n", 1 / (len(children) + 1), samples=0, twin=first)
    run.emit(PriorsNoised(number, ROOT, children, even, even, 0.3, 1.0))
    run.emit(VirtualLossChanged(number, first, 1))
    run.emit(VirtualLossChanged(number, first, -1))
    run.emit(Pruned(number, (last,), ("rank 5 of 5, lost by 0.013",)))
    run.emit(Pruned(number, (first,), ("pruned by a person",), "person"))
    run.emit(Restored(number, (first,)))
    run.emit(Noted(first, "a promising start"))
    run.emit(Bookmarked(first, True))
    run.emit(Asked(1, "deepen", first, "8 more simulations below node 1", {"simulations": 8}))
    run.emit(AskEnded(1, "Cancelled after 0 of 8."))
    run.emit(Expanded(number, ROOT, (step,), generator="person"))
    run.perform(Rollout((first,), 1.0))
    run.emit(RolloutJudged(first, 0, "silent"))
    changed = NewNode(len(run.tree.nodes), STEPS[2] + "\n", 1.0, samples=0, edit="mistake: 6 for 7")
    run.emit(Expanded(number, first, (changed,), generator="given"))
    run.emit(TraceRead(changed.node, "reply.json", "by its tags", "think", (("hidden", 0, 9), ("exposed", 9, 20))))
    run.emit(BordersMoved(changed.node, (12,)))
    run.emit(StepLabelled(changed.node, 0, 12, "plan"))
    run.emit(StepRated(changed.node, -1))
    run.emit(StepRated(changed.node, 1, "PRM800K"))
    channels = (("validity", 0.75), ("redundancy", 0.25))
    run.emit(Rescored((Score(changed.node, 0.75, "prm", "another", channels=channels),), "another", "reasoneval"))
    tallies = (Tally("24", 2, 2.0, first), Tally("23", 2, 2.0, last))
    run.emit(Voted(number, "majority", tallies, 5, tied=True, confidence=0.5, threshold=0.95))
    run.emit(Credited(number, (0, first), (3, 1), (1.5, 0.25)))
    run.emit(Credited(number, (0, first), (1, 1), (0.25, 0.5), single=True))
    run.emit(ScoreSet(number, first, 0.9))
    run.emit(ScoreSet(number, last, 0.2))
    run.emit(ScoreSet(number, last, None))
    run.emit(TaskUndone(number, 1, False, (step.node,), ("taken back",), (), ()))
    run.emit(RunNamed("the first try"))
    run.emit(PrivacySet(True))
    run.emit(RunResumed("gone on with from its log", budget=Budget(simulations=80, seconds=60)))


def rich_log(
    simulations: int = 40, *, finished: bool = True, gold: bool = False, everything: bool = False, **settings: Any
) -> list[Record]:
    """The records of a run of MCTS over invented steps; the same arguments give the same log.

    With `everything` each kind of event is there, after the second simulation.
    """
    search = make_search("mcts", {"simulations": simulations, "width": 5, "enough": 1.0, **settings})
    run = ScriptedRun(gold=gold)
    run.emit(
        RunStarted(
            "game24",
            "4 9 10 13",
            "Use the four numbers 4 9 10 13 to make 24.\n",
            "mcts",
            search.settings(),
            7,
            Budget(simulations=simulations, seconds=60),
            "bundled-policy",
            ("prm",),
            "0.1.0",
        )
    )
    while run.tree.iterations_done < simulations:
        moves = search.iteration(run.tree)
        answer = None
        try:
            while True:
                answer = run.perform(moves.send(answer))
        except StopIteration:
            run.emit(IterationFinished(run.tree.iterations_done + 1))
        if everything and run.tree.iterations_done == 2:
            _everything_else(run)
    if finished:
        chosen = search.choose(run.tree)
        answer = None if chosen is None else "(13 - 9) * (10 - 4)"
        run.emit(
            RunFinished(
                "finished",
                "All simulations are done.",
                chosen.node if chosen else None,
                answer,
                True,
                "24, each number used once.",
            )
        )
    return run.records
