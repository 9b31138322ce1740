"""What Monte-Carlo labels will cost, before they are drawn."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.desk.trace.label_cost import Wanted, cost_of, traces_in
from engine.search import SettingError
from tests.helpers.scored_session import BAD, GOOD, PLAN

GOOD_STEPS, BAD_STEPS = tuple(GOOD[0]), tuple(BAD[0])


def wanted(ended: bool = True) -> Wanted:
    return Wanted(PLAN, GOOD_STEPS, ended, (GOOD_STEPS, BAD_STEPS, (GOOD_STEPS[0], *BAD_STEPS[1:])))


def test_an_ended_trace_needs_no_samples_at_its_end() -> None:
    assert cost_of(wanted().labels(8, 0.7, all_traces=False)).steps == 3
    assert cost_of(wanted(ended=False).labels(8, 0.7, all_traces=False)).steps == 4


def test_a_step_that_traces_share_is_sampled_once() -> None:
    cost = cost_of(wanted().labels(2, 0.7, all_traces=True))
    assert (cost.steps, cost.samples) == (8, 16)


def test_tokens_are_what_the_trace_goes_on_with() -> None:
    cost = cost_of(wanted().labels(4, 0.7, all_traces=False))
    after = [sum(map(len, GOOD_STEPS[place:])) for place in (1, 2, 3)]
    assert cost.tokens == round(4 * sum(after) / 3.5)


def test_an_unprovable_problem_is_refused_in_words() -> None:
    plan = replace(PLAN, problem="question", text="Why is the sky blue?")
    with pytest.raises(SettingError, match="Nobody can say"):
        Wanted(plan, GOOD_STEPS, True, ()).labels(4, 0.7, all_traces=False)


def test_equal_traces_are_one() -> None:
    assert traces_in([GOOD_STEPS, BAD_STEPS, GOOD_STEPS, ()]) == (GOOD_STEPS, BAD_STEPS)
