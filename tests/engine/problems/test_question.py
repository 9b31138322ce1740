"""Any question: its text comes back, gold is a short line after ####, answers are read outside the thought."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.growth import new_children
from engine.policies import Sample
from engine.problems import ProblemError, kind_of, parse_problem
from engine.problems.question import MAX_QUESTION, Question

PIECES = st.sampled_from(["####", " ", "\n", "12", "Is 9.9 larger?", "#", "a" * 250])


@given(st.lists(PIECES | st.text(max_size=6), max_size=8).map("".join))
def test_a_question_that_was_read_reads_the_same_again(text: str) -> None:
    try:
        question = Question.parse(text)
    except ProblemError:
        return
    assert Question.parse(question.text) == question
    assert question.question.strip()


@pytest.mark.parametrize(
    ("text", "question", "gold"),
    [
        ("Which is larger? #### 9.9", "Which is larger?", "9.9"),
        ("# Task\n#### Part one\nAdd them up.", "# Task\n#### Part one\nAdd them up.", None),
        ("Add #### them #### 12 pens", "Add #### them", "12 pens"),
        (f"So? #### {'x' * 300}", f"So? #### {'x' * 300}", None),
    ],
)
def test_gold_is_one_short_line_after_the_last_mark(text: str, question: str, gold: str | None) -> None:
    assert (Question.parse(text).prompt, Question.parse(text).gold) == (question, gold)


@pytest.mark.parametrize(
    ("text", "why"),
    [(" \n", "is empty"), ("#### 12", "no question before it"), ("x" * (MAX_QUESTION + 1), "100,001 characters")],
)
def test_what_is_no_question_is_a_sentence(text: str, why: str) -> None:
    with pytest.raises(ProblemError, match=why):
        parse_problem("question", text)


@pytest.mark.parametrize(
    ("completion", "answer"),
    [
        ("<think>\nThe answer is 12.\n</think>\n\nIt is \\boxed{1,200}.", "1,200"),
        ("The answer is 12.\n</think>\n\nSo **Answer:** 9.9", "9.9"),
        ("<|channel|>analysis<|message|>maybe 7<|end|><|start|>assistant<|channel|>final<|message|>10<|return|>", "10"),
        ("<think>\n12\n</think>\n\nI cannot say.", None),
        ("They have 3 and then 5.", "5"),
    ],
)
def test_answers_are_read_outside_of_the_thought(completion: str, answer: str | None) -> None:
    assert Question("How many?").read_answer(completion) == answer


@pytest.mark.parametrize(
    ("gold", "completion", "correct"),
    [
        ("1200", "\\boxed{1.2e3}", True),
        ("1/2", "The answer is 0.5.", True),
        ("Paris", "The answer is Paris.", True),
        ("Paris", "The answer is Rome.", False),
        ("12", "The answer is at most 12.", None),
        ("12", "Nobody knows.", False),
    ],
)
def test_the_check_compares_values_and_else_words(gold: str, completion: str, correct: bool | None) -> None:
    assert Question("How many?", gold).check_answer(completion).correct is correct
    assert Question("How many?").check_answer(completion).correct is None


def test_equal_answers_share_a_name() -> None:
    question = Question("How many?")
    assert question.canonical("1,200 pens") == question.canonical("1.2e3")
    assert question.canonical("**Paris**") == question.canonical("paris.")
    assert question.canonical("...") == "..."


@pytest.mark.parametrize(
    ("text", "kind"), [("4 9 10 13", "game24"), ("Tom has 3 pens. How many?", "words"), ("Who was Euler?", "question")]
)
def test_the_narrower_kinds_are_preferred(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_only_the_end_of_a_turn_ends_a_trace() -> None:
    question = Question("Who?")
    samples = [Sample("The answer is Euler.\n", None, 5, "step"), Sample("That was Euler.", None, 5, "end")]
    stated, ended = new_children(question, (), False, samples, 1)
    assert (stated.terminal, ended.terminal) == (False, True)
    assert (stated.broken, ended.broken) == ("", "")


@pytest.mark.parametrize(
    ("step", "is_answer"),
    [("Answer: 12", True), ("\\boxed{x}", True), ("#### 12", True), ("#### Part two", False), ("Then 12 pens.", False)],
)
def test_a_step_that_states_an_answer(step: str, is_answer: bool) -> None:
    assert Question("How many?").is_answer(step) is is_answer
