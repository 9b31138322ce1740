"""Step-through files of llm-mcts: counted again where the snapshots repeat the last counts, else taken as they are."""

from __future__ import annotations

from typing import Any

import pytest

from engine.events import ROOT, RolledOut, Selected
from engine.tree import Tree, fold
from storage.importers.llm_mcts import LLM_MCTS
from tests.helpers.data_sets import tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.tree_files import found_in, llm_mcts


def counts(tree: Tree) -> list[tuple[int, float]]:
    """Visits and value of every node."""
    return [(node.visits, round(node.value or 0.0, 9)) for node in tree.nodes.values()]


def stored(nodes: list[dict[str, Any]]) -> list[tuple[int, float]]:
    """The same as a snapshot has it."""
    return [(node["visits"], round(node["value"], 9)) for node in nodes]


@pytest.mark.parametrize("is_frozen", [True, False])
def test_rollouts_are_played_again(is_frozen: bool) -> None:
    (run,), odd = found_in(LLM_MCTS, llm_mcts(8, is_frozen))
    assert odd == []
    tree, last = tree_of(run), llm_mcts(8)["7"]["nodes"]
    assert counts(tree) == stored(last)
    assert ["def f():" + "".join(tree.steps(node)) for node in tree.nodes] == [node["state"] for node in last]
    selections = [event for event in run.events if isinstance(event, Selected)]
    assert [len(event.choices) for event in selections] == [len(event.path) - 1 for event in selections]
    assert sum(len(event.choices) for event in selections) > 0
    check_tree(tree, run.records(1, 0.0))


def test_the_largest_reward_has_no_standard_error() -> None:
    (run,), _ = found_in(LLM_MCTS, llm_mcts(6))
    tree = tree_of(run)
    assert tree.root.visits == 6
    assert {node.standard_error for node in tree.nodes.values()} == {None}


def test_a_reward_that_is_not_there_is_no_zero() -> None:
    record = llm_mcts(3)
    for snapshot in record.values():
        del snapshot["reward"]
    record["1"]["nodes"][0].pop("value")
    (run,), _ = found_in(LLM_MCTS, record)
    tree = tree_of(run)
    played = [rollout for node in tree.nodes.values() for rollout in node.rollouts]
    assert played
    assert {rollout.value for rollout in played} == {None}
    assert tree.finished is not None
    assert (tree.finished.chosen, tree.finished.correct) == (None, None)


def test_the_tree_after_some_rollouts_is_the_snapshot() -> None:
    (run,), _ = found_in(LLM_MCTS, llm_mcts(8))
    records = run.records(1, 0.0)
    at = max(number for number, record in enumerate(records) if getattr(record.event, "iteration", 0) == 4)
    then = fold(records[: at + 1])
    assert counts(then) == stored(llm_mcts(4)["3"]["nodes"])


def test_the_best_program_is_the_answer() -> None:
    (run,), _ = found_in(LLM_MCTS, llm_mcts(8))
    tree = tree_of(run)
    assert tree.started is not None
    assert tree.finished is not None
    best = max((event for event in run.events if isinstance(event, RolledOut)), key=lambda event: event.value or 0.0)
    assert tree.finished.chosen == best.node
    assert tree.chosen_steps()[-1:] == best.steps
    assert (tree.finished.correct, tree.started.told["task_id"]) == (False, "Toy/1")


def test_counts_that_do_not_follow_are_differences_of_snapshots() -> None:
    record = llm_mcts(5, is_frozen=False)
    for snapshot in record.values():
        snapshot["nodes"][0]["visits"] += 10
    (run,), odd = found_in(LLM_MCTS, record)
    assert "differences of its snapshots" in odd[0]
    assert "left out" in odd[1]
    tree = tree_of(run)
    assert (tree.root.visits, tree.iterations_done) == (15, 5)
    assert not any(event.choices for event in run.events if isinstance(event, Selected))
    check_tree(tree, run.records(1, 0.0))


def test_a_walk_elsewhere_is_shown_as_far_as_it_goes() -> None:
    record = llm_mcts(4)
    record["3"]["selectedNodes"] = [0, 99]
    record["3"]["nodes"].append({"id": 500, "label": "stray"})
    (run,), odd = found_in(LLM_MCTS, record)
    assert odd[:2] == [
        "line 1: nodes that hang below none, and are left out: 1",
        "line 1: walks that leave the tree, and are shown as far as they lie in it: 1",
    ]
    assert [event.path for event in run.events if isinstance(event, Selected)][-1] == (ROOT,)


def test_a_tree_of_a_thousand_levels_is_read() -> None:
    """One chain, in a file whose JSON is flat."""
    nodes = [{"id": at, "label": "x", "state": "x" * at, "prob": 1.0, "visits": 0, "value": 0} for at in range(1_001)]
    edges = [[at, at + 1] for at in range(1_000)]
    nodes[0]["visits"], nodes[0]["value"] = 1, 0.5
    snapshot = {"selectedNodes": [0], "completion": "y", "reward": 0.5, "nodes": nodes, "edges": edges}
    (run,), odd = found_in(LLM_MCTS, {"0": snapshot})
    assert odd == []
    assert max(node.depth for node in tree_of(run).nodes.values()) == 1_000
    nodes.append({"id": 1_001, "state": "x" * 1_001})
    edges.append([1_000, 1_001])
    runs, odd = found_in(LLM_MCTS, {"0": snapshot})
    assert (runs, odd[-1]) == ([], "line 1: it is more than 1,000 steps deep, and so many can be shown")
