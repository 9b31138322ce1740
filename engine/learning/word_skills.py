"""What a policy of word problems is asked in a search, with exact answers by construction. Knows no model."""

from __future__ import annotations

import random
from collections.abc import Callable

from engine import prompts
from engine.learning.number_puzzles import Example
from engine.learning.word_problems import draw_next_steps, draw_word_example, draw_word_trace
from engine.learning.word_texts import strange
from engine.problems.words import WordProblem


def draw_word_proposals(rng: random.Random) -> Example:
    """The right next step, and often a wrong one that somebody might write, in any order."""
    question, before, right, wrong = draw_next_steps(rng)
    listed = [right, *wrong[: rng.choice((0, 1, 1, 2))]]
    rng.shuffle(listed)
    text = "".join(step if step.endswith("\n") else f"{step}\n" for step in listed)
    return Example(prompts.propose(WordProblem(question), before).turn, "", text)


def draw_word_value(rng: random.Random) -> Example:
    question, steps, right = _prefix(rng)
    return Example(prompts.value(WordProblem(question), steps).turn, "", prompts.WORDS[0 if right else 2])


def draw_word_scale(rng: random.Random) -> Example:
    question, steps, right = _prefix(rng)
    return Example(prompts.scale(WordProblem(question), steps).turn, "", "10" if right else "1")


def draw_word_check(rng: random.Random) -> Example:
    question, steps, right = _prefix(rng)
    return Example(prompts.check(WordProblem(question), steps).turn, "", "A" if right else "B")


def draw_word_vote(rng: random.Random) -> Example:
    question, before, right, wrong = draw_next_steps(rng)
    choices = [right, *wrong[:3]]
    rng.shuffle(choices)
    turn = prompts.vote(WordProblem(question), before, [(step,) for step in choices]).turn
    return Example(turn, "", str(choices.index(right) + 1))


def draw_word_direct(rng: random.Random) -> Example:
    word = draw_word_example(rng)
    return Example(prompts.direct(WordProblem(word.question)).turn, "", word.answer)


def draw_word_zero_shot(rng: random.Random) -> Example:
    word = draw_word_example(rng)
    turn, steps = prompts.think_step_by_step(WordProblem(word.question)).turn, "".join(word.steps)
    if rng.random() < 0.5:
        return Example(turn, "", steps)
    return Example(turn, f"{steps}{prompts.THEREFORE}", word.answer.removeprefix("Answer:"))


def draw_word_few_shot(rng: random.Random) -> Example:
    worked = []
    for _ in range(rng.randint(1, 2)):
        other = draw_word_example(rng)
        worked.append((other.question, "".join(other.steps) + other.answer))
    word = draw_word_example(rng)
    return Example(prompts.few_shot(WordProblem(word.question), worked).turn, "", "".join(word.steps) + word.answer)


WORD_SKILLS: tuple[Callable[[random.Random], Example], ...] = (
    draw_word_proposals,
    draw_word_proposals,
    draw_word_value,
    draw_word_check,
    draw_word_check,
    draw_word_scale,
    draw_word_vote,
    draw_word_direct,
    draw_word_zero_shot,
)


def draw_word_skill(rng: random.Random) -> Example:
    return strange(rng.choice(WORD_SKILLS)(rng), rng)


def _prefix(rng: random.Random) -> tuple[str, tuple[str, ...], bool]:
    """A question, some of its first steps, and whether all of them are right."""
    question, steps, labels = draw_word_trace(rng)
    count = rng.randint(1, len(steps))
    return question, steps[:count], bool(labels[count - 1])
