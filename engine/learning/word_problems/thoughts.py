"""Draws thoughts before a solution: facts, tries, mistakes taken back, self-checks, forced ends. Knows no model."""

from __future__ import annotations

import random
import re

from engine.learning.word_problems.examples import PlannedStep, WordExample, draw_word_example, equation_text, exact
from engine.learning.word_problems.parts import UnfitError
from engine.learning.word_problems.traces import wrong_arithmetic, wrong_operand, wrong_operator, wrong_quantity

_EMPTY = 0.06
_CUT = 0.25
_SLIPPED = 0.3
"""Chance of a wrong try at a step."""
_CHECKED = 0.4

_ASKED = ("The question is this.", "This is what is asked.", "First I look at what is asked.")
_UNUSED = ("The {z} is not needed.", "I do not need the {z}.", "The number {z} does not matter.")
TRY = ("Try {e}.", "Maybe {e}.", "Next, {e}.", "I get {e}.")
_BACK = ("Wait, that is not right.", "Wait, I must look at this again.", "Wait, this is wrong.")
_NOT_ASKED = ("Wait, {t} does not help here.", "Wait, {t} is not what I need.", "Wait, the story does not say {t}.")
OFF = ("Wait, {t} is not {w}.", "Wait, {t} is {r} and not {w}.", "Wait, I must compute {t} again.")
AGAIN = ("It must be {e}.", "So it is {e}.", "Now it is {e}.")
CHECK = ("Check {e}.", "To check, {e}.", "Is it right? Yes, {e}.")
DONE = ("So the answer is {a}.", "The answer must be {a}.", "That makes the answer {a}.", "I am done, it is {a}.")

SENTENCES = (*_ASKED, *_UNUSED, *TRY, *_BACK, *_NOT_ASKED, *OFF, *AGAIN, *CHECK, *DONE)
"""All that a thought can say beside the question's own sentences."""


def right_equation(step: PlannedStep) -> str:
    return equation_text(step.left.value, step.operator, step.right.value, step.result)


def inverse_equation(step: PlannedStep) -> str:
    """The equation that undoes a step, e.g. `23 + 12 = 35` for `35 - 12 = 23`."""
    operator = {"+": "-", "-": "+", "*": "/", "/": "*"}[step.operator]
    return equation_text(step.result, operator, step.right.value, step.left.value)


def wrong_try(rng: random.Random, example: WordExample, at: int) -> list[str]:
    """Lines of a wrong try at a step and how it is noticed; none where no slip fits."""
    kind = rng.choice((wrong_arithmetic, wrong_operator, wrong_operand, wrong_quantity))
    try:
        slip = kind(rng, example, at)
        planned = slip.planned
        right = exact(planned.left.value, planned.operator, planned.right.value)
    except UnfitError:
        return []
    result = right if slip.wrong_result is None else slip.wrong_result
    if result in {step.result for step in example.plan}:
        return []
    term = f"{planned.left.value} {planned.operator} {planned.right.value}"
    noticed = rng.choice(OFF if slip.wrong_result is not None else _NOT_ASKED)
    if rng.random() < 0.25:
        noticed = rng.choice(_BACK)
    return [
        rng.choice(TRY).format(e=f"{term} = {result}"),
        noticed.format(t=term, w=result, r=example.plan[at].result),
    ]


def facts(rng: random.Random, example: WordExample) -> list[str]:
    """Lines that recall the question: its sentences, some left out, and what is asked."""
    *told, asked = re.split(r"(?<=[.?]) ", example.question)
    lines = [sentence for sentence in told if rng.random() < 0.6]
    if rng.random() < 0.4:
        lines += [rng.choice(_ASKED), asked]
    lines += [rng.choice(_UNUSED).format(z=number) for number in example.spare if rng.random() < 0.7]
    return lines


def whole_thought(rng: random.Random, example: WordExample) -> list[str]:
    """The lines of a thought that comes to the answer."""
    lines = facts(rng, example)
    for at, step in enumerate(example.plan):
        wrong = wrong_try(rng, example, at) if rng.random() < _SLIPPED else []
        lines += wrong
        lines.append(rng.choice(AGAIN if wrong else TRY).format(e=right_equation(step)))
        if rng.random() < _CHECKED / len(example.plan):
            lines.append(rng.choice(CHECK).format(e=inverse_equation(step)))
    lines.append(rng.choice(DONE).format(a=example.value))
    return lines


def draw_word_thought(rng: random.Random) -> tuple[str, str]:
    """A question and a completion: `<think>`, lines, `</think>`, the clean steps and the answer.

    Some thoughts are empty and some are cut off at a random line, as a probe or a budget would do; the answer
    after them is right all the same. A line ends in `.` or `?` and a line break; tags stand on lines of their own.
    """
    example = draw_word_example(rng)
    lines = whole_thought(rng, example)
    fate = rng.random()
    if fate < _EMPTY:
        lines = []
    elif fate < _EMPTY + _CUT:
        lines = lines[: rng.randrange(1, len(lines) + 1)]
    thought = "".join(f"{line}\n" for line in lines)
    return example.question, f"<think>\n{thought}</think>\n{''.join(example.steps)}{example.answer}"
