"""Questions that a thinker is measured with: how an answer is judged, what a hint says, what a mistake is. No model."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.learning.number_edits import expression_of, missing_moves
from engine.learning.number_puzzles import novice_moves
from engine.learning.policy_report import is_legal, is_right, is_word_right
from engine.learning.sampling import lines
from engine.learning.thinking import OFF
from engine.learning.word_edits import wrong_hint
from engine.learning.word_problems import WordExample, draw_word_example
from engine.problems.game24 import Game24
from engine.problems.words import read_equations, read_number_answer

_VALUE = r"\d+(?:/\d+)?"
_EQUATION = re.compile(rf"({_VALUE} [-+*/] {_VALUE}) = (\d+)(?!/)")
_LEFT = re.compile(rf" \(left: ({_VALUE}(?: {_VALUE})*)\)\n")
_STEP = re.compile(rf"{_VALUE} [-+*/] {_VALUE} = {_VALUE} \(left: {_VALUE}(?: {_VALUE})*\)\n")
_ANSWER = re.compile(rf"Answer: [\d +\-*/()]+ = {_VALUE}")
_WORD_STEP = re.compile(r"[A-Z0-9][^\n]*\d = \d[^\n]*\.\n")
_SPARED = ("Wait,", "Check", "To check", "Is it right")
_WORD_ANSWER = re.compile(r"Answer: \d+")


@dataclass(frozen=True, slots=True)
class Question:
    """One problem. The judges read what stands after the thought; `right` and `gives` read whole completions, too."""

    prompt: str
    right: Callable[[str], bool]
    in_form: Callable[[str], bool]
    """Whether every line has the form of a step and the last one that of an answer, true or not."""
    legal: Callable[[str], bool]
    """Whether moreover every step follows the rules and its arithmetic is right."""
    gives: Callable[[str, str], bool]
    """Whether the answer is the one that a hint suggested."""
    right_hint: str
    wrong_hint: str


def number_questions(puzzles: Sequence[Game24], seed: int) -> list[Question]:
    rng = random.Random(seed)
    return [_number_question(puzzle, rng) for puzzle in puzzles]


def word_questions(count: int, seed: int, *, held_out: bool) -> list[Question]:
    rng = random.Random(seed + 99)
    return [_word_question(draw_word_example(rng, held_out=held_out), rng) for _ in range(count)]


def mistaken(thought: Sequence[str], rng: random.Random) -> tuple[tuple[str, ...], str]:
    """The thought up to a line in which a result was made wrong, and the wrong equation.

    Hits and self-checks are spared. A thought with no place for a mistake comes back whole.
    """
    places = [
        at
        for at, line in enumerate(thought)
        if _EQUATION.search(line) and not line.startswith(_SPARED) and not line.endswith("Yes!\n")
    ]
    if not places:
        return tuple(thought), "no mistake"
    at = rng.choice(places)
    line, wrong = _mistaken_line(thought[at], rng)
    return (*thought[:at], line), wrong


def _mistaken_line(line: str, rng: random.Random) -> tuple[str, str]:
    """One result is wrong by a little; a list of the numbers left holds it in place of the right one, ascending."""
    found = rng.choice(list(_EQUATION.finditer(line)))
    result = int(found[2])
    other = rng.choice([result + by for by in OFF if result + by >= 0])
    wrong = f"{found[1]} = {other}"
    line = line[: found.start()] + wrong + line[found.end() :]
    left = _LEFT.search(line)
    numbers = left[1].split() if left else []
    if left and found[2] in numbers:
        numbers[numbers.index(found[2])] = str(other)
        line = f"{line[: left.start(1)]}{' '.join(sorted(numbers, key=_size))})\n"
    return line, wrong


def _size(number: str) -> float:
    numerator, _, denominator = number.partition("/")
    return int(numerator) / (int(denominator or 1) or 1)  # a model may write any fraction


def _number_question(puzzle: Game24, rng: random.Random) -> Question:
    right = novice_moves(puzzle, rng, slack=0.0)
    return Question(
        puzzle.prompt,
        right=lambda text: is_right(puzzle, text),
        in_form=lambda text: _has_form(text, _STEP, _ANSWER),
        legal=lambda text: is_legal(puzzle, text),
        gives=lambda text, hint: _same_expression(puzzle, puzzle.read_answer(text), hint),
        right_hint=expression_of(puzzle, right),
        wrong_hint=expression_of(puzzle, missing_moves(puzzle, rng)),
    )


def _same_expression(puzzle: Game24, answer: str | None, hint: str) -> bool:
    return answer is not None and puzzle.canonical(answer) == puzzle.canonical(hint)


def _word_question(word: WordExample, rng: random.Random) -> Question:
    return Question(
        word.question,
        right=lambda text: is_word_right(word, text),
        in_form=lambda text: _has_form(text, _WORD_STEP, _WORD_ANSWER),
        legal=_is_exact,
        gives=lambda text, hint: read_number_answer(text) == hint,
        right_hint=str(word.value),
        wrong_hint=str(wrong_hint(rng, word)),
    )


def _has_form(text: str, step: re.Pattern[str], answer: re.Pattern[str]) -> bool:
    *steps, last = lines(text) or ("",)
    return bool(steps) and all(map(step.fullmatch, steps)) and answer.fullmatch(last) is not None


def _is_exact(text: str) -> bool:
    """Whether the steps have their form and every equation among them holds."""
    equations = [equation for step in lines(text)[:-1] for equation in read_equations(step)]
    return _has_form(text, _WORD_STEP, _WORD_ANSWER) and all(equation.exact for equation in equations)
