"""What the policy learns to be asked: nothing held out, every answer exact, every question that of `engine.prompts`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from fractions import Fraction

import pytest

from engine import prompts
from engine.learning import skills
from engine.learning.number_puzzles import Example, step_text
from engine.learning.number_traces import label_steps
from engine.learning.sampling import lines
from engine.problems.countdown import State, by_size, can_reach, children, options
from engine.problems.game24 import Game24
from engine.problems.held_out import held_out, solvable

Draw = Callable[[random.Random], Example]

EVERY: tuple[Draw, ...] = (
    skills.draw_opening,
    skills.draw_proposals,
    *dict.fromkeys(skills.JUDGEMENTS),
    skills.draw_few_shot,
)
_MAKE = re.compile(r"Make (\d+) from ([\d /]+)\.")


def drawn(draw: Draw, count: int = 60, seed: int = 0) -> list[Example]:
    rng = random.Random(seed)
    return [draw(rng) for _ in range(count)]


def told(line: str) -> tuple[State, tuple[int, int]]:
    """The numbers at hand and the target of a `Make ... from ...` line."""
    match = _MAKE.fullmatch(line)
    assert match, line
    values = map(Fraction, match[2].split())
    return tuple(sorted(((value.numerator, value.denominator) for value in values), key=by_size)), (int(match[1]), 1)


@pytest.mark.parametrize("draw", EVERY)
def test_no_held_out_puzzle_is_ever_shown(draw: Draw) -> None:
    games = [
        match[2].split() for example in drawn(draw, 60) for match in _MAKE.finditer(example.prompt + example.given)
    ]
    whole = {tuple(sorted(map(int, numbers))) for numbers in games if len(numbers) == 4 and "/" not in "".join(numbers)}
    assert whole
    assert not whole & held_out()


def test_games_without_a_way_are_no_held_out_ones() -> None:
    hopeless = set(skills._hopeless())
    assert len(hopeless) == 1820 - 1362
    assert not hopeless & (held_out() | set(solvable()))


@pytest.mark.parametrize("seed", range(3))
def test_an_opening_is_legal_and_keeps_the_target_in_reach(seed: int) -> None:
    for example in drawn(skills.draw_opening, seed=seed):
        puzzle, before = Game24.parse(example.prompt), lines(example.given)
        steps = (*before, example.completion)
        assert puzzle.check_step(steps).correct
        in_reach = not before or label_steps(puzzle, before)[-1]
        assert label_steps(puzzle, steps)[-1] == in_reach, example
        assert not example.ends


@pytest.mark.parametrize("seed", range(3))
def test_proposals_are_legal_steps_each_once_and_mostly_all_that_win(seed: int) -> None:
    found = winning = 0
    for example in drawn(skills.draw_proposals, seed=seed):
        first, question = example.prompt.split("\n")
        assert question == "Possible next steps:"
        state, target = told(first)
        listed = lines(example.completion)
        legal = {step_text(move) for move in children(state)}
        good = {step_text(move) for move in options(state, target).good}
        assert listed
        assert len(set(listed)) == len(listed)
        assert set(listed) <= legal, example
        found, winning = found + len(good & set(listed)), winning + len(good)
    assert found / winning > 0.9


@pytest.mark.parametrize("seed", range(3))
def test_values_are_those_of_the_solver(seed: int) -> None:
    words = set()
    for example in drawn(skills.draw_value, 120, seed):
        state, target = told(example.prompt.split("\n")[0])
        words.add(example.completion)
        assert (example.completion == "impossible") == (not can_reach(state, target)), example
        if example.completion == "sure":
            assert len(state) == 2 or len(options(state, target).good) > 1, example
    assert words == set(prompts.WORDS)


@pytest.mark.parametrize("seed", range(3))
def test_grades_tell_what_can_be_reached_from_what_cannot(seed: int) -> None:
    for example in drawn(skills.draw_scale, 100, seed):
        state, target = told(example.prompt.split("\n")[0])
        assert (int(example.completion) >= 6) == can_reach(state, target), example


def test_answers_are_judged_exactly() -> None:
    judged = set()
    for example in drawn(skills.draw_answer_value, 120):
        first, answer, _ = example.prompt.split("\n")
        right = bool(Game24.parse(first).check_answer(answer).correct)
        assert right == (example.completion in ("sure", "10")), example
        judged.add(example.completion)
    assert judged == {"sure", "impossible", "10", "1"}


@pytest.mark.parametrize("seed", range(3))
def test_checks_are_exact(seed: int) -> None:
    for example in drawn(skills.draw_check, seed=seed):
        first, *steps, question = example.prompt.split("\n")
        assert question == "Is the last step right? (A) yes (B) no:"
        label = label_steps(Game24.parse(first), tuple(step if "Answer" in step else f"{step}\n" for step in steps))[-1]
        assert example.completion == "BA"[label], example


@pytest.mark.parametrize("seed", range(3))
def test_a_vote_goes_to_the_choice_that_wins_in_most_ways(seed: int) -> None:
    for example in drawn(skills.draw_vote, seed=seed):
        before, _, listed = example.prompt.partition("\nWhich is best?\n")
        target = told(before.split("\n")[0])[1]
        left = [re.search(r"\(left: ([\d /]+)\)", line) for line in listed.split("\n")]
        ways = [skills.ways(told(f"Make 1 from {match[1]}.")[0], target) for match in left if match]
        assert len(ways) == len(listed.split("\n")) <= 5
        assert ways[int(example.completion) - 1] == max(ways), example


@pytest.mark.parametrize("seed", range(3))
def test_an_answer_at_once_is_right(seed: int) -> None:
    for example in drawn(skills.draw_direct, seed=seed):
        assert Game24.parse(example.prompt.split("\n")[0]).check_answer(example.completion).correct, example


def test_the_second_call_of_zero_shot_answers_what_the_steps_say() -> None:
    calls = set()
    for example in drawn(skills.draw_zero_shot, 80):
        puzzle = Game24.parse(example.prompt.split("\n")[0])
        calls.add(bool(example.given))
        if not example.given:
            assert "Answer" not in example.completion
            continue
        steps = lines(example.given.removesuffix(prompts.THEREFORE))
        right = label_steps(puzzle, (*steps, f"Answer:{example.completion}"))[-1]
        assert right == label_steps(puzzle, steps)[-1], example
    assert calls == {True, False}


def test_worked_examples_are_right() -> None:
    for example in drawn(skills.draw_few_shot, 30):
        *shown, asked = re.split(r"\n\n", example.prompt)
        assert 1 <= len(shown) <= 3
        for worked in shown:
            prompt, completion = worked.removeprefix("Q: ").split("\nA: ", 1)
            assert Game24.parse(prompt).check_answer(completion).correct, worked
        assert asked.endswith("\nA:")


def test_the_questions_are_those_of_the_prompts() -> None:
    puzzle = Game24.parse("4 9 10 13")
    for draw, asks in (
        (skills.draw_proposals, [prompts.propose(puzzle, ())]),
        (skills.draw_value, [prompts.value(puzzle, ())]),
        (skills.draw_scale, [prompts.scale(puzzle, ())]),
        (skills.draw_answer_value, [prompts.value(puzzle, ()), prompts.scale(puzzle, ())]),
        (skills.draw_check, [prompts.check(puzzle, ())]),
        (skills.draw_direct, [prompts.direct(puzzle)]),
        (skills.draw_zero_shot, [prompts.think_step_by_step(puzzle)]),
    ):
        asked = {example.prompt.rpartition("\n")[2] for example in drawn(draw, 40)}
        assert asked == {ask.turn.rpartition("\n")[2] for ask in asks}, draw
    assert all(example.given.endswith(prompts.THEREFORE) for example in drawn(skills.draw_zero_shot) if example.given)
