"""Measures a thought: where the right answer first stood, what came after, changes of mind, planning against doing.

Pure functions over a text, its steps and their labels. Knows no problem: whether an answer is right is asked of
`correct`, or, where nobody can say, answers are compared with the one the trace ends with, and the result says which.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from engine.traces.answers import Answer, last_answer, same_answer, stated_answers
from engine.traces.claims import Said, ranges_of, read_steps
from engine.traces.functions import Function, Label
from engine.traces.steps import Step

Correct = Callable[[str], bool | None]
"""Whether an answer, as a text, is right; None: nobody can say."""
Part = Literal["planning", "execution", "other"]

PLANNING: frozenset[Function | None] = frozenset({"plan", "backtrack"})
EXECUTION: frozenset[Function | None] = frozenset({"compute", "check"})


class Candidate(msgspec.Struct, frozen=True):
    """An answer that the thought considers."""

    answer: Answer
    step: int
    stated: bool
    """True: boxed or said to be the answer. False: the result of an equation that has the right value."""
    right: bool | None


class Meter(msgspec.Struct, frozen=True):
    """How much was thought after the right answer was there."""

    judged: str
    """By what an answer counts as right, in words for a person."""
    first: Candidate | None
    """The first right answer, stated or worked out; None if there is none, or nobody can say."""
    first_stated: Candidate | None
    characters: int
    """Of the whole thought."""
    characters_after: int | None
    """After the end of the first right answer."""
    tokens: int | None
    """Of the whole thought; None where they are not known."""
    tokens_after: int | None
    share: float | None
    """What part of the thought lies before the end of the first right answer, in [0, 1]; by tokens, else characters."""
    reversals: int
    """How often a stated answer differs from the stated one before."""
    left_right: int
    """How often it went from a right answer to a wrong one."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Neighbouring steps of one part, [first, last]."""

    part: Part
    first: int
    last: int
    characters: int


class Fold(msgspec.Struct, frozen=True):
    """A thought as planning (plan, backtrack) against execution (compute, check)."""

    runs: tuple[Run, ...]
    planning: float
    """Share of characters, in [0, 1]."""
    execution: float
    switches: int
    """How often it goes from one to the other, whatever else lies between."""


def measure(
    text: str,
    steps: Sequence[Step],
    *,
    correct: Correct | None = None,
    final: Answer | None = None,
    token_ends: Sequence[int] = (),
    said: Said | None = None,
) -> Meter:
    """The meter of the thought that `steps` cover.

    `final`: the answer shown, for want of `correct`; without both, the answer that the thought states last (a last
    number that nothing calls an answer need not be one). `token_ends`: the
    offset in `text` at which each token of the thought ends, ascending, where known. `said`: what the steps say
    (`read_steps`), where that is known already.
    """
    if not steps:
        return Meter("there is no thought", None, None, 0, None, len(token_ends) or None, None, None, 0, 0)
    start, end = steps[0].start, steps[-1].end
    own = last_answer(text, start, end)
    reference = final or (own if own is not None and own.how != "last number" else None)
    judge, judged = _judge(correct, reference, final is not None)
    found = candidates(said or read_steps(text, steps), judge)
    first = next((entry for entry in found if entry.right), None)
    stated = [entry for entry in found if entry.stated]
    characters = sum(step.end - step.start for step in steps)
    total = len(token_ends) or None
    after = None if first is None else _characters_after(steps, first.answer.end)
    # a token counts as before if it ends by the answer's end, or holds it
    tokens_after = None if first is None or not total else max(0, total - bisect_left(token_ends, first.answer.end) - 1)
    share = None
    if after is not None:
        share = 1 - (tokens_after / total if total and tokens_after is not None else after / characters)
    return Meter(
        judged=judged,
        first=first,
        first_stated=next((entry for entry in stated if entry.right), None),
        characters=characters,
        characters_after=after,
        tokens=total,
        tokens_after=tokens_after,
        share=share,
        reversals=sum(same_answer(a.answer, b.answer) is False for a, b in pairwise(stated)),
        left_right=sum(a.right is True and b.right is False for a, b in pairwise(stated)),
    )


def candidates(said: Said, judge: Callable[[Answer], bool | None]) -> tuple[Candidate, ...]:
    """Stated answers, and results of equations that are right, in the order of the text."""
    text, starts = said.text, [step.start for step in said.steps]
    found: list[Candidate] = []
    for start, end in ranges_of(said.steps):
        for answer in stated_answers(text, start, end):
            found.append(Candidate(answer, bisect_right(starts, answer.start) - 1, True, judge(answer)))
    for place, equations in enumerate(said.equations):
        for made in equations:
            answer = Answer(made.result_start, made.end, str(made.result), made.result, "last number")
            if judge(answer):
                found.append(Candidate(answer, place, False, True))
    return tuple(sorted(found, key=lambda entry: (entry.answer.start, not entry.stated)))


def fold(steps: Sequence[Step], labels: Sequence[Label]) -> Fold:
    """Runs of planning and of execution, and their shares."""
    runs: list[Run] = []
    for number, (step, tag) in enumerate(zip(steps, labels, strict=True)):
        part, size = _part(tag.function), step.end - step.start
        if runs and runs[-1].part == part:
            runs[-1] = Run(part, runs[-1].first, number, runs[-1].characters + size)
        else:
            runs.append(Run(part, number, number, size))
    total = sum(run.characters for run in runs) or 1
    told = [run.part for run in runs if run.part != "other"]
    return Fold(
        tuple(runs),
        sum(run.characters for run in runs if run.part == "planning") / total,
        sum(run.characters for run in runs if run.part == "execution") / total,
        sum(a != b for a, b in pairwise(told)),
    )


def _part(function: Function | None) -> Part:
    return "planning" if function in PLANNING else "execution" if function in EXECUTION else "other"


def _judge(
    correct: Correct | None, reference: Answer | None, shown: bool
) -> tuple[Callable[[Answer], bool | None], str]:
    if correct is not None:
        return lambda answer: correct(answer.text), "right by the problem's own check"
    if reference is None:
        return lambda _answer: None, "nobody can say: there is no gold answer and no answer to compare with"
    what = "the answer shown" if shown else "the thought's last answer"
    if reference.how == "last number":
        what = "the last number shown"
    return lambda answer: same_answer(answer, reference), f"equal to {what}; whether that is right is not known"


def _characters_after(steps: Sequence[Step], at: int) -> int:
    return sum(max(0, step.end - max(step.start, at)) for step in steps)
