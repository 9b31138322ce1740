"""What a part of a trace says: its sentences, numbers and equations, each with its place. Knows no other part of it.

A number lies within a sentence, and perhaps within an equation: claims nest. Numbers that only number something, and
dates, are no claims of a quantity: `Step 3`, list markers, `in 1999`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from engine.traces.equations import Equation, equations
from engine.traces.lexical import stem, stems
from engine.traces.numbers import Number, numbers
from engine.traces.steps import Step, cut_ranges

ClaimKind = Literal["number", "equation", "text"]


class Claim(msgspec.Struct, frozen=True, gc=False):
    """Something a text says, at the characters [start, end)."""

    kind: ClaimKind
    start: int
    end: int
    sentence: int
    """The number of its sentence."""
    number: Number | None = None
    equation: Equation | None = None


class Slot(msgspec.Struct, frozen=True, gc=False):
    """What a number counts, by the words beside it: stems, `$` for money, empty where there is none."""

    unit: str
    lead: str


class Said(msgspec.Struct, frozen=True):
    """All numbers and equations of some steps or sentences."""

    text: str
    steps: tuple[Step, ...]
    numbers: tuple[tuple[Number, ...], ...]
    """By step."""
    equations: tuple[tuple[Equation, ...], ...]
    """By the step in which the result stands."""


_AFTER = re.compile(r"[ \t\u00a0$*_}\\-]{0,4}(?:text\{ ?)?([^\W\d_]+)")
_MONEY = ("dollar", "buck", "usd")


def read(text: str, ranges: Iterable[tuple[int, int]], steps: Sequence[Step]) -> Said:
    """What the steps say, which lie in these ranges, in order."""
    starts = [step.start for step in steps]
    in_steps: list[list[Number]] = [[] for _ in steps]
    made_in: list[list[Equation]] = [[] for _ in steps]
    for start, end in ranges:
        found = numbers(text, start, end)
        for number in found:
            in_steps[bisect_right(starts, number.start) - 1].append(number)
        for equation in equations(text, found, start, end):
            made_in[bisect_right(starts, equation.result_start) - 1].append(equation)
    return Said(text, tuple(steps), tuple(map(tuple, in_steps)), tuple(map(tuple, made_in)))


def ranges_of(steps: Sequence[Step]) -> list[tuple[int, int]]:
    """The ranges that neighbouring steps cover together: an equation may reach from one into the next."""
    ranges: list[tuple[int, int]] = []
    for step in steps:
        if ranges and ranges[-1][1] == step.start:
            ranges[-1] = (ranges[-1][0], step.end)
        else:
            ranges.append((step.start, step.end))
    return ranges


def read_steps(text: str, steps: Sequence[Step]) -> Said:
    """What some steps say."""
    return read(text, ranges_of(steps), steps)


def read_sentences(text: str, ranges: Sequence[tuple[int, int]]) -> Said:
    """What some parts of a text say, sentence by sentence."""
    return read(text, ranges, cut_ranges(text, ranges))


def claims_of(said: Said) -> tuple[Claim, ...]:
    """Every claim, in the order of the text; a sentence stands before what lies in it.

    A sentence without a word that says something ("So:", "Sure!") is no claim of its own.
    """
    claims = []
    for place, step in enumerate(said.steps):
        if stems(said.text[step.start : step.end]):
            claims.append(Claim("text", step.start, step.end, place))
        inner = [Claim("equation", made.start, made.end, place, None, made) for made in said.equations[place]]
        inner += [
            Claim("number", number.start, number.end, place, number)
            for number in said.numbers[place]
            if number.role == "quantity"
        ]
        claims.extend(sorted(inner, key=lambda claim: (claim.start, -claim.end)))
    return tuple(claims)


def slot_of(text: str, number: Number) -> Slot:
    """The word behind the number, and the last one before it that says something."""
    found = _AFTER.match(text, number.end, number.end + 40)
    unit = stem(found[1].lower()) if found else ""
    if text[max(0, number.start - 2) : number.start].rstrip()[-1:] in ("$", "€", "£") or unit in _MONEY:
        unit = "$"
    if number.percent:
        unit = "%"
    before = stems(text[max(0, number.start - 60) : number.start].rpartition("\n")[2])
    return Slot(unit, before[-1] if before else "")


def values_of(number: Number) -> tuple[Fraction, ...]:
    """The values a number can be meant as: itself, and of `3/4` also 3 and 4."""
    return (number.value, *number.parts)
