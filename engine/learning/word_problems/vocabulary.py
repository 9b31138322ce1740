"""The words that word problems are told with, for a whole-word tokenizer. Knows no tokenizer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.learning.word_problems import lexicon, thoughts
from engine.learning.word_problems.everyday import EVERYDAY, WITH_CAPITAL
from engine.learning.word_problems.examples import DISTRACTIONS
from engine.learning.word_problems.stories import DOMAINS

_WORD = re.compile(r"[A-Za-z]+")
_SLOT = re.compile(r"\{\w+\}")


def _texts() -> Iterator[str]:
    """Every text that a question, a step, an answer or a thought can be made of."""
    yield "Answer she he her his him She He Her His"
    yield from thoughts.SENTENCES
    yield from DISTRACTIONS
    for domain in DOMAINS:
        for part in domain.parts:
            yield from part.wordings
            for equation in part.sums:
                yield from equation.wordings


def _nouns() -> Iterator[str]:
    for pairs in (
        lexicon.THINGS,
        lexicon.FOODS,
        lexicon.GOODS,
        lexicon.ANIMALS,
        lexicon.PLANTS,
        lexicon.CONTAINERS,
        lexicon.ROOMS,
    ):
        for pair in pairs:
            yield from pair
    for words in (lexicon.COLOURS, lexicon.VEHICLES, lexicon.PLACES, lexicon.CLUBS, lexicon.JOBS, lexicon.DAYS):
        yield from words
    yield from lexicon.WOMEN
    yield from lexicon.MEN


def told_words() -> set[str]:
    """Every word that a drawn problem, solution or thought can hold, as it is written there."""
    words = set(_nouns())
    for text in _texts():
        words |= set(_WORD.findall(_SLOT.sub(" ", text)))
    return words


def all_words() -> list[str]:
    """The told words and a broad list of everyday English, sorted; a word with a capital is an entry of its own."""
    return sorted(told_words() | set(EVERYDAY) | set(WITH_CAPITAL))
