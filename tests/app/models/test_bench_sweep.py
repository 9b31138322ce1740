"""ProcessBench at every threshold: the sweep is the figure itself, again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from app.models.bench_sweep import THRESHOLDS, Cases, Sweep, sweep
from engine.scores.process_bench import NONE, UNKNOWN
from tests.helpers.scored import table_of

CASES = Cases(
    table_of((0.9, 0.3), (0.9, 0.8), (0.6, 0.9), (0.9, 0.9)),
    np.array([1, NONE, NONE, UNKNOWN]),
    ("a", "a", "b", "b"),
)


def swept(cases: Cases, thresholds: Sequence[float] = THRESHOLDS) -> Sweep:
    work = sweep(cases, thresholds)
    try:
        while True:
            next(work)
    except StopIteration as end:
        found: Sweep = end.value
        return found


def test_the_curves_are_the_figures_at_each_threshold() -> None:
    assert CASES.count == 3
    curves = swept(CASES)
    for place, threshold in enumerate(THRESHOLDS):
        whole = CASES.at(threshold).whole
        assert (curves.f1[place], curves.on_wrong[place], curves.on_right[place]) == (
            whole.f1, whole.on_wrong, whole.on_right,
        )  # fmt: skip
    half = swept(CASES, (0.5, 0.7))
    assert half.f1.tolist() == pytest.approx([1.0, 2 / 3])


def test_the_best_threshold_is_one_of_the_best() -> None:
    assert CASES.tuned().whole.f1 == max(swept(CASES).f1) == 1.0
    assert set(CASES.at(0.5).splits) == {"a", "b"}


def test_without_scores_there_are_no_cases() -> None:
    assert Cases(table_of(), np.array([], np.intp), ()).count == 0
    assert Cases(table_of((None,)), np.array([NONE]), ("a",)).count == 0
