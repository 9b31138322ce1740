"""Shares with their intervals, and differences and sums of shares. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from engine.intervals import wilson


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval; `value` is None where nothing was drawn."""

    value: float | None
    low: float
    high: float
    n: int
    """Samples behind it; of a difference, those of the smaller side; of a sum, all."""

    @property
    def settled(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0

    def __str__(self) -> str:
        """`0.44 [0.31, 0.57]`, the form in which sentences quote it."""
        return "unknown" if self.value is None else f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n` samples."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson 1927; (0, 1) where nothing was drawn."""
        return wilson(self.hits, self.n)

    @property
    def estimate(self) -> Estimate:
        return Estimate(self.value, *self.interval, self.n)

    def __add__(self, other: Share) -> Share:
        return Share(self.hits + other.hits, self.n + other.n)


def difference(kept: Share, free: Share) -> Estimate:
    """kept - free in [-1, 1], with Newcombe's hybrid score interval (Newcombe 1998, method 10)."""
    if kept.value is None or free.value is None:
        return Estimate(None, -1.0, 1.0, min(kept.n, free.n))
    (low1, high1), (low2, high2) = kept.interval, free.interval
    delta = kept.value - free.value
    low = delta - sqrt((kept.value - low1) ** 2 + (high2 - free.value) ** 2)
    high = delta + sqrt((high1 - kept.value) ** 2 + (free.value - low2) ** 2)
    return Estimate(delta, max(-1.0, low), min(1.0, high), min(kept.n, free.n))


def weighted(shares: Sequence[Share], weights: Sequence[float]) -> Estimate:
    """The sum of weight * share, with the interval that the shares' own ones give (MOVER, Zou & Donner 2008).

    Weights are not negative and sum to 1; a share that nothing was drawn for makes the sum unknown.
    """
    total, low, high, n = 0.0, 0.0, 0.0, 0
    for part, weight in zip(shares, weights, strict=True):
        if part.value is None:
            return Estimate(None, 0.0, 1.0, 0)
        lowest, highest = part.interval
        total += weight * part.value
        low += (weight * (part.value - lowest)) ** 2
        high += (weight * (highest - part.value)) ** 2
        n += part.n
    return Estimate(total, max(0.0, total - sqrt(low)), min(1.0, total + sqrt(high)), n)
