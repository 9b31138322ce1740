"""The table of compute-optimal choices (Snell et al. 2024): what each strategy made of problems of like difficulty.

A problem's difficulty is what `espalier advise` will see of one: a few sampled chains, checked by the exact rule or
scored by the process reward model. Rows of sampling at several budgets are read off the stored chains. The format and
its reader are `engine.search.advice`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from engine.benchmarks.budget import is_won
from engine.benchmarks.chains import TEMPERATURE, Chain, Stock
from engine.benchmarks.questions import Question
from engine.benchmarks.rows import Measured
from engine.problems import PROBLEMS
from engine.search.advice import Measure, Table, TableError, TableRow, bin_of, edges_of, encode_tables, load_table
from engine.search.values import aggregate

SAMPLES = 16
"""Chains from which difficulty is estimated."""
SIZES = (4, 16, 64)
"""Budgets of plain sampling, in chains."""
_SAMPLING: tuple[tuple[str, dict[str, Any], str, tuple[str, ...]], ...] = (
    ("self-consistency", {}, "majority", ()),
    ("self-consistency", {}, "majority", ("rule",)),
    ("best-of-n", {"by": "prm"}, "best-prm", ("prm",)),
    ("best-of-n", {"by": "weighted-prm"}, "weighted-prm", ("prm",)),
)
"""Strategy, settings, the rule of choosing that they come to, verifiers."""

Bins = dict[int, list[int]]
"""Bin, 1 the easiest -> numbers of the questions in it."""


def write_advice(
    path: Path, questions: Sequence[Question], measured: Sequence[Measured], stock: Stock, policy: str
) -> None:
    """Write the table of this kind of problem; those of other kinds in the file stay."""
    kind = questions[0].asked.kind
    tables = {other: table for other in PROBLEMS if other != kind and (table := _known(path, other)) is not None}
    path.write_bytes(encode_tables({**tables, kind: advice_table(questions, measured, stock, policy)}))


def _known(path: Path, kind: str) -> Table | None:
    try:
        return load_table(path, kind)
    except TableError:
        return None


def advice_table(questions: Sequence[Question], measured: Sequence[Measured], stock: Stock, policy: str) -> Table:
    """Every strategy in every bin of difficulty that has problems in it."""
    seeds = sorted({seed for _, seed in stock.places})
    while short := [place for place in stock.places if len(stock.chains(place)) < max(SIZES)]:
        stock.deepen(short)
    measure = _measure(questions[0])
    values = [_difficulty(stock.chains((number, seeds[0]))[:SAMPLES], measure) for number in range(len(questions))]
    edges = edges_of(values)
    bins: Bins = {}
    for number, value in enumerate(values):
        bins.setdefault(bin_of(value, edges), []).append(number)
    words = f"{len(questions)} DEV problems, {len(seeds)} {'seed' if len(seeds) == 1 else 'seeds'}"
    rows = [*_played(measured, bins), *_sampled(stock, seeds, bins)]
    return Table(words, policy, SAMPLES, {measure: edges}, tuple(rows))


def _measure(question: Question) -> Measure:
    return "score" if question.asked.check_answer("").correct is None else "pass rate"


def _difficulty(chains: Sequence[Chain], measure: Measure) -> float:
    if measure == "pass rate":
        return mean(chain.right for chain in chains)
    scores = [score for chain in chains if chain.steps and (score := aggregate(chain.steps, "last")) is not None]
    return mean(scores) if scores else 0.0


def _played(measured: Sequence[Measured], bins: Bins) -> Iterator[TableRow]:
    for entry in measured:
        if entry.row.reading != "chosen":
            continue
        for level, numbers in sorted(bins.items()):
            found = [outcome for number in numbers for outcome in entry.outcomes[number]]
            spent = [outcome.cost.generated for outcome in found]
            solved = mean(outcome.chosen for outcome in found)
            yield _row(level, entry.row.search, entry.row.settings, entry.row.verifiers, spent, solved)


def _sampled(stock: Stock, seeds: Sequence[int], bins: Bins) -> Iterator[TableRow]:
    for search, settings, rule, verifiers in _SAMPLING:
        if not set(verifiers) <= set(stock.verifiers):
            continue
        for size in SIZES:
            for level, numbers in sorted(bins.items()):
                taken = [stock.chains((number, seed))[:size] for number in numbers for seed in seeds]
                spent = [sum(chain.tokens for chain in chains) for chains in taken]
                solved = mean(is_won(chains, rule, verifiers) for chains in taken)
                chosen = {**settings, "samples": size, "temperature": TEMPERATURE}
                yield _row(level, search, chosen, verifiers, spent, solved)


def _row(
    level: int, search: str, settings: dict[str, Any], verifiers: tuple[str, ...], spent: Sequence[int], solved: float
) -> TableRow:
    """The budget is what the dearest run took: with that much none of them would have been cut off."""
    return TableRow(level, search, settings, verifiers, max(spent), mean(spent), solved, len(spent))
