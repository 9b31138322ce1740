"""Keep the answer, re-roll the thought: whether other thoughts lead there, and where they part from the one kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.events import ROOT, RolledOut
from engine.problems import Problem
from engine.search.probes.intervals import Share
from engine.search.probes.pairs import NO_ANSWER, UNDER_WAY
from engine.search.probes.places import Place, drawn
from engine.search.probes.probe import Probe, reference_of, share
from engine.search.probes.reroll_answer import kept
from engine.search.probes.results import Result, Row
from engine.search.probes.spine import Spine, answer_of, problem_of, thought_of
from engine.traces.answers import last_answer
from engine.traces.divergence import common_prefix, step_at
from engine.traces.steps import Step
from engine.tree import Node, Tree

MOST_ANSWERS = 3
"""Named in a row."""


@dataclass(frozen=True)
class RerollThought(Probe):
    """Keep the answer, re-roll the thought: new thoughts are drawn from the prompt, and held against the one that led
    to the answer shown.

    The figure is the share of new thoughts that come to that answer. A row is a step of the kept thought, with the
    share of new thoughts that first part from it there, character by character, and what they came to: how far the
    thought is from its group. The control answers once more after the kept thought.
    """

    name: ClassVar[str] = "keep-answer"
    title: ClassVar[str] = "Keep the answer, re-roll the thought"
    question: ClassVar[str] = "Do other thoughts lead to the same answer, and where do they part from this one?"
    unit: ClassVar[str] = "share of new thoughts"
    citation: ClassVar[str] = "After Bogdan et al. 2025, Thought Anchors, arXiv:2506.19143"
    formula_text: ClassVar[str] = "P(a | a new thought),  a: the trace's answer"

    def places(self, tree: Tree, spine: Spine) -> tuple[Place, ...]:
        return Place(ROOT, self.each), kept(spine, self.each)

    def reading(self, tree: Tree, spine: Spine) -> Result:
        new, again = (drawn(tree, place) for place in self.places(tree, spine))
        reference = reference_of(tree, spine, again)
        ours, control = share(tree, new, reference), share(tree, again, reference)
        stated = _stated(problem_of(tree), new, reference)
        numbers = (("thoughts that state an answer", float(stated.n)), ("of those, this one", float(stated.hits)))
        figure = Row("come to the trace's answer", ours.estimate, ROOT, control=control.estimate, numbers=numbers)
        return Result(
            self.unit,
            _partings(problem_of(tree), spine, new),
            figure if new else None,
            Row("after the kept thought", control.estimate) if again else None,
            _verdict(ours, control, stated, reference),
            self.counters(tree),
            reference,
        )


def _stated(problem: Problem, new: Sequence[RolledOut], reference: str | None) -> Share:
    """How many thoughts state the reference themselves, among those that state an answer of this problem's form.

    The last number of a thought is no statement: it may be that of a check."""
    found = [answer for sample in new if (answer := last_answer(thought_of(sample)))]
    read = [problem.read_answer(f"Answer: {answer.text}") for answer in found if answer.how != "last number"]
    names = [problem.canonical(answer) for answer in read if answer is not None]
    return Share(sum(name == reference for name in names), len(names))


def _partings(problem: Problem, spine: Spine, new: Sequence[RolledOut]) -> tuple[Row, ...]:
    """A row for each step at which some thought parts, in their order; one more for those that go on after all."""
    groups: dict[int, list[RolledOut]] = {}
    for sample in new:
        groups.setdefault(_parts_at(spine.hidden, thought_of(sample)), []).append(sample)
    starts, rows = (0.0, *spine.positions()), []
    for at, group in sorted(groups.items()):
        within = at < len(spine.hidden)
        words = f"part at step {at + 1} of {len(spine.hidden)}" if within else "have all of its steps"
        rows.append(
            Row(
                words,
                Share(len(group), len(new)).estimate,
                spine.hidden[at].id if within else None,
                at + 1 if within else None,
                starts[at],
                detail=_answers([answer_of(problem, sample) for sample in group]),
            )
        )
    return tuple(rows)


def _parts_at(hidden: Sequence[Node], thought: str) -> int:
    """The number, from 0, of the first step that a new thought does not have as it is."""
    steps, start = [], 0
    for node in hidden:
        steps.append(Step(start, start + len(node.step)))
        start = steps[-1].end
    return step_at(steps, common_prefix("".join(node.step for node in hidden), thought))


def _answers(found: Sequence[str | None]) -> str:
    """`came to 23 (4), 28 (1)`."""
    counts = Counter("no answer" if answer is None else answer for answer in found)
    named = ", ".join(f"{answer} ({count})" for answer, count in counts.most_common(MOST_ANSWERS))
    return f"came to {named}{' and others' if len(counts) > MOST_ANSWERS else ''}"


def _verdict(ours: Share, control: Share, stated: Share, reference: str | None) -> str:
    if not ours.n:
        return UNDER_WAY
    if reference is None:
        return NO_ANSWER
    said = f"{ours.hits} of {ours.n} new thoughts come to the trace's answer, {ours.estimate}"
    said += f"; with the thought kept it is {control.estimate}." if control.n else "."
    if stated.n:
        said += f" {stated.n} of them state an answer themselves, {stated.hits} this one."
    return said
