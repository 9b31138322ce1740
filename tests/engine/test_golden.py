"""Every strategy against its golden log: all events, and so the whole tree, byte for byte."""

from __future__ import annotations

import pytest

from engine.search import SEARCHES
from engine.verbs import VERBS
from tests.helpers.make_golden import ASKED, FOLDER, GOLDEN, PROBED, golden_log


@pytest.mark.parametrize("name", [*GOLDEN, *ASKED, *PROBED])
def test_golden_log(name: str) -> None:
    assert golden_log(name) == (FOLDER / f"{name}.json").read_bytes()


def test_every_strategy_and_every_verb_has_one() -> None:
    assert {wish.search for wish in (*GOLDEN.values(), *PROBED.values())} == set(SEARCHES)
    assert {verb for _, verb, _, _ in ASKED.values()} == set(VERBS)
