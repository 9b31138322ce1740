"""Works out a row of numbers, operators and brackets exactly, and gives it a normal form. Knows no text.

    evaluate([Fraction(4), "*", "(", Fraction(5), "+", Fraction(1), ")"])     # value 24, key (1+5)*4, terms 4 5 1

Two rows with one normal form are the same calculation: operands of + and * in order, no needless brackets.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

MOST_POWER = 64
MOST_BITS = 2_000
"""Of a numerator or denominator: what grows beyond is given up."""

_RANK = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}


class Value(NamedTuple):
    """What an expression comes to."""

    value: Fraction
    key: str
    """The expression with the operands of + and * in order and without needless brackets."""
    terms: tuple[Fraction, ...] = ()
    """The numbers in it; none if it is only one number."""
    operator: str = ""
    parts: tuple[str, ...] = ()
    """Keys of the summands or factors at its top."""


def evaluate(tokens: Sequence[str | Fraction]) -> Value | None:
    """None for a division by zero, an absurd power, or brackets and operators that do not fit."""
    values: list[Value] = []
    waiting: list[str] = []
    for token in tokens:
        if isinstance(token, Fraction):
            values.append(Value(token, str(token)))
        elif token == "(":
            waiting.append(token)
        else:
            while waiting and waiting[-1] != "(" and (token == ")" or _RANK[waiting[-1]] >= _RANK.get(token, 9)):
                if not _apply(values, waiting.pop()):
                    return None
            if token != ")":
                waiting.append(token)
            elif waiting:
                waiting.pop()
            else:
                return None
    while waiting:
        if waiting[-1] == "(" or not _apply(values, waiting.pop()):
            return None
    return values[0] if len(values) == 1 else None


def _apply(values: list[Value], operator: str) -> bool:
    if len(values) < 2:
        return False
    right, left = values.pop(), values.pop()
    value = _result(left.value, operator, right.value)
    if value is None or max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        return False
    terms = (left.terms or (left.value,)) + (right.terms or (right.value,))
    if operator in "+*":
        parts = tuple(sorted((*_parts(left, operator), *_parts(right, operator))))
        values.append(Value(value, operator.join(parts), terms, operator, parts))
    else:
        key = f"{_bracketed(left, operator)}{operator}{_bracketed(right, operator + '!')}"
        values.append(Value(value, key, terms, operator))
    return True


def _parts(side: Value, operator: str) -> tuple[str, ...]:
    return side.parts if side.operator == operator else (_bracketed(side, operator),)


def _bracketed(side: Value, operator: str) -> str:
    """In brackets where they are needed beside `operator`; a ! behind it: to the right of - / ^."""
    if not side.operator:
        return side.key if side.value >= 0 and "/" not in side.key else f"({side.key})"
    rank = _RANK[operator[0]]
    tight = _RANK[side.operator] > rank or (operator in "+-*/" and _RANK[side.operator] == rank)
    return side.key if tight else f"({side.key})"


def _result(left: Fraction, operator: str, right: Fraction) -> Fraction | None:
    if left.denominator == right.denominator == 1 and operator in "+-*":
        a, b = left.numerator, right.numerator  # as whole numbers: several times faster
        return Fraction(a + b if operator == "+" else a - b if operator == "-" else a * b)
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right if right else None
    if right.denominator != 1 or abs(right) > MOST_POWER or (not left and right < 0):
        return None
    return Fraction(left**right.numerator)
