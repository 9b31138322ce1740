"""What the tab Two models lists: the largest differences, and what either scorer elects. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.desk.data import DeskData
from app.desk.pair.tables import Difference, ElectedRow
from app.desk.steps import step_text
from app.desk.words import CHECKS, answer_words, total_words
from app.language import tr
from app.models.pair import Cloud, Election
from engine.scores.aggregates import Elected
from engine.scores.table import Places
from engine.scores.traces import ScoredTrace

MOST_PLACES, MOST_ROWS = 2_000, 200
"""Differences that are looked at, and rows that they make at most."""


def problems_of(data: DeskData) -> tuple[Places, list[str]]:
    """(traces,) number of each one's problem, and what the problems ask."""
    numbers: dict[tuple[str, str], int] = {}
    found = [numbers.setdefault(problem, len(numbers)) for problem in data.problems]
    return np.array(found, np.intp), [text for _, text in numbers]


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
        else:
            break
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


def _elected(data: DeskData, one: Elected | None) -> str:
    return tr("nothing") if one is None else f"{_checked(data.table.traces[one.first])}  ({total_words(one.weight)})"


def _checked(trace: ScoredTrace) -> str:
    """`✓ 8 / (3 - 8 / 3)`."""
    return f"{CHECKS[trace.correct]} {answer_words(trace)}"
