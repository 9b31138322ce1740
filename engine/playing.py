"""Rollouts under way: in one call to their end, or step by step where only so many are wanted.

Samples that go on from one context share a request, so its tokens are read, and counted, once. Knows no torch, no pipe.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from engine.events import Cost, NodeId, RolledOut, add_costs
from engine.growing import MOST_THOUGHT_TOKENS, Job
from engine.growth import in_thought, split_turn
from engine.judging import Judgement
from engine.live import Live
from engine.policies import Sample, SampleRequest
from engine.search.search import Rollout
from engine.seeds import seed_for
from engine.verifiers import ScoreRequest


class Play:
    """One rollout. `steps` are those that it has played so far, after those of its node."""

    def __init__(self, entry: Live, node: NodeId, move: Rollout, number: int) -> None:
        self.entry, self.node, self.move = entry, node, move
        self.before = entry.run.tree.steps(node)
        self.steps: tuple[str, ...] = ()
        self.over = False
        self._number = number  # among the rollouts of its node
        self._ended = False
        self._cost = Cost()

    @property
    def seed(self) -> int:
        return seed_for(self.entry.run.plan.seed, self.node, self._number + 1000 * len(self.steps), "rollout")

    @property
    def thinks(self) -> bool:
        """Whether what comes next lies inside the model's thinking."""
        return in_thought(self.before + self.steps, self.entry.run.search.thinking)

    def take(self, sample: Sample, cost: Cost) -> None:
        """What the policy wrote next."""
        run, most = self.entry.run, self.move.most_steps
        new = split_turn(sample.text, run.problem, self.thinks)
        self.steps += new
        self._cost = add_costs((self._cost, cost))
        answered = most is not None and bool(new) and run.problem.is_answer(new[-1])
        self._ended = sample.ended == "end" or answered
        self.over = most is None or self._ended or not new or len(self.steps) >= most or sample.ended == "length"

    def asked(self) -> ScoreRequest:
        run = self.entry.run
        seed = seed_for(run.plan.seed, self.node, self._number + 1, "evaluate")  # 0 is that of the node itself
        return ScoreRequest(run.problem, self.before + self.steps, self._ended, run.search.thinking, seed)

    def event(self, judged: Judgement) -> RolledOut:
        run = self.entry.run
        answered = bool(self.steps) and run.problem.is_answer(self.steps[-1])
        counts = self.steps and (answered or self.move.most_steps is not None)
        verdict = judged.value(answered) if counts else None
        return RolledOut(
            iteration=run.tree.iterations_done + 1,
            node=self.node,
            steps=self.steps,
            answer=run.problem.read_answer("".join(self.before + self.steps)) if self._ended else None,
            value=verdict[0] if verdict else None,
            source=verdict[1].source if verdict else None,
            verifier=verdict[1].name if verdict else "",
            step_scores=judged.scores()[len(self.before) :],
            cost=add_costs((self._cost, judged.cost)),
            turn=self.move.turn,
        )


def plays_of(entry: Live, move: Rollout) -> list[Play]:
    """The rollouts of a move; those of one node go on counting where its rollouts ended."""
    return [
        Play(entry, node, move, len(entry.run.tree.nodes[node].rollouts) + index)
        for node in move.nodes
        for index in range(move.samples)
    ]


def together(plays: Sequence[Play]) -> list[list[Play]]:
    """The plays in teams that go on from one context."""
    teams: dict[tuple[int, int, tuple[str, ...]], list[Play]] = {}
    for play in plays:
        teams.setdefault((id(play.move), play.node, play.steps), []).append(play)
    return list(teams.values())


def job_of(team: Sequence[Play]) -> Job:
    """The request of a team: one seed for each."""
    first = team[0]
    run, whole = first.entry.run, first.move.most_steps is None
    request = SampleRequest(
        run.problem,
        first.before + first.steps,
        tuple(play.seed for play in team),
        first.move.temperature,
        whole=whole,
        thinking=run.search.thinking,
        max_tokens=MOST_THOUGHT_TOKENS if whole and first.thinks else None,
        turn=first.move.turn or run.turn,
    )
    return Job(first.entry, first.node, request)


def share_out(team: Sequence[Play], samples: Sequence[Sample], cost: Cost) -> None:
    """Give each play its sample. What was read for all of them is the first one's cost.

    Where the model had no room left nothing was asked, so nobody pays for a call.
    """
    others = [Cost(calls=min(1, cost.calls), generated=sample.count) for sample in samples[1:]]
    spent = sum(each.generated for each in others)
    first = replace(cost, calls=max(0, cost.calls - len(others)), generated=max(0, cost.generated - spent))
    for play, sample, own in zip(team, samples, (first, *others), strict=True):
        play.take(sample, own)
