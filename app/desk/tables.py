"""The tables of one set of scored traces, each made when it is first asked for. Knows no run and no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from app.desk.steps import Key, key_of, last_node
from engine.events import NodeId
from engine.scores.aggregates import aggregated
from engine.scores.errors import first_error
from engine.scores.table import Doubles, Floats, Places, ScoreTable
from engine.scores.traces import ScoredTrace


class Tables:
    """Of one scorer, and of another one beside it."""

    def __init__(
        self,
        traces: tuple[ScoredTrace, ...] = (),
        others: tuple[ScoredTrace, ...] = (),
        numbers: Sequence[Floats | None] = (),
    ) -> None:
        """`others`: the same traces in the same order; none where there is no other scorer. `numbers`: those of a
        channel at the first nodes of each trace, if one is chosen."""
        self.traces, self.others, self._numbers = traces, others, numbers
        self.places = {key_of(trace): number for number, trace in enumerate(traces)}
        self.of_run: dict[int, list[int]] = {}
        """Places of a run's traces."""
        for number, trace in enumerate(traces):
            self.of_run.setdefault(trace.run, []).append(number)
        self._totals: dict[str, Doubles] = {}

    @cached_property
    def table(self) -> ScoreTable:
        return ScoreTable.of(self.traces)

    @cached_property
    def other(self) -> ScoreTable:
        blank = tuple(replace(trace, scores=(None,) * len(trace.scores)) for trace in self.traces)
        return ScoreTable.of(self.others or blank)

    @cached_property
    def numbers(self) -> Floats:
        """(traces, longest) of the chosen channel, on whatever scale; nan where it says nothing."""
        found = np.full_like(self.table.values, np.nan)
        for row, numbers in enumerate(self._numbers):
            if numbers is not None:
                found[row, : len(numbers)] = numbers
        return found

    @cached_property
    def errors(self) -> Places:
        """(traces,) column of the first score below one half; -1 for none."""
        return first_error(self.table)

    def totals(self, rule: str) -> Doubles:
        """(traces,) by one of engine.scores.aggregates.RULES."""
        if rule not in self._totals:
            self._totals[rule] = aggregated(self.table, rule)
        return self._totals[rule]

    def holding(self, run: int | None, node: NodeId | None) -> list[Key]:
        """The traces of a run to which a step belongs, those that end with it first."""
        mine = [] if run is None or node is None else [self.traces[at] for at in self.of_run.get(run, ())]
        found = [trace for trace in mine if node in trace.nodes or node == last_node(trace)]
        return [key_of(trace) for trace in sorted(found, key=lambda trace: last_node(trace) != node)]
