"""Which steps use the words of a sentence: an index with BM25 over stems. Knows words, no meaning and no model.

    index = Index(text, steps)
    index.search(stems("Tom has 12 pens"), most=5)        # [(number of a step, score)], best first
    index.cover(index.weigh(stems(sentence)), number)     # share of the words that the step has; rare ones count more

Stems are English; scripts without blanks are read as pairs of signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import NamedTuple

from engine.traces.steps import Step

K1, B = 1.2, 0.75
"""BM25's usual constants (Robertson and Zaragoza 2009)."""
MOST_READ, LEAST_READ, MOST_READ_IN_ALL = 20_000, 200, 4_000_000
"""Entries of the index that one search reads at most; fewer, down to LEAST_READ, if many searches share them all."""

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)?")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_STOP_WORDS = (
    "a an the this that these those it its he she they them his her their we our us i you your my me him and or "
    "but so then thus hence therefore now is are was were be been being am do does did has have had having of to "
    "in on at by for from with as into onto than there here which who whom whose what when where while if because "
    "since also just only very too can could will would shall should may might must let s t ll re ve d m get gets "
    "got give gives up out about over per each all both some any other such same more most one two first next "
    "final last step answer okay ok well wait hmm sum result text boxed frac dfrac tfrac times cdot div left "
    "right percent"
)
_STOP = frozenset(_STOP_WORDS.split())
_DENIALS = "no not never none cannot nothing neither nor without impossible isn't aren't wasn't don't doesn't"
NEGATIONS = frozenset(_DENIALS.split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without its commonest English endings; empty for a word that says nothing by itself."""
    word = word.replace("’", "'").removesuffix("'s")
    if word in _STOP or word in NEGATIONS or word.endswith("n't"):
        return ""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            word = word.removesuffix(ending)
            return word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def stems(text: str) -> list[str]:
    """The stems of the words that say something, in order; of scripts without blanks, pairs of signs."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        if not word.isascii() and _WIDE.search(word):
            found.extend(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif short := stem(word):
            found.append(short)
    return found


def is_negated(text: str) -> bool:
    """Whether it denies: an odd number of words such as not, never, cannot, isn't."""
    words: list[str] = _WORD.findall(text.lower().replace("’", "'"))
    return sum(word in NEGATIONS or word.endswith("n't") for word in words) % 2 == 1


class Weighed(NamedTuple):
    """The stems of a sentence, each once, in order, and what they weigh."""

    entries: tuple[tuple[str, float], ...]
    total: float


class Index:
    """The steps of a text by their words. `searches`: how many there will be, about."""

    def __init__(self, text: str, steps: Sequence[Step], searches: int = 1) -> None:
        self._text, self._steps = text, steps
        self._most_read = min(MOST_READ, max(LEAST_READ, MOST_READ_IN_ALL // max(1, searches)))
        self._bags: dict[int, frozenset[str]] = {}
        self._weights: dict[str, float] = {}
        self._found: dict[tuple[frozenset[str], int], list[tuple[int, float]]] = {}
        """What was searched for already: a model that goes in circles asks the same again and again."""
        self._postings: dict[str, list[tuple[int, int]]] = {}
        lengths: list[int] = []
        for number, step in enumerate(steps):
            words = stems(text[step.start : step.end])
            lengths.append(len(words))
            for word, count in Counter(words).items():
                self._postings.setdefault(word, []).append((number, count))
        mean = sum(lengths) / max(1, len(steps)) or 1.0
        self._norms = [K1 * (1 - B + B * length / mean) for length in lengths]

    def weight(self, word: str) -> float:
        """How rare a word is, above 0; a word that no step has counts as if one had it."""
        if word not in self._weights:
            count = max(1, len(self._postings.get(word, ())))
            self._weights[word] = log(1 + (len(self._steps) - count + 0.5) / (count + 0.5))
        return self._weights[word]

    def search(self, words: Iterable[str], most: int) -> list[tuple[int, float]]:
        """The steps that share words, best first; of equal ones the later.

        Rare words are read first, and of one that is too common for what is left to read the latest steps alone.
        """
        key = frozenset(words), most
        if key not in self._found:
            self._found[key] = self._search(*key)
        return self._found[key]

    def _search(self, words: frozenset[str], most: int) -> list[tuple[int, float]]:
        scores: dict[int, float] = {}
        left = self._most_read
        for word in sorted(words, key=lambda w: (len(self._postings.get(w, ())), w)):
            if not left:
                break
            entries = self._postings.get(word, [])[-left:]
            left -= len(entries)
            weight = self.weight(word) * (K1 + 1)
            for number, count in entries:
                scores[number] = scores.get(number, 0.0) + weight * count / (count + self._norms[number])
        latest_first = zip(reversed(scores.values()), reversed(scores), strict=True)  # of equals none drives one out
        return [(number, score) for score, number in nlargest(most, latest_first)]

    def bag(self, number: int) -> frozenset[str]:
        """The stems of one step."""
        if number not in self._bags:
            step = self._steps[number]
            self._bags[number] = frozenset(stems(self._text[step.start : step.end]))
        return self._bags[number]

    def weigh(self, words: Iterable[str]) -> Weighed:
        """Words ready to be looked for in many steps."""
        entries = tuple((word, self.weight(word)) for word in sorted(set(words)))
        return Weighed(entries, sum(weight for _, weight in entries))

    def cover(self, words: Weighed, number: int) -> float:
        """What share of the words' weight the step has, in [0, 1]; 0 for no words."""
        bag = self.bag(number)
        return sum([weight for word, weight in words.entries if word in bag]) / words.total if words.total else 0.0

    def covered(self, number: int, words: Weighed) -> float:
        """What share of the step's weight the words have."""
        own, among = self.weigh(self.bag(number)), {word for word, _ in words.entries}
        return sum([weight for word, weight in own.entries if word in among]) / own.total if own.total else 0.0
