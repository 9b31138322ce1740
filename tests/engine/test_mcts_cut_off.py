"""A search that dies in the middle of an iteration and goes on is the search that never died, wherever it was."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.commands import RunPlan
from engine.tree import fold
from tests.helpers.running import plan, resume_log, run_log

BOTH = ("rule", "prm")
CUT: dict[str, RunPlan] = {
    "one leaf": plan(simulations=9, width=3),
    "wider and wider": plan(simulations=12, width=4, adaptive_width=True),
    "leaves in flight": plan(simulations=12, width=3, in_flight=4, revisit=False),
    "leaves in flight, rollouts": plan(simulations=12, width=3, in_flight=3, value="rollout"),
    "leaves in flight, merged": plan(simulations=12, width=6, in_flight=4, transpositions="merge", verifiers=BOTH),
    "leaves in flight, noise": plan(simulations=9, width=3, in_flight=5, noise=0.25),
}


@pytest.mark.parametrize("name", CUT)
def test_the_tree_is_the_same_wherever_the_log_was_cut_off(name: str) -> None:
    wish = replace(CUT[name], seed=3)
    whole = run_log(wish)
    tree = fold(whole)
    for cut in range(1, len(whole)):
        both = fold(resume_log(wish, whole[:cut]))
        assert both.nodes == tree.nodes, f"after event {cut}: {type(whole[cut - 1].event).__name__}"
        assert both.finished == tree.finished


def test_the_tree_is_the_same_if_it_dies_twice() -> None:
    wish = CUT["leaves in flight"]
    whole = run_log(wish)
    tree = fold(whole)
    for cut in range(20, 40):
        once = resume_log(wish, whole[:cut])
        for again in range(cut + 2, min(cut + 12, len(once))):
            assert fold(resume_log(wish, once[:again])).nodes == tree.nodes
