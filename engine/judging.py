"""Asks the verifiers about traces, in one batch for all runs: rules first, models for what the rules let pass.

Knows no torch, no pipe; emits nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from engine.events import Cost, NodeId, add_costs
from engine.live import Live
from engine.nodes import PRECEDENCE
from engine.policies import Watch
from engine.run import Run
from engine.seeds import seed_for
from engine.tree import Node
from engine.verifiers import ScoreRequest, StepScores, Verifier

Mark: TypeAlias = tuple[Verifier, float, str, tuple[tuple[str, float], ...]]
"""Who says what of a step, why, and from what (see Score.channels)."""


class Judgement(msgspec.Struct, frozen=True):  # one for every node: half the price of a dataclass
    """What the verifiers say of one trace: for each step the scores, in the order in which they were asked.

    Only the last step's, where only that was asked for.
    """

    steps: tuple[tuple[Mark, ...], ...]
    cost: Cost

    def value(self, answered: bool) -> tuple[float, Verifier] | None:
        """The reward of a whole trace; `answered` says whether its last step is an answer. None: nobody can say.

        A rule's proof of the answer is 1, and a refusal of any step 0; else it is the least score of the verifier
        that comes first by PRECEDENCE. A rule that finds no fault has nothing to say of the whole.
        """
        rule = next((who for step in self.steps for who, *_ in step if who.source == "rule"), None)
        if rule is not None and answered and 1.0 in _by_rule(self.steps[-1]):
            return 1.0, rule
        if rule is not None and any(0.0 in _by_rule(step) for step in self.steps):
            return 0.0, rule
        said = [(value, who) for step in self.steps for who, value, *_ in step if who.source != "rule"]
        return min(said, key=lambda pair: (PRECEDENCE.index(pair[1].source), pair[0])) if said else None

    def scores(self) -> tuple[float | None, ...]:
        """One score for each step, by PRECEDENCE; None where nobody said anything."""
        firsts = (min(step, key=lambda mark: PRECEDENCE.index(mark[0].source), default=None) for step in self.steps)
        return tuple(None if first is None else first[1] for first in firsts)


def _by_rule(step: tuple[Mark, ...]) -> list[float]:
    return [value for who, value, *_ in step if who.source == "rule"]


def asked_of(live: Live, nodes: Sequence[NodeId], ballot: int) -> list[ScoreRequest]:
    """The requests for the scores of these nodes, which are compared with each other."""
    run, requests = live.run, []
    for number in nodes:
        node = run.tree.nodes[number]
        steps = () if node.parent is None else (*run.steps(node.parent), node.step)
        requests.append(_request(run, node, steps, ballot))
    return requests


def _request(run: Run, node: Node, steps: tuple[str, ...], ballot: int) -> ScoreRequest:
    return ScoreRequest(
        run.problem,
        steps,
        node.terminal,
        run.search.thinking,
        seed_for(run.plan.seed, node.id, 0, "evaluate"),
        ballot,
        last_only=True,
    )


class Judge:
    """Puts the requests of all runs to all their verifiers."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer

    def judge(self, asked: Sequence[tuple[Live, ScoreRequest]], watch: Watch) -> list[Judgement]:
        """A trace that a rule has refused is not shown to the models. The order hangs on nothing else."""
        marks: list[list[tuple[Mark, ...]]] = [
            [()] * (1 if request.last_only else len(request.steps)) for _, request in asked
        ]
        answers: list[list[StepScores]] = [[] for _ in asked]
        refused: set[int] = set()
        began = self._timer()
        everyone = {id(who): who for entry, _ in asked for who in entry.verifiers}.values()
        for verifier in sorted(everyone, key=lambda who: (who.source != "rule", who.name)):
            mine = [
                number
                for number, (entry, _) in enumerate(asked)
                if number not in refused and verifier in entry.verifiers
            ]
            if mine:
                answer = verifier.score([asked[number][1] for number in mine], watch)
                for number, scores in zip(mine, answer.traces, strict=True):
                    answers[number].append(scores)
                    _collect(verifier, scores, marks[number])
                    if verifier.source == "rule" and 0.0 in scores.values:
                        refused.add(number)
        seconds = (self._timer() - began) / max(1, len(asked))
        return [Judgement(tuple(trace), _cost(given, seconds)) for trace, given in zip(marks, answers, strict=True)]


def _cost(answers: Sequence[StepScores], seconds: float) -> Cost:
    """What the verifiers used for one trace; the time is its share of the whole call's."""
    spent = add_costs([scores.cost for scores in answers])
    read = spent.scored + sum([scores.tokens for scores in answers])
    return Cost(spent.calls, spent.generated, spent.prompt, spent.cached, read, seconds)


def _collect(verifier: Verifier, scores: StepScores, marks: list[tuple[Mark, ...]]) -> None:
    """Add what it says of the last `len(marks)` steps."""
    first = len(scores.values) - len(marks)
    for place in range(len(marks)):
        value = scores.values[first + place]
        if value is not None:
            note = scores.notes[first + place] if scores.notes else ""
            channels = scores.channels[first + place] if scores.channels else ()
            marks[place] += ((verifier, value, note, channels),)
