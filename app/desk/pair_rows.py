"""What the tab Two models lists: the largest differences, and what either scorer elects. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.desk.data import DeskData
from app.desk.pair_tables import Difference, ElectedRow
from app.desk.traces_words import CHECKS, answer_words, step_text, total_words
from app.language import tr
from app.models.pair import Cloud, Election
from engine.scores.aggregates import Elected
from engine.scores.table import Places
from engine.scores.traces import ScoredTrace, channels_of

MOST_PLACES, MOST_ROWS = 2_000, 200
"""Differences that are looked at, and rows that they make at most."""
MOST_LOOKED_AT = 20
"""Traces that are looked at for raw numbers: a model gives the same ones for every step."""


def problems_of(data: DeskData) -> tuple[Places, list[str]]:
    """(traces,) number of each one's problem, and what the problems ask."""
    numbers: dict[tuple[str, str], int] = {}
    of_run: dict[int, int] = {}
    for trace in data.table.traces:
        if trace.run not in of_run:
            started = data.tree(trace.run).started
            problem = ("", "") if started is None else (started.problem, started.text.strip())
            of_run[trace.run] = numbers.setdefault(problem, len(numbers))
    found = np.array([of_run[trace.run] for trace in data.table.traces], np.intp)
    return found, [text for _, text in numbers]


def differences(data: DeskData, cloud: Cloud) -> tuple[Difference, ...]:
    """The largest first; what was written several times, in the same place with the same scores, is one row."""
    rows: dict[tuple[object, ...], Difference] = {}
    for place in cloud.largest(MOST_PLACES).tolist():
        row = difference(data, cloud, place)
        key = row.run, row.step, row.text, round(row.left, 5), round(row.right, 5)
        if key in rows:
            rows[key] = replace(rows[key], times=rows[key].times + 1)
        elif len(rows) < MOST_ROWS:
            rows[key] = row
    return tuple(rows.values())


def difference(data: DeskData, cloud: Cloud, place: int) -> Difference:
    """One dot of the cloud as a row."""
    row, step = int(cloud.trace[place]), int(cloud.step[place])
    trace = data.table.traces[row]
    text = _checked(trace) if step < 0 else step_text(data.tree(trace.run), trace, step)
    left, right = float(cloud.left[place]), float(cloud.right[place])
    return Difference(row, trace.run, None if step < 0 else step, text, left, right)


def elected_rows(data: DeskData, elections: Sequence[Election], titles: Sequence[str]) -> tuple[ElectedRow, ...]:
    """A row for each problem, those with different answers first. `titles`: what the problems ask."""
    rows = []
    for election in elections:
        said = (election.left, election.right)
        left, right = (_elected(data, one) for one in said)
        firsts = tuple(one.first for one in said if one is not None)
        rows.append(ElectedRow(titles[election.problem], left, right, election.differs, firsts))
    return tuple(sorted(rows, key=lambda row: not row.differs))


def raw_names(data: DeskData, scorer: str) -> tuple[str, ...]:
    """What a scorer gives beside its score."""
    for trace in data.table.traces[:MOST_LOOKED_AT]:
        tree = data.tree(trace.run)
        for node in trace.nodes:
            if given := channels_of(tree, node, scorer):
                return tuple(name for name, _ in given)
    return ()


def _elected(data: DeskData, one: Elected | None) -> str:
    return tr("nothing") if one is None else f"{_checked(data.table.traces[one.first])}  ({total_words(one.weight)})"


def _checked(trace: ScoredTrace) -> str:
    """`✓ 8 / (3 - 8 / 3)`."""
    return f"{CHECKS[trace.correct]} {answer_words(trace)}"
