"""Whole runs with a served model: the bundled policy behind a real HTTP server, in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.events import Budget
from engine.llm.bundled import POLICY
from engine.policies.local import LocalPolicy
from engine.policies.served import ServedPolicy
from engine.shelf import Shelf
from engine.tokens import unpack
from engine.tree import fold
from tests.helpers.model_server import served
from tests.helpers.running import plan, run_log


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def policy(address: str) -> ServedPolicy:
    policy = Shelf().policy(address)
    assert isinstance(policy, ServedPolicy)
    return policy


def test_the_server_is_asked_in_the_models_own_template(policy: ServedPolicy) -> None:
    assert policy.about()["raw"] is True
    assert policy.about()["template"] == "its tokenizer's template"


def test_a_greedy_chain_is_that_of_the_same_model_here(policy: ServedPolicy) -> None:
    wish = plan("cot", temperature=0.0, think=True, verifiers=())
    here, there = (fold(run_log(wish, each, [])) for each in (LocalPolicy(POLICY, "cpu"), policy))
    assert [node.step for node in there.nodes.values()] == [node.step for node in here.nodes.values()]
    assert [node.hidden for node in there.nodes.values()] == [node.hidden for node in here.nodes.values()]
    assert there.finished is not None
    assert there.finished.answer == here.finished.answer if here.finished else False
    for node in list(there.nodes.values())[1:]:
        assert "".join(token.text for token in unpack(node.tokens)) == node.step
        assert node.logprob == pytest.approx(here.nodes[node.id].logprob, abs=1e-3)


def test_a_tree_is_searched(policy: ServedPolicy) -> None:
    tree = fold(run_log(plan("mcts", simulations=3, width=2, budget=Budget(seconds=60)), policy))
    assert tree.finished is not None
    assert tree.finished.reason == "finished"
    assert len(tree.nodes) > 3
    assert tree.cost.generated > 0
    assert tree.cost.prompt + tree.cost.cached > 0
