"""Numbers as words: what is missing, and what is nearly nothing."""

from __future__ import annotations

from math import nan

import pytest

from app.panels.texts import breakable, decimal


@pytest.mark.parametrize(
    ("value", "words"), [(0.784, "0.78"), (-3.12, "−3.12"), (-0.001, "0.00"), (-0.0, "0.00"), (None, "–"), (nan, "–")]
)
def test_decimals(value: float | None, words: str) -> None:
    assert decimal(value) == words


def test_long_names_may_be_broken_and_short_ones_stay_whole() -> None:
    name = "gpt-4_0.7_propose1_value3_greedy5_start900_end1000.json"
    broken = breakable(f"read from {name}, well-known")
    assert broken.replace("\u200b", "") == f"read from {name}, well-known"
    assert "start900_\u200bend1000" in broken
    assert broken.endswith("well-known")
