"""Word problems: a story with numbers, a number as the answer. Knows how to read and check, not how to solve."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from engine.problems.exemplars import WORDS
from engine.problems.in_words import InWords
from engine.problems.problem import ANSWER_OPENINGS, ProblemError, Verdict

MAX_QUESTION = 2_000
"""Characters of a question; longer ones do not fit the context of a small model."""
_MAX_LINE = 1_000
"""Characters of a line that are looked at: model text is untrusted."""
_MAX_DIGITS = 18
"""Characters of a number; a longer one is not read."""

_OPENING = "|".join(ANSWER_OPENINGS)
_ANSWER_LINE = re.compile(rf"^[ \t]*({_OPENING})(.*)$", re.MULTILINE)
_LATEX_FRACTION = re.compile(r"\\[dt]?frac\s?\{?(\d+)\}?\s?\{?(\d+)\}?")
_INTEGER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)"
_VALUE = re.compile(rf"(-?)\s?\$?\s?({_INTEGER}/\d+(?![\d.])|{_INTEGER}(?:\.\d+)?)")
_TERM = rf"\$?({_INTEGER}/\d+|{_INTEGER}(?:\.\d+)?)"
_EQUATION = re.compile(
    r"(?<![\d.,/$])(?<![-+*/=])(?<![-+*/=]\s)"  # not the tail of a longer sum
    rf"{_TERM}\s?([-+*/])\s?{_TERM}\s?=\s?(-?){_TERM}"
    r"(?![\d/])(?!\.\d)(?!\s?[-+*/]\s?\$?\d)"  # nor the head of one
)


@dataclass(frozen=True, slots=True)
class Equation:
    """One `left operator right = result` that a text states, right or wrong, in exact numbers."""

    left: Fraction
    operator: str
    right: Fraction
    result: Fraction

    @property
    def value(self) -> Fraction | None:
        """What the left side really is; None for a division by zero."""
        match self.operator:
            case "+":
                return self.left + self.right
            case "-":
                return self.left - self.right
            case "*":
                return self.left * self.right
        return self.left / self.right if self.right else None

    @property
    def exact(self) -> bool:
        return self.value == self.result

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right} = {self.result}"


def _fraction(digits: str) -> Fraction | None:
    """A number as a text writes it (`1,200`, `3.50`, `1/2`); None if it is absurdly long or has no value."""
    if len(digits) > 2 * _MAX_DIGITS or any(len(half) > _MAX_DIGITS for half in digits.split("/")):
        return None
    try:
        return Fraction(digits.replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return None


def read_equations(text: str) -> list[Equation]:
    """All equations `a op b = c` that a text states, in order; longer sums are left out. Never evaluates the text."""
    equations = []
    for left, operator, right, sign, result in _EQUATION.findall(text[:_MAX_LINE]):
        first, second, third = _fraction(left), _fraction(right), _fraction(result)
        if first is not None and second is not None and third is not None:
            equations.append(Equation(first, operator, second, -third if sign else third))
    return equations


def read_number(text: str) -> str | None:
    """The canonical form of the first number in a text: `23`, `-4`, `1/2` (also for 0.5 and \\frac{1}{2})."""
    found = _VALUE.search(_LATEX_FRACTION.sub(r"\1/\2", text[:_MAX_LINE]))
    value = _fraction(found[2]) if found else None
    if found is None or value is None:
        return None
    return str(-value if found[1] else value)


def exposed_part(completion: str) -> str:
    """A completion without its thought; the opening tag may have been part of the prompt, the closing one missing."""
    return completion.rpartition("</think>")[2].partition("<think>")[0]


def read_number_answer(completion: str) -> str | None:
    """The canonical number of the last answer line outside of the thought, or None.

    Of `Answer: 5 * 7 = 35` it is the 35; after `Therefore, the answer is` the first number counts (Kojima et al. 2022).
    """
    lines = _ANSWER_LINE.findall(exposed_part(completion))
    if not lines:
        return None
    opening, said = lines[-1]
    return read_number(said[:_MAX_LINE].rpartition("=")[2] if opening == ANSWER_OPENINGS[0] else said)


@dataclass(frozen=True)
class WordProblem(InWords):
    """A question in words. The gold answer, where known, is a canonical number such as `23` or `1/2`."""

    kind: ClassVar[str] = "words"
    title: ClassVar[str] = "Word problem"
    example: ClassVar[str] = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left? #### 23"
    step_ends: ClassVar[tuple[str, ...]] = (".\n",)
    max_steps: ClassVar[int] = 12
    max_step_tokens: ClassVar[int] = 64
    exemplars: ClassVar[tuple[tuple[str, str], ...]] = WORDS

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a question, and a gold answer after `####` where there is one (the habit of GSM8K files)."""
        question, mark, after = text.partition("####")
        question = " ".join(question.split())
        if not question:
            raise ProblemError("The word problem is empty: write a question with numbers in it.")
        if len(question) > MAX_QUESTION:
            raise ProblemError(
                f"The word problem has {len(question):,} characters; at most {MAX_QUESTION:,} are allowed."
            )
        if not any(c.isdecimal() for c in question):
            raise ProblemError("The word problem has no number in it: write the numbers as digits.")
        if not mark:
            return cls(question)
        shown = after.strip()
        gold = read_number(shown) if _VALUE.fullmatch(shown.rstrip(".")) else None
        if gold is None:
            raise ProblemError(f"The gold answer after #### must be one number, but it is “{shown[:40]}”.")
        return cls(question, gold)

    def read_answer(self, completion: str) -> str | None:
        return read_number_answer(completion)

    def canonical(self, answer: str) -> str:
        """As an exact number: 0.5, 1/2 and \\frac{1}{2} are one answer, and so are $1,200 and 1200."""
        return read_number(answer) or super().canonical(answer)

    def check_answer(self, completion: str) -> Verdict:
        found = self.read_answer(completion)
        if self.answer is None:
            return Verdict(None, "no gold answer is known for this problem")
        if found is None:
            return Verdict(False, "there is no line “Answer:” with a number")
        if found == self.answer:
            return Verdict(True, f"the answer is {found}")
        return Verdict(False, f"the answer is {found}, not {self.answer}")

    def check_step(self, steps: Sequence[str]) -> Verdict:
        """Check the arithmetic of the last step: every equation in it must be exact."""
        equations = read_equations(steps[-1]) if steps else []
        for equation in equations:
            if equation.value is None:
                return Verdict(False, f"{equation} divides by zero")
            if not equation.exact:
                shown = f"{equation.left} {equation.operator} {equation.right}"
                return Verdict(False, f"{shown} is {equation.value}, not {equation.result}")
        if not equations:
            return Verdict(None, "there is no equation to check")
        return Verdict(True, "the arithmetic is right")
