"""Trees of mctx: played again simulation by simulation, with the arithmetic of every selection."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.events import Credited, Selected
from engine.importing import Kept
from engine.tree import Tree, fold
from storage.importers.mctx import MCTX
from tests.helpers.data_sets import read, tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.shared_data import shared_data
from tests.helpers.tree_files import DISCOUNT, found_in, mctx


def stored_nodes(root: dict[str, Any]) -> list[dict[str, Any]]:
    """Level by level."""
    found = [root]
    for node in found:
        found += node["child_stats"]
    return found


def matched(tree: Tree, root: dict[str, Any]) -> list[tuple[Any, dict[str, Any]]]:
    """The nodes of the tree beside those of the file."""
    pairs = [(tree.root, root)]
    for node, stored in pairs:
        pairs += zip(tree.children(node.id), stored["child_stats"], strict=True)
    return pairs


def check_counts(tree: Tree, root: dict[str, Any]) -> None:
    pairs = matched(tree, root)
    assert len(pairs) == len(tree.nodes)
    for node, stored in pairs:
        assert node.visits == stored.get("visit", 0)
        assert node.prior == stored["prior"]
        if node.visits:
            assert node.value == pytest.approx(stored["value_view"], abs=1e-6)


def test_the_golden_tree_is_played_again() -> None:
    raw = shared_data("mctx", "muzero_qtransform_tree.json").read_bytes()
    (run,) = read(raw)
    assert isinstance(run, Kept)
    tree, root = tree_of(run), json.loads(raw)["tree"]
    assert (len(tree.nodes), sum(node.visits > 0 for node in tree.nodes.values())) == (919, 51)
    assert max(node.depth for node in tree.nodes.values()) == 20
    check_counts(tree, root)
    selections = [event for event in run.events if isinstance(event, Selected)]
    assert len(selections) == tree.iterations_done == 50
    for number, selected in enumerate(selections, 1):
        assert selected.iteration == number
        assert [choice.parent for choice in selected.choices] == list(selected.path[:-1])
        for choice in selected.choices:
            sums = [(q or 0.0) + (u or 0.0) for q, u in zip(choice.q, choice.u, strict=True)]
            assert choice.children[sums.index(max(sums))] == choice.chosen
    check_tree(tree, run.records(1, 0.0))


def test_a_tree_at_any_time_is_that_of_so_many_simulations() -> None:
    """After five of twelve simulations the tree is the one of a search with five."""
    (run,), odd = found_in(MCTX, mctx(12))
    assert odd == []
    records = run.records(1, 0.0)
    at = max(number for number, record in enumerate(records) if getattr(record.event, "iteration", 0) == 5)
    check_counts(fold(records[: at + 1]), mctx(5)["tree"])
    check_counts(fold(records), mctx(12)["tree"])


def test_a_value_on_its_way_up_is_discounted_and_takes_the_rewards() -> None:
    (run,), _ = found_in(MCTX, mctx(12))
    tree = tree_of(run)
    rewards = {node: stored.get("reward", 0.0) for node, (_, stored) in
               enumerate(sorted(matched(tree, mctx(12)["tree"]), key=lambda pair: pair[0].id))}  # fmt: skip
    deep = next(event for event in run.events if isinstance(event, Credited) and len(event.nodes) > 2)
    for (_, value), (below, under) in zip(
        zip(deep.nodes, deep.values, strict=True), zip(deep.nodes[1:], deep.values[1:], strict=True), strict=False
    ):
        assert value == pytest.approx(rewards[below] + DISCOUNT * under)
    visited = [node for node in tree.nodes.values() if node.visits and node.id]
    assert all(
        node.step.startswith("action ") and node.step.endswith(f", reward {rewards[node.id]:g}\n") for node in visited
    )
    assert any(rewards[node.id] for node in visited)


def test_what_the_file_does_not_say_is_no_zero() -> None:
    record = mctx(6)
    record["tree"].pop("raw_value_view")
    child = next(child for child in record["tree"]["child_stats"] if "visit" in child)
    child.pop("value_view")
    child.pop("reward")
    (run,), odd = found_in(MCTX, record)
    tree = tree_of(run)
    unvalued = next(node for node in tree.children(0) if not node.visits and node.scores)
    assert unvalued.step == f"action {child['action']}\n"
    assert (tree.root.scores, tree.root.visits) == ((), 7)
    assert odd[-1].endswith("nodes whose visits are left out, since they have no value: 1")


def test_priors_are_the_file_s_own_or_said_to_be_ours() -> None:
    bare = mctx(3)
    for child in bare["tree"]["child_stats"]:
        del child["prior"]
    runs, _ = found_in(MCTX, mctx(3), bare)
    said = [tree.started.told.get("prior") for run in runs if (tree := tree_of(run)).started is not None]
    assert said == [None, "equal shares where the file has none"]


def test_values_of_single_simulations_have_an_error() -> None:
    (run,), _ = found_in(MCTX, mctx(6))
    assert tree_of(run).root.standard_error is not None


@pytest.mark.parametrize("qtransform", ["qtransform_completed_by_mix_value", ""])
def test_a_formula_that_nobody_knows_leaves_the_arithmetic_out(qtransform: str) -> None:
    (run,), (line,) = found_in(MCTX, mctx(12, qtransform=qtransform))
    assert line.startswith("line 1: its selections are not computed again, and have no arithmetic: muzero, ")
    assert not any(event.choices for event in run.events if isinstance(event, Selected))
    check_counts(tree_of(run), mctx(12)["tree"])


def test_selections_that_do_not_follow_leave_the_arithmetic_out() -> None:
    record = mctx(12)
    record["algorithm_config"]["pb_c_init"] = 40.0
    (run,), (line,) = found_in(MCTX, record)
    assert " of its 12 selections follow from PUCT" in line
    assert not any(event.choices for event in run.events if isinstance(event, Selected))
    assert tree_of(run).iterations_done == 12


@pytest.mark.parametrize("damage", ["order", "value", "visit"])
def test_counts_that_do_not_follow_are_shown_as_they_are(damage: str) -> None:
    record = mctx(12)
    for node in stored_nodes(record["tree"])[1:]:
        if "visit" in node and damage == "order":
            del node["evaluation_index"]
        elif "visit" in node and damage == "value":
            node["value_view"] += 1.0
        elif "visit" in node:
            node["visit"] += 3
    (run,), odd = found_in(MCTX, record)
    assert odd == ["line 1: its counts do not follow from the order of its nodes: only the last ones are shown"]
    tree = tree_of(run)
    assert tree.iterations_done == 1
    check_counts(tree, record["tree"])
    check_tree(tree, run.records(1, 0.0))
