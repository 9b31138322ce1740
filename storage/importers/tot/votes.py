"""What the values of a Tree-of-Thoughts log are: sums of a model's votes, or counts of them. They are no probabilities.

A candidate is rated several times, and every rating of Game of 24 is one of three words: sure 20, likely 1, impossible
0.001; an answer that is none of them counts 0. A repeated text is not rated again and gets 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.events import Scale

SURE, LIKELY, IMPOSSIBLE = 20.0, 1.0, 0.001
REPEATED = "0: no vote, or a repeated text, which is not rated again"
_MOST_VOTES = 19
"""So many times likely is still less than once sure."""
_CLOSE = 1e-6


class Votes(NamedTuple):
    """How often each word was said."""

    sure: int
    likely: int
    impossible: int

    @property
    def words(self) -> str:
        said = ((self.sure, "sure"), (self.likely, "likely"), (self.impossible, "impossible"))
        return " + ".join(f"{times}× {word}" for times, word in said if times)


def decoded(value: float) -> Votes | None:
    """The votes whose sum a value is; None if it is no such sum."""
    if value < 0 or value > SURE * _MOST_VOTES + _CLOSE:
        return None
    sure, rest = divmod(value + _CLOSE, SURE)
    likely, rest = divmod(rest, LIKELY)
    impossible = round((rest - _CLOSE) / IMPOSSIBLE)
    votes = Votes(int(sure), int(likely), impossible)
    is_sum = abs(votes.sure * SURE + votes.likely * LIKELY + votes.impossible * IMPOSSIBLE - value) < 2 * _CLOSE
    return votes if is_sum and sum(votes) <= _MOST_VOTES else None


@dataclass(frozen=True)
class Values:
    """What the values of one log are, and how one of them reads."""

    scale: Scale
    verifier: str
    kind: str
    """`sums`, `counts`, or `numbers` of which nobody knows what they are."""

    def note(self, value: float) -> str:
        """A value in words; empty where there is nothing to add."""
        votes = decoded(value) if self.kind == "sums" else None
        if votes is not None:
            return votes.words or REPEATED
        return f"{value:g} votes" if self.kind == "counts" else ""


def values_as(steps: Sequence[Sequence[float]], is_game: bool) -> Values:
    """What the values of the steps of one log are; those of one step belong together. `is_game`: it is Game of 24,
    in which whole numbers may be sums, too."""
    known = [value for step in steps for value in step]
    votes = [decoded(value) for value in known]
    if known and all(votes) and any(value != int(value) or (is_game and value >= SURE) for value in known):
        most = max(sum(entry) for entry in votes if entry)
        words = f"sum of {most} votes: sure 20, likely 1, impossible 0.001"
        return Values(Scale(0.0, SURE * most, words), "value prompt", "sums")
    if known and all(value >= 0 and value == int(value) for value in known):
        cast = max(sum(step) for step in steps)
        return Values(Scale(0.0, max(1.0, cast), f"votes, at most {cast:g} in a step"), "vote prompt", "counts")
    low, high = min(known, default=0.0), max(known, default=1.0)
    scale = Scale(min(0.0, low), max(1.0, high), "values of the log, as they are")
    return Values(scale, "values of the log", "numbers")
