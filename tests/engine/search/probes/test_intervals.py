"""Intervals of shares, against published examples and against chance."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.search.probes.intervals import Estimate, Share, difference, weighted

COUNTS = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("kept", "free", "wanted"),
    [  # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10
        ((56, 70), (48, 80), (0.2000, 0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.6000, 0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.5714, 0.0582, 0.8062)),
        ((5, 56), (0, 29), (0.0893, -0.0381, 0.1926)),
        ((0, 10), (0, 20), (0.0000, -0.1611, 0.2775)),
        ((0, 10), (0, 10), (0.0000, -0.2775, 0.2775)),
        ((10, 10), (0, 20), (1.0000, 0.6791, 1.0000)),
        ((10, 10), (0, 10), (1.0000, 0.6075, 1.0000)),
    ],
)
def test_a_difference_has_the_published_interval(
    kept: tuple[int, int], free: tuple[int, int], wanted: tuple[float, float, float]
) -> None:
    found = difference(Share(*kept), Share(*free))
    assert (found.value, found.low, found.high) == pytest.approx(wanted, abs=1e-4)
    assert found.settled == (wanted[1] > 0)


@given(COUNTS, COUNTS)
def test_a_difference_turns_round_with_its_sides(kept: tuple[int, int], free: tuple[int, int]) -> None:
    there, back = difference(Share(*kept), Share(*free)), difference(Share(*free), Share(*kept))
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.value is None or -1 <= there.low <= there.value <= there.high <= 1


def test_what_was_never_drawn_is_unknown_and_not_zero() -> None:
    assert Share(0, 0).estimate == Estimate(None, 0.0, 1.0, 0)
    assert difference(Share(3, 3), Share(0, 0)) == Estimate(None, -1.0, 1.0, 0)
    assert weighted([Share(3, 3), Share(0, 0)], [0.5, 0.5]).value is None
    assert str(Share(0, 0).estimate) == "unknown"
    assert str(Share(1, 2).estimate) == "0.50 [0.09, 0.91]"


def test_a_sum_of_one_share_has_its_interval() -> None:
    found = weighted([Share(81, 263), Share(3, 9)], [1.0, 0.0])
    assert (found.low, found.high) == pytest.approx(Share(81, 263).interval)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng, truths, weights = Random(5), (0.1, 0.5, 0.9), (0.2, 0.3, 0.5)
    mean = sum(weight * truth for weight, truth in zip(weights, truths, strict=True))
    sums = differences = 0
    for _ in range(1000):
        shares = [Share(sum(rng.random() < truth for _ in range(12)), 12) for truth in truths]
        found = weighted(shares, weights)
        sums += found.low <= mean <= found.high
        gap = difference(shares[1], shares[0])
        differences += gap.low <= 0.4 <= gap.high
    assert sums > 925
    assert differences > 925
