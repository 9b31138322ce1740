"""Compute-optimal choice: for a problem of estimated difficulty, the strategy and budget that did best on such ones.

Snell et al. 2024 (2408.03314): theta*(q, N) = argmax over strategies of the share solved at budget N, looked up in one
of five bins of difficulty. The table is data, measured on problems that nothing else is reported on; this module only
reads it. Knows no model and no solver.

A table file is one JSON object:

    {"format": 1,
     "tables": {"game24": {                         kind of problem
        "measured_on": "100 DEV puzzles, 2 seeds",  a phrase for people
        "policy": "espalier-policy",                whose chains were sampled
        "samples": 16,                              chains per problem from which difficulty was estimated
        "edges": {"pass rate": [0.75, 0.5, 0.31, 0.13],   four falling numbers per measure: bin 1 (easiest) is at or
                  "score": [0.8, 0.6, 0.4, 0.2]},         above the first, bin 5 (hardest) below the last
        "rows": [{"bin": 1,                         1 to 5
                  "search": "self-consistency",     a name in SEARCHES
                  "settings": {"samples": 16},      those that differ from the defaults
                  "verifiers": ["prm"],             names of a plan; with "rule" only who may use the checker
                  "budget": 1024,                   limit in generated tokens at which it was measured
                  "tokens": 911.5,                  generated tokens per problem, mean
                  "solved": 0.83,                   share solved by the single answer
                  "problems": 20}]}}}               how many problems times seeds stand behind it
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any, Literal

import msgspec

from engine.problems import parse_problem
from engine.search.coverage import verdicts_of
from engine.search.values import aggregate
from engine.search.votes import samples_of
from engine.tree import Tree

BINS = 5
FORMAT = 1
SLACK = 0.02
"""Shares that differ by less are called equal, and the cheaper row wins."""

Measure = Literal["pass rate", "score"]


class TableError(ValueError):
    """A table cannot be used; the message is a sentence that says why."""


class TableRow(msgspec.Struct, frozen=True):
    """One strategy with one budget on the problems of one bin."""

    bin: int
    search: str
    settings: dict[str, Any]
    verifiers: tuple[str, ...]
    budget: int
    """Generated tokens."""
    tokens: float
    solved: float
    problems: int


class Table(msgspec.Struct, frozen=True):
    """What was measured for one kind of problem."""

    measured_on: str
    policy: str
    samples: int
    edges: dict[Measure, tuple[float, float, float, float]]
    rows: tuple[TableRow, ...]


class _File(msgspec.Struct, frozen=True):
    format: int
    tables: dict[str, Table]


class Difficulty(msgspec.Struct, frozen=True):
    """How hard a problem is for the policy, as its own samples tell."""

    measure: Measure
    """`pass rate`: share of right answers by the exact rule. `score`: mean process score, where no rule can tell."""
    value: float
    """In [0, 1]; higher is easier."""
    samples: int

    @property
    def words(self) -> str:
        """A phrase that says what was measured."""
        if self.measure == "pass rate":
            return f"{self.value:.0%} of {self.samples} sampled chains are right by the exact rule (base pass rate)"
        return f"{self.samples} sampled chains have a mean PRM score of {self.value:.2f}; no exact rule can tell more"


class Advice(msgspec.Struct, frozen=True):
    """A proposal, and what stands behind it."""

    difficulty: Difficulty
    bin: int
    """1 (easiest) to 5."""
    row: TableRow
    """The strategy, its settings, verifiers and budget."""
    reason: str
    """One sentence or two."""
    rows: tuple[TableRow, ...]
    """Every row that was compared, best first."""


def load_table(path: Path, kind: str) -> Table:
    """The table of a kind of problem. Raises TableError with a sentence."""
    try:
        read = msgspec.json.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise TableError(f"The table {path} cannot be read: {error.strerror or error}.") from error
    except msgspec.DecodeError as error:
        raise TableError(f"The table {path} is damaged: {error}.") from error
    if read.format != FORMAT:
        raise TableError(f"The table {path} has format {read.format}; this version reads format {FORMAT}.")
    if kind not in read.tables:
        raise TableError(f"The table {path} has nothing on {kind!r}, only on: {', '.join(read.tables)}.")
    _check(read.tables[kind], path)
    return read.tables[kind]


def _check(table: Table, path: Path) -> None:
    if any(list(edges) != sorted(edges, reverse=True) for edges in table.edges.values()):
        raise TableError(f"The edges of the bins in {path} do not fall.")
    if any(not 1 <= row.bin <= BINS for row in table.rows):
        raise TableError(f"A row in {path} has a bin that is not from 1 to {BINS}.")


def encode_tables(tables: dict[str, Table]) -> bytes:
    """The file that `load_table` reads."""
    return msgspec.json.format(msgspec.json.encode(_File(FORMAT, tables)), indent=1) + b"\n"


def difficulty(tree: Tree) -> Difficulty:
    """From a run that sampled chains. A gold answer is never looked at: then the mean PRM score has to do.

    Raises TableError where neither is to be had.
    """
    samples = samples_of(tree)
    if tree.started is not None and parse_problem(tree.started.problem, tree.started.text).gold is None:
        rights = verdicts_of(tree, samples)
        if rights and None not in rights:
            return Difficulty("pass rate", mean(map(bool, rights)), len(rights))
    scores = [score for sample in samples if sample.steps and (score := aggregate(sample.steps, "last")) is not None]
    if not scores:
        raise TableError("The difficulty cannot be told: no rule can check the answers, and no PRM has scored them.")
    return Difficulty("score", mean(scores), len(scores))


def edges_of(values: Sequence[float]) -> tuple[float, float, float, float]:
    """Four falling edges that cut measured values into five bins of equal size (quantiles)."""
    ranked = sorted(values, reverse=True)
    first, second, third, fourth = (ranked[max(0, len(ranked) * cut // BINS - 1)] for cut in range(1, BINS))
    return first, second, third, fourth


def bin_of(value: float, edges: Sequence[float]) -> int:
    """1 (easiest) to 5 (hardest)."""
    return 1 + sum(value < edge for edge in edges)


def advise(
    found: Difficulty, table: Table, budget: int | None = None, verifiers: Sequence[str] | None = None
) -> Advice:
    """The row of the difficulty's bin that solved most within `budget` tokens, the cheapest of equals.

    With `verifiers`, only rows that need no others. Raises TableError where no row is left.
    """
    if found.measure not in table.edges:
        raise TableError(f"The table has no bins by {found.measure}.")
    level = bin_of(found.value, table.edges[found.measure])
    rows = [row for row in table.rows if row.bin == level and _fits(row, budget, verifiers)]
    if not rows:
        raise TableError(f"The table has no row for difficulty {level} of {BINS} within these limits.")
    most = max(row.solved for row in rows)
    best = min((row for row in rows if row.solved >= most - SLACK), key=lambda row: (row.tokens, -row.solved))
    ranked = sorted(rows, key=lambda row: (row is not best, -row.solved, row.tokens))
    return Advice(found, level, best, _reason(found, level, best, ranked, table), tuple(ranked))


def _fits(row: TableRow, budget: int | None, verifiers: Sequence[str] | None) -> bool:
    affordable = budget is None or row.budget <= budget
    return affordable and (verifiers is None or set(row.verifiers) <= set(verifiers))


def _reason(found: Difficulty, level: int, best: TableRow, ranked: Sequence[TableRow], table: Table) -> str:
    where = f"{found.words[:1].upper()}{found.words[1:]}: difficulty {level} of {BINS}."
    what = (
        f"On such problems ({table.measured_on}) {best.search} solved {best.solved:.0%} with {best.tokens:.0f} tokens"
    )
    others = [row for row in ranked if row.search != best.search]
    if not others:
        return f"{where} {what}."
    rival = max(others, key=lambda row: (row.solved, -row.tokens))
    return f"{where} {what}; the best other strategy, {rival.search}, {rival.solved:.0%} with {rival.tokens:.0f}."
