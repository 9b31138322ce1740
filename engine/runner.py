"""Performs the moves of all live runs, batched: one call of the policy serves every run. Knows no torch, no pipe.

Effects come in as arguments: policies, verifiers and the timer. A run's randomness hangs on its seed alone, so runs
that share a batch give the same logs as runs that do not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from engine.events import (
    Backpropagated,
    Cost,
    PriorsNoised,
    Pruned,
    RolledOut,
    Score,
    Scored,
    Selected,
    VirtualLossChanged,
    add_costs,
)
from engine.growing import Grower, Job, Watching
from engine.growth import in_thought, split_turn
from engine.judging import Judge, Judgement, asked_of
from engine.live import Live
from engine.policies import Sample, SampleRequest, Watch
from engine.run import Run
from engine.search.search import (
    Aggregate,
    Backpropagate,
    Evaluate,
    Expand,
    Insert,
    Noise,
    Prune,
    Rollout,
    Select,
    VirtualLoss,
)
from engine.seeds import seed_for
from engine.verifiers import ScoreRequest

__all__ = ["Judgement", "Live", "Runner"]


class Runner:
    """`turn` performs the next move of every run that may go on.

    `timer` gives seconds; only differences count.
    """

    def __init__(self, timer: Callable[[], float], watching: Watching = lambda _owners: Watch()) -> None:
        self._watching = watching
        self._grower = Grower(timer, watching)
        self._judge = Judge(timer)

    def turn(self, live: Sequence[Live]) -> bool:
        """One move of every run that may go on; False if none may. Raises Cancelled or ModelError.

        A call that was cancelled has changed no tree: the same moves can be performed again.
        """
        expansions: list[tuple[Live, Expand]] = []
        rollouts: list[tuple[Live, Rollout]] = []
        evaluations: list[tuple[Live, Evaluate]] = []
        moved = False
        for entry in live:
            move = entry.run.pending()
            if move is None:
                continue
            moved = True
            if isinstance(move, Expand):
                expansions.append((entry, move))
            elif isinstance(move, Evaluate):
                evaluations.append((entry, move))
            elif isinstance(move, Rollout):
                rollouts.append((entry, move))
            else:
                perform_alone(entry.run, move)
        if expansions:
            self._grower.expand(expansions)
        if rollouts:
            self._roll_out(rollouts)
        if evaluations:
            self._evaluate(evaluations)
        return moved

    def _roll_out(self, moves: list[tuple[Live, Rollout]]) -> None:
        plays = [_Play(entry, node, move) for entry, move in moves for node in move.nodes]
        while going := [play for play in plays if not play.over]:
            answers = self._grower.ask([play.job() for play in going])
            for play, (samples, cost) in zip(going, answers, strict=True):
                play.take(samples[0], cost)
        judged = self._judge.judge([(play.entry, play.asked()) for play in plays], self._watching([]))
        events = map(_Play.event, plays, judged)
        for entry, move in moves:
            mine = tuple(next(events) for _ in move.nodes)
            for event in mine:
                entry.run.emit(event)
            entry.run.performed(mine)

    def _evaluate(self, moves: list[tuple[Live, Evaluate]]) -> None:
        asked = [
            (entry, request)
            for ballot, (entry, move) in enumerate(moves, 1)
            for request in asked_of(entry, move.nodes, ballot)
        ]
        found = iter(self._judge.judge(asked, self._watching([])))
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


def perform_alone(run: Run, move: object) -> None:
    """Perform a move that needs no model; does nothing with any other."""
    number = run.tree.iterations_done + 1
    match move:
        case Select(walked):
            run.emit(Selected(number, walked.path[-1], walked.path, walked.formula, walked.choices))
            run.performed(walked.path[-1])
        case Backpropagate(leaf, value, source, revisit):
            run.emit(Backpropagated(number, leaf, value, source, revisit))
            run.performed(None)
        case VirtualLoss(leaf, change):
            run.emit(VirtualLossChanged(number, leaf, change))
            run.performed(None)
        case Noise():
            run.emit(_noised(run, move))
            run.performed(None)
        case Prune(nodes, reasons, by):
            run.emit(Pruned(number, nodes, reasons, by))
            run.performed(None)
        case Insert(parent, step):
            run.write(parent, step)
        case Aggregate(voted):
            run.emit(voted)
            run.performed(None)


def _noised(run: Run, move: Noise) -> PriorsNoised:
    """A draw from Dir(alpha) by the run's seed: gamma variates, divided by their sum."""
    children = tuple(run.tree.nodes[move.parent].children)
    rng = random.Random(seed_for(run.plan.seed, move.parent, 0, "noise"))
    drawn = [max(rng.gammavariate(move.alpha, 1.0), 1e-300) for _ in children]
    noise = tuple(value / sum(drawn) for value in drawn)
    priors = tuple(
        (1 - move.fraction) * run.tree.nodes[child].prior + move.fraction * part
        for child, part in zip(children, noise, strict=True)
    )
    return PriorsNoised(run.tree.iterations_done + 1, move.parent, children, noise, priors, move.alpha, move.fraction)


class _Play:
    """A rollout under way: in one call to its end, or step by step where only so many are wanted."""

    def __init__(self, entry: Live, node: int, move: Rollout) -> None:
        self.entry, self._node, self._move = entry, node, move
        self._before = entry.run.tree.steps(node)
        self._played: tuple[str, ...] = ()
        self._ended = False
        self._cost = Cost()
        self.over = False

    def job(self) -> Job:
        run, drawn = self.entry.run, len(self.entry.run.tree.nodes[self._node].rollouts)
        seed = seed_for(run.plan.seed, self._node, drawn + 1000 * len(self._played), "rollout")
        request = SampleRequest(
            run.problem,
            self._before + self._played,
            (seed,),
            self._move.temperature,
            whole=self._move.most_steps is None,
            thinking=run.search.thinking,
            turn=run.turn,
        )
        return Job(self.entry, self._node, request)

    def take(self, sample: Sample, cost: Cost) -> None:
        run, steps = self.entry.run, self._before + self._played
        new = split_turn(sample.text, run.problem, in_thought(steps, run.search.thinking))
        self._played += new
        self._cost = add_costs((self._cost, cost))
        most = self._move.most_steps
        answered = most is not None and bool(new) and run.problem.is_answer(new[-1])
        self._ended = sample.ended == "end" or answered
        self.over = most is None or self._ended or not new or len(self._played) >= most or sample.ended == "length"

    def asked(self) -> ScoreRequest:
        run = self.entry.run
        drawn = len(run.tree.nodes[self._node].rollouts)
        seed = seed_for(run.plan.seed, self._node, drawn + 1, "evaluate")  # 0 is that of the node itself
        return ScoreRequest(run.problem, self._before + self._played, self._ended, run.search.thinking, seed)

    def event(self, judged: Judgement) -> RolledOut:
        run = self.entry.run
        answered = bool(self._played) and run.problem.is_answer(self._played[-1])
        counts = self._played and (answered or self._move.most_steps is not None)
        verdict = judged.value(answered) if counts else None
        return RolledOut(
            iteration=run.tree.iterations_done + 1,
            node=self._node,
            steps=self._played,
            answer=run.problem.read_answer("".join(self._before + self._played)) if self._ended else None,
            value=verdict[0] if verdict else None,
            source=verdict[1].source if verdict else None,
            verifier=verdict[1].name if verdict else "",
            step_scores=judged.scores()[len(self._before) :],
            cost=add_costs((self._cost, judged.cost)),
        )
