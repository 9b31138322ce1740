"""Asks the verifiers about traces, in one batch for all runs: rules first, models for what the rules let pass.

Knows no torch, no pipe; emits nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from msgspec.structs import replace

from engine.events import Cost, NodeId, add_costs
from engine.live import Live
from engine.policies import Watch
from engine.run import Run
from engine.seeds import seed_for
from engine.tree import Node
from engine.verifiers import ScoreRequest, StepScores, Verifier

Mark: TypeAlias = tuple[Verifier, float, str]
"""Who says what of a step, and why."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the verifiers say of one trace: for each step the scores, in the order in which they were asked.

    Only the last step's, where only that was asked for.
    """

    steps: tuple[tuple[Mark, ...], ...]
    cost: Cost

    def value(self) -> tuple[float, Verifier] | None:
        """The reward of a whole trace: a refusal is 0, a proof of the last step 1, else the least model score."""
        rule = [(value, who) for step in self.steps for who, value, _ in step if who.source == "rule"]
        refusal = next((who for value, who in rule if value == 0.0), None)
        if refusal is not None:
            return 0.0, refusal
        proof = next((who for who, value, _ in self.steps[-1] if who.source == "rule" and value == 1.0), None)
        if proof is not None:
            return 1.0, proof
        model = [(value, who) for step in self.steps for who, value, _ in step if who.source != "rule"]
        return min(model, key=lambda pair: pair[0]) if model else None


def asked_of(live: Live, nodes: Sequence[NodeId], ballot: int) -> list[ScoreRequest]:
    """The requests for the scores of these nodes, which are compared with each other."""
    tree, traces = live.run.tree, dict[NodeId | None, tuple[str, ...]]()
    requests = []
    for number in nodes:
        node = tree.nodes[number]
        if node.parent not in traces:  # siblings share it
            traces[node.parent] = () if node.parent is None else tree.steps(node.parent)
        steps = () if node.parent is None else (*traces[node.parent], node.step)
        requests.append(_request(live.run, node, steps, ballot))
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
        costs: list[list[Cost]] = [[] for _ in asked]
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
                    costs[number] += scores.cost, Cost(scored=scores.tokens)
                    _collect(verifier, scores, marks[number])
                    if verifier.source == "rule" and 0.0 in scores.values:
                        refused.add(number)
        seconds = (self._timer() - began) / max(1, len(asked))
        return [
            Judgement(tuple(trace), replace(add_costs(spent), seconds=seconds))
            for trace, spent in zip(marks, costs, strict=True)
        ]


def _collect(verifier: Verifier, scores: StepScores, marks: list[tuple[Mark, ...]]) -> None:
    """Add what it says of the last `len(marks)` steps."""
    first = len(scores.values) - len(marks)
    for place in range(len(marks)):
        value = scores.values[first + place]
        if value is not None:
            marks[place] += ((verifier, value, scores.notes[first + place] if scores.notes else ""),)
