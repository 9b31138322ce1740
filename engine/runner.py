"""Performs the moves of all live runs, batched: one call of the policy serves every run. Knows no torch, no pipe.

Effects come in as arguments: policies, verifiers and the timer. A run's randomness hangs on its seed alone, so runs
that share a batch give the same logs as runs that do not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from engine.events import (
    Backpropagated,
    Expanded,
    NodeId,
    PriorsNoised,
    Pruned,
    Score,
    Scored,
    Selected,
    VirtualLossChanged,
    add_costs,
)
from engine.growing import Grower, Watching
from engine.growth import given_child
from engine.judging import Judge, Judgement, asked_of
from engine.live import Live
from engine.playing import Play, job_of, plays_of, share_out, together
from engine.policies import Watch
from engine.run import Run
from engine.search.search import (
    Aggregate,
    Backpropagate,
    Evaluate,
    Expand,
    Given,
    Insert,
    Noise,
    Prune,
    Rollout,
    Select,
    VirtualLoss,
)
from engine.seeds import seed_for

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
        plays = [play for entry, move in moves for play in plays_of(entry, move)]
        while going := [play for play in plays if not play.over]:
            teams = together(going)
            for team, (samples, cost) in zip(teams, self._grower.ask([job_of(team) for team in teams]), strict=True):
                share_out(team, samples, cost)
        judged = self._judge.judge([(play.entry, play.asked()) for play in plays], self._watching([]))
        events = map(Play.event, plays, judged)
        for entry, move in moves:
            mine = tuple(next(events) for _ in range(len(move.nodes) * move.samples))
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
                Score(node, value, who.source, who.name, note, channels)
                for node, judgement in zip(move.nodes, judged, strict=True)
                for who, value, note, channels in judgement.steps[-1]
            )
            cost = add_costs([judgement.cost for judgement in judged])
            if scores or cost.calls:  # replies that are no verdict were paid for, too
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
        case Given():
            run.performed(_give(run, move))
        case Aggregate(voted):
            run.emit(voted)
            run.performed(None)


def _give(run: Run, move: Given) -> tuple[NodeId, ...]:
    """One event for each step, so that a trace of any length is drawn as it grows."""
    parent, born, before = move.parent, [], list(run.steps(move.parent))
    edits = move.edits or ("",) * len(move.steps)
    for step, edit in zip(move.steps, edits, strict=True):
        child = given_child(run.problem, before, run.search.thinking, step, len(run.tree.nodes), edit)
        run.emit(Expanded(run.tree.iterations_done + 1, parent, (child,), generator="given"))
        parent = child.node
        born.append(parent)
        before.append(step)
    return tuple(born)


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
