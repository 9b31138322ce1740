"""The fixed sets of word problems: 100 each, drawn by a seed of their own. Knows no strategy.

HARD has templates that training never draws, in the wordings that it never uses (the rule is in
`engine.learning.word_problems.examples`). DEV has the templates of training; settings are chosen on it.
"""

from __future__ import annotations

import random
from functools import cache

from engine.benchmarks.questions import Question, word_question
from engine.learning.word_problems import draw_word_example

SET_SIZE = 100
HARD_SEED = 24
DEV_SEED = 4224


def hard_words() -> tuple[Question, ...]:
    """100 held-out problems for the figures; nothing is chosen on them."""
    return _drawn(HARD_SEED, held_out=True)


def dev_words() -> tuple[Question, ...]:
    """100 problems of the kind that training sees, on which settings are chosen."""
    return _drawn(DEV_SEED, held_out=False)


@cache
def _drawn(seed: int, *, held_out: bool) -> tuple[Question, ...]:
    rng = random.Random(seed)
    questions: dict[str, Question] = {}
    while len(questions) < SET_SIZE:
        example = draw_word_example(rng, held_out=held_out)
        questions.setdefault(example.question, word_question(example.question, str(example.value)))
    return tuple(questions.values())
