"""Numbers as words: what is missing, and what is nearly nothing."""

from __future__ import annotations

from math import nan

import pytest

from app.panels.texts import decimal


@pytest.mark.parametrize(
    ("value", "words"), [(0.784, "0.78"), (-3.12, "−3.12"), (-0.001, "0.00"), (-0.0, "0.00"), (None, "–"), (nan, "–")]
)
def test_decimals(value: float | None, words: str) -> None:
    assert decimal(value) == words
