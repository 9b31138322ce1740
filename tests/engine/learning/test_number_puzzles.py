"""What the policy is trained on: nothing held out, every line true, thoughts that can be closed anywhere."""

from __future__ import annotations

import random

import pytest

from engine.learning.number_puzzles import (
    CLOSE,
    GIVE_UP,
    Thought,
    draw_closed_thought,
    draw_puzzle,
    draw_short,
    draw_thought,
    novice_moves,
    written,
)
from engine.learning.sampling import lines
from engine.problems.game24 import Game24
from engine.problems.held_out import held_out

SEEDS = range(3)


def follows_the_rules(puzzle: Game24, completion: str) -> bool:
    steps = lines(completion)
    return all(puzzle.check_step(steps[:count]).correct for count in range(1, len(steps) + 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_held_out_puzzle_is_drawn(seed: int) -> None:
    rng = random.Random(seed)
    drawn = {tuple(sorted(draw_puzzle(rng, share).numbers)) for share in (0.0, 0.6, 1.0) for _ in range(400)}
    assert not drawn & held_out()
    assert any(len(numbers) == 3 for numbers in drawn)


def test_numbers_come_in_any_order() -> None:
    rng = random.Random(0)
    drawn = [draw_puzzle(rng).numbers for _ in range(200)]
    ascending = sum(numbers == tuple(sorted(numbers)) for numbers in drawn)
    assert 50 < ascending < 130


@pytest.mark.parametrize("seed", SEEDS)
def test_short_texts_are_legal_and_honest(seed: int) -> None:
    rng = random.Random(seed)
    right = 0
    for _ in range(100):
        example = draw_short(rng)
        puzzle = Game24.parse(example.prompt)
        assert follows_the_rules(puzzle, example.completion), example
        right += bool(puzzle.check_answer(example.completion).correct)
    assert 40 < right < 80, "the player must be a novice, neither lost nor perfect"


@pytest.mark.parametrize("seed", SEEDS)
def test_thoughts_end_in_a_legal_answer_and_say_when_they_found_nothing(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(60):
        example = draw_thought(rng)
        thought, _, shown = example.completion.partition(CLOSE)
        puzzle = Game24.parse(example.prompt)
        assert follows_the_rules(puzzle, shown), example
        assert thought.endswith(GIVE_UP) or puzzle.check_answer(shown).correct


@pytest.mark.parametrize("seed", SEEDS)
def test_tries_are_legal_and_not_repeated_after_going_back(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(40):
        puzzle = draw_puzzle(rng)
        state, named = [str(number) for number in puzzle.numbers], list[str]()
        for line in Thought.think(puzzle, rng).lines:
            if line.startswith("Wait, back to "):
                listed, _, tried = line.removeprefix("Wait, back to ").rstrip(".\n").partition(". Tried ")
                state, named = listed.split(), tried.split(", ")
            elif line.startswith("Try "):
                step = line.removeprefix("Try ")
                assert step.split(" = ")[0] not in named
                if all(value.isdigit() for value in state):
                    assert Game24(tuple(map(int, state))).check_step([step]).correct is True
                state, named = step.rpartition("(left: ")[2].removesuffix(")\n").split(), []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_thought_closed_early_is_followed_by_a_legal_answer(seed: int) -> None:
    rng = random.Random(seed)
    empty = 0
    for _ in range(80):
        example = draw_closed_thought(rng)
        assert example.given.startswith("<think>\n")
        assert example.given.endswith(CLOSE)
        assert "Try" not in example.completion
        assert follows_the_rules(Game24.parse(example.prompt), example.completion), example
        empty += example.given == "<think>\n" + CLOSE
    assert empty > 5


def test_the_answer_is_the_moves_in_one_expression() -> None:
    puzzle = Game24((4, 9, 10, 13))
    text = written(puzzle, novice_moves(puzzle, random.Random(1), slack=0.0))
    assert puzzle.check_answer(text).correct
    assert len(lines(text)) == 4
