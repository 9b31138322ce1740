"""A search that dies in the middle of an iteration and goes on is the search that never died, wherever it was."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.commands import RunPlan
from engine.search.mcts_batch import uncredited, was_cut_off
from engine.tree import fold
from tests.helpers.running import make_run, plan, resume_log, run_log

BOTH = ("rule", "prm")
CUT: dict[str, RunPlan] = {
    "one leaf": plan(simulations=9, width=3),
    "wider and wider": plan(simulations=12, width=4, adaptive_width=True),
    "leaves in flight": plan(simulations=12, width=3, in_flight=4, revisit=False),
    "leaves in flight, rollouts": plan(simulations=12, width=3, in_flight=3, value="rollout"),
    "leaves in flight, merged": plan(simulations=12, width=6, in_flight=4, transpositions="merge", verifiers=BOTH),
    "leaves in flight, noise": plan(simulations=9, width=3, in_flight=5, noise=0.25),
    "leaves in flight, wider and wider": plan(
        simulations=9, width=2, in_flight=8, value="rollout", revisit=False, adaptive_width=True
    ),
}
SEEDS = {"leaves in flight, wider and wider": 19}
"""Elsewhere any will do: here a leaf has to be chosen to be made wider."""


@pytest.mark.parametrize("name", CUT)
def test_the_tree_is_the_same_wherever_the_log_was_cut_off(name: str) -> None:
    wish = replace(CUT[name], seed=SEEDS.get(name, 3))
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


def test_a_leaf_that_a_person_took_out_makes_no_other_one_teach_twice() -> None:
    wish = replace(CUT["leaves in flight"], seed=0)
    whole = run_log(wish)
    pruned = 0
    for cut in range(10, len(whole)):
        tree = fold(whole[:cut])
        for leaf in uncredited(tree) if was_cut_off(tree) and tree.credited else ():
            log = list(whole[:cut])
            run = make_run(wish, log, paused=True)
            run.resume(tuple(log), "test")
            run.prune([leaf])
            once = resume_log(wish, log)
            expected = fold(once).nodes
            for again in range(len(log) + 1, min(len(log) + 8, len(once))):
                assert fold(resume_log(wish, once[:again])).nodes == expected
            pruned += 1
    assert pruned, "some leaf was taken out in the middle of its iteration"
