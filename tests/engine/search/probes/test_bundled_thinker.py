"""Every probe runs with the bundled thinker, on both kinds of problems, and what it puts into a thought can be read."""

from __future__ import annotations

from typing import Any

import pytest

from engine.policies import Policy
from engine.search.probes import PROBES
from engine.shelf import Shelf
from tests.helpers.probing import given_plan, probe_plan, probed

QUESTION = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?"
THOUGHT = "Tom has 5 boxes with 7 pens each.\nTry 5 * 7 = 35.\nNext, 35 - 12 = 23.\nSo the answer is 23.\n"
SHOWN = "The boxes hold 5 * 7 = 35 pens.\nAfter that, 35 - 12 = 23 pens are left.\nAnswer: 23"
FEW: dict[str, dict[str, Any]] = {
    "early-answering": {"most_places": 2},
    "importance": {"first": 1, "most": 1},
    "adding-mistake": {"most": 2},
}


@pytest.fixture(scope="module")
def thinker() -> Policy:
    return Shelf().policy("", thinking=True)


@pytest.mark.parametrize("name", [probe.name for probe in PROBES])
def test_a_word_problem(name: str, thinker: Policy) -> None:
    values = {"samples": 2, "temperature": 0.2, **FEW.get(name, {})}  # warmer thoughts may run to the context's end
    tree, found = probed(probe_plan(name, QUESTION, thought=THOUGHT, exposed=SHOWN, **values), thinker)
    assert tree.finished is not None
    assert tree.finished.reason == "finished"
    assert found.reference == "23"
    assert found.figure is not None
    answered = [sample.answer for node in tree.nodes.values() for sample in node.rollouts]
    assert sum(answer is not None for answer in answered) >= len(answered) / 2
    assert found.counters.prompt < found.counters.alone  # what is shared is read once


@pytest.mark.parametrize("name", ["early-answering", "filler"])  # no new thoughts, which take seconds
def test_a_number_puzzle(name: str, thinker: Policy) -> None:
    tree, found = probed(given_plan(name, samples=2, **FEW.get(name, {})), thinker)
    assert tree.finished is not None
    assert tree.finished.reason == "finished"
    assert found.figure is not None
    assert any(sample.answer for node in tree.nodes.values() for sample in node.rollouts)
