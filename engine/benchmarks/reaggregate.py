"""How long it takes to see 10,000 traces by another aggregation: totals, ranking, elected answer. Measures only."""

from __future__ import annotations

import time
from random import Random
from statistics import median

from engine.scores.aggregates import RULES, aggregated, elected, ranking
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace

TRACES = 10_000
STEPS = 30
ANSWERS = 1_000
MISSING = 0.1
"""Share of steps without a score."""
TURNS = 9


def reaggregate_10k_ms(seed: int = 0) -> float:
    """Milliseconds of wall time for the slowest rule; median of several turns, in which the rules take turns."""
    table = made_up_table(Random(seed))
    seconds: dict[str, list[float]] = {rule: [] for rule in RULES}
    for _ in range(TURNS):
        for rule, taken in seconds.items():
            began = time.perf_counter()
            totals = aggregated(table, rule)
            ranking(totals)
            elected(table, totals)
            taken.append(time.perf_counter() - began)
    return max(map(median, seconds.values())) * 1000


def made_up_table(rng: Random) -> ScoreTable:
    """Scores as a reward model might give them."""
    return ScoreTable.of(_trace(rng) for _ in range(TRACES))


def _trace(rng: Random) -> ScoredTrace:
    scores = tuple([None if rng.random() < MISSING else rng.random() for _ in range(STEPS)])
    return ScoredTrace(1, tuple(range(1, STEPS + 1)), None, str(rng.randrange(ANSWERS)), rng.random() < 0.5, scores)
