"""Every strategy against its golden log: all events, and so the whole tree, byte for byte."""

from __future__ import annotations

import pytest

from engine.search import SEARCHES
from tests.helpers.make_golden import FOLDER, GOLDEN, golden_log


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_log(name: str) -> None:
    assert golden_log(name) == (FOLDER / f"{name}.json").read_bytes()


def test_every_strategy_has_one() -> None:
    assert {wish.search for wish in GOLDEN.values()} == set(SEARCHES)
