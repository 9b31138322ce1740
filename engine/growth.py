"""From what the policy sampled to the children of a node: when a trace ends, what is hidden, what is broken. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.events import NewNode, NodeId
from engine.policies import Sample
from engine.problems.problem import Problem

MAX_THOUGHT_STEPS = 400
"""Lines of a thought after which a trace is given up."""
CLOSE = "</think>"


def in_thought(steps: Sequence[str], thinking: bool) -> bool:
    """Whether the step after `steps` lies inside the model's thinking."""
    return thinking and not any(CLOSE in step for step in steps)


def new_children(
    problem: Problem, steps: tuple[str, ...], thinking: bool, samples: Sequence[Sample], first: NodeId, *, merge: bool
) -> tuple[NewNode, ...]:
    """The children that `samples` make below the trace `steps`, numbered from `first`.

    Equal texts become one child if `merge`; the prior is the share of samples: P sums to 1 over the children.
    """
    groups: dict[tuple[str, int], list[Sample]] = {}
    for index, sample in enumerate(samples):
        groups.setdefault((sample.text, 0 if merge else index), []).append(sample)
    hidden = in_thought(steps, thinking)
    children = []
    for number, group in enumerate(groups.values()):
        sample = group[0]
        broken = _broken(problem, steps, sample, hidden)
        children.append(
            NewNode(
                node=first + number,
                step=sample.text,
                prior=len(group) / len(samples),
                logprob=None if sample.logprob is None or math.isnan(sample.logprob) else sample.logprob,
                terminal=bool(broken) or (not hidden and problem.is_answer(sample.text)),
                samples=len(group),
                tokens=sample.tokens,
                hidden=hidden,
                broken=broken,
            )
        )
    return tuple(children)


def _broken(problem: Problem, steps: tuple[str, ...], sample: Sample, hidden: bool) -> str:
    if not sample.text.strip():
        return "the step is empty"
    if sample.ended == "length":
        return f"the step had not ended after {sample.count} tokens"
    if hidden:
        return "the thought goes on for too long" if len(steps) >= MAX_THOUGHT_STEPS else ""
    if problem.is_answer(sample.text):
        return ""
    if sample.ended == "end":
        return "the policy ended without an answer"
    return f"no answer after {problem.max_steps} steps" if len(_exposed(steps)) + 1 >= problem.max_steps else ""


def _exposed(steps: Sequence[str]) -> Sequence[str]:
    """The steps after the thought, if there is one."""
    last = max((number for number, step in enumerate(steps) if CLOSE in step), default=-1)
    return steps[last + 1 :]


def split_steps(text: str, ends: tuple[str, ...]) -> tuple[str, ...]:
    """Cut a whole turn into steps after each of `ends`; joined they give the text again."""
    steps, start = [], 0
    while start < len(text):
        stops = [at + len(end) for end in ends if (at := text.find(end, start)) >= 0]
        stop = min(stops, default=len(text))
        steps.append(text[start:stop])
        start = stop
    return tuple(steps)


def split_turn(text: str, problem: Problem, hidden: bool) -> tuple[str, ...]:
    """Steps of a rollout: lines while the thought is open, then the problem's steps."""
    close = text.find(CLOSE) if hidden else -1
    if not hidden:
        return split_steps(text, problem.step_ends)
    if close < 0:
        return split_steps(text, ("\n",))
    end = text.find("\n", close) + 1 or len(text)
    return split_steps(text[:end], ("\n",)) + split_steps(text[end:], problem.step_ends)
