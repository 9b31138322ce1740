"""Two scorers side by side: which steps, how alike, where they differ most."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scores.pairs import compared, pearson, spearman
from tests.helpers.scored import table_of

values = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=2, max_size=20)


@given(values)
def test_spearman_is_pearson_of_mean_ranks(pairs: list[tuple[int, int]]) -> None:
    def mean_ranks(entries: list[int]) -> list[float]:
        return [sum(o < value for o in entries) + (sum(o == value for o in entries) + 1) / 2 for value in entries]

    left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = spearman(np.array(left, np.float64), np.array(right, np.float64))
    if len(set(left)) == 1 or len(set(right)) == 1:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(np.corrcoef(mean_ranks(left), mean_ranks(right))[0, 1])


def test_the_classic_example_of_a_rank_correlation() -> None:
    iq = np.array([106.0, 86, 100, 101, 99, 103, 97, 113, 112, 110])
    hours = np.array([7.0, 0, 27, 50, 28, 29, 20, 12, 6, 17])
    assert spearman(iq, hours) == pytest.approx(-29 / 165)


def test_correlations_that_do_not_exist_are_not_numbers() -> None:
    assert math.isnan(pearson(np.array([1.0]), np.array([2.0])))
    assert math.isnan(pearson(np.array([1.0, 1.0]), np.array([2.0, 3.0])))
    assert math.isnan(spearman(np.array([]), np.array([])))


def test_only_steps_that_both_have_scored_are_compared() -> None:
    left = table_of([0.9, None, 0.5], [0.1])
    right = table_of([0.8, 0.3, 0.9], [None])
    pair = compared(left, right)
    assert list(zip(pair.trace.tolist(), pair.step.tolist(), strict=True)) == [(0, 0), (0, 2)]
    assert pair.left == pytest.approx([0.9, 0.5])
    assert pair.right == pytest.approx([0.8, 0.9])
    assert (pair.only_left, pair.only_right) == (1, 1)
    assert pair.pearson == pytest.approx(-1.0)
    assert pair.largest(1).tolist() == [1]


def test_tables_of_other_traces_are_refused() -> None:
    with pytest.raises(ValueError, match="same traces"):
        compared(table_of([0.5, 0.5]), table_of([0.5], [0.5]))
    with pytest.raises(ValueError, match="same traces"):
        compared(table_of([0.5, 0.5], [0.5]), table_of([0.5], [0.5, 0.5]))
