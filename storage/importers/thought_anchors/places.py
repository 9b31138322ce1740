"""Where the sentences of a thought stand in its text, though somebody changed their blanks, or some words. Pure.

places_in("So  x = 4.\\nWait, y.", ["So x = 4.", "Wait, y."])       # [0, 11]
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

FARTHEST = 10_000
"""Characters of text that may lie between two sentences."""
WINDOW = 60
"""Words behind the last sentence in which one that was changed is looked for, beside twice its own."""
ENOUGH = 0.6
"""Share of its words that must be found, in their order."""
LONGEST = 200
"""Words of a sentence that is looked for by likeness."""
MOST_PAIRS = 50_000
"""Pairs of equal words, in all, that are looked at for it: with few words again and again it takes time."""

_WORD = re.compile(r"\S+")


def places_in(text: str, chunks: Sequence[str]) -> list[int | None]:
    """Where each begins, ascending; None for one that cannot be found."""
    search = _Search(text)
    return [search.place(chunk) for chunk in chunks]


class _Search:
    """A text without its blanks, and how far it is used up."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self._words = [word[0] for word in found]
        self._starts = [word.start() for word in found]
        self._joined = "".join(self._words)
        self._offsets: list[int] = []
        """Where the words begin in the joined text."""
        self._at = self._pairs = 0
        at = 0
        for word in self._words:
            self._offsets.append(at)
            at += len(word)

    def place(self, chunk: str) -> int | None:
        """Where it begins in the text, behind the one before."""
        words = chunk.split()
        found = (self._same("".join(words)) or self._like(words)) if words else None
        if found is None:
            return None
        start, self._at = found
        word = bisect_right(self._offsets, start) - 1
        return self._starts[word] + start - self._offsets[word]

    def _same(self, sought: str) -> tuple[int, int] | None:
        """[start, end) in the joined text."""
        start = self._joined.find(sought, self._at, self._at + FARTHEST + len(sought))
        return None if start < 0 else (start, start + len(sought))

    def _like(self, words: list[str]) -> tuple[int, int] | None:
        """The same for where enough of its words stand, in their order."""
        if len(words) > LONGEST:
            return None
        first = bisect_left(self._offsets, self._at)
        window = self._words[first : first + WINDOW + 2 * len(words)]
        there = Counter(window)
        self._pairs += sum(there[word] for word in words)
        if self._pairs > MOST_PAIRS:
            return None
        blocks = SequenceMatcher(None, window, words, autojunk=False).get_matching_blocks()[:-1]
        if sum(block.size for block in blocks) < ENOUGH * len(words):
            return None
        start, last = first + blocks[0].a, first + blocks[-1].a + blocks[-1].size - 1
        return self._offsets[start], self._offsets[last] + len(self._words[last])
