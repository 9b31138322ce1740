"""From what the policy sampled to the children of a node: when a trace ends, what is hidden, what is broken. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from engine.events import NewNode, NodeId
from engine.policies import Sample
from engine.problems.problem import Problem
from engine.thoughts import CLOSE as CLOSE
from engine.thoughts import in_thought as in_thought
from engine.tokens import Token, pack, split, unpack

MAX_THOUGHT_STEPS = 2_000
"""Lines of a thought after which a trace is given up: large reasoning models write many hundreds."""

Merge = Literal["none", "text", "state"]


def new_children(
    problem: Problem,
    steps: tuple[str, ...],
    thinking: bool,
    samples: Sequence[Sample],
    first: NodeId,
    *,
    merge: Merge = "text",
    known: Mapping[str, NodeId] | None = None,
    states: Sequence[str] | None = None,
    answers: bool = True,
) -> tuple[NewNode, ...]:
    """The children that `samples` make below the trace `steps`, numbered from `first`.

    Samples are merged into one child as `merge` says; the prior is the share of samples: P sums to 1 over the
    children. A child whose state is in `known`, or that of a sibling before it, is a twin. `states` are those of the
    samples, for a caller who knows them.
    """
    if states is None:
        states = [""] * len(samples) if known is None else states_of(problem, steps, samples)
    seen = dict[str, NodeId]()
    groups: dict[tuple[str, int], list[int]] = {}
    for index, sample in enumerate(samples):
        name = states[index] if merge == "state" and states[index] else sample.text
        groups.setdefault((name, index if merge == "none" else 0), []).append(index)
    hidden = in_thought(steps, thinking)
    children = []
    for number, group in enumerate(groups.values(), first):
        sample, state = samples[group[0]], states[group[0]]
        broken = _broken(problem, steps, sample, hidden, answers)
        twin = None
        if known is not None and not broken and not hidden:
            twin = known.get(state)
            if twin is None:
                twin = seen.setdefault(state, number)
        children.append(
            NewNode(
                node=number,
                step=sample.text,
                prior=len(group) / len(samples),
                logprob=None if sample.logprob is None or math.isnan(sample.logprob) else sample.logprob,
                terminal=bool(broken) or (not hidden and _ends(problem, sample)),
                samples=len(group),
                tokens=sample.tokens,
                hidden=hidden,
                broken=broken,
                twin=None if twin == number else twin,
            )
        )
    return tuple(children)


def given_child(
    problem: Problem, before: Sequence[str], thinking: bool, step: str, number: NodeId, edit: str
) -> NewNode:
    """The child that a step of a trace makes which is there already: nobody asks whether it is a proper one."""
    hidden = in_thought(before, thinking)
    terminal = not hidden and problem.is_answer(step)
    return NewNode(number, step, 1.0, terminal=terminal, samples=0, hidden=hidden, edit=edit)


def states_of(problem: Problem, steps: tuple[str, ...], samples: Sequence[Sample]) -> list[str]:
    """The state that each sample leads to."""
    return [problem.state((*steps, sample.text)) for sample in samples]


def opened_with(given: str, samples: Sequence[Sample], row: bytes = b"") -> tuple[Sample, ...]:
    """The samples with the text that they were given to open with, and with its tokens where they are known; else the
    rows stay those of what was sampled."""
    if not given:
        return tuple(samples)
    opening = unpack(row)
    return tuple(_opened(given, opening, sample) for sample in samples)


def _opened(given: str, opening: tuple[Token, ...], sample: Sample) -> Sample:
    text = given + sample.text
    if not (opening and sample.tokens):
        return replace(sample, text=text)
    before = sum(token.logprob for token in opening)
    logprob = None if sample.logprob is None else before + sample.logprob
    tokens = pack(opening + unpack(sample.tokens))
    return replace(sample, text=text, logprob=logprob, count=len(opening) + sample.count, tokens=tokens)


def steps_of(sample: Sample, problem: Problem, hidden: bool) -> tuple[Sample, ...]:
    """A whole turn as a sample for each of its steps. The last one ended as the turn did."""
    texts = split_turn(sample.text, problem, hidden) or (sample.text,)
    rows = split(sample.tokens, texts)
    return tuple(
        _part(sample, text, row, last=number == len(texts))
        for number, (text, row) in enumerate(zip(texts, rows, strict=True), 1)
    )


def proposals(sample: Sample, problem: Problem) -> tuple[Sample, ...]:
    """The steps that one call listed, one per line, each once. A line that was cut off is left out."""
    texts = sample.text.splitlines(keepends=True)
    rows = split(sample.tokens, texts)
    found: dict[str, Sample] = {}
    for number, (text, row) in enumerate(zip(texts, rows, strict=True), 1):
        cut_off = sample.ended == "length" and number == len(texts)
        step = text.strip() if problem.is_answer(text) else text
        if step.strip() and not cut_off:
            found.setdefault(step, _part(sample, step, row, last=False))
    return tuple(found.values())


def _part(sample: Sample, text: str, row: bytes, *, last: bool) -> Sample:
    tokens = unpack(row)
    logprob = sum(token.logprob for token in tokens) if tokens else None
    return Sample(text, logprob, len(tokens), sample.ended if last else "step", row)


def _broken(problem: Problem, steps: tuple[str, ...], sample: Sample, hidden: bool, answers: bool) -> str:
    if not sample.text.strip():
        return "the step is empty"
    if sample.ended == "length":
        return f"the step had not ended after {sample.count} tokens"
    if hidden:
        if sample.ended == "end" and answers:
            closed = CLOSE in sample.text
            return "the policy ended without an answer" if closed else "the policy ended inside its thought"
        return "the thought goes on for too long" if len(steps) >= MAX_THOUGHT_STEPS else ""
    if _ends(problem, sample):
        return ""
    if sample.ended == "end" and answers:
        return "the policy ended without an answer"
    if len(steps) + 1 < problem.max_steps:  # it cannot be too long without a look at what is hidden
        return ""
    return f"no answer after {problem.max_steps} steps" if len(exposed(steps)) + 1 >= problem.max_steps else ""


def _ends(problem: Problem, sample: Sample) -> bool:
    """Whether an exposed step is the last one of its trace. Where any line may end a turn, only its end tells."""
    return sample.ended == "end" if problem.free_end else problem.is_answer(sample.text)


def exposed(steps: Sequence[str]) -> Sequence[str]:
    """The steps after the thought, if there is one."""
    last = max((number for number, step in enumerate(steps) if CLOSE in step), default=-1)
    return steps[last + 1 :]


def split_steps(text: str, ends: tuple[str, ...]) -> tuple[str, ...]:
    """Cut a whole turn into steps after each of `ends`; joined they give the text again.

    A step is never blank, unless all of the text is: blank lines open the next one, or close the last.
    """
    steps, start, stop = [""], 0, 0
    while stop < len(text):
        stop = min((at + len(end) for end in ends if (at := text.find(end, stop)) >= 0), default=len(text))
        if text[start:stop].strip():
            steps.append(text[start:stop])
            start = stop
    steps[-1] += text[start:]
    return tuple(filter(None, steps))


def split_turn(text: str, problem: Problem, hidden: bool) -> tuple[str, ...]:
    """Steps of a rollout: lines while the thought is open, then the problem's steps."""
    close = text.find(CLOSE) if hidden else -1
    if not hidden:
        return split_steps(text, problem.step_ends)
    if close < 0:
        return split_steps(text, ("\n",))
    end = close + len(CLOSE)
    end += text[end : end + 1] == "\n"
    if not text[end:].strip():
        return split_steps(text, ("\n",))
    return split_steps(text[:end], ("\n",)) + split_steps(text[end:], problem.step_ends)
