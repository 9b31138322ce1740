"""Performs the moves of all live runs, batched: one call of the policy serves every run. Knows no torch, no pipe.

Effects come in as arguments: policies, verifiers and the timer. A run's randomness hangs on its seed alone, so runs
that share a batch give the same logs as runs that do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from msgspec.structs import replace

from engine.events import Backpropagated, Cost, Expanded, NodeId, RolledOut, Score, Scored, Selected, add_costs
from engine.growth import in_thought, new_children, split_turn
from engine.policies import Policy, Sample, SampleRequest, Watch
from engine.run import Run
from engine.search.search import Backpropagate, Evaluate, Expand, Rollout, Select
from engine.seeds import seed_for
from engine.verifiers import ScoreRequest, StepScores, Verifier

Mark: TypeAlias = tuple[Verifier, float, str]
"""Who says what of a step, and why."""


@dataclass(frozen=True, slots=True)
class Live:
    """A run with what performs its moves."""

    run: Run
    policy: Policy
    verifiers: tuple[Verifier, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the verifiers say of one trace: for each step the scores, in the order of the verifiers."""

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


class Runner:
    """`turn` performs the next move of every run that may go on.

    `timer` gives seconds; only differences count. `watching` makes the watch of a model call for the runs it serves,
    in the order of the requests' owners.
    """

    def __init__(
        self,
        timer: Callable[[], float],
        watching: Callable[[Sequence[tuple[Run, NodeId]]], Watch] = lambda _owners: Watch(),
    ) -> None:
        self._timer = timer
        self._watching = watching

    def turn(self, live: Sequence[Live]) -> bool:
        """One move of every run that may go on; False if none may. Raises Cancelled or ModelError.

        A call that was cancelled has changed no tree: the same moves can be performed again.
        """
        ready = [(entry, move) for entry in live if (move := entry.run.pending()) is not None]
        for entry, move in ready:
            match move:
                case Select():
                    _select(entry.run, move)
                case Backpropagate():
                    _backpropagate(entry.run, move)
        self._expand([(entry, move) for entry, move in ready if isinstance(move, Expand)])
        self._roll_out([(entry, move) for entry, move in ready if isinstance(move, Rollout)])
        self._evaluate([(entry, move) for entry, move in ready if isinstance(move, Evaluate)])
        return bool(ready)

    # -- policy

    def _expand(self, moves: list[tuple[Live, Expand]]) -> None:
        jobs = [
            _Job(entry, node, _request(entry.run, node, move.width, move.temperature))
            for entry, move in moves
            for node in move.nodes
        ]
        answers = self._sample(jobs)
        for entry, move in moves:
            born = tuple(self._grow(entry.run, node, move, *answers[entry.run.number, node]) for node in move.nodes)
            entry.run.performed(born)

    def _grow(
        self, run: Run, node: NodeId, move: Expand, samples: tuple[Sample, ...], cost: Cost
    ) -> tuple[NodeId, ...]:
        steps = run.tree.steps(node)
        children = new_children(run.problem, steps, run.search.thinking, samples, len(run.tree.nodes), merge=move.merge)
        run.emit(Expanded(run.tree.iterations_done + 1, node, children, cost))
        return tuple(child.node for child in children)

    def _roll_out(self, moves: list[tuple[Live, Rollout]]) -> None:
        jobs = [
            _Job(entry, node, _request(entry.run, node, 1, move.temperature, whole=True))
            for entry, move in moves
            for node in move.nodes
        ]
        answers = self._sample(jobs)
        plays = [_play(job, *answers[job.key]) for job in jobs]
        judged = self._judge([(play.job.entry, play.request) for play in plays])
        events = map(_rolled_out, plays, judged)
        for entry, move in moves:
            mine = tuple(next(events) for _ in move.nodes)
            for event in mine:
                entry.run.emit(event)
            entry.run.performed(mine)

    def _sample(self, jobs: list[_Job]) -> dict[tuple[int, NodeId], tuple[tuple[Sample, ...], Cost]]:
        """One call for each policy; the call's time is shared out evenly."""
        answers: dict[tuple[int, NodeId], tuple[tuple[Sample, ...], Cost]] = {}
        for policy in {id(job.entry.policy): job.entry.policy for job in jobs}.values():
            mine = [job for job in jobs if job.entry.policy is policy]
            watch = self._watching([(job.entry.run, job.node) for job in mine])
            began = self._timer()
            answer = policy.sample([job.request for job in mine], watch)
            seconds = (self._timer() - began) / len(mine)
            for job, samples, cost in zip(mine, answer.samples, answer.costs, strict=True):
                answers[job.key] = samples, replace(cost, seconds=seconds)
        return answers

    # -- verifiers

    def _evaluate(self, moves: list[tuple[Live, Evaluate]]) -> None:
        asked = [
            (entry, ScoreRequest(run.problem, run.tree.steps(node), run.tree.nodes[node].terminal, run.search.thinking))
            for entry, move in moves
            for node in move.nodes
            if (run := entry.run)
        ]
        found = iter(self._judge(asked))
        for entry, move in moves:
            judged = [next(found) for _ in move.nodes]
            scores = tuple(
                Score(node, value, who.source, who.name, note)
                for node, judgement in zip(move.nodes, judged, strict=True)
                for who, value, note in judgement.steps[-1]
            )
            if scores:
                cost = add_costs([judgement.cost for judgement in judged])
                entry.run.emit(Scored(entry.run.tree.iterations_done + 1, scores, cost))
            entry.run.performed(None)

    def _judge(self, asked: list[tuple[Live, ScoreRequest]]) -> list[Judgement]:
        """Rules first: a trace that one has refused is not shown to the models. The order hangs on nothing else."""
        marks: list[list[list[Mark]]] = [[[] for _ in request.steps] for _, request in asked]
        tokens = [0] * len(asked)
        began = self._timer()
        everyone = {id(who): who for entry, _ in asked for who in entry.verifiers}.values()
        for verifier in sorted(everyone, key=lambda who: (who.source != "rule", who.name)):
            mine = [
                number
                for number, (entry, _) in enumerate(asked)
                if verifier in entry.verifiers and not _is_refused(marks[number])
            ]
            if mine:
                answer = verifier.score([asked[number][1] for number in mine], self._watching([]))
                for number, scores in zip(mine, answer.traces, strict=True):
                    tokens[number] += scores.tokens
                    _collect(verifier, scores, marks[number])
        seconds = (self._timer() - began) / max(1, len(asked))
        return [
            Judgement(tuple(map(tuple, trace)), Cost(scored=read, seconds=seconds))
            for trace, read in zip(marks, tokens, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Job:
    entry: Live
    node: NodeId
    request: SampleRequest

    @property
    def key(self) -> tuple[int, NodeId]:
        return self.entry.run.number, self.node


@dataclass(frozen=True, slots=True)
class _Play:
    """A rollout before it is judged."""

    job: _Job
    before: tuple[str, ...]
    played: tuple[str, ...]
    ended: bool
    cost: Cost

    @property
    def request(self) -> ScoreRequest:
        run = self.job.entry.run
        return ScoreRequest(run.problem, self.before + self.played, self.ended, run.search.thinking)


def _play(job: _Job, samples: tuple[Sample, ...], cost: Cost) -> _Play:
    """The text of a rollout, cut into steps."""
    hidden = in_thought(job.request.steps, job.request.thinking)
    played = split_turn(samples[0].text, job.request.problem, hidden)
    return _Play(job, job.request.steps, played, samples[0].ended == "end", cost)


def _rolled_out(play: _Play, judged: Judgement) -> RolledOut:
    run = play.job.entry.run
    verdict = judged.value() if play.ended and play.played else None
    return RolledOut(
        iteration=run.tree.iterations_done + 1,
        node=play.job.node,
        steps=play.played,
        answer=run.problem.read_answer("".join(play.before + play.played)) if play.ended else None,
        value=verdict[0] if verdict else None,
        source=verdict[1].source if verdict else None,
        verifier=verdict[1].name if verdict else "",
        step_scores=tuple(step[-1][1] if step else None for step in judged.steps[len(play.before) :]),
        cost=add_costs((play.cost, judged.cost)),
    )


def _request(run: Run, node: NodeId, width: int, temperature: float, *, whole: bool = False) -> SampleRequest:
    use: Literal["rollout", "step"] = "rollout" if whole else "step"
    offset = len(run.tree.nodes[node].rollouts) if whole else 0
    return SampleRequest(
        problem=run.problem,
        steps=run.tree.steps(node),
        seeds=tuple(seed_for(run.plan.seed, node, offset + index, use) for index in range(width)),
        temperature=temperature,
        whole=whole,
        thinking=run.search.thinking,
    )


def _select(run: Run, move: Select) -> None:
    walked = move.walked
    run.emit(Selected(run.tree.iterations_done + 1, walked.path[-1], walked.path, walked.formula, walked.choices))
    run.performed(walked.path[-1])


def _backpropagate(run: Run, move: Backpropagate) -> None:
    run.emit(Backpropagated(run.tree.iterations_done + 1, move.leaf, move.value, move.source, move.revisit))
    run.performed(None)


def _is_refused(trace: list[list[Mark]]) -> bool:
    return any(who.source == "rule" and value == 0.0 for step in trace for who, value, _ in step)


def _collect(verifier: Verifier, scores: StepScores, marks: list[list[Mark]]) -> None:
    notes = scores.notes or ("",) * len(scores.values)
    for step, value, note in zip(marks, scores.values, notes, strict=True):
        if value is not None:
            step.append((verifier, value, note))
