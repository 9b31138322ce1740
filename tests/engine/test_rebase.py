"""REBASE: the widths, the budget, the vote."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Expanded, Pruned, RunFinished, Voted
from engine.search.evaluators import worth
from engine.search.rebase import balanced_widths, shares
from engine.tree import fold
from tests.engine.test_dvts import Mixed
from tests.helpers.running import plan, run_log


def test_the_widths_are_those_of_the_reference() -> None:
    assert shares((0.9, 0.5, 0.1), 0.2) == pytest.approx((0.8668, 0.1173, 0.0159), abs=1e-4)
    assert balanced_widths((0.9, 0.5, 0.1), 0.2, 16) == (14, 2, 0)


def test_a_missing_reward_counts_as_the_mean_and_never_as_zero() -> None:
    assert balanced_widths((0.9, None, 0.1), 0.2, 16) == (14, 2, 0)
    assert balanced_widths((None, None, None), 0.2, 7) == (3, 2, 2)


@given(
    rewards=st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=30),
    temperature=st.floats(0.001, 100),
    budget=st.integers(0, 200),
)
def test_widths_spend_the_budget_and_grow_with_the_reward(
    rewards: list[float | None], temperature: float, budget: int
) -> None:
    widths = balanced_widths(rewards, temperature, budget)
    assert sum(widths) == budget
    assert min(widths) >= 0
    known = sorted((reward, width) for reward, width in zip(rewards, widths, strict=True) if reward is not None)
    assert all(low[1] <= high[1] + 1 for low, high in pairwise(known))


def test_each_depth_spends_what_has_not_ended() -> None:
    log = run_log(plan("rebase", samples=12, balance=0.5))
    tree = fold(log)
    for depth in range(4):
        parents = [node for node in tree.nodes.values() if node.depth == depth]
        widths = [len(node.children) for node in parents]
        assert sum(widths) == 12
        if depth:
            rewards = [worth(tree, node, "prm", "last") for node in parents]
            assert tuple(widths) == balanced_widths(rewards, 0.5, 12)
            assert [bool(node.pruned) for node in parents] == [not width for width in widths]


def test_a_node_without_width_is_out_with_its_share() -> None:
    log = run_log(plan("rebase", samples=12, balance=0.05))
    reasons = [why for record in log if isinstance(record.event, Pruned) for why in record.event.reasons]
    assert reasons
    assert all(why.startswith("width 0: it has earned 0.") and why.endswith(" of 12 samples") for why in reasons)


def test_answers_lower_the_budget_of_the_rest() -> None:
    log = run_log(plan("rebase", samples=6, balance=100.0), policy=Mixed())
    tree = fold(log)
    first = [node for node in tree.answers() if node.depth == 1]
    second = [node for node in tree.nodes.values() if node.depth == 2]
    assert len(first) == 4
    assert len(second) == 2
    drawn = [record.event for record in log if isinstance(record.event, Expanded)]
    assert sum(len(event.children) for event in drawn[1:3]) == 2


def test_the_answers_vote_by_their_rewards() -> None:
    log = run_log(plan("rebase", samples=10, seed=4))
    tree, end = fold(log), log[-1].event
    (voted,) = [record.event for record in log if isinstance(record.event, Voted)]
    total = sum(worth(tree, node, "prm", "last") or 0.0 for node in tree.answers())
    assert sum(tally.weight for tally in voted.tallies) == pytest.approx(total)
    assert isinstance(end, RunFinished)
    assert end.chosen == voted.tallies[0].first


def test_equal_steps_may_be_merged_and_still_count() -> None:
    log = run_log(plan("rebase", samples=10, temperature=0.0, duplicates="text"))
    tree = fold(log)
    assert len(tree.nodes) == 5
    assert [node.samples for node in tree.nodes.values()][1:] == [10] * 4
