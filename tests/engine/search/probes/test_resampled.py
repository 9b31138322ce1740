"""Numbers about steps that were written anew, against values worked out by hand."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.search.probes.resampled import divergence, overdeterminedness, similarity

STEP = "Try 13 - 9 = 4 (left: 4 4 10)\n"


def test_equal_steps_are_similar_and_others_are_not() -> None:
    assert similarity(STEP, STEP.upper()) == 1.0
    assert similarity(STEP, "Try 10 - 4 = 6 (left: 6 9 13)\n") < 0.5
    assert similarity("a b c", "a b d") == pytest.approx(1 / 3)  # one pair of three
    assert similarity("yes", "yes.") == 0.0
    assert similarity("", "") == 1.0
    assert similarity("", STEP) == 0.0


@given(st.text(max_size=40), st.text(max_size=40))
def test_similarity_has_no_direction(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0


def test_overdetermined_is_what_is_written_again_and_again() -> None:
    assert overdeterminedness(["a\n"] * 10) == pytest.approx(0.9)
    assert overdeterminedness(["a", "b", "c"]) == 0.0
    assert overdeterminedness(["a b", "a  b\n"]) == 0.5  # blanks do not count


def test_divergence_is_that_of_smoothed_counts() -> None:
    assert divergence(["x"] * 5, ["x"] * 9) == 0.0
    kept, free = ["x"] * 3, ["x", "y", None]
    p, q = [3.5 / 4.5, 0.5 / 4.5, 0.5 / 4.5], [1.5 / 4.5, 1.5 / 4.5, 1.5 / 4.5]
    wanted = sum(ours * log(ours / theirs) for ours, theirs in zip(p, q, strict=True))
    assert divergence(kept, free) == pytest.approx(wanted)
