"""Training texts from word problems: short solutions, long thoughts, thoughts closed early. Knows no model.

In some examples a noun is exchanged throughout for any other word of the word list, so that a word the templates never
use is still something to copy rather than noise.
"""

from __future__ import annotations

import random
import re
from functools import cache

from engine.learning.number_puzzles import CLOSE, Example
from engine.learning.word_problems import all_words, draw_word_example, draw_word_thought, lexicon

OPEN = "<think>\n"
STRANGE_SHARE = 0.3


def draw_word_short(rng: random.Random) -> Example:
    word = draw_word_example(rng)
    return strange(Example(word.question, "", "".join(word.steps) + word.answer), rng)


def draw_word_long(rng: random.Random) -> Example:
    question, completion = draw_word_thought(rng)
    return strange(Example(question, OPEN, completion.removeprefix(OPEN)), rng)


def draw_word_closed(rng: random.Random) -> Example:
    """A thought that somebody cut off after any line (or within one) and closed, then the clean solution."""
    question, completion = draw_word_thought(rng)
    thought, _, shown = completion.removeprefix(OPEN).partition(CLOSE)
    lines = thought.splitlines(keepends=True)
    kept = rng.randrange(len(lines) + 1) if rng.random() < 0.85 else 0
    text = "".join(lines[:kept])
    if kept < len(lines) and rng.random() < 0.25:
        words = lines[kept].split(" ")
        text += " ".join(words[: rng.randrange(len(words))]).rstrip("\n") + "\n"
    return strange(Example(question, OPEN + text + CLOSE, shown), rng)


def strange(example: Example, rng: random.Random) -> Example:
    """In three of ten cases, the example with one of its nouns exchanged everywhere for any word of the list."""
    if rng.random() >= STRANGE_SHARE:
        return example
    nouns = [word for word in dict.fromkeys(re.findall(r"[a-z]+", example.prompt)) if word in _nouns()]
    if not nouns:
        return example
    pattern = re.compile(rf"\b{rng.choice(nouns)}\b")
    other = rng.choice(_any_words())
    prompt, given, completion = (
        pattern.sub(other, text) for text in (example.prompt, example.given, example.completion)
    )
    return Example(prompt, given, completion, example.ends)


@cache
def _nouns() -> frozenset[str]:
    tables = (lexicon.THINGS, lexicon.FOODS, lexicon.GOODS, lexicon.ANIMALS, lexicon.PLANTS, lexicon.CONTAINERS)
    return frozenset(plural for table in tables for _, plural in table)


@cache
def _any_words() -> tuple[str, ...]:
    return tuple(sorted({word for word in all_words() if word.isalpha() and word.islower() and len(word) > 2}))
