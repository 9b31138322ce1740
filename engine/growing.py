"""Performs expansions: asks the policies for all runs at once, and lets the samples become nodes.

Knows no torch, no pipe, no verifier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from msgspec.structs import replace

from engine import prompts
from engine.events import Cost, Expanded, NewNode, NodeId
from engine.growth import in_thought, new_children, opened_with, proposals, states_of, steps_of
from engine.live import Live
from engine.policies import Sample, SampleRequest, Watch
from engine.run import Run
from engine.search.search import Expand
from engine.seeds import Use, seed_for
from engine.tokens import unpack

LISTED_STEPS = 16
"""The longest list of proposals, in steps of the problem's greatest length."""

MOST_THOUGHT_TOKENS = 16_384
"""Of a turn that thinks first (Bogdan et al. 2025 allow as many); a model's context may end before."""

MOST_OF_TASK = 100_000
"""Samples of one node for one task at most."""

Watching: TypeAlias = Callable[[Sequence[tuple[Run, NodeId]]], Watch]
"""Makes the watch of a model call for the runs that it serves, in the order of the requests' owners."""
Generator = Literal["sample", "propose"]
Answered: TypeAlias = tuple[tuple[Sample, ...], Cost]


@dataclass(frozen=True, slots=True)
class Job:
    """One request of one run."""

    entry: Live
    node: NodeId
    request: SampleRequest


class Grower:
    """Asks policies and grows trees."""

    def __init__(self, timer: Callable[[], float], watching: Watching) -> None:
        self._timer = timer
        self._watching = watching

    def ask(self, jobs: Sequence[Job]) -> list[Answered]:
        """One call for each policy, in the order of the jobs; the call's time is shared out evenly."""
        answers: dict[int, Answered] = {}
        for policy in {id(job.entry.policy): job.entry.policy for job in jobs}.values():
            mine = [number for number, job in enumerate(jobs) if job.entry.policy is policy]
            watch = self._watching([(jobs[number].entry.run, jobs[number].node) for number in mine])
            began = self._timer()
            answer = policy.sample([jobs[number].request for number in mine], watch)
            seconds = (self._timer() - began) / len(mine)
            for number, samples, cost in zip(mine, answer.samples, answer.costs, strict=True):
                answers[number] = samples, replace(cost, seconds=seconds)
        return [answers[number] for number in range(len(jobs))]

    def expand(self, moves: Sequence[tuple[Live, Expand]]) -> None:
        """Perform these moves, and tell their runs."""
        answers = iter(self.ask([job for entry, move in moves for job in _jobs(entry, move)]))
        for entry, move in moves:
            entry.run.performed(tuple(_grow(entry.run, node, move, *next(answers)) for node in move.nodes))


def _jobs(entry: Live, move: Expand) -> list[Job]:
    pairs = zip(move.nodes, move.widths(), strict=True)
    return [Job(entry, node, _request(entry.run, node, width, move)) for node, width in pairs]


def _request(run: Run, node: NodeId, width: int, move: Expand) -> SampleRequest:
    steps = run.steps(node)
    if _proposes(run, node, move):
        most = run.problem.max_step_tokens * LISTED_STEPS
        turn = prompts.propose(run.problem, steps).turn
        seeds = _seeds(run, node, width, "propose", move.task)
        return SampleRequest(run.problem, (), seeds, move.temperature, whole=True, max_tokens=most, turn=turn)
    if move.generator == "propose":
        width = 1  # nothing is left to be listed: one sample writes the answer
    return SampleRequest(
        run.problem,
        steps,
        _seeds(run, node, width, "step", move.task),
        move.temperature,
        whole=move.whole,
        thinking=run.search.thinking,
        max_tokens=MOST_THOUGHT_TOKENS if move.whole and in_thought(steps, run.search.thinking) else None,
        turn=run.turn,
        given=move.given,
        given_ids=tuple(token.id for token in unpack(move.given_tokens)),
    )


def _proposes(run: Run, node: NodeId, move: Expand) -> bool:
    return move.generator == "propose" and run.problem.can_propose(run.steps(node))


def _seeds(run: Run, node: NodeId, width: int, use: Use, task: int) -> tuple[int, ...]:
    """A node that is expanded once more goes on with the next numbers; a task has numbers of its own, since what it
    draws anew and leaves out must not be drawn again by the next. What was taken back counts as never drawn."""
    if task:
        return tuple(seed_for(run.plan.seed, node, task * MOST_OF_TASK + index, "ask") for index in range(width))
    drawn = sum(child.samples for child in run.tree.children(node) if not child.taken_back)
    return tuple(seed_for(run.plan.seed, node, drawn + index, use) for index in range(width))


def _grow(run: Run, node: NodeId, move: Expand, samples: tuple[Sample, ...], cost: Cost) -> tuple[NodeId, ...]:
    """The new children of `node`; of a whole turn, the last node of every chain."""
    if _proposes(run, node, move):
        listed = {part.text: part for sample in samples for part in proposals(sample, run.problem)}
        return _born(run, node, tuple(listed.values()), move, cost)
    if not move.whole:
        return _born(run, node, _opened(samples, move), move, cost)
    hidden = in_thought(run.steps(node), run.search.thinking)
    chains = [steps_of(sample, run.problem, hidden) for sample in _opened(samples, move)]
    first = _born(run, node, tuple(chain[0] for chain in chains), move, cost)
    return tuple(_follow(run, start, chain[1:], move) for start, chain in zip(first, chains, strict=True))


def _opened(samples: Sequence[Sample], move: Expand) -> tuple[Sample, ...]:
    return opened_with(move.given, samples, move.given_tokens)


def _follow(run: Run, node: NodeId, parts: Sequence[Sample], move: Expand) -> NodeId:
    for part in parts:
        (node,) = _born(run, node, (part,), move, Cost())
    return node


def _born(run: Run, parent: NodeId, samples: tuple[Sample, ...], move: Expand, cost: Cost) -> tuple[NodeId, ...]:
    """Let samples of one step become children."""
    drawn = len(samples)
    if move.task and not move.whole:
        there = {child.step for child in run.tree.children(parent)}
        samples = tuple(sample for sample in samples if sample.text not in there)
    steps, known = run.steps(parent), run.states()
    states = states_of(run.problem, steps, samples)
    children = new_children(
        run.problem,
        steps,
        run.search.thinking,
        samples,
        len(run.tree.nodes),
        merge="none" if move.whole else move.merge,
        known=known,
        states=states,
        answers=move.answers,
    )
    if len(samples) < drawn:
        share = len(samples) / drawn  # those left out count, too
        children = tuple(replace(child, prior=child.prior * share) for child in children)
    named = {sample.text: state for sample, state in zip(samples, states, strict=True)}
    for child in children:
        if child.twin is None and not child.broken and not child.hidden:
            known.setdefault(named[child.step], child.node)
    run.emit(_expanded(run, parent, children, move, cost))
    return tuple(child.node for child in children)


def _expanded(run: Run, parent: NodeId, children: tuple[NewNode, ...], move: Expand, cost: Cost) -> Expanded:
    generator: Generator = "propose" if _proposes(run, parent, move) else "sample"
    return Expanded(run.tree.iterations_done + 1, parent, children, cost, generator)
