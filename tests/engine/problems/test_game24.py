"""Game of 24: what it reads, what it lets pass, and that it never runs model text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems.game24 import Game24, evaluate
from engine.problems.held_out import held_out
from engine.problems.problem import ProblemError

PUZZLE = Game24((4, 9, 10, 13))
STEPS = (
    "13 - 9 = 4 (left: 4 4 10)\n",
    "10 - 4 = 6 (left: 4 6)\n",
    "6 * 4 = 24 (left: 24)\n",
    "Answer: (10 - 4) * (13 - 9) = 24",
)


@pytest.mark.parametrize(
    ("text", "numbers", "target"),
    [
        ("4 9 10 13", (4, 9, 10, 13), 24),
        ("13 4 10 9 -> 24", (13, 4, 10, 9), 24),
        ("4, 9, 10, 13 = 100", (4, 9, 10, 13), 100),
        ("4,9,10,13", (4, 9, 10, 13), 24),
        ("Make 24 from 4 9 10 13.", (4, 9, 10, 13), 24),
        ("make 7 from 1 2 3", (1, 2, 3), 7),
        ("  3\n8  8 3 ", (3, 8, 8, 3), 24),
    ],
)
def test_reads_what_a_user_types(text: str, numbers: tuple[int, ...], target: int) -> None:
    assert Game24.parse(text) == Game24(numbers, target)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("4 9 ten", "'ten' (number 3) is not a whole number"),
        ("4 9", "2 numbers were given"),
        ("1 2 3 4 5", "5 numbers were given"),
        ("", "No numbers were given"),
        ("4 -9 10 13", "-9 (number 2) is negative"),
        ("4 9 10 1000", "1000 (number 4) is out of range"),
        ("0 1 2 3", "0 (number 1) is out of range"),
        ("4 9 10 13 -> many", "'many' (the target) is not a whole number"),
        ("4 9 10 13 ->", "'' (the target)"),
        ("4 9 10 1.5", "'1.5' (number 4)"),
        ("٤ 9 10 13", "(number 1) is not a whole number"),
        ("9" * 300, "too long"),
        ("1 2 3 " + "9" * 150, "out of range"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, part: str) -> None:
    with pytest.raises(ProblemError) as error:
        Game24.parse(text)
    assert part in str(error.value)


@given(
    st.lists(st.integers(1, 999), min_size=3, max_size=4).map(tuple),
    st.integers(0, 999),
)
def test_text_and_prompt_are_read_back(numbers: tuple[int, ...], target: int) -> None:
    problem = Game24(numbers, target)
    assert Game24.parse(problem.text) == problem
    assert Game24.parse(problem.prompt) == problem


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        problem = Game24.parse(text)
    except ProblemError:
        return
    assert len(problem.numbers) in (3, 4)


def test_every_step_of_a_right_solution_passes() -> None:
    for count in range(1, len(STEPS) + 1):
        assert PUZZLE.check_step(STEPS[:count]).correct is True
    assert PUZZLE.check_answer("".join(STEPS)).correct is True
    assert PUZZLE.read_answer("".join(STEPS)) == "(10 - 4) * (13 - 9)"


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("13 - 8 = 5 (left: 4 5 10)\n", "8 is not at hand"),
        ("13 + 13 = 26 (left: 4 9 10 26)\n", "13 is not at hand"),
        ("13 - 9 = 5 (left: 4 5 10)\n", "13 - 9 is 4, not 5"),
        ("13 - 9 = 4 (left: 4 10)\n", "the numbers left are 4 4 10"),
        ("13 - 9 = 4 (left: 4 4 10 13)\n", "the numbers left are 4 4 10"),
        ("9 / 0 = 4 (left: 4)\n", "0 is not at hand"),
        ("13 - 9 = 4\n", "not a step of the form"),
        ("__import__('os')\n", "not a step of the form"),
        ("13 - 9 = 4/0 (left: 4 4 10)\n", "divides by zero"),
        ("13 - 9 = 4 (left: 4 4/ 10)\n", "is not a number"),
    ],
)
def test_breaking_a_rule_is_named(step: str, reason: str) -> None:
    verdict = PUZZLE.check_step([step])
    assert verdict.correct is False
    assert reason in verdict.reason


def test_fractions_are_exact() -> None:
    puzzle = Game24((3, 3, 8, 8))
    steps = ("8 / 3 = 8/3 (left: 8/3 3 8)\n", "3 - 8/3 = 1/3 (left: 1/3 8)\n", "8 / 1/3 = 24 (left: 24)\n")
    assert puzzle.check_step(steps).correct is True
    assert puzzle.check_answer("Answer: 8 / (3 - (8 / 3)) = 24").correct is True


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Answer: (10 - 4) * (13 - 9) = 25", "is 24, not 25"),
        ("Answer: 4 + 9 + 10 + 13 = 36", "is 36, not 24"),
        ("Answer: 4 * 6 = 24", "exactly the given numbers"),
        ("Answer: 4 ** 9 + 10 + 13 = 24", "an operator other than"),
        ("Answer: 13 / (9 - 9) + 4 + 10 = 24", "exactly the given numbers"),
        ("Answer: 10 / (4 + 9 - 13) = 24", "divides by zero"),
        ("Answer: (4 + 9 + 10 + 13 = 24", "cannot be read"),
        ("Answer: 4 9 10 13 = 24", "cannot be read"),
        ("Answer: " + "(" * 200 + "4" + ")" * 200 + " = 24", "no answer line"),
        ("Answer: __import__('os').system('true') = 24", "no answer line"),
        ("24", "no answer line"),
        ("", "no answer line"),
    ],
)
def test_a_wrong_answer_is_refused_with_a_reason(answer: str, reason: str) -> None:
    verdict = PUZZLE.check_answer(answer)
    assert verdict.correct is False
    assert reason in verdict.reason


@given(st.text(alphabet="0123456789+-*/() \nAnswer:=left", max_size=150))
def test_no_text_makes_a_check_fail(text: str) -> None:
    assert PUZZLE.check_answer(text).correct in (True, False)
    assert PUZZLE.check_step([text]).correct in (True, False, None)
    assert isinstance(PUZZLE.state([text]), str)


def test_an_honest_dead_end_is_a_legal_answer_that_does_not_win() -> None:
    answer = "Answer: ((13 + 10) + 9) + 4 = 36"
    assert PUZZLE.check_step(["13 + 10 = 23 (left: 4 9 23)\n", "23 + 9 = 32 (left: 4 32)\n", answer]).correct is True
    assert PUZZLE.check_answer(answer).correct is False


def test_traces_with_the_same_numbers_left_share_a_state() -> None:
    puzzle = Game24((1, 2, 3, 4))
    one = ["2 + 1 = 3 (left: 3 3 4)\n", "3 + 3 = 6 (left: 4 6)\n"]
    other = ["3 * 2 = 6 (left: 1 4 6)\n", "4 * 1 = 4 (left: 4 6)\n"]
    assert puzzle.state(one) == puzzle.state(other) == "4 6"
    assert puzzle.state([]) == "1 2 3 4"
    assert puzzle.state(["9 + 9 = 18 (left: 18)\n"]) != puzzle.state(["8 + 8 = 16 (left: 18)\n"])


def test_a_thought_is_skipped_and_its_lines_are_not_judged() -> None:
    thought = ["Try 9 + 4 = 13 (left: 10 13 13)\n", "Wait, back to 4 9 10 13. Tried 9 + 4.\n"]
    assert PUZZLE.check_step(thought).correct is None
    assert PUZZLE.check_answer("".join(thought)).correct is False
    closed = "<think>\n" + "".join(thought) + "</think>\n"
    assert PUZZLE.check_step([closed + STEPS[0]]).correct is True
    assert PUZZLE.check_answer(closed + "".join(STEPS)).correct is True
    assert PUZZLE.check_answer(closed.removeprefix("<think>\n") + "".join(STEPS)).correct is True


def test_an_answer_is_known_by_its_line() -> None:
    assert PUZZLE.is_answer(STEPS[-1])
    assert not PUZZLE.is_answer(STEPS[0])


def test_the_second_call_of_zero_shot_is_read_and_checked_like_any_answer() -> None:
    line = "Therefore, the answer is (10 - 4) * (13 - 9) = 24"
    trace = (*STEPS[:-1], line)
    assert PUZZLE.is_answer(line)
    assert PUZZLE.read_answer("".join(trace)) == "(10 - 4) * (13 - 9)"
    assert PUZZLE.check_answer("".join(trace)).correct is True
    assert PUZZLE.check_step(trace).correct is True
    assert PUZZLE.check_answer("Therefore, the answer is 4 + 9 + 10 + 13 = 36").correct is False
    assert PUZZLE.state(trace) == line


@pytest.mark.parametrize(
    "same",
    [
        ("(10 - 4) * (13 - 9)", "(13 - 9) * (10 - 4)", "((13-9)) * ((10 - 4))"),
        ("4 + 9 + 10 - 13", "(10 + 4) - (13 - 9)", "9 - (13 - 10 - 4)"),
        ("8 / (3 - 8 / 3)", "8 / (3 - (8 / 3))"),
        ("12 / (3 / 6)", "6 * 12 / 3", "(12 / 3) * 6"),
    ],
)
def test_expressions_that_differ_in_order_and_brackets_are_one_answer(same: tuple[str, ...]) -> None:
    assert len({PUZZLE.canonical(answer) for answer in same}) == 1


def test_expressions_of_equal_value_are_not_one_answer() -> None:
    assert PUZZLE.canonical("2 + 2") != PUZZLE.canonical("2 * 2")
    assert PUZZLE.canonical("8 - 4 - 2") != PUZZLE.canonical("8 - (4 - 2)")


EXPRESSIONS = st.recursive(
    st.integers(1, 13).map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda part: f"({' '.join(part)})"),
    max_leaves=4,
)


@given(EXPRESSIONS)
def test_the_canonical_form_keeps_the_value_and_is_its_own(expression: str) -> None:
    form = PUZZLE.canonical(expression)
    assert PUZZLE.canonical(form) == form
    if "/" not in expression:  # no division by zero
        assert evaluate(form) == evaluate(expression)


@given(st.text(alphabet="0123456789+-*/() .", max_size=150))
def test_any_text_has_a_canonical_form(text: str) -> None:
    assert isinstance(PUZZLE.canonical(text), str)


def test_no_exemplar_is_held_out_and_each_is_right() -> None:
    assert len(Game24.exemplars) == 3
    for prompt, completion in Game24.exemplars:
        problem = Game24.parse(prompt)
        assert tuple(sorted(problem.numbers)) not in held_out()
        assert problem.check_answer(completion).correct is True
        steps = completion.splitlines(keepends=True)
        assert all(problem.check_step(steps[: count + 1]).correct for count in range(len(steps)))
