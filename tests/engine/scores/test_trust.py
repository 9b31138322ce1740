"""AUC, accuracy and calibration against their definitions, over lists and over tables."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scores.trust import (
    accuracy,
    accuracy_by_step,
    auc,
    auc_by_step,
    calibration_error,
    disagreements,
    ranks,
    reliability,
)
from tests.helpers.scored import table_of

Pairs = list[tuple[float, int]]
pairs = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.2, 0.5, 0.9, 1.0]), st.integers(0, 1)), max_size=30)


def split(entries: Pairs) -> tuple[list[float], list[int]]:
    return [score for score, _ in entries], [label for _, label in entries]


@given(pairs)
def test_auc_is_the_chance_that_a_positive_scores_higher(entries: Pairs) -> None:
    positive = [score for score, label in entries if label]
    negative = [score for score, label in entries if not label]
    measured = auc(*split(entries))
    if not positive or not negative:
        assert math.isnan(measured)
        return
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    assert measured == pytest.approx(wins / len(positive) / len(negative))


@given(pairs, st.integers(1, 12))
def test_a_reliability_diagram_is_what_a_loop_over_its_bins_finds(entries: Pairs, bins: int) -> None:
    found = reliability(*split(entries), bins)
    total = 0.0
    for place in range(bins):
        inside = [(score, label) for score, label in entries if place == min(bins - 1, int(score * bins))]
        assert found.count[place] == len(inside)
        if not inside:
            assert math.isnan(found.mean_score[place])
            continue
        scores, labels = split(inside)
        assert found.mean_score[place] == pytest.approx(sum(scores) / len(inside))
        assert found.frequency[place] == pytest.approx(sum(labels) / len(inside))
        total += abs(sum(scores) - sum(labels))
    assert found.n == len(entries)
    if entries:
        assert found.error == pytest.approx(total / len(entries))
        assert found.brier == pytest.approx(sum((score - label) ** 2 for score, label in entries) / len(entries))
    else:
        assert math.isnan(found.error)
        assert math.isnan(found.brier)


def test_calibration_error_of_honest_and_of_boastful_scores() -> None:
    assert calibration_error([0.5] * 4, [0, 1, 0, 1]) == pytest.approx(0.0)
    assert calibration_error([1.0] * 4, [0, 1, 0, 1]) == pytest.approx(0.5)


def test_accuracy_counts_scores_above_the_threshold() -> None:
    assert accuracy([0.9, 0.4, 0.6], [1, 0, 0]) == pytest.approx(2 / 3)
    assert accuracy([0.9, 0.4, 0.6], [1, 0, 0], 0.6) == 1.0
    assert math.isnan(accuracy([], []))


def test_what_is_missing_on_either_side_is_left_out() -> None:
    scores, labels = [0.9, math.nan, 0.2, 0.7], [1.0, 1.0, 0.0, math.nan]
    assert (auc(scores, labels), accuracy(scores, labels), reliability(scores, labels).n) == (1.0, 1.0, 2)


@given(st.lists(st.integers(0, 5), max_size=20))
def test_equal_values_share_the_mean_of_their_ranks(values: list[int]) -> None:
    expected = [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2 for value in values
    ]
    assert ranks(np.array(values, np.float64)).tolist() == expected


def test_each_step_position_is_judged_by_itself() -> None:
    table = table_of([0.9, 0.1], [0.2, 0.9, 0.5], [None, 0.8], correct=[True, False, None])
    assert auc_by_step(table)[:2] == ((1, 1.0, 2, 1), (2, 0.0, 2, 1))
    third = auc_by_step(table)[2]
    assert (third.n, third.right) == (1, 0)
    assert math.isnan(third.value)
    assert [entry.value for entry in accuracy_by_step(table)] == [1.0, 0.0, 1.0]


def test_disagreements_are_wrong_traces_above_the_middle_and_right_ones_below_it() -> None:
    table = table_of([0.9], [0.95], [0.1], [0.2], [0.05], [0.99], correct=[True, False, True, False, False, True])
    high, low = disagreements(table, table.values[:, 0].astype(np.float64))
    assert high.tolist() == [1]
    assert low.tolist() == [2]


def test_where_all_are_wrong_the_highest_of_them_come_first() -> None:
    table = table_of([0.3], [0.8], [None], [0.5], correct=[False] * 4)
    high, low = disagreements(table, table.values[:, 0].astype(np.float64))
    assert high.tolist() == [1, 3, 0]
    assert not len(low)
