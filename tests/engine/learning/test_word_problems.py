"""Word problems made of parts: solutions are exact, slips are labelled, what is held out stays out."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import pairwise
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learning.word_problems import (
    WordExample,
    all_words,
    draw_word_example,
    draw_word_thought,
    draw_word_trace,
    grade_steps,
)
from engine.learning.word_problems.examples import (
    DISTRACTIONS,
    Operand,
    PlannedStep,
    draw_slots,
    templates,
    wordings_for,
)
from engine.learning.word_problems.parts import LARGEST, SMALLEST, solve
from engine.learning.word_problems.stories import DOMAINS
from engine.learning.word_problems.vocabulary import told_words
from engine.problems.words import WordProblem, read_equations, read_number_answer

SEEDS = st.integers(0, 2**32)
SENTENCES = [DISTRACTIONS, *(part.wordings for domain in DOMAINS for part in domain.parts)]

PENS = WordExample(
    question="Tom has 5 boxes with 7 pens each. Anna has 9 cups. Tom gives away 12 pens. How many pens are left?",
    steps=("The boxes hold 5 * 7 = 35 pens.\n", "After that, 35 - 12 = 23 pens are left.\n"),
    answer="Answer: 23",
    template="by hand",
    held_out=False,
    plan=(
        PlannedStep("The boxes hold {e} pens.", Operand(5), "*", Operand(7), 35),
        PlannedStep("After that, {e} pens are left.", Operand(35, 0), "-", Operand(12), 23),
    ),
    spare=(9,),
)


@given(SEEDS, st.booleans())
def test_every_example_is_right_in_itself(seed: int, held_out: bool) -> None:
    example = draw_word_example(random.Random(seed), held_out=held_out)
    asked = [int(number) for number in re.findall(r"\d+", example.question)]
    known = {*asked, 2, 3, 4, 12}
    assert 1 <= len(example.steps) <= 4
    for step in example.steps:
        (equation,) = read_equations(step)
        assert step.endswith(".\n")
        assert step.count("\n") == 1
        assert equation.exact
        assert {equation.left, equation.right} <= known
        assert SMALLEST <= equation.result <= LARGEST
        known.add(int(equation.result))
    assert example.answer == f"Answer: {equation.result}"
    assert set(asked) <= {*example.given, *example.spare}
    assert grade_steps(example, [*example.steps, example.answer]) == (1,) * (len(example.steps) + 1)
    assert WordProblem.parse(f"{example.question} #### {example.value}").check_answer(example.answer).correct


@given(SEEDS, st.booleans())
def test_texts_are_clean(seed: int, held_out: bool) -> None:
    example = draw_word_example(random.Random(seed), held_out=held_out)
    assert re.fullmatch(r"(?:[A-Z0-9][A-Za-z0-9, ]*[.?] ?)+", example.question)
    assert example.question.count("?") + example.question.count("Find") == 1
    for step in example.steps:
        assert re.fullmatch(r"[A-Z0-9][A-Za-z0-9, +*/=-]*\.\n", step)
    assert "  " not in example.question + "".join(example.steps)


@given(SEEDS, st.booleans())
def test_the_same_seed_draws_the_same(seed: int, held_out: bool) -> None:
    for draw in (draw_word_example, draw_word_trace):
        assert draw(random.Random(seed), held_out=held_out) == draw(random.Random(seed), held_out=held_out)
    assert draw_word_thought(random.Random(seed)) == draw_word_thought(random.Random(seed))


@given(SEEDS, st.booleans())
def test_the_labels_of_a_trace_are_those_of_the_grader(seed: int, held_out: bool) -> None:
    question, steps, labels = draw_word_trace(random.Random(seed), held_out=held_out)
    example = draw_word_example(random.Random(seed), held_out=held_out)
    assert question == example.question
    assert labels == grade_steps(example, steps)
    assert list(labels) == sorted(labels, reverse=True)
    assert labels[-1] == (read_number_answer(steps[-1]) == str(example.value))


def test_about_half_of_the_traces_hold_a_slip_of_every_kind() -> None:
    rng = random.Random(5)
    kinds: Counter[str] = Counter()
    for _ in range(2_000):
        _, steps, labels = draw_word_trace(rng)
        assert list(labels) == sorted(labels, reverse=True)
        if labels[-1]:
            kinds["right"] += 1
            continue
        first = labels.index(0)
        if first == len(labels) - 1:
            kinds["answer"] += 1
        else:
            (equation,) = read_equations(steps[first])
            kinds["meaning" if equation.exact else "arithmetic"] += 1
    assert 0.4 < kinds["right"] / 2_000 < 0.6
    assert min(kinds["answer"], kinds["meaning"], kinds["arithmetic"]) > 100


@pytest.mark.parametrize(
    ("steps", "labels"),
    [
        (["The boxes hold 7 * 5 = 35 pens.\n", "35 - 12 = 23.\n", "Answer: 23"], (1, 1, 1)),
        (["So 5 * 7 = 35 and 35 - 12 = 23.\n", "Answer: 23.0"], (1, 1)),
        (["The boxes hold 5 * 7 = 36 pens.\n", "36 - 12 = 24.\n", "Answer: 24"], (0, 0, 0)),
        (["The boxes hold 5 + 7 = 12 pens.\n", "Answer: 12"], (0, 0)),
        (["The boxes hold 5 * 9 = 45 pens.\n", "5 * 7 = 35.\n", "Answer: 23"], (0, 0, 1)),
        (["5 * 7 = 35.\n", "35 - 9 = 26.\n", "Answer: 26"], (1, 0, 0)),
        (["5 * 7 = 35.\n", "Answer: 35"], (1, 0)),
        (["35 - 12 = 23.\n", "Answer: 23"], (0, 1)),
        (["5 * 7 = 35.\n", "35 - 12 = 23.\n", "Answer: 32"], (1, 1, 0)),
        (["I think about pens.\n", "Answer: none"], (0, 0)),
        ([], ()),
    ],
)
def test_grades_the_steps_of_a_stranger(steps: list[str], labels: tuple[int, ...]) -> None:
    assert grade_steps(PENS, steps) == labels


def test_independent_steps_may_come_in_any_order() -> None:
    rng = random.Random(2)
    example = draw_word_example(rng)
    while not example.template.startswith("shopping: buys two kinds, how much"):
        example = draw_word_example(rng)
    first, second, third = example.steps
    assert grade_steps(example, [second, first, third, example.answer]) == (1, 1, 1, 1)
    assert grade_steps(example, [second, third, first, example.answer])[1] == 0


def test_templates_and_wordings_on_the_two_sides_of_the_rule_are_disjoint() -> None:
    names = [
        {template.name for lists in templates(side).values() for entry in lists for template in entry}
        for side in (False, True)
    ]
    assert names[0].isdisjoint(names[1])
    assert 0.12 < len(names[1]) / len(names[0] | names[1]) < 0.18
    for wordings in SENTENCES:
        assert len(set(wordings)) == len(wordings)
        if len(wordings) >= 4:
            assert set(wordings_for(wordings, False)).isdisjoint(wordings_for(wordings, True))
    assert sum(len(wordings) >= 4 for wordings in SENTENCES) > 0.9 * len(SENTENCES)


def nouns_and_names() -> set[str]:
    """Nearly every word that can fill a slot."""
    rng = random.Random(0)
    return {word for domain in DOMAINS for _ in range(400) for word in draw_slots(rng, domain).values()}


def test_no_held_out_question_is_drawn_for_training() -> None:
    rng = random.Random(8)
    training = [draw_word_example(rng) for _ in range(1_500)]
    held_out = [draw_word_example(rng, held_out=True) for _ in range(500)]
    assert not any(example.held_out for example in training)
    assert all(example.held_out for example in held_out)
    assert {e.template for e in training}.isdisjoint(e.template for e in held_out)
    assert {e.question for e in training}.isdisjoint(e.question for e in held_out)


def test_held_out_wordings_use_only_words_that_training_shows() -> None:
    shown = {
        word
        for wordings in [*SENTENCES, *(s.wordings for d in DOMAINS for p in d.parts for s in p.sums)]
        for wording in wordings_for(wordings, False)
        for word in re.findall("[A-Za-z]+", wording)
    } | nouns_and_names()
    held = {word for ws in SENTENCES for w in wordings_for(ws, True) for word in re.findall("[A-Za-z]+", w)}
    assert held <= shown


def test_every_slot_of_every_wording_can_be_filled() -> None:
    slots = draw_slots(random.Random(0), DOMAINS[0])
    for domain in DOMAINS:
        for part in domain.parts:
            numbers = set(part.numbers)
            assert numbers.isdisjoint(slots)
            for wording in part.wordings:
                used = {name for _, name, _, _ in Formatter().parse(wording) if name}
                assert used <= numbers | set(slots)
                assert {name for name in numbers if len(numbers) > 1} <= used
            for equation in part.sums:
                for wording in equation.wordings:
                    used = {name for _, name, _, _ in Formatter().parse(wording) if name}
                    assert used <= numbers | set(slots) | {"e"}


def test_all_words_hold_every_word_that_is_drawn() -> None:
    rng = random.Random(4)
    words = set(all_words())
    assert len(words) == len(all_words())
    for i in range(2_000):
        example = draw_word_example(rng, held_out=i % 3 == 0)
        _, thought = draw_word_thought(rng)
        text = " ".join((example.question, *example.steps, example.answer, thought.replace("think>", "")))
        assert set(re.findall("[A-Za-z]+", text)) <= words


def test_the_told_words_are_few_and_the_everyday_ones_many() -> None:
    assert len(told_words()) < 1_200
    assert len(all_words()) > 2_000
    assert all(re.fullmatch("[A-Za-z]+", word) for word in all_words())
    assert {"farmer", "discount", "Janet", "February", "twelve"} <= set(all_words())


@given(SEEDS)
def test_a_thought_is_followed_by_the_right_solution(seed: int) -> None:
    question, completion = draw_word_thought(random.Random(seed))
    example = draw_word_example(random.Random(seed))
    opening, thought, solution = re.split(r"<think>\n|</think>\n", completion)
    assert (opening, question) == ("", example.question)
    assert solution == "".join(example.steps) + example.answer
    assert all(re.fullmatch(r"[A-Z0-9].*[.?]\n", line) for line in thought.splitlines(keepends=True))


def test_thoughts_hold_wrong_tries_that_are_taken_back_and_forced_ends() -> None:
    rng = random.Random(6)
    seen: Counter[str] = Counter()
    for _ in range(1_000):
        _, completion = draw_word_thought(rng)
        lines = completion.split("</think>\n")[0].splitlines()[1:]
        seen["empty"] += not lines
        seen["unfinished"] += bool(lines) and "answer" not in lines[-1] and "done" not in lines[-1]
        for line, after in pairwise(lines):
            wrong = any(not equation.exact for equation in read_equations(line))
            seen["taken back"] += after.startswith("Wait")
            assert not wrong or after.startswith("Wait")
    assert 30 < seen["empty"] < 120
    assert 100 < seen["unfinished"] < 350
    assert seen["taken back"] > 200


def test_a_sum_that_is_not_one_equation_is_refused() -> None:
    with pytest.raises(ValueError, match="not an equation"):
        solve("x = a + b + d", "It is {e}.")
    with pytest.raises(ValueError, match="not an equation"):
        solve("x = a + b", "It is twelve.")
