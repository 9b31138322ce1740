"""Statistics of a benchmark's rows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, variance

from engine.intervals import wilson


def clustered(shares: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of a mean over puzzles, from each puzzle's share of solved seeds.

    The seeds of one puzzle are not independent, the puzzles are. So Wilson's interval is taken with the effective
    number of trials n = p (1 - p) / Var(p), where Var(p) is the variance of the mean as the puzzles show it (Dean &
    Pagano 2015). Where all puzzles agree nothing can be told about seeds, and a puzzle counts as one trial.
    """
    if len(shares) < 2:
        return wilson(sum(shares), len(shares))
    share = min(1.0, mean(shares))
    spread = variance(shares) / len(shares)
    trials = share * (1 - share) / spread if spread > 0 else float(len(shares))
    return wilson(share * trials, trials)
