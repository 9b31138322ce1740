"""When a vote is clear enough to stop sampling: the criteria of Adaptive-Consistency. Pure arithmetic on answers.

Aggarwal et al. 2023 (2305.11860). Each rule gives a confidence in [0, 1]; sampling stops once it reaches the threshold.
The confidence is that of the first answer's being the *mode*, never of its being right; and looking again after every
sample makes an error likelier than the number says. Samples without an answer (None) have no vote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import comb, exp, lgamma, log, sqrt

Counts = Sequence[int]
"""Votes of each distinct answer, largest first."""

TOP = 5
"""Answers that the Dirichlet rule looks at."""
_NODES = 512
"""Points of the quadrature; the integrand is smooth and vanishes at both ends, so its error falls exponentially."""


def beta(counts: Counts) -> float:
    """P(p > 1/2) for p ~ Beta(a + 1, b + 1), with a and b the two largest counts; 0.5 where nothing was counted.

    The authors' integral in closed form: 2^-n * the sum of C(n, k) over k <= a, with n = a + b + 1.
    """
    a, b = (*counts[:2], 0, 0)[:2]
    n = a + b + 1
    return sum(comb(n, k) for k in range(a + 1)) / (1 << n)


def dirichlet(counts: Counts) -> float:
    """P(p_1 is the largest) for p ~ Dirichlet(counts + 1) over the TOP answers; below three answers the Beta rule.

    With p_i = G_i / sum G for gamma variates of whole shape, that is one integral of the first one's density times the
    others' distribution functions: no random points, so the same counts always give the same number.
    """
    if len(counts) < 3:
        return beta(counts)
    first, *others = (count + 1 for count in counts[:TOP])
    reach = 12 * sqrt(first) + 24
    low, high = max(0.0, first - reach), first + reach
    width = (high - low) / _NODES
    return min(1.0, width * sum(_integrand(low + width * step, first, others) for step in range(1, _NODES)))


def _integrand(x: float, first: int, others: Sequence[int]) -> float:
    """Density of Gamma(first) at x, times P(Gamma(shape) < x) = 1 - sum over k < shape of e^-x x^k / k!."""
    value = exp((first - 1) * log(x) - x - lgamma(first))
    tail, shape = 0.0, 0
    for other in sorted(others):
        for k in range(shape, other):
            tail += exp(k * log(x) - x - lgamma(k + 1))
        shape = other
        value *= max(0.0, 1.0 - tail)
    return value


def entropy(counts: Counts) -> float:
    """1 - H / log m, with H the entropy of the shares of m answers. A single answer is met by one imagined other vote.

    As in the authors' code, where sampling stops at H / log m <= 0.75, and one sample decides nothing.
    """
    if sum(counts) < 2:
        return 0.0
    shares = [*counts, 1] if len(counts) < 2 else list(counts)
    total = sum(shares)
    spread = -sum(count / total * log(count / total) for count in shares) / log(len(shares))
    return max(0.0, 1.0 - spread)


def majority(counts: Counts) -> float:
    """Share of the first answer; one sample decides nothing."""
    return counts[0] / sum(counts) if sum(counts) > 1 else 0.0


STOPPING_RULES: Mapping[str, tuple[Callable[[Counts], float], float]] = {
    "beta": (beta, 0.95),
    "dirichlet": (dirichlet, 0.95),
    "entropy": (entropy, 0.25),
    "majority": (majority, 0.8),
}
"""Name -> the confidence, and the threshold that its authors use."""


def confidence(answers: Sequence[str | None], rule: str) -> float:
    """What the rule says after these canonical answers; 0 where none was given."""
    counts = sorted(Counter(answer for answer in answers if answer is not None).values(), reverse=True)
    return STOPPING_RULES[rule][0](counts) if counts else 0.0


def stopping_curve(answers: Sequence[str | None], rule: str) -> list[float]:
    """The confidence after the first 1, 2 ... n of any stored sample set."""
    return [confidence(answers[:size], rule) for size in range(1, len(answers) + 1)]


def stops_at(answers: Sequence[str | None], rule: str, threshold: float | None = None) -> int | None:
    """After how many of these samples the rule would have stopped; None: not within them.

    `threshold` None is the authors' own.
    """
    least = STOPPING_RULES[rule][1] if threshold is None else threshold
    return next((size for size, sure in enumerate(stopping_curve(answers, rule), 1) if sure >= least), None)
