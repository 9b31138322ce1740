"""The figures of a report against their definitions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learning.report import Figure, Report, accuracy, auc, calibration_error


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.integers(0, 1)), min_size=2, max_size=30))
def test_auc_is_the_chance_that_a_positive_scores_higher(pairs: list[tuple[float, int]]) -> None:
    positive = [score for score, label in pairs if label]
    negative = [score for score, label in pairs if not label]
    measured = auc([score for score, _ in pairs], [label for _, label in pairs])
    if not positive or not negative:
        assert math.isnan(measured)
        return
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    assert measured == pytest.approx(wins / len(positive) / len(negative))


def test_calibration_error_of_honest_and_of_boastful_scores() -> None:
    assert calibration_error([0.5] * 4, [0, 1, 0, 1]) == pytest.approx(0.0)
    assert calibration_error([1.0] * 4, [0, 1, 0, 1]) == pytest.approx(0.5)


def test_accuracy_counts_scores_above_a_half() -> None:
    assert accuracy([0.9, 0.4, 0.6], [1, 0, 0]) == pytest.approx(2 / 3)


def test_a_report_is_a_table_and_data() -> None:
    report = Report("On DEV", (Figure("greedy", 0.25), Figure("tokens", 300.0, "mean")))
    assert "0.250" in str(report)
    assert "| tokens | 300.0 | mean |" in report.markdown()
    assert report.data() == {"greedy": 0.25, "tokens": 300.0}
