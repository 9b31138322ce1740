"""What resampled steps say about the step that stood there: how different they are, and where they lead. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

SMOOTHING = 0.5
"""Added to the count of every answer, so that one which never came is unlikely rather than impossible (Jeffreys)."""

_TOKEN = re.compile(r"\w+|[^\w\s]")


def similarity(one: str, other: str) -> float:
    """Jaccard index of two steps in [0, 1], over pairs of neighbouring words, numbers and signs.

    Pairs, since two steps with the same numbers in other places do other things.
    """
    ours, theirs = _pairs(one), _pairs(other)
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 1.0


def overdeterminedness(steps: Sequence[str]) -> float:
    """1 - unique / total: near 1 where the same step is written whatever the seed (Bogdan et al. 2025)."""
    return 1 - len({" ".join(step.split()) for step in steps}) / len(steps)


def divergence(kept: Sequence[str | None], free: Sequence[str | None]) -> float:
    """KL(kept || free) of the answers' distributions, smoothed, in nats; no answer counts as an answer of its own."""
    ours, theirs = Counter(kept), Counter(free)
    support = {*ours, *theirs}
    mine, others = (len(kept) + SMOOTHING * len(support), len(free) + SMOOTHING * len(support))
    total = 0.0
    for answer in support:
        p, q = (ours[answer] + SMOOTHING) / mine, (theirs[answer] + SMOOTHING) / others
        total += p * log(p / q)
    return total


@lru_cache(maxsize=4096)
def _pairs(step: str) -> frozenset[tuple[str, ...]]:
    tokens = _TOKEN.findall(step.casefold())
    return frozenset(pairwise(tokens)) or frozenset((token,) for token in tokens)
