"""Several thoughts about one problem: which are the same, where they part, what each of them led to. Knows no widget.

Samples that share a thought to the letter stand together, so that the answers given the same thought can be counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2

from engine.events import ROOT, NodeId
from engine.problems import Problem, ProblemError, parse_problem
from engine.run_traces import trace_of
from engine.traces.divergence import common_prefix, step_at
from engine.traces.steps import Step, cut
from engine.tree import Tree

MOST = 400
"""Samples that are compared: more cannot be looked at, and each is a text of its own."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One end of a trace that has a thought."""

    run: int
    node: NodeId
    rollout: int | None
    """Its number at the node, where it was only played."""
    answer: str | None
    """Canonical; None where it has none."""
    written: str
    """The answer as it stands in the text; empty where there is none."""
    turn: str = ""
    """The user turn, where it was not the run's own."""


@dataclass(frozen=True)
class Thought:
    """One hidden text, and the samples that have it."""

    text: str
    samples: tuple[Sample, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return cut(self.text)

    @cached_property
    def answers(self) -> tuple[AnswerShare, ...]:
        return shares(self.samples)

    @property
    def entropy(self) -> float | None:
        """Of its answers in bits: 0 where the same thought always leads to the same one; None below two samples."""
        return entropy(self.answers) if len(self.samples) > 1 else None


@dataclass(frozen=True, slots=True)
class AnswerShare:
    """One answer among samples; `answer` is None for those without any."""

    answer: str | None
    written: str
    count: int
    share: float
    """Of all samples, in (0, 1]."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Where a thought leaves another one."""

    characters: int
    """Length of the beginning they share."""
    step: int
    """Number of the first step that differs, from 1."""
    shared: float
    """How much of the first one's text that beginning is, in [0, 1]."""
    same: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Everything a view shows of several thoughts."""

    thoughts: tuple[Thought, ...]
    """The most frequent first, then in the order in which they came."""
    answers: tuple[AnswerShare, ...]
    left_out: int
    """Samples beyond MOST."""

    @property
    def samples(self) -> int:
        return sum(len(thought.samples) for thought in self.thoughts)

    def partings(self, reference: int) -> tuple[Parting, ...]:
        """Where each thought leaves thought number `reference`."""
        first = self.thoughts[reference]
        return tuple(parting(first, other) for other in self.thoughts)


def group_of(runs: Sequence[tuple[int, Tree]]) -> Group:
    """The thoughts of these runs, all of one problem."""
    found: dict[str, list[Sample]] = {}
    ends = [(run, tree, problem_of(tree), end) for run, tree in runs for end in _ends(tree)]
    for run, tree, problem, (node, rollout) in ends[:MOST]:
        trace = trace_of(tree, node, rollout)
        if (thought := trace.of("hidden")).strip():
            found.setdefault(thought, []).append(_sample(run, tree, problem, trace.text, (node, rollout)))
    thoughts = sorted((Thought(text, tuple(samples)) for text, samples in found.items()), key=_rarity)
    every = [sample for thought in thoughts for sample in thought.samples]
    return Group(tuple(thoughts), shares(every), max(0, len(ends) - MOST))


def parting(one: Thought, other: Thought) -> Parting:
    """Where `other` leaves `one`, in the steps of `one`; where it ends within, at what it lacks."""
    shared = common_prefix(one.text, other.text)
    same = one.text == other.text
    return Parting(shared, step_at(one.steps, shared) + 1, shared / len(one.text) if one.text else 1.0, same)


def shares(samples: Sequence[Sample]) -> tuple[AnswerShare, ...]:
    """The answers, the most frequent first; of equal ones the one seen first, and none at all last."""
    counts = Counter(sample.answer for sample in samples)
    written = {sample.answer: sample.written for sample in reversed(samples)}
    order = sorted(counts, key=lambda answer: (answer is None, -counts[answer]))
    return tuple(AnswerShare(a, written[a], counts[a], counts[a] / len(samples)) for a in order)


def entropy(answers: Sequence[AnswerShare]) -> float:
    """In bits; samples without an answer count as one kind of answer."""
    return abs(sum(entry.share * log2(entry.share) for entry in answers))


def _rarity(thought: Thought) -> int:
    return -len(thought.samples)


def _ends(tree: Tree) -> Iterator[tuple[NodeId, int | None]]:
    """Where traces with a thought end: answers, other leaves that show something, and rollouts."""
    for node in tree.nodes.values():
        yield from ((node.id, number) for number in range(len(node.rollouts)))
        if not node.children and not node.hidden and node.id != ROOT and not node.rollouts:
            yield node.id, None


def _sample(run: int, tree: Tree, problem: Problem | None, text: str, end: tuple[NodeId, int | None]) -> Sample:
    node, rollout = end
    played = None if rollout is None else tree.nodes[node].rollouts[rollout]
    written = played.answer if played else problem.read_answer(text) if problem else None
    answer = problem.canonical(written) if problem and written is not None else written
    return Sample(run, node, rollout, answer, written or "", played.turn if played else "")


def problem_of(tree: Tree) -> Problem | None:
    """The run's problem; None where this program cannot read it."""
    try:
        return parse_problem(tree.started.problem, tree.started.text) if tree.started else None
    except ProblemError:
        return None
