"""Paraphrases: what is reworded, that it says the same, and what stays as it is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rewording import FAMILIES
from engine.traces.edit_rules import edit_rules
from engine.traces.equations import equations
from engine.traces.numbers import numbers
from engine.traces.paraphrasing import in_other_words

SEEDS = range(40)


def drawn(step: str) -> set[str | None]:
    return {in_other_words(step, random.Random(seed)) for seed in SEEDS}


def test_a_house_line_becomes_every_other_wording_of_its_family_and_no_other() -> None:
    assert drawn("Try 4 + 4 = 8 (left: 3 8 13)\n") == {
        f"{opening} 4 + 4 = 8 (left: 3 8 13)\n" for opening in ("Maybe", "Next,", "I take")
    }


def test_lines_of_one_step_are_reworded_one_by_one() -> None:
    told = in_other_words("I found no way.\nTry 1 + 2 = 3.\n", random.Random(0))
    assert told is not None
    first, second = told.splitlines()
    assert first in FAMILIES[4]
    assert second in {"Maybe 1 + 2 = 3.", "Next, 1 + 2 = 3.", "I get 1 + 2 = 3."}


@pytest.mark.parametrize(
    ("step", "one"),
    [
        ("So, 5 * 7 = 35 and we're done.", "Hence, 7 * 5 = 35 and we are done."),
        ("Let me check. It's 4 + 3 = 7.", "I will check. It is 3 + 4 = 7."),
        ("But I don’t know.", "However, I do not know."),
        ("Wait, that isn't it.", "Hold on, that's not it."),
        ("So the sum cannot be 4.", "Thus the sum can't be 4."),
    ],
)
def test_other_texts(step: str, one: str) -> None:
    assert one in drawn(step)


@pytest.mark.parametrize(
    "step",
    [
        "",
        "\n",
        "Tom has 5 boxes.\n",
        "2 + 3 + 4 = 9",
        "(2 + 3) * 4 = 20",
        "8 - 3 = 5",
        "x1 + 2 = 3",
        "I am, so to say.",
        "What it is.",
        "Where that is, who knows?",
    ],
)
def test_what_no_rule_knows_stays(step: str) -> None:
    assert drawn(step) == {None}


def test_synonyms_are_words_of_their_own() -> None:
    groups = edit_rules().synonyms
    assert all(len(set(group.phrases)) == len(group.phrases) > 1 for group in groups)


SENTENCES = st.sampled_from(
    [
        "So, 5 * 7 = 35.\n",
        "Therefore the sum is 3 + 4 = 7 pens. ",
        "Let's see: it's 12 - 5 = 7. ",
        "Wait, that's wrong. ",
        "Try 4 + 4 = 8 (left: 3 8 13)\n",
        "But wait, 1/2 of 8 is 4. ",
        "I don't know. ",
        "First, we get 2 × 3 = 6.\n",
        "Finally, the answer is 24.\n",
        "6 * 4 = 24. Yes!\n",
    ]
)


@given(st.lists(SENTENCES, min_size=1, max_size=6), st.integers(0, 999))
def test_numbers_and_equations_stay(sentences: list[str], seed: int) -> None:
    step = "".join(sentences)
    told = in_other_words(step, random.Random(seed))
    if told is not None:
        assert told != step
        assert sorted(number.value for number in numbers(told)) == sorted(number.value for number in numbers(step))
        assert [(e.key, e.result) for e in equations(told)] == [(e.key, e.result) for e in equations(step)]
        assert told.count("\n") == step.count("\n")


@given(st.text(max_size=80), st.integers(0, 99))
def test_any_text_can_be_given(step: str, seed: int) -> None:
    assert in_other_words(step, random.Random(seed)) != step
