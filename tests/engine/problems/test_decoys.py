"""Wrong answers for hints: of the right form, never right, the same for the same seed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems import parse_problem
from engine.problems.decoys import wrong_expression


@given(st.lists(st.integers(1, 99), min_size=3, max_size=4), st.integers(0, 99), st.integers())
def test_an_expression_is_legal_and_wrong(numbers: list[int], target: int, seed: int) -> None:
    problem = parse_problem("game24", f"{' '.join(map(str, numbers))} -> {target}")
    hint = problem.decoy(None, random.Random(seed))
    value = eval(hint)
    assert 0 <= value <= 999
    assert value == int(value) != target
    line = f"Answer: {hint} = {int(value)}"
    assert problem.check_step([line]).correct, hint
    assert problem.check_answer(line).correct is False


def test_all_values_on_the_way_are_whole() -> None:
    for seed in range(200):
        text = wrong_expression((5, 7, 9, 11), 24, random.Random(seed))
        assert "/" not in text or eval(text.replace("/", "//")) == eval(text)


def test_the_same_seed_gives_the_same_and_others_give_others() -> None:
    drawn = [wrong_expression((4, 9, 10, 13), 24, random.Random(seed)) for seed in range(20)]
    assert drawn == [wrong_expression((4, 9, 10, 13), 24, random.Random(seed)) for seed in range(20)]
    assert len(set(drawn)) > 10


def test_numbers_that_leave_nothing_wrong_to_say_give_nothing() -> None:
    assert wrong_expression((5,), 5, random.Random(0)) == ""


@pytest.mark.parametrize("answer", ["23", "1/2", "1200"])
def test_a_number_is_near_the_answer_and_not_it(answer: str) -> None:
    problem = parse_problem("words", "Tom has 5 boxes. How many?")
    decoys = {problem.decoy(answer, random.Random(seed)) for seed in range(30)}
    assert len(decoys) > 3
    assert all(problem.canonical(decoy) != problem.canonical(answer) for decoy in decoys)
    assert all(problem.read_answer(f"Answer: {decoy}") is not None for decoy in decoys)


def test_without_an_answer_there_is_none_to_be_near() -> None:
    assert parse_problem("words", "Tom has 5 boxes. How many?").decoy(None, random.Random(0)) == ""
