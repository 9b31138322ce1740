"""Scores of many traces as one rectangle of numbers: one row a trace, one column a step. Knows no tree and no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.scores.traces import ScoredTrace

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int32]
Places = NDArray[np.intp]
_KNOWN: dict[bool | None, float] = {None: np.nan, True: 1.0, False: 0.0}


@dataclass(frozen=True, eq=False, slots=True)
class ScoreTable:
    """Values may be on any scale: a scorer's are in [0, 1], raw channels are what they are."""

    values: Floats
    """(traces, longest); NaN where a score is missing, and beyond a trace's end."""
    lengths: Ints
    """(traces,) steps of each."""
    traces: tuple[ScoredTrace, ...]
    correct: Floats
    """(traces,) 1 right, 0 wrong, NaN where nobody knows."""
    answers: tuple[str, ...]
    """The different canonical answers, in the order in which they were first given."""
    answer: Ints
    """(traces,) place of each one's answer in `answers`; -1 without one."""

    @classmethod
    def of(cls, traces: Iterable[ScoredTrace]) -> Self:
        """The table of these traces, in this order."""
        rows = tuple(traces)
        lengths = np.array([len(trace.scores) for trace in rows], np.int32)
        values = np.full((len(rows), int(lengths.max(initial=0))), np.nan, np.float32)
        flat = chain.from_iterable(trace.scores for trace in rows)
        inside = np.arange(values.shape[1]) < lengths[:, None]
        values[inside] = np.fromiter((np.nan if value is None else value for value in flat), np.float32)
        names: dict[str, int] = {}
        answer = [-1 if row.answer is None else names.setdefault(row.answer, len(names)) for row in rows]
        correct = np.array([_KNOWN[trace.correct] for trace in rows], np.float32)
        return cls(values, lengths, rows, correct, tuple(names), np.array(answer, np.int32))
