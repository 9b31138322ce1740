"""Exact labels: every step so far legal and exact, and the target in reach; by brute force over all ways to go on."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems import parse_problem
from engine.problems.game24 import Game24
from engine.scores.exact import exact_labels, has_solver

PUZZLE = Game24((4, 9, 10, 13))
FIRST = "13 - 9 = 4 (left: 4 4 10)\n"
GOOD = (FIRST, "10 - 4 = 6 (left: 4 6)\n", "6 * 4 = 24 (left: 24)\n", "Answer: (10 - 4) * (13 - 9) = 24")


def ways_on(numbers: tuple[Fraction, ...]) -> set[Fraction]:
    """Every value that can be made of all the numbers, negative ones and any fractions included."""
    if len(numbers) == 1:
        return set(numbers)
    found: set[Fraction] = set()
    for left, right, *rest in permutations(numbers):
        made = [left + right, left - right, left * right, *([left / right] if right else [])]
        for value in made:
            found |= ways_on((value, *rest))
    return found


@pytest.mark.parametrize(
    ("steps", "labels"),
    [
        (GOOD, (True, True, True, True)),
        ((FIRST, "10 + 4 = 14 (left: 4 14)\n", "14 + 4 = 18 (left: 18)\n"), (True, False, False)),
        (("13 - 9 = 5 (left: 4 5 10)\n", *GOOD[1:]), (False, False, False, True)),
        ((FIRST, "10 - 4 = 6 (left: 4 6 6)\n"), (True, False)),
        ((FIRST, "and so on\n"), (True, False)),
        (("Answer: 4 + 9 + 10 + 13 = 36",), (False,)),
        (("<think>\nTry 13 - 9\n", "Try 9 + 4\n", "</think>\n" + FIRST, GOOD[1]), (None, None, True, True)),
        ((), ()),
    ],
)
def test_labels_of_hand_made_traces(steps: tuple[str, ...], labels: tuple[bool | None, ...]) -> None:
    assert exact_labels(PUZZLE, steps) == labels


@given(st.lists(st.integers(1, 9), min_size=3, max_size=3), st.sampled_from("+-*"), st.integers(1, 40))
def test_a_first_step_is_good_just_if_some_way_on_makes_the_target(numbers: list[int], op: str, target: int) -> None:
    puzzle = Game24(tuple(numbers), target)
    large, small, rest = max(numbers[:2]), min(numbers[:2]), numbers[2]
    value = {"+": large + small, "-": large - small, "*": large * small}[op]
    left = " ".join(map(str, sorted((value, rest))))
    (label,) = exact_labels(puzzle, (f"{large} {op} {small} = {value} (left: {left})\n",))
    assert label == (target in ways_on((Fraction(value), Fraction(rest))))


def test_numbers_may_be_as_large_as_the_rules_allow() -> None:
    puzzle = Game24((999, 999, 998, 1), 1)
    step = "999 * 999 = 998001 (left: 1 998 998001)\n"
    assert exact_labels(puzzle, (step,)) == (Fraction(1) in ways_on((Fraction(998001), Fraction(998), Fraction(1))),)
    assert exact_labels(Game24((900, 800, 720), 1000), ("900 * 800 = 720000 (left: 720 720000)\n",)) == (True,)


@pytest.mark.parametrize(
    ("kind", "text"), [("words", "Ann has 3 apples and buys 4. How many? #### 7"), ("question", "Why? #### 7")]
)
def test_other_kinds_of_problems_have_no_solver(kind: str, text: str) -> None:
    problem = parse_problem(kind, text)
    assert not has_solver(problem)
    assert exact_labels(problem, ("3 + 4 = 7\n", "Answer: 7")) == (None, None)
