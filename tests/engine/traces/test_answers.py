"""Answers: where they are said, what they are worth, and whether two are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.traces.answers import compare, last_answer, same_answer, stated_answers


@pytest.mark.parametrize(
    ("text", "shown", "value", "how"),
    [
        (r"so \boxed{\frac{1}{2}} it is", r"\frac{1}{2}", "1/2", "boxed"),
        (r"first \boxed{3}, then \boxed{4} and the answer is 5.", "4", "4", "boxed"),
        (r"\boxed{\text{blue}}", r"\text{blue}", "None", "boxed"),
        ("The answer is 18 dollars. Fine.", "18 dollars", "18", "said"),
        ("**Answer:** (13-9) * (10-4) = 24", "(13-9) * (10-4) = 24", "24", "said"),
        ("Final answer: $\\frac{3}{4}$", "\\frac{3}{4}", "3/4", "said"),
        ("so 9.\n#### 1,200", "1,200", "1200", "said"),
        ("The answer is:\n\n12", "12", "12", "said"),
        ("The answer should be 12.5. Then the answer is 14!", "14", "14", "said"),
        ("the answer is Paris, because it is.", "Paris", "None", "said"),
        ("the answer is (B)", "(B)", "None", "said"),
        ("the answer is 3, 4 and 5", "3, 4 and 5", "None", "said"),
        ("Answer: -1.5e2", "-1.5e2", "-150", "said"),
        ("we have 3 and 7 left.", "7", "7", "last number"),
        (r"cut off \boxed{12", "12", "12", "last number"),
        ("Then 12.\nStep 3. Go", "12", "12", "last number"),
    ],
)
def test_the_last_answer(text: str, shown: str, value: str, how: str) -> None:
    answer = last_answer(text)
    assert answer is not None
    assert (answer.text, str(answer.value), answer.how) == (shown, value, how)
    assert shown in text[answer.start : answer.end]


@pytest.mark.parametrize("text", ["", "no number at all", "Step 3: go", "\\boxed{}", "the answer is ..."])
def test_no_answer(text: str) -> None:
    assert last_answer(text) is None


def test_a_boxed_answer_that_is_said_counts_once() -> None:
    found = stated_answers(r"The answer is 4. No, the answer is $\boxed{5}$. Answer: 6")
    assert [(answer.text, answer.how) for answer in found] == [("4", "said"), ("5", "boxed"), ("6", "said")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the answer is 1,200", r"\boxed{1.2e3}", True),
        ("the answer is 50%", r"\boxed{\frac12}", True),
        ("the answer is 12", r"\boxed{13}", False),
        ("the answer is Blue.", r"\boxed{\text{blue}}", True),
        ("the answer is (B)", "Answer: (C)", False),
        ("the answer is blue", "the answer is 12", False),
        ("nothing", "the answer is 12", None),
    ],
)
def test_the_thought_against_what_is_shown(one: str, other: str, same: bool | None) -> None:
    assert compare(last_answer(one), last_answer(other)).same is same


def test_a_comparison_says_how_it_was_made() -> None:
    assert compare(last_answer("so 12"), last_answer(r"\boxed{12}")).how == (
        "compared by value; hidden: the last number, exposed: the last boxed answer"
    )
    assert compare(None, last_answer("12")).how == "no answer can be read in the thought"
    assert compare(None, None).how == "no answer can be read in the thought nor the shown text"


def test_a_problems_own_normal_form_may_say_that_two_are_the_same() -> None:
    one, other = last_answer("the answer is red"), last_answer("the answer is crimson")
    assert one is not None
    assert other is not None
    assert not same_answer(one, other)
    assert same_answer(one, other, lambda text: text.replace("crimson", "red"))


@given(st.text(st.sampled_from("\\boxed{}answer is:12 \n#*.AB$"), max_size=80) | st.text())
def test_any_text_has_at_most_one_last_answer_within_it(text: str) -> None:
    answer = last_answer(text)
    assert answer is None or 0 <= answer.start < answer.end <= len(text)
