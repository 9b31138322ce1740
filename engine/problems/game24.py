"""Game of 24: make a target from three or four numbers with + - * /, each number once. Checks exactly; knows no model.

Steps read `13 - 9 = 4 (left: 4 4 10)`; the last line reads `Answer: (10 - 4) * (13 - 9) = 24`, or
`Therefore, the answer is (10 - 4) * (13 - 9) = 24`. The checks know the
rules of the game and never look for a solution (that is `countdown`, which no search may use).
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from engine.problems.decoys import wrong_expression
from engine.problems.exemplars import GAME24
from engine.problems.expressions import MAX_EXPRESSION, canonical_expression
from engine.problems.problem import ANSWER_OPENINGS, Problem, ProblemError, Verdict

DEFAULT_TARGET = 24
LARGEST = 999

_VALUE = r"(\d{1,9}(?:/\d{1,9})?)"
_STEP = re.compile(rf"{_VALUE} ([-+*/]) {_VALUE} = {_VALUE} \(left: ([\d/ ]{{1,60}})\)")
_OPENING = "|".join(ANSWER_OPENINGS)
_ANSWER = re.compile(rf"(?:{_OPENING}) ([\d +\-*/()]{{1,{MAX_EXPRESSION}}}) = {_VALUE}")
_NUMBER = re.compile(r"\d{1,9}(?:/\d{1,9})?")
_SPLIT_TARGET = re.compile(r"->|→|=>|=")
_SENTENCE = re.compile(
    r"make\s+(?P<target>\S+)\s+(?:from|with|out of)\s+(?P<numbers>.+?)\.?", re.IGNORECASE | re.DOTALL
)


class _RuleError(Exception):
    """A step or an expression breaks a rule; the message says which."""


@dataclass(frozen=True, slots=True)
class Game24(Problem):
    """Make `target` (0..999) from three or four `numbers` (1..999), in the order in which the user gave them."""

    numbers: tuple[int, ...]
    target: int = DEFAULT_TARGET

    kind: ClassVar[str] = "game24"
    title: ClassVar[str] = "Game of 24"
    example: ClassVar[str] = "4 9 10 13"
    step_ends: ClassVar[tuple[str, ...]] = (")\n",)
    max_steps: ClassVar[int] = 4
    max_step_tokens: ClassVar[int] = 48
    exemplars: ClassVar[tuple[tuple[str, str], ...]] = GAME24

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `4 9 10 13`, `4, 9, 10, 13 = 100`, `4 9 10 13 -> 24` or `Make 24 from 4 9 10 13.`

        Raises ProblemError where the text is none of these, or a number is not allowed.
        """
        line = " ".join(text.split())
        if not line:
            raise ProblemError(f"No numbers were given. Type three or four numbers, for example: {cls.example}")
        if len(line) > 200:
            raise ProblemError(f"The text is too long for a number puzzle ({len(line)} characters).")
        if sentence := _SENTENCE.fullmatch(line):
            listed, goal = sentence["numbers"], sentence["target"]
        else:
            listed, *rest = _SPLIT_TARGET.split(line, maxsplit=1)
            goal = rest[0].strip() if rest else str(DEFAULT_TARGET)
        words = listed.replace(",", " ").split()
        numbers = tuple(_whole(word, f"number {place}", 1) for place, word in enumerate(words, 1))
        if len(numbers) not in (3, 4):
            raise ProblemError(f"{len(numbers)} numbers were given, but the game takes three or four: {cls.example}")
        return cls(numbers, _whole(goal, "the target", 0))

    @property
    def text(self) -> str:
        listed = " ".join(map(str, self.numbers))
        return listed if self.target == DEFAULT_TARGET else f"{listed} -> {self.target}"

    @property
    def prompt(self) -> str:
        return f"Make {self.target} from {' '.join(map(str, self.numbers))}."

    def worked_examples(self) -> tuple[tuple[str, str], ...]:
        """The exemplars with other numbers than these."""
        own = sorted(self.numbers)
        return tuple(worked for worked in self.exemplars if sorted(self.parse(worked[0]).numbers) != own)

    def read_answer(self, completion: str) -> str | None:
        match = _ANSWER.fullmatch(_last_line(completion))
        return match[1] if match else None

    def canonical(self, answer: str) -> str:
        """The expression with its operands in order. Every right answer has the same value, so values tell nothing."""
        return canonical_expression(answer)

    def check_answer(self, completion: str) -> Verdict:
        try:
            value = self._answer_value(_last_line(completion))
        except _RuleError as wrong:
            return Verdict(False, str(wrong))
        if value != self.target:
            return Verdict(False, f"the expression is {value}, not {self.target}")
        return Verdict(True, f"the expression uses each number once and is {self.target}")

    def check_step(self, steps: Sequence[str]) -> Verdict:
        """Whether the last step is legal and exact; an answer line, whether its arithmetic holds (not whether it wins).

        Lines inside a thought are neither right nor wrong: the rules say nothing about them.
        """
        lines = exposed_lines("".join(steps))
        if not lines:
            return Verdict(None, "inside the thought")
        try:
            state = self._after(lines[:-1])
            if self.is_answer(lines[-1]):
                self._answer_value(lines[-1])
                return Verdict(True, "the expression uses each number once and its value is right")
            _apply(state, lines[-1])
        except _RuleError as wrong:
            return Verdict(False, str(wrong))
        return Verdict(True, "legal and exact")

    def decoy(self, answer: str | None, rng: random.Random) -> str:
        return wrong_expression(self.numbers, self.target, rng)

    def reduced(self, steps: Sequence[str]) -> str:
        """The game with the numbers that the last step says are left: nobody looks at how they came about."""
        last = steps[-1].strip() if steps else ""
        if self.is_answer(last):
            return f"{self.prompt}\n{last}"
        match = _STEP.fullmatch(last)
        if match:
            return f"Make {self.target} from {match[5].strip()}."
        return f"{self.prompt}\n{last}".rstrip("\n")  # no step: nobody shall take it for the whole game

    def can_propose(self, steps: Sequence[str]) -> bool:
        match = _STEP.fullmatch(steps[-1].strip()) if steps else None
        return match is None or len(match[5].split()) > 1

    def state(self, steps: Sequence[str]) -> str:
        """The numbers at hand, ascending, e.g. `4 4 10`; after a broken rule or in a thought the text itself."""
        lines = exposed_lines("".join(steps))
        if lines and self.is_answer(lines[-1]):
            return " ".join(lines[-1].split())
        try:
            return " ".join(map(str, self._after(lines)))
        except _RuleError:
            return " ".join("".join(steps).split())

    def _after(self, lines: Sequence[str]) -> list[Fraction]:
        state = sorted(map(Fraction, self.numbers))
        for line in lines:
            state = _apply(state, line)
        return state

    def _answer_value(self, line: str) -> Fraction:
        match = _ANSWER.fullmatch(line.strip())
        if not match:
            raise _RuleError("there is no answer line of the form 'Answer: EXPRESSION = VALUE'")
        expression, claimed = match[1], _read_value(match[2])
        if sorted(map(int, re.findall(r"\d+", expression))) != sorted(self.numbers):
            raise _RuleError("the expression does not use exactly the given numbers")
        value = evaluate(expression)
        if value != claimed:
            raise _RuleError(f"the expression is {value}, not {claimed}")
        return value


def exposed_lines(completion: str) -> list[str]:
    """The lines a user is shown: those after the closing tag, or all where nothing was thought.

    A prompt that ends in `<think>` leaves only the closing tag in the completion, so an open thought is known by its
    first line.
    """
    _, closed, shown = completion.rpartition("</think>")
    if not closed and shown.lstrip().startswith(("<think>", "Try ")):
        return []
    return [line for line in shown.splitlines() if line.strip()]


def evaluate(expression: str) -> Fraction:
    """The exact value of an expression of whole numbers, + - * / and parentheses; nothing is executed.

    Raises _RuleError for anything else, for a division by zero and for text over MAX_EXPRESSION characters.
    """
    if len(expression) > MAX_EXPRESSION:
        raise _RuleError("the expression is too long")
    try:
        return _value_of(ast.parse(expression.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _RuleError("the expression cannot be read") from None


def _value_of(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return Fraction(node.value)
    if not isinstance(node, ast.BinOp):
        raise _RuleError("the expression holds something other than numbers and + - * /")
    return _combine(_value_of(node.left), type(node.op), _value_of(node.right))


def _combine(left: Fraction, op: type[ast.operator], right: Fraction) -> Fraction:
    if op is ast.Add:
        return left + right
    if op is ast.Sub:
        return left - right
    if op is ast.Mult:
        return left * right
    if op is not ast.Div:
        raise _RuleError("the expression holds an operator other than + - * /")
    if right == 0:
        raise _RuleError("it divides by zero")
    return left / right


_OPERATORS: dict[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult, "/": ast.Div}


def _apply(state: Sequence[Fraction], line: str) -> list[Fraction]:
    """The numbers after one step, ascending. Raises _RuleError where the step is not legal and exact."""
    match = _STEP.fullmatch(line.strip())
    if not match:
        raise _RuleError("the line is not a step of the form '13 - 9 = 4 (left: 4 4 10)'")
    pool = list(state)
    left, right, result = (_read_value(match[group]) for group in (1, 3, 4))
    for value in (left, right):
        if value not in pool:
            raise _RuleError(f"{value} is not at hand")
        pool.remove(value)
    exact = _combine(left, _OPERATORS[match[2]], right)
    if exact != result:
        raise _RuleError(f"{left} {match[2]} {right} is {exact}, not {result}")
    after = sorted([*pool, result])
    if sorted(map(_read_value, match[5].split())) != after:
        raise _RuleError(f"the numbers left are {' '.join(map(str, after))}")
    return after


def _read_value(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise _RuleError(f"'{text}' is not a number")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise _RuleError(f"'{text}' divides by zero") from None


def _last_line(completion: str) -> str:
    lines = exposed_lines(completion)
    return lines[-1].strip() if lines else ""


def _whole(word: str, name: str, least: int) -> int:
    if word.startswith("-") and word[1:].isdecimal():
        raise ProblemError(f"{word} ({name}) is negative; the game takes whole numbers from {least} to {LARGEST}.")
    if not (word.isascii() and word.isdecimal()):
        raise ProblemError(f"'{word}' ({name}) is not a whole number.")
    if len(word) > 9 or not least <= int(word) <= LARGEST:
        raise ProblemError(f"{word} ({name}) is out of range; the game takes whole numbers from {least} to {LARGEST}.")
    return int(word)
