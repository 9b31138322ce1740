"""Which answer a set of scored traces comes to: weighted vote, best of N, majority; for one problem or for many. Pure.

    ballot = Ballot(table, problems)
    ballot.weighted(totals).right, ballot.weighted(totals).asked

Answers of different problems are never counted together. Every way chooses a trace for each problem, the first of those
that gave the chosen answer (of best-of-N the best); equal ones go to the trace seen first.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.scores.aggregates import Elected, elected, ranking
from engine.scores.table import Doubles, Floats, Ints, ScoreTable


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one way of choosing comes to."""

    traces: tuple[int, ...]
    """The chosen one of each problem of which anything can be said."""
    right: int
    """How many of them are right."""
    asked: int
    """Of how many it is known whether they are."""

    @property
    def trace(self) -> int | None:
        """The chosen one, where there is one problem."""
        return self.traces[0] if len(self.traces) == 1 else None


class Ballot:
    """The traces of a table as voters. Those without an answer have no vote."""

    def __init__(self, table: ScoreTable, problems: Sequence[Hashable]) -> None:
        """`problems`: the problem of each trace."""
        numbers: dict[Hashable, int] = {}
        self._problem = np.array([numbers.setdefault(problem, len(numbers)) for problem in problems], np.int32)
        self._names = tuple(numbers)
        self.problems = len(numbers)
        self._table = table
        self._pooled = self._by_problem(table)
        self._correct = _by_answer(self._pooled)

    def weighted(self, totals: Doubles) -> Verdict:
        """For each problem the answer whose traces weigh most together (3.8, weighted best of N)."""
        return self._verdict([entry.first for entry in elected(self._pooled, totals)])

    def winners(self, totals: Doubles) -> dict[Hashable, Elected]:
        """The same answers with their weights and votes, by problem; of a problem without votes nothing."""
        found: dict[Hashable, Elected] = {}
        for entry in elected(self._pooled, totals):
            found.setdefault(self._names[self._problem[entry.first]], entry)
        return found

    def majority(self) -> Verdict:
        """The answer that most traces give (self-consistency); no score is asked."""
        return self.weighted(np.ones(len(self._problem)))

    def best(self, totals: Doubles) -> Verdict:
        """The answer of the best single trace (best of N)."""
        voters = (self._table.answer >= 0) & ~np.isnan(totals)
        best_first = ranking(totals)
        return self._verdict(best_first[voters[best_first]].tolist())

    def _by_problem(self, table: ScoreTable) -> ScoreTable:
        """The same with an answer of its own for each problem that it was given to."""
        if self.problems < 2:
            return table
        pairs = list(zip(self._problem.tolist(), table.answer.tolist(), strict=True))
        places: dict[tuple[int, int], int] = {}
        codes: Ints = np.array(
            [-1 if answer < 0 else places.setdefault((problem, answer), len(places)) for problem, answer in pairs],
            np.int32,
        )
        return replace(table, answers=tuple(table.answers[answer] for _, answer in places), answer=codes)

    def _verdict(self, best_first: Sequence[int]) -> Verdict:
        """The first of each problem among traces in some order."""
        chosen: dict[int, int] = {}
        for trace in best_first:
            chosen.setdefault(int(self._problem[trace]), trace)
        correct = self._correct[list(chosen.values())]
        return Verdict(tuple(chosen.values()), int((correct == 1).sum()), int((~np.isnan(correct)).sum()))


def _by_answer(table: ScoreTable) -> Floats:
    """(traces,) whether each one's answer is right: by its own check, else by that of another trace that gives it."""
    known = np.flatnonzero(~np.isnan(table.correct) & (table.answer >= 0))
    of_answer = np.full(len(table.answers) + 1, np.nan, np.float32)
    of_answer[table.answer[known]] = table.correct[known]
    return np.where(np.isnan(table.correct), of_answer[table.answer], table.correct)
