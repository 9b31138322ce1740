"""What the policy learns to be asked about word problems: exact answers, the prompts' questions, nothing held out."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from engine import prompts
from engine.learning import word_skills
from engine.learning.number_puzzles import Example
from engine.learning.word_problems import draw_word_example, grade_steps
from engine.learning.word_problems import traces as traces_module
from engine.learning.word_problems.examples import WordExample
from engine.problems.words import WordProblem, read_number_answer

Draw = Callable[[random.Random], Example]
EVERY: tuple[Draw, ...] = (*dict.fromkeys(word_skills.WORD_SKILLS), word_skills.draw_word_few_shot)
SEEDS = range(40)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, WordExample]:
    """Every example that is drawn, by its question."""
    seen: dict[str, WordExample] = {}

    def draw(rng: random.Random, *, held_out: bool = False) -> WordExample:
        example = draw_word_example(rng, held_out=held_out)
        seen[example.question] = example
        return example

    monkeypatch.setattr(word_skills, "draw_word_example", draw)
    monkeypatch.setattr(traces_module, "draw_word_example", draw)
    return seen


def asked_of(known: dict[str, WordExample], example: Example) -> WordExample:
    return next(word for question, word in known.items() if example.prompt.startswith((question, f"Q: {question}")))


def steps_in(example: Example, word: WordExample) -> list[str]:
    """The steps between the question and what is asked about them."""
    lines = example.prompt.removeprefix(word.question).strip("\n").split("\n")[:-1]
    return [line if line.startswith("Answer") else f"{line}\n" for line in lines]


@pytest.mark.parametrize("draw", EVERY)
def test_no_held_out_question_is_drawn(draw: Draw, known: dict[str, WordExample]) -> None:
    for seed in SEEDS:
        draw(random.Random(seed))
    assert len(known) >= len(SEEDS) * 0.9
    assert not any(word.held_out for word in known.values())


@pytest.mark.parametrize(
    ("draw", "yes", "no"),
    [
        (word_skills.draw_word_value, "sure", "impossible"),
        (word_skills.draw_word_scale, "10", "1"),
        (word_skills.draw_word_check, "A", "B"),
    ],
)
def test_judgements_are_those_of_the_grading(draw: Draw, yes: str, no: str, known: dict[str, WordExample]) -> None:
    said = set()
    for seed in SEEDS:
        example = draw(random.Random(seed))
        word = asked_of(known, example)
        right = grade_steps(word, steps_in(example, word))[-1]
        assert example.completion == (yes if right else no), example
        said.add(example.completion)
    assert said == {yes, no}


def test_proposals_hold_the_right_step(known: dict[str, WordExample]) -> None:
    for seed in SEEDS:
        example = word_skills.draw_word_proposals(random.Random(seed))
        word = asked_of(known, example)
        before = steps_in(example, word)
        listed = example.completion.splitlines()
        assert 1 <= len(listed) <= 3
        proposed = [line if line.startswith("Answer") else f"{line}\n" for line in listed]
        assert sum(grade_steps(word, [*before, step])[-1] for step in proposed) == 1, example


def test_a_vote_goes_to_the_right_step(known: dict[str, WordExample]) -> None:
    for seed in SEEDS:
        example = word_skills.draw_word_vote(random.Random(seed))
        word = asked_of(known, example)
        head, _, tail = example.prompt.partition("\nWhich is best?\n")
        before = [f"{line}\n" for line in head.removeprefix(word.question).strip("\n").split("\n") if line]
        choices = [line.split(": ", 1)[1] for line in tail.split("\n")]
        chosen = choices[int(example.completion) - 1]
        assert grade_steps(word, [*before, chosen])[-1] == 1, example


@pytest.mark.parametrize("draw", [word_skills.draw_word_direct, word_skills.draw_word_few_shot])
def test_answers_are_right(draw: Draw, known: dict[str, WordExample]) -> None:
    for seed in SEEDS:
        example = draw(random.Random(seed))
        question = example.prompt.rpartition("Q: ")[2].rpartition("\n")[0]
        assert read_number_answer(example.completion) == str(known[question].value)


def test_the_second_call_of_zero_shot_gives_the_answer_alone(known: dict[str, WordExample]) -> None:
    for seed in SEEDS:
        example = word_skills.draw_word_zero_shot(random.Random(seed))
        word = asked_of(known, example)
        if example.given:
            assert example.given == "".join(word.steps) + prompts.THEREFORE
            assert example.completion == f" {word.value}"
        else:
            assert example.completion == "".join(word.steps)


def test_the_questions_are_those_of_the_prompts() -> None:
    problem = WordProblem("How many?")
    for draw, ask in (
        (word_skills.draw_word_proposals, prompts.propose(problem, ())),
        (word_skills.draw_word_value, prompts.value(problem, ())),
        (word_skills.draw_word_scale, prompts.scale(problem, ())),
        (word_skills.draw_word_check, prompts.check(problem, ())),
        (word_skills.draw_word_direct, prompts.direct(problem)),
        (word_skills.draw_word_zero_shot, prompts.think_step_by_step(problem)),
    ):
        assert draw(random.Random(0)).prompt.endswith(ask.turn.removeprefix("How many?"))
