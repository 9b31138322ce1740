"""Mistakes: what is corrupted, that it is one, and that nothing else changes."""

from __future__ import annotations

import random
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems.words import read_equations
from engine.traces.equations import equations
from engine.traces.mistakes import Mistake, mistake
from engine.traces.numbers import numbers

SEEDS = range(40)


def drawn(step: str) -> set[str]:
    """Everything that the step can become."""
    return {made.text for seed in SEEDS if (made := mistake(step, random.Random(seed)))}


def test_a_try_gets_a_wrong_result_and_the_list_that_follows_from_it() -> None:
    made = drawn("Try 4 + 4 = 8 (left: 3 8 13)\n")
    assert "Try 4 + 4 = 9 (left: 3 9 13)\n" in made
    assert "Try 4 + 4 = 18 (left: 3 13 18)\n" in made
    assert len(made) == 7  # off by 1, 2, 5, 10, and nothing below 0


def test_the_right_one_of_two_equal_numbers_left_is_replaced() -> None:
    assert "Try 13 - 9 = 5 (left: 4 5 10)\n" in drawn("Try 13 - 9 = 4 (left: 4 4 10)\n")


def test_a_fraction_becomes_a_whole_number_near_it() -> None:
    made = drawn("Try 10 / 4 = 5/2 (left: 5/2 9 10)\n")
    assert "Try 10 / 4 = 3 (left: 3 9 10)\n" in made
    assert all(re.search(r"= \d+ \(", text) for text in made)


def test_one_equation_of_a_list_is_wrong_and_its_line_ends_as_it_did() -> None:
    made = drawn("13 + 5 = 18, 13 - 5 = 8, 13 * 5 = 65. No.\n")
    assert all(len([e for e in read_equations(text) if not e.exact]) == 1 and text.endswith(" No.\n") for text in made)
    assert {next(e.operator for e in read_equations(text) if not e.exact) for text in made} == set("+-*")


def test_a_hit_that_is_none_any_more_is_not_called_one() -> None:
    made = drawn("6 + 4 = 10, 6 * 4 = 24. Yes!\n")
    assert "6 + 4 = 10, 6 * 4 = 25. No.\n" in made
    assert "6 + 4 = 11, 6 * 4 = 24. Yes!\n" in made


@pytest.mark.parametrize(
    ("step", "one"),
    [
        ("So the answer is 23.\n", "So the answer is 32.\n"),
        ("It costs $1,234.50 in all.", "It costs $1,239.50 in all."),
        ("Half of it is \\frac{1}{2}.", "Half of it is \\frac{6}{2}."),
        ("We have 6 boxes × 7 pens = 42 pens.", "We have 6 boxes × 7 pens = 24 pens."),
        ("So 24 = 6 * 4 fits.", "So 25 = 6 * 4 fits."),
        ("Ann has more than Bob.", "Ann has less than Bob."),
        ("That is not so.", "That is so."),
        ("It isn’t so.", "It is so."),
        ("Then x is even.", "Then x is odd."),
    ],
)
def test_other_steps(step: str, one: str) -> None:
    assert one in drawn(step)


@pytest.mark.parametrize("step", ["", "\n", "Hmm.\n", "Wait,", "...\n", "-50/3"])
def test_some_steps_hold_nothing_to_corrupt(step: str) -> None:
    assert mistake(step, random.Random(0)) is None


def test_a_wrong_equation_is_never_corrected() -> None:
    assert "Try 5 * 7 = 35.\n" not in drawn("Try 5 * 7 = 36.\n")


def test_words_say_what_stands_for_what() -> None:
    assert mistake("Try 4 + 4 = 8.\n", random.Random(1)) == Mistake("Try 4 + 4 = 6.\n", "6 for 8", "equation")


MOVES = st.tuples(st.integers(0, 400), st.sampled_from("+-*"), st.integers(0, 99), st.lists(st.integers(0, 99)))


@given(MOVES, st.integers())
def test_a_corrupted_move_fits_what_it_says(move: tuple[int, str, int, list[int]], seed: int) -> None:
    left, operator, right, others = move
    result = {"+": left + right, "-": left - right, "*": left * right}[operator]
    if result < 0:
        return
    state = sorted([*others, result])
    step = f"Try {left} {operator} {right} = {result} (left: {' '.join(map(str, state))})\n"
    made = mistake(step, random.Random(seed))
    assert made is not None
    assert made.kind == "equation"
    found = re.fullmatch(r"Try (.+) = (\d+) \(left: ([\d ]+)\)\n", made.text)
    assert found is not None
    assert found[1] == f"{left} {operator} {right}"
    assert int(found[2]) != result
    assert made.words == f"{found[2]} for {result}"
    assert list(map(int, found[3].split())) == sorted([*others, int(found[2])])


@given(st.text(alphabet=st.sampled_from("0123456789+-*/=., ()abcis not\n%$"), max_size=60), st.integers(0, 999))
def test_of_any_text_one_place_changes(step: str, seed: int) -> None:
    made = mistake(step, random.Random(seed))
    if made is None:
        return
    new, old = made.words.split(" for ", 1)
    assert made.text != step
    assert new != old
    at = next(place for place, (a, b) in enumerate(zip(step + "\0", made.text + "\1", strict=False)) if a != b)
    assert any(  # the old text stood there, the new one does now, and what follows is the same
        step[start:].startswith(old) and made.text == step[:start] + new + step[start + len(old) :]
        for start in range(max(0, at - len(old)), at + 1)
    )


@given(st.integers(0, 9999), st.integers(0, 999))
def test_the_same_seed_makes_the_same_mistake(number: int, seed: int) -> None:
    step = f"There are {number} of them."
    made = mistake(step, random.Random(seed))
    assert made == mistake(step, random.Random(seed))
    assert made is not None
    assert [found.value for found in numbers(made.text)] != [Fraction(number)]
    assert not equations(made.text)
