"""Word problems: parsing, reading and checking answers and equations in untrusted text."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems.problem import ProblemError
from engine.problems.words import MAX_QUESTION, WordProblem, read_equations, read_number_answer

TOM = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?"


def test_parses_its_own_example() -> None:
    problem = WordProblem.parse(WordProblem.example)
    assert problem == WordProblem(TOM, "23")
    assert problem.prompt == TOM
    assert problem.gold == "23"
    assert hash(problem) == hash(WordProblem.parse(problem.text))


def test_the_gold_answer_is_optional_and_blanks_do_not_matter() -> None:
    assert WordProblem.parse(f"  {TOM.replace(' ', '  ')}\n") == WordProblem(TOM)
    assert WordProblem.parse(TOM).text == TOM
    assert WordProblem.parse(TOM).gold is None


@pytest.mark.parametrize(
    ("gold", "canonical"),
    [("1,234", "1234"), ("$23.00", "23"), ("23.", "23"), ("2/4", "1/2"), ("-3", "-3"), ("-$2.50", "-5/2"), ("0", "0")],
)
def test_gold_answers_are_made_canonical(gold: str, canonical: str) -> None:
    assert WordProblem.parse(f"What is 1 + 1? #### {gold}").gold == canonical


@pytest.mark.parametrize(
    ("text", "part_of_message"),
    [
        ("", "empty"),
        (" \n #### 4", "empty"),
        ("How many are left?", "no number"),
        ("7 " * MAX_QUESTION, "2,000"),
        (f"{TOM} #### many", "many"),
        (f"{TOM} ####", "####"),
        (f"{TOM} #### 23 pens", "23 pens"),
        (f"{TOM} #### 1/0", "1/0"),
        (f"{TOM} #### {'9' * 400}", "####"),
    ],
)
def test_what_is_no_word_problem_is_refused_with_a_sentence(text: str, part_of_message: str) -> None:
    with pytest.raises(ProblemError) as caught:
        WordProblem.parse(text)
    message = str(caught.value)
    assert part_of_message in message
    assert message.endswith(".")
    assert len(message) < 200


@given(st.text(max_size=80), st.one_of(st.none(), st.fractions(max_denominator=10**6).filter(lambda f: abs(f) < 10**9)))
def test_whatever_is_accepted_survives_a_round_trip(text: str, gold: Fraction | None) -> None:
    try:
        problem = WordProblem.parse(text if gold is None else f"{text} #### {gold}")
    except ProblemError:
        return
    assert WordProblem.parse(problem.text) == problem
    if gold is not None and "####" not in text:
        assert problem.gold == str(gold)


@pytest.mark.parametrize(
    ("completion", "answer"),
    [
        ("The boxes hold 5 * 7 = 35 pens.\nAnswer: 23", "23"),
        ("Answer: 23.", "23"),
        ("Answer: 23.0\n", "23"),
        ("Answer: $1,200", "1200"),
        ("Answer: 2/6 of it", "1/3"),
        ("Answer: -4", "-4"),
        ("  Answer: 23 pens", "23"),
        ("Answer: 35 - 12 = 23", "23"),
        ("Answer: **23**", "23"),
        ("Answer: 1\nAnswer: 2", "2"),
        ("<think>\nAnswer: 1\n</think>\nAnswer: 2", "2"),
        ("Answer: 1\n</think>\nAnswer: 2", "2"),
        ("<think>\nAnswer: 1\n", None),
        ("</think>\nIt is 4.\n", None),
        ("The Answer: 5", None),
        ("It is 5 * 7 = 35.\nTherefore, the answer is 23.", "23"),
        ("It is 35.\nTherefore, the answer is $1,200, which is 3 * 400.", "1200"),  # the first number, not the last
        ("Therefore, the answer is", None),
        (r"Answer: $\frac{1}{2}$", "1/2"),
        (r"Answer: \dfrac34 of it", "3/4"),
        ("Answer: none", None),
        ("Answer: 3/0", None),
        (f"Answer: {'9' * 10_000}", None),
        ("", None),
    ],
)
def test_reads_the_exposed_answer(completion: str, answer: str | None) -> None:
    assert WordProblem(TOM).read_answer(completion) == answer


def test_checks_the_answer_against_the_gold_one() -> None:
    problem = WordProblem(TOM, "23")
    assert problem.check_answer("Answer: 23.0").correct is True
    wrong = problem.check_answer("Answer: 24")
    assert (wrong.correct, wrong.reason) == (False, "the answer is 24, not 23")
    assert problem.check_answer("I do not know.").correct is False
    assert WordProblem(TOM).check_answer("Answer: 23").correct is None


@pytest.mark.parametrize("same", [("0.5", "0.50", "1/2", r"\frac{1}{2}"), ("1200", "$1,200", "1,200.00")])
def test_answers_that_mean_the_same_have_one_name(same: tuple[str, ...]) -> None:
    assert len({WordProblem(TOM).canonical(answer) for answer in same}) == 1


def test_an_answer_without_a_number_is_named_by_its_words() -> None:
    assert WordProblem(TOM).canonical("  Twenty  Three ") == "twenty three"


def test_the_second_call_of_zero_shot_is_checked_like_any_answer() -> None:
    problem = WordProblem(TOM, "23")
    assert problem.is_answer("Therefore, the answer is 23")
    assert problem.check_answer("5 * 7 = 35.\nTherefore, the answer is 23").correct is True
    assert problem.check_answer("35 - 12 = 23.\nTherefore, the answer is 12, not 23").correct is False


def test_knows_answer_lines() -> None:
    problem = WordProblem(TOM)
    assert problem.is_answer("Answer: 23")
    assert not problem.is_answer("The boxes hold 5 * 7 = 35 pens.\n")


@pytest.mark.parametrize(
    ("step", "correct"),
    [
        ("The boxes hold 5 * 7 = 35 pens.\n", True),
        ("The boxes hold 5 * 7 = 36 pens.\n", False),
        ("It costs $1,200 / 5 = $240.\n", True),
        ("It costs $2.50 + $0.25 = $2.75.\n", True),
        ("Half of it is 1/2 * 3 = 3/2.\n", True),
        ("That is 6/4 = 3/2, and 1 / 3 = 1/3.\n", True),
        ("There are 5 - 7 = -2 left.\n", True),
        ("There are 5*7=35 and 35-12=22.\n", False),
        ("It is 4 / 0 = 0.\n", False),
        ("Ten pens are left.\n", None),
        ("In all 1 + 2 + 3 = 6.\n", None),
        ("In all 2 * 3 = 5 + 1.\n", None),
        ("Answer: 23", None),
        ("", None),
    ],
)
def test_checks_the_arithmetic_of_a_step_and_nothing_else(step: str, correct: bool | None) -> None:
    assert WordProblem(TOM).check_step(["5 * 5 = 1.\n", step]).correct is correct


def test_a_wrong_equation_is_named_in_the_reason() -> None:
    assert WordProblem(TOM).check_step(["So 5 * 7 = 36 pens.\n"]).reason == "5 * 7 is 35, not 36"
    assert WordProblem(TOM).check_step(["So 5 / 0 = 6.\n"]).reason == "5 / 0 = 6 divides by zero"
    assert WordProblem(TOM).check_step([]).correct is None


@given(st.integers(0, 10**6), st.sampled_from("+-*/"), st.integers(1, 10**6), st.integers(-3, 3))
def test_an_equation_is_right_if_and_only_if_its_arithmetic_is(left: int, op: str, right: int, error: int) -> None:
    values: dict[str, int | Fraction] = {"+": left + right, "-": left - right, "*": left * right}
    value = values.get(op, Fraction(left, right))
    (equation,) = read_equations(f"So {left} {op} {right} = {value + error} pens.\n")
    assert equation.value == value
    assert equation.exact is (error == 0)


@given(st.text(alphabet="0123456789+-*/=.,$ \nA</think>nswr:", max_size=300))
def test_no_text_breaks_the_readers(text: str) -> None:
    problem = WordProblem(TOM, "23")
    problem.check_step([text])
    problem.check_answer(text)
    assert len(read_number_answer(text) or "") < 50


@pytest.mark.parametrize("text", ["1" * 200_000, "1," * 100_000, "1 + " * 50_000, " " * 200_000, "<think>" * 30_000])
def test_long_hostile_texts_are_read_in_no_time(text: str) -> None:
    started = time.perf_counter()
    WordProblem(TOM, "23").check_step([text])
    WordProblem(TOM, "23").check_answer("Answer:" + text)
    assert time.perf_counter() - started < 10


def test_every_exemplar_is_worked_without_a_slip() -> None:
    assert len(WordProblem.exemplars) == 3
    for prompt, completion in WordProblem.exemplars:
        *steps, last = completion.splitlines(keepends=True)
        problem = WordProblem(prompt, str(read_equations(steps[-1])[-1].result))
        assert problem.check_answer(last).correct is True
        assert all(step.endswith(".\n") and problem.check_step([step]).correct for step in steps)
        assert WordProblem.parse(prompt).prompt == prompt
