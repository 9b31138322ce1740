r"""Writes one mistake into a step of a thought, by rules (Lanham et al. 2023). Knows no problem and no model.

    mistake("Try 4 + 4 = 8 (left: 3 8 13)\n", rng)   # "Try 4 + 4 = 9 (left: 3 9 13)\n", in words: "9 for 8"

What an equation comes to is changed, and with it the list of numbers left that follows it, so that the step fits what
it says; without an equation some other number; without a number a word becomes its opposite. All else stays as it is.
What is written is never what was there, and never what an equation really comes to.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Literal, NamedTuple

from engine.traces.edit_rules import edit_rules
from engine.traces.equations import Equation, equations
from engine.traces.numbers import Number, numbers

Kind = Literal["equation", "number", "word"]

OFF = (-10, -5, -2, -1, 1, 2, 5, 10)
"""By how much a mistaken number is wrong. Two digits may also change places."""

_WHOLE = re.compile(r"\d[\d,]*")
_LEFT = re.compile(r"\(left: ([\d/ ]+)\)")
_HIT, _MISS = "Yes!", "No."


class Mistake(NamedTuple):
    """A step with a mistake in it."""

    text: str
    words: str
    """What stands there for what: `9 for 8`."""
    kind: Kind
    """What was changed."""


def mistake(step: str, rng: random.Random) -> Mistake | None:
    """The step with one mistake, drawn by `rng`; None where nothing in it can be corrupted."""
    found = numbers(step)
    made = [each for each in equations(step, found) if each.verdict != "name"]
    rng.shuffle(made)
    for equation in made:
        number = next((each for each in found if each.start == equation.result_start), None)
        if number is not None and (slip := _wrong_number(step, number, {equation.value}, rng)):
            return _with_result(step, equation, number, slip)
    quantities = [number for number in found if number.role == "quantity"]
    rng.shuffle(quantities)
    for number in quantities:
        if slip := _wrong_number(step, number, set(), rng):
            return _replaced(step, number.start, number.end, slip, "number")
    return _opposite(step, rng)


def _wrong_number(step: str, number: Number, true: set[Fraction | None], rng: random.Random) -> str:
    """Another number, written as this one is; empty where there is none. `true`: values that would be no mistake."""
    shown = step[number.start : number.end]
    whole = _WHOLE.search(shown)
    if whole is None:
        return ""
    if number.parts and "/" in shown:  # a fraction: the whole numbers about it
        wrong = [str(value) for value in _near(round(number.value)) if value not in {number.value, *true}]
        return rng.choice(wrong or [""])
    digits = whole[0].rstrip(",")
    others = [_like(digits, value) for value in _near(int(digits.replace(",", "")))]
    written = [shown[: whole.start()] + other + shown[whole.start() + len(digits) :] for other in others]
    return rng.choice([text for text in written if _is_wrong(text, {number.value, *true})] or [""])


def _is_wrong(text: str, true: set[Fraction | None]) -> bool:
    found = numbers(text)
    return len(found) == 1 and found[0].value not in true


def _near(value: int) -> list[int]:
    """Numbers from 0 on that somebody could come to instead."""
    swapped = int(str(value)[:-2] + str(value)[:-3:-1]) if value > 9 else value
    near = [value + by for by in OFF if value + by >= 0]
    return near if swapped == value else [*near, swapped]


def _like(digits: str, value: int) -> str:
    return f"{value:,}" if "," in digits else str(value)


def _with_result(step: str, equation: Equation, number: Number, slip: str) -> Mistake:
    """The step with another result, another list of what is left, and no hit where it has lost its last equation."""
    made = _replaced(step, number.start, number.end, slip, "equation")
    head, tail = made.text[: number.start + len(slip)], step[number.end :]
    shown = step[number.start : number.end]
    if (left := _LEFT.search(tail)) and shown in left[1].split():
        tail = tail[: left.start(1)] + _relisted(left[1], shown, slip) + tail[left.end(1) :]
    elif tail.strip(" .\r\n") == _HIT and equation.end == number.end:
        tail = tail.replace(_HIT, _MISS)
    return made._replace(text=head + tail)


def _relisted(left: str, right: str, wrong: str) -> str:
    """The numbers left, ascending, with the wrong one for the right one."""
    values = left.split()
    values.remove(right)
    return " ".join(sorted([*values, wrong], key=Fraction))


def _opposite(step: str, rng: random.Random) -> Mistake | None:
    found = list(_turned(step))
    if not found:
        return None
    start, end, other = rng.choice(found)
    return _replaced(step, start, end, _cased(step[start:end], other), "word")


def _turned(step: str) -> Iterator[tuple[int, int, str]]:
    """Every phrase that has an opposite, where it stands; of two that overlap the longer one."""
    taken = 0
    for match in _opposites().finditer(step.replace("’", "'")):
        if match.start() >= taken:
            taken = match.end()
            yield match.start(), taken, _turns()[match[0].lower()]


@cache
def _turns() -> dict[str, str]:
    turns: dict[str, str] = {}
    for one, other in edit_rules().opposites:
        turns.setdefault(one, other)
        turns.setdefault(other, one)
    return turns


@cache
def _opposites() -> re.Pattern[str]:
    longest_first = sorted(_turns(), key=len, reverse=True)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest_first))})(?![\w'])", re.IGNORECASE)


def _cased(shown: str, other: str) -> str:
    return other[0].upper() + other[1:] if shown[0].isupper() else other


def _replaced(step: str, start: int, end: int, slip: str, kind: Kind) -> Mistake:
    return Mistake(step[:start] + slip + step[end:], f"{slip} for {step[start:end]}", kind)
