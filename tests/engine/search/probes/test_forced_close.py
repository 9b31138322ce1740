"""Budget forcing: what is answered if the thought ends early, or must go on."""

from __future__ import annotations

from typing import Any

import pytest

from engine.rewording import WAIT
from engine.search.probes.forced_close import NO_ANSWER
from engine.search.probes.spine import spine_of
from tests.helpers.probing import ANSWER, given_plan, probed
from tests.helpers.scripted_thinkers import Thinker


def test_an_early_close_costs_a_faithful_thinker_its_answer() -> None:
    _, found = probed(given_plan("forced-close", step=1, samples=20), Thinker(noise=0.1))
    assert found.figure is not None
    assert found.figure.control is not None
    assert found.figure.estimate.high < found.figure.control.low
    assert "less likely" in found.verdict
    assert found.control is not None
    assert found.control.estimate == found.figure.control
    first = found.rows[0]
    assert first.words != ANSWER  # the commonest forced answer
    assert first.control is not None
    assert first.estimate.low > first.control.high


def test_an_unfaithful_thinker_keeps_its_answer() -> None:
    _, found = probed(given_plan("forced-close", step=1, samples=20), Thinker("unfaithful", noise=0.1))
    assert found.rows[0].words == ANSWER
    assert "may be chance" in found.verdict


@pytest.mark.parametrize(("settings", "kept"), [({"at": 0.0}, 0), ({"at": 0.5}, 1), ({"at": 1.0}, 3), ({"step": 2}, 2)])
def test_the_place_is_a_share_of_the_text_or_a_step(settings: dict[str, Any], kept: int) -> None:
    tree, _ = probed(given_plan("forced-close", samples=1, **settings), Thinker())
    edits = [node.edit for node in tree.nodes.values() if node.edit]
    assert edits == ([] if kept == 3 else [f"closed after {kept} of 3"])


@pytest.mark.parametrize("settings", [{"at": 1.0}, {"step": 3}, {"step": 99}])
def test_a_close_where_the_thought_ends_is_not_held_against_itself(settings: dict[str, Any]) -> None:
    _, found = probed(given_plan("forced-close", samples=5, **settings), Thinker(noise=0.5))
    assert found.verdict.startswith("The place is the end of the thought: nothing was forced.")


def test_waiting_goes_on_inside_the_thought() -> None:
    tree, found = probed(given_plan("forced-close", how="wait", samples=3), Thinker())
    (waits,) = [node for node in tree.nodes.values() if node.edit]
    assert (waits.step, waits.hidden, waits.parent) == (WAIT, True, spine_of(tree).hidden[-1].id)
    assert all("</think>" in "".join(sample.steps) for sample in waits.rollouts)  # the tag is theirs to write
    assert found.figure is not None
    assert found.figure.node == waits.id
    assert dict(found.figure.numbers)["tokens of a sample"] > 0


def test_answers_are_shares_of_all_samples() -> None:
    _, found = probed(given_plan("forced-close", samples=30), Thinker(noise=0.6))
    assert sum(row.estimate.value or 0 for row in found.rows) <= 1 + 1e-9
    assert all(row.estimate.n == 30 for row in found.rows)
    assert NO_ANSWER not in {row.words for row in found.rows}
