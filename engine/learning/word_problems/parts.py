"""The parts a word problem is composed of, as data: sentences, numbers, sums. Knows no story, no model and no file."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LARGEST = 999
"""No value of a word problem is larger: the tokenizer has one token for every integer from 0 to 999."""
SMALLEST = 2
"""No value is smaller, so that every noun beside a number is a plural."""


class UnfitError(Exception):
    """The numbers drawn so far admit no whole, positive and small continuation: draw again."""


Draw = Callable[[random.Random, Mapping[str, int]], int]
"""Draws one number, given those drawn or computed so far. Raises UnfitError where no number fits."""


def span(low: int, high: int) -> Draw:
    """Any integer from `low` to `high`, both included."""
    return lambda rng, _values: rng.randint(low, high)


def below(name: str, high: int = LARGEST) -> Draw:
    """At least 2, at most `high`, and leaving at least 2 of the quantity `name`."""

    def draw(rng: random.Random, values: Mapping[str, int]) -> int:
        most = min(high, values[name] - SMALLEST)
        if most < SMALLEST:
            raise UnfitError
        return rng.randint(SMALLEST, most)

    return draw


def above(name: str, least: int = 2, most: int = 90) -> Draw:
    """Larger than the quantity `name` by `least` to `most`."""
    return lambda rng, values: values[name] + rng.randint(least, most)


def unlike(name: str, low: int, high: int) -> Draw:
    """From `low` to `high`, at least 2 away from the quantity `name`."""

    def draw(rng: random.Random, values: Mapping[str, int]) -> int:
        number = rng.randint(low, high)
        if abs(number - values[name]) < SMALLEST:
            raise UnfitError
        return number

    return draw


def divisor(name: str, low: int = 2, high: int = 12) -> Draw:
    """A divisor of the quantity `name` from `low` to `high` that leaves a quotient of at least 2."""

    def draw(rng: random.Random, values: Mapping[str, int]) -> int:
        whole = values[name]
        found = [d for d in range(low, min(high, whole // SMALLEST) + 1) if whole % d == 0]
        if not found:
            raise UnfitError
        return rng.choice(found)

    return draw


def multiple(factor: int, low: int, high: int) -> Draw:
    """`factor` times an integer from `low` to `high`."""
    return lambda rng, _values: factor * rng.randint(low, high)


@dataclass(frozen=True, slots=True)
class Sum:
    """One equation of a solution: `target = left operator right`, and the sentences that can state it.

    An operand is the name of a quantity or a number in digits. A wording holds `{e}` where the equation goes.
    """

    target: str
    left: str
    operator: str
    right: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A relation: what the question says about some numbers, and what follows from it."""

    name: str
    numbers: Mapping[str, Draw]
    wordings: tuple[str, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """Parts that fit together: every opening makes the quantity `x`, a change alters it, a question asks about it."""

    name: str
    things: tuple[tuple[str, str], ...]
    openings: tuple[Part, ...]
    changes: tuple[Part, ...]
    questions: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.openings + self.changes + self.questions


def solve(equation: str, *wordings: str) -> Sum:
    """Write a Sum as text, e.g. `solve("x = a * b", "The {cs} hold {e} {o}.")`."""
    found = re.fullmatch(r"(\w+) = (\w+) ([-+*/]) (\w+)", equation)
    if found is None or not wordings or any("{e}" not in wording for wording in wordings):
        raise ValueError(f"not an equation with its sentences: {equation!r} {wordings!r}")
    target, left, operator, right = found.groups()
    return Sum(target, left, operator, right, wordings)


def part(name: str, numbers: Mapping[str, Draw], wordings: tuple[str, ...], *sums: Sum) -> Part:
    """Make a Part; exists so that a table of parts reads line by line."""
    return Part(name, numbers, wordings, sums)
