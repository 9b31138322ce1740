"""How well typed letters match the name of a command. Pure functions; knows no action."""

from __future__ import annotations

from functools import cache


def score(typed: str, title: str) -> float | None:
    """How well the letters typed match a title in their order; higher is better, None: not at all.

    Letters at the start of a word and letters in a row count more, as one types the beginnings of words.
    """
    letters, words = typed.casefold().replace(" ", ""), title.casefold()

    @cache
    def best(done: int, at: int) -> float | None:
        """Of the letters from `done` on in the words from `at` on."""
        if done == len(letters):
            return 0.0
        found = (place for place in range(at, len(words)) if words[place] == letters[done])
        rest = [(place, best(done + 1, place + 1)) for place in found]
        return max((_worth(words, place, at) + points for place, points in rest if points is not None), default=None)

    return best(0, 0)


def _worth(words: str, place: int, at: int) -> float:
    starts_word = place == 0 or words[place - 1] == " "
    return 1.0 + 3.0 * starts_word + 1.0 * (place == at) - 0.01 * place
