"""Labels the steps of any solution of a drawn word problem, exactly. Knows the known solution, no model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.learning.word_problems.examples import WordExample
from engine.problems.words import read_equations, read_number_answer

_ANSWER = re.compile(r"\s*Answer:")


def grade_steps(question_example: WordExample, steps: Sequence[str]) -> tuple[int, ...]:
    """Label each step of a sampled solution: 1 while everything is right and serves the question, else 0.

    A step is right if it holds at least one equation and each is exact, takes its operands from the quantities that
    the question gives for this purpose or that earlier right steps made, and results in a quantity of the known
    solution; the order of independent steps is free. After the first wrong step every further equation is 0.
    An answer line is 1 if and only if its value is right, whatever came before it.
    """
    goals = {step.result for step in question_example.plan}
    known = set(question_example.given)
    right = True
    labels = []
    for step in steps:
        if _ANSWER.match(step):
            labels.append(int(read_number_answer(step) == str(question_example.value)))
            continue
        right = right and _serves(step, known, goals)
        labels.append(int(right))
    return tuple(labels)


def _serves(step: str, known: set[int], goals: set[int]) -> bool:
    """Whether every equation of a step is exact and leads from known quantities to a goal, which is then known too."""
    equations = read_equations(step)
    for equation in equations:
        if not equation.exact or not {equation.left, equation.right} <= known or equation.result not in goals:
            return False
        known.add(int(equation.result))
    return bool(equations)
