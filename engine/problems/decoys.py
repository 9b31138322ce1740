"""Answers that have the right form and are not right: what a misleading hint suggests. Knows no solution.

Drawn at random under the rules of the problem; nothing here looks for a right answer, or at a known one.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

LARGEST = 999
"""Of the whole numbers on the way."""
_TRIES = 1_000


def wrong_expression(numbers: Sequence[int], target: int, rng: random.Random) -> str:
    """An expression over each of `numbers` once that is not `target`; all values on the way are whole, 0 to LARGEST.

    Empty where none was found: for numbers whose expressions are all too large.
    """
    for _ in range(_TRIES):
        pool = [(value, str(value)) for value in numbers]
        while len(pool) > 1:
            left, right = (pool.pop(rng.randrange(len(pool))) for _ in range(2))
            joined = _joined(left, rng.choice("+-*/"), right)
            if joined is None:
                break
            pool.append(joined)
        else:
            if pool[0][0] != target:
                return pool[0][1]
    return ""


def _joined(left: tuple[int, str], operator: str, right: tuple[int, str]) -> tuple[int, str] | None:
    """`left operator right` with brackets round what is itself joined; None where it is not whole or too large."""
    value = _whole(left[0], operator, right[0])
    if value is None or not 0 <= value <= LARGEST:
        return None
    sides = [f"({text})" if " " in text else text for _, text in (left, right)]
    return value, f"{sides[0]} {operator} {sides[1]}"


def _whole(left: int, operator: str, right: int) -> int | None:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left // right if right and left % right == 0 else None
