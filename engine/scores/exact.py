"""Exact labels of steps, for kinds of problems that have a solver. Knows solutions: no search may import it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Any

from engine.problems.countdown import State, Value, by_size, combine
from engine.problems.game24 import Game24
from engine.problems.problem import Problem


def exact_labels(problem: Problem, steps: Sequence[str]) -> tuple[bool | None, ...]:
    """Whether each step can still lead to a right answer, every step so far being legal and exact.

    An answer's label is whether it is right, whatever stands before it. All None where the kind of problem has no
    solver; None for a step inside a thought.
    """
    solver = _SOLVERS.get(problem.kind)
    return (None,) * len(steps) if solver is None else solver(problem, tuple(steps))


def has_solver(problem: Problem) -> bool:
    """Whether exact labels exist for problems of this kind."""
    return problem.kind in _SOLVERS


def _game24(puzzle: Game24, steps: tuple[str, ...]) -> tuple[bool | None, ...]:
    """Every step legal and exact so far, and the target in reach of the numbers left."""
    labels: list[bool | None] = []
    legal = True
    for count in range(1, len(steps) + 1):
        before = steps[:count]
        if puzzle.is_answer(before[-1]):
            labels.append(bool(puzzle.check_answer("".join(before)).correct))
            continue
        said = puzzle.check_step(before).correct if legal else False
        legal = said is not False
        labels.append(None if said is None else said and _in_reach(puzzle.state(before), puzzle.target))
    return tuple(labels)


@lru_cache(maxsize=20_000)
def _in_reach(state: str, target: int) -> bool:
    return (target, 1) in _finals(read_state(state))


@lru_cache(maxsize=20_000)
def _finals(state: State) -> frozenset[Value]:
    """Every value that legal steps can make of all these numbers: at most three, since a step was made.

    `countdown.reachable` leaves out what no player would write; here a step may be as large as the rules allow.
    """
    if len(state) == 1:
        return frozenset(state)
    found: set[Value] = set()
    for low, high in combinations(range(len(state)), 2):
        small, large = state[low], state[high]
        rest = state[:low] + state[low + 1 : high] + state[high + 1 :]
        for value in {*(combine(large, op, small) for op in "+-*/"), combine(small, "/", large)}:
            if value is not None:  # not legal
                found |= _finals(tuple(sorted((*rest, value), key=by_size)))
    return frozenset(found)


def read_state(text: str) -> State:
    """The numbers of a state as `Game24.state` writes it."""
    fractions = map(Fraction, text.split())
    return tuple(sorted(((value.numerator, value.denominator) for value in fractions), key=by_size))


_SOLVERS: Mapping[str, Callable[[Any, tuple[str, ...]], tuple[bool | None, ...]]] = {Game24.kind: _game24}
"""By kind of problem. A kind with a solver of its own adds one line."""
