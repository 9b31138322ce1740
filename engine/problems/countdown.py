"""Exact solver for number puzzles (reach a target with + - * /): for training data, labels, reports and tests.

No search, policy or verifier may import it: it knows the solution.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import gcd
from typing import NamedTuple

Value = tuple[int, int]
"""A reduced fraction (numerator, denominator), never negative. Plain tuples: hashing Fractions costs ten times more."""

State = tuple[Value, ...]
"""The numbers at hand, ascending by value."""

MAX_NUMERATOR = 999
MAX_DENOMINATOR = 99
PLAIN_LIMIT = 400
KEPT = 50_000
"""States remembered per function: enough for those that come again, without filling the memory."""


class Move(NamedTuple):
    """One operation on two numbers of a state: `left op right = result`, after which `state` is at hand."""

    left: Value
    op: str
    right: Value
    result: Value
    state: State


class Options(NamedTuple):
    """Moves from a state: `good` keep the target reachable (by whole numbers where that is possible);
    `plain` are those a person would try: whole results up to 400."""

    good: tuple[Move, ...]
    plain: tuple[Move, ...]


def reduced(numerator: int, denominator: int) -> Value:
    divisor = gcd(numerator, denominator)
    return numerator // divisor, denominator // divisor


def by_size(value: Value) -> float:
    return value[0] / value[1]


def state_of(numbers: Iterable[int]) -> State:
    return tuple(sorted(((number, 1) for number in numbers), key=by_size))


def show(value: Value) -> str:
    return str(value[0]) if value[1] == 1 else f"{value[0]}/{value[1]}"


def show_state(state: Iterable[Value]) -> str:
    return " ".join(map(show, state))


def combine(left: Value, op: str, right: Value) -> Value | None:
    """`left op right` exactly; None for a division by zero or a negative difference."""
    (a, b), (c, d) = left, right
    if op == "+":
        return reduced(a * d + c * b, b * d)
    if op == "-":
        return reduced(a * d - c * b, b * d) if a * d >= c * b else None
    if op == "*":
        return reduced(a * c, b * d)
    return reduced(a * d, b * c) if c else None


@lru_cache(maxsize=KEPT)
def children(state: State) -> tuple[Move, ...]:
    """Every legal move with the larger number first (the smaller first only in a division), without repeats."""
    found: dict[tuple[Value, str, Value], Move] = {}
    for low in range(len(state)):
        for high in range(low + 1, len(state)):
            small, large = state[low], state[high]
            rest = state[:low] + state[low + 1 : high] + state[high + 1 :]
            tries = [(large, op, small) for op in "+-*/"] + [(small, "/", large)] * (small != large)
            for left, op, right in tries:
                result = combine(left, op, right)
                if result is None or result[0] > MAX_NUMERATOR or result[1] > MAX_DENOMINATOR:
                    continue
                after = tuple(sorted((*rest, result), key=by_size))
                found[left, op, right] = Move(left, op, right, result, after)
    return tuple(found.values())


@lru_cache(maxsize=KEPT)
def reachable(state: State, whole: bool = False) -> frozenset[Value]:
    """Every final value of `state`; with `whole`, only through whole intermediate results."""
    if len(state) == 1:
        return frozenset(state)
    moves = (move for move in children(state) if not whole or move.result[1] == 1)
    return frozenset().union(*(reachable(move.state, whole) for move in moves))


def can_reach(state: State, target: Value, whole: bool = False) -> bool:
    """Whether `target` can be made from all numbers of `state`. Four numbers are not kept, to bound the memory."""
    if len(state) <= 3:
        return target in reachable(state, whole)
    moves = (move for move in children(state) if not whole or move.result[1] == 1)
    return any(can_reach(move.state, target, whole) for move in moves)


def plain_moves(state: State) -> tuple[Move, ...]:
    """The moves with a whole result up to 400; every move where there is none or a fraction is at hand."""
    every = children(state)
    plain = tuple(move for move in every if move.result[1] == 1 and move.result[0] <= PLAIN_LIMIT)
    return every if not plain or any(value[1] > 1 for value in state) else plain


@lru_cache(maxsize=KEPT)
def options(state: State, target: Value) -> Options:
    every = children(state)
    good = tuple(move for move in every if move.result[1] == 1 and can_reach(move.state, target, whole=True))
    good = good or tuple(move for move in every if can_reach(move.state, target))
    return Options(good, plain_moves(state))


@lru_cache(maxsize=KEPT)
def luck(state: State, target: Value) -> float:
    """The exact chance, 0..1, that uniformly random plain moves end at the target: a measure of difficulty."""
    if len(state) == 1:
        return float(state[0] == target)
    plain = plain_moves(state)
    return sum(luck(move.state, target) for move in plain) / len(plain) if plain else 0.0
