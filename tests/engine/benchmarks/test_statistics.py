"""Intervals of a row: Wilson's, and the one that knows that the seeds of a puzzle belong together."""

from __future__ import annotations

import pytest

from engine.benchmarks.statistics import clustered
from engine.intervals import wilson


def test_wilson_gives_the_published_interval() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_seeds_that_always_agree_tell_no_more_than_one_seed() -> None:
    shares = [1.0] * 60 + [0.0] * 40
    assert clustered(shares) == pytest.approx(wilson(0.6 * 99, 99))  # a puzzle is one trial, as its variance has it


def test_seeds_that_disagree_tell_more() -> None:
    agree = clustered([1.0] * 60 + [0.0] * 40)
    disagree = clustered([2 / 3] * 60 + [1 / 2] * 40)
    assert disagree[1] - disagree[0] < agree[1] - agree[0]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_all_puzzles_agree_each_is_one_trial(share: float) -> None:
    assert clustered([share] * 100) == wilson(100 * share, 100)


def test_one_puzzle_or_none_says_hardly_anything() -> None:
    assert clustered([1.0]) == wilson(1, 1)
    assert clustered([]) == (0.0, 1.0)
