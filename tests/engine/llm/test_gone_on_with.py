"""With the bundled models, too, more tomorrow is all at once: another process, empty caches, the same stream."""

from __future__ import annotations

import pytest

from engine.going_on import More, given_more
from engine.llm.bundled import POLICY, PRM
from engine.policies.local import LocalPolicy
from engine.tree import Node, fold
from engine.verifiers.prm import PrmVerifier
from tests.helpers.running import plan, resume_log, run_log

WISH = plan(simulations=3, width=2, seed=5, text="4 7 8 8")


def numbers(node: Node) -> list[float | None]:
    """What the models decide of a node."""
    return [node.prior, node.logprob, node.value_sum, *(score.value for score in node.scores)]


def test_a_run_of_the_bundled_models_goes_on_as_it_would_have() -> None:
    whole = fold(run_log(plan(simulations=6, width=2, seed=5, text="4 7 8 8"), LocalPolicy(POLICY, "cpu"), _prm()))
    log = run_log(WISH, LocalPolicy(POLICY, "cpu"), _prm())
    again = given_more(WISH, fold(log), More(count=3))
    both = fold(resume_log(again, log, LocalPolicy(POLICY, "cpu"), _prm()))
    assert len(both.nodes) > len(fold(log).nodes)
    assert both.root.visits == 6
    assert len(both.nodes) == len(whole.nodes)
    for number, node in whole.nodes.items():
        other = both.nodes[number]
        assert (other.parent, other.step, other.visits) == (node.parent, node.step, node.visits)
        assert numbers(other) == pytest.approx(numbers(node), abs=1e-5)  # to what is left of them in other batches


def _prm() -> list[PrmVerifier]:
    return [PrmVerifier(PRM, "cpu")]
