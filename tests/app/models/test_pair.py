"""Two scorers on the same traces: dots, differences, elections, scales."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.models.pair import (
    MOST_DOTS,
    Ends,
    alike,
    cloud_of_steps,
    common_at_the_top,
    elections,
    ends_of,
    outcome,
    thinned,
    two_scales,
)
from engine.scores.aggregates import aggregated
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace

TRACES = (
    ScoredTrace(1, (1, 2), None, "a", True, (0.9, 0.8)),
    ScoredTrace(1, (1, 3), None, "b", False, (0.9, 0.2)),
    ScoredTrace(2, (1, 2), None, "c", None, (0.5, None)),
)


def with_scores(*rows: tuple[float | None, ...]) -> ScoreTable:
    return ScoreTable.of(replace(trace, scores=row) for trace, row in zip(TRACES, rows, strict=True))


LEFT = ScoreTable.of(TRACES)
RIGHT = with_scores((0.4, 0.6), (0.4, 0.9), (0.7, 0.1))


def test_a_step_that_traces_share_is_one_dot() -> None:
    cloud = cloud_of_steps(LEFT, RIGHT)
    dots = list(zip(cloud.trace.tolist(), cloud.step.tolist(), cloud.left.round(3), cloud.right.round(3), strict=True))
    assert dots == [(0, 0, 0.9, 0.4), (0, 1, 0.8, 0.6), (1, 1, 0.2, 0.9), (2, 0, 0.5, 0.7)]
    assert cloud.correct[:3].tolist() == [1, 1, 0]
    assert np.isnan(cloud.correct[3])
    assert cloud.largest(2).tolist() == [2, 0]
    assert cloud.spearman == pytest.approx(-1.0)


def test_what_scores_have_in_common_and_what_totals_lead_to() -> None:
    assert alike(LEFT, RIGHT).alone == (0, 1)
    assert alike(LEFT, RIGHT).spearman == pytest.approx(-1.0)
    found = outcome(LEFT, aggregated(LEFT, "min"), aggregated(RIGHT, "min"), np.array([0, 0, 1]))
    assert found.traces.step.tolist() == [-1, -1, -1]
    assert found.common == (3, 3)
    assert [(one.problem, one.left and one.left.answer, one.right and one.right.answer) for one in found.elections] == [
        (0, "a", "a"),
        (1, "c", "c"),
    ]


def test_tables_of_other_traces_are_refused() -> None:
    with pytest.raises(ValueError, match="same traces"):
        cloud_of_steps(LEFT, ScoreTable.of(TRACES[:2]))


def test_elections_are_held_problem_by_problem() -> None:
    left, right = np.array([0.9, 0.1, np.nan]), np.array([0.2, 0.8, np.nan])
    (found,) = elections(LEFT, np.array([0, 0, 1]), left, right)
    assert (found.left and found.left.answer, found.right and found.right.answer) == ("a", "b")
    assert found.differs
    (alone,) = elections(LEFT, np.array([0, 0, 1]), left, np.full(3, np.nan))
    assert alone.right is None
    assert alone.differs


def test_only_traces_with_both_totals_are_ranked() -> None:
    left, right = np.array([0.9, 0.8, 0.1, 0.99]), np.array([0.1, 0.2, 0.9, np.nan])
    assert common_at_the_top(left, right, 1) == (0, 1)
    assert common_at_the_top(left, right, 10) == (3, 3)


def test_a_large_cloud_is_thinned_fairly_and_always_alike() -> None:
    size = 3 * MOST_DOTS
    table = ScoreTable.of([ScoredTrace(1, tuple(range(1, size + 1)), None, None, None, (0.5,) * size)])
    cloud = cloud_of_steps(table, table)
    some = thinned(cloud)
    assert len(some) == MOST_DOTS < len(cloud) == size
    assert some.step.tolist() == thinned(cloud).step.tolist() == sorted(set(some.step.tolist()))
    assert abs(float(some.step.mean()) / size - 0.5) < 0.05
    assert thinned(some) is some


def test_two_scales_are_told_by_where_scores_lie() -> None:
    narrow, wide = ends_of(np.linspace(0.48, 0.52, 50)), ends_of(np.linspace(0, 1, 50))
    assert narrow is not None
    assert wide is not None
    assert two_scales(narrow, wide)
    assert two_scales(wide, narrow)
    assert not two_scales(wide, Ends(0.2, 0.7))
    assert ends_of(np.array([np.nan])) is None
