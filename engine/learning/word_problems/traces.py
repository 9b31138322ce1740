"""Draws traces of word problems, right ones and ones with a slip, labelled step by step. Knows no model.

They teach a process reward model. The labels are those of `grade_steps`, so there is one definition of right.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.learning.word_problems.examples import (
    Operand,
    PlannedStep,
    WordExample,
    draw_word_example,
    equation_text,
    exact,
    state_step,
)
from engine.learning.word_problems.grading import grade_steps
from engine.learning.word_problems.parts import LARGEST, UnfitError

_SLIPPED = 0.55
"""Share of traces with a slip."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake at one step: the plan that is written there instead, and its result if the arithmetic is wrong."""

    step: int
    planned: PlannedStep
    wrong_result: int | None = None


def swapped(number: int) -> int:
    """The number with its last two digits swapped: 52 for 25; the number itself if it has one digit."""
    tens, last = divmod(number, 10)
    rest, before = divmod(tens, 10)
    return rest * 100 + last * 10 + before if tens else number


def off(rng: random.Random, number: int) -> int:
    """A number that is slightly wrong: by 1, 2 or 10, or with two digits swapped."""
    return rng.choice((number - 1, number + 1, number - 2, number + 2, number - 10, number + 10, swapped(number)))


def wrong_arithmetic(rng: random.Random, example: WordExample, at: int) -> Slip:
    """The right equation with a result that is slightly off."""
    planned = example.plan[at]
    result = off(rng, planned.result)
    if result == planned.result or not 0 <= result <= LARGEST:
        raise UnfitError
    return Slip(at, planned, result)


def wrong_operator(rng: random.Random, example: WordExample, at: int) -> Slip:
    """Right arithmetic with another operator."""
    planned = example.plan[at]
    return Slip(at, replace(planned, operator=rng.choice([o for o in "+-*/" if o != planned.operator])))


def numbers_about(example: WordExample, at: int) -> list[Operand]:
    """All quantities that somebody could confuse at step `at`: the question's, and results of earlier steps."""
    # A number that does not matter counts twice: it is the likeliest one to mislead.
    seen = [Operand(value) for value in (*example.given, *example.spare, *example.spare)]
    return seen + [Operand(step.result, i) for i, step in enumerate(example.plan[:at])]


def wrong_operand(rng: random.Random, example: WordExample, at: int) -> Slip:
    """Right arithmetic with a number of another sentence or of an earlier step as one operand."""
    planned = example.plan[at]
    other = rng.choice(numbers_about(example, at))
    changed = replace(planned, left=other) if rng.random() < 0.5 else replace(planned, right=other)
    return Slip(at, changed)


def wrong_quantity(rng: random.Random, example: WordExample, at: int) -> Slip:
    """Right arithmetic on numbers of the problem that leads to a quantity which nobody asked for."""
    numbers = numbers_about(example, at)
    left, right = rng.choice(numbers), rng.choice(numbers)
    return Slip(at, replace(example.plan[at], left=left, right=right, operator=rng.choice("+-*/")))


_SLIPS: tuple[Callable[[random.Random, WordExample, int], Slip], ...] = (
    wrong_arithmetic,
    wrong_arithmetic,
    wrong_operator,
    wrong_operand,
    wrong_operand,
    wrong_quantity,
)


def follow(example: WordExample, slip: Slip) -> tuple[str, ...]:
    """The steps of somebody who makes one slip and goes on with its result; the answer line is the last.

    Raises UnfitError where the numbers no longer go on as whole positive ones below 1,000.
    """
    results: list[int] = []
    steps = []
    for i, right_plan in enumerate(example.plan):
        planned = slip.planned if i == slip.step else right_plan
        left, right = (o.value if o.step is None else results[o.step] for o in (planned.left, planned.right))
        if i == slip.step and slip.wrong_result is not None:
            result = slip.wrong_result
        else:
            result = exact(left, planned.operator, right)
        results.append(result)
        steps.append(state_step(planned.sentence, equation_text(left, planned.operator, right, result)))
    return (*steps, f"Answer: {results[-1]}")


def steps_missing(rng: random.Random, example: WordExample) -> tuple[str, ...]:
    """The last step or steps left out: the answer is what was known by then."""
    kept = rng.randrange(len(example.steps))
    known = example.plan[kept - 1].result if kept else rng.choice(example.given)
    return (*example.steps[:kept], f"Answer: {known}")


def wrong_answer(rng: random.Random, example: WordExample) -> tuple[str, ...]:
    """All steps right, but another number is written as the answer."""
    numbers = [operand.value for operand in numbers_about(example, len(example.plan))]
    answer = off(rng, example.value) if rng.random() < 0.5 else rng.choice(numbers)
    return (*example.steps, f"Answer: {max(answer, 0)}")


def step_omitted(rng: random.Random, example: WordExample) -> tuple[str, ...]:
    """A step in the middle left out, although a later one uses its result."""
    if len(example.steps) < 2:
        raise UnfitError
    at = rng.randrange(len(example.steps) - 1)
    known = [*example.given, *example.spare]
    slip = replace(example.plan[at + 1], left=Operand(rng.choice(known)), right=Operand(rng.choice(known)))
    written = follow(example, Slip(at + 1, slip))
    return written[:at] + written[at + 1 :]


def slipped_steps(rng: random.Random, example: WordExample) -> tuple[str, ...]:
    """One try to write a solution with a slip of a random kind. Raises UnfitError where that kind does not fit."""
    kind = rng.randrange(10)
    if kind == 0:
        return steps_missing(rng, example)
    if kind == 1:
        return wrong_answer(rng, example)
    if kind == 2:
        return step_omitted(rng, example)
    return follow(example, rng.choice(_SLIPS)(rng, example, rng.randrange(len(example.plan))))


def is_slip(labels: Sequence[int]) -> bool:
    """Whether a labelled trace ends wrong and was never right again after its first mistake."""
    return not labels[-1] and list(labels) == sorted(labels, reverse=True)


def draw_word_trace(rng: random.Random, *, held_out: bool = False) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
    """A question, its steps with the answer line last, and a label per step; about half of the traces hold a slip.

    A label is 1 while every equation is right and serves the question; from a slip on, all labels are 0.
    """
    example = draw_word_example(rng, held_out=held_out)
    if rng.random() < _SLIPPED:
        for _ in range(20):
            try:
                steps = slipped_steps(rng, example)
            except UnfitError:
                continue
            labels = grade_steps(example, steps)
            if is_slip(labels):
                return example.question, steps, labels
    steps = (*example.steps, example.answer)
    return example.question, steps, grade_steps(example, steps)


def draw_next_steps(rng: random.Random) -> tuple[str, tuple[str, ...], str, tuple[str, ...]]:
    """A question, some right first steps, the right next one, and up to three wrong ones for the same place.

    After the last step the next one is the answer line.
    """
    example = draw_word_example(rng)
    whole = (*example.steps, example.answer)
    at = rng.randrange(len(whole))
    wrong: list[str] = []
    for _ in range(6):
        try:
            other = _wrong_step(rng, example, at)
        except UnfitError:
            continue
        if other != whole[at] and other not in wrong and not grade_steps(example, (*whole[:at], other))[-1]:
            wrong.append(other)
    return example.question, whole[:at], whole[at], tuple(wrong[:3])


def _wrong_step(rng: random.Random, example: WordExample, at: int) -> str:
    if at == len(example.steps):
        return wrong_answer(rng, example)[-1]
    return follow(example, rng.choice(_SLIPS)(rng, example, at))[at]
