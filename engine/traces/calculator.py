"""Calculator marks, `<<48/2=24>>` (GSM8K, Cobbe et al. 2021, arXiv 2110.14168): found in a text and checked exactly.

    [(mark.text, mark.verdict) for mark in marks("She has 16-3-4=<<16-3-4=9>>9 eggs.")]      # [("16-3-4=9", "exact")]

Both sides are worked out as fractions, so `3/4=3/4` and `0.1+0.2=0.3` are exact. No text is evaluated as code.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from engine.traces.expressions import evaluate

Verdict = Literal["exact", "rounded", "wrong", "unread"]
MOST_CHARACTERS = 200
"""Of a mark: a longer one is text."""

_MARK = re.compile(rf"<<([^<>\n]{{1,{MOST_CHARACTERS}}})>>")
_TOKEN = re.compile(r"\s*(?:(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+)|([-+*/()]))\s*")
_DECIMAL = re.compile(r"[-\d,]*\.?(\d*)\s*")
_READABLE = 12
"""Characters of a fraction."""
_NOISE = Fraction(1, 10**12)
"""What a calculator that works with floating-point numbers gets wrong, as a share of the result."""


class Mark(NamedTuple):
    """One mark as it stands in a text."""

    start: int
    end: int
    text: str
    """What stands between the brackets."""
    verdict: Verdict
    """`rounded`: right as far as its digits go. `unread`: no equation of numbers."""
    value: Fraction | None
    """What its first side comes to."""


def marks(text: str) -> tuple[Mark, ...]:
    """All marks of a text, in order."""
    return tuple(_mark(found) for found in _MARK.finditer(text))


def explain(mark: Mark) -> str:
    """What the check says of a mark, in words."""
    match mark.verdict:
        case "exact":
            return mark.text
        case "rounded":
            return f"{mark.text} is rounded: it is {_shown(mark.value)}"
        case "wrong":
            return f"{mark.text} is wrong: it is {_shown(mark.value)}"
    return f"{mark.text} is no equation of numbers"


def check(found: tuple[Mark, ...]) -> bool | None:
    """Whether all marks of a step are true. None without marks, or where one is rounded or cannot be read."""
    verdicts = {mark.verdict for mark in found}
    if "wrong" in verdicts:
        return False
    return True if verdicts == {"exact"} else None


def _shown(value: Fraction | None) -> str:
    """As a fraction, or about so much where nobody could read that one."""
    exact = str(value)
    if value is None or len(exact) <= _READABLE:
        return exact
    return f"about {Decimal(value.numerator) / Decimal(value.denominator):.6g}"


def _mark(found: re.Match[str]) -> Mark:
    sides = found[1].split("=")
    values = [_value(side) for side in sides]
    known = [value for value in values if value is not None]
    return Mark(*found.span(), found[1].strip(), _verdict(sides, known), values[0])


def _verdict(sides: list[str], values: list[Fraction]) -> Verdict:
    if len(values) < len(sides) or len(sides) < 2:
        return "unread"
    if len(set(values)) == 1:
        return "exact"
    same = all(_is_rounded(value, values[0], side) for value, side in zip(values[1:], sides[1:], strict=True))
    return "rounded" if same else "wrong"


def _is_rounded(said: Fraction, value: Fraction, side: str) -> bool:
    """Whether a side is a decimal number that is right to its last digit, or to what floating point keeps."""
    digits = _DECIMAL.fullmatch(side.strip())
    if digits is None:
        return said == value
    off = abs(said - value)
    return off * 2 * 10 ** len(digits[1]) <= 1 or off <= abs(value) * _NOISE


def _value(side: str) -> Fraction | None:
    tokens = _tokens(side)
    found = None if tokens is None else evaluate(tokens)
    return None if found is None else found.value


def _tokens(side: str) -> list[str | Fraction] | None:
    """Numbers, operators and brackets, where these follow each other as they do in an expression; else None."""
    tokens: list[str | Fraction] = []
    at, wants_number, sign = 0, True, 1
    while at < len(side):
        found = _TOKEN.match(side, at)
        if found is None:
            return None
        number, symbol = found.groups()
        if number is None and symbol in "+-" and wants_number:
            sign = -sign if symbol == "-" else sign
        elif (number is not None or symbol == "(") != wants_number or (symbol == "(" and sign < 0):
            return None
        else:
            tokens.append(sign * Fraction(number.replace(",", "")) if number is not None else symbol)
            wants_number, sign = number is None and symbol != ")", 1
        at = found.end()
    return None if wants_number else tokens
