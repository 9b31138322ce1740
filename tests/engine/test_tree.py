"""The tree is a fold of the log, whatever the strategy and wherever the log is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import ROOT, Backpropagated, Expanded, NewNode, Record, RunResumed
from engine.tree import Node, Tree, TreeError, apply, fold
from tests.helpers.running import make_run, plan, run_log

LOGS = {
    "puct": run_log(plan(simulations=12, width=4)),
    "uct": run_log(plan(simulations=12, width=3, formula="uct", value="rollout")),
    "cot": run_log(plan("cot", samples=3, temperature=1.0)),
}


@pytest.mark.parametrize("name", LOGS)
@given(data=st.data())
def test_a_fold_can_be_cut_anywhere(name: str, data: st.DataObject) -> None:
    log = LOGS[name]
    cut = data.draw(st.integers(0, len(log)))
    assert fold(log[cut:], fold(log[:cut])) == fold(log)


def test_the_engines_tree_is_the_fold_of_its_log() -> None:
    log: list[Record] = []
    run = make_run(plan(simulations=5), log)
    run.start("p", ["v"])
    assert fold(log) == run.tree


@pytest.mark.parametrize("name", ["puct", "uct"])
def test_visits_and_values_add_up(name: str) -> None:
    """N = sum of the children's N + own evaluations; W likewise; root N = iterations; Q within the rewards."""
    log = LOGS[name]
    tree = fold(log)
    own: dict[int, list[float]] = {}
    for record in log:
        if isinstance(record.event, Backpropagated):
            own.setdefault(record.event.leaf, []).append(record.event.value)
    assert tree.root.visits == tree.iterations_done > 0
    for node in tree.nodes.values():
        below = tree.children(node.id)
        assert node.visits == sum(child.visits for child in below) + len(own.get(node.id, []))
        assert node.value_sum == pytest.approx(sum(child.value_sum for child in below) + sum(own.get(node.id, [])))
        if node.value is not None:
            assert 0.0 <= node.value <= 1.0


def test_missing_is_not_zero() -> None:
    tree = fold(LOGS["puct"][:2])
    assert tree.root.value is None
    assert tree.root.standard_error is None
    assert tree.root.score("prm") is None


def test_priors_of_siblings_sum_to_one() -> None:
    tree = fold(LOGS["puct"])
    for node in tree.nodes.values():
        if node.children:
            assert sum(child.prior for child in tree.children(node.id)) == pytest.approx(1.0)


def test_steps_join_to_the_completion() -> None:
    tree = fold(LOGS["cot"])
    for answer in tree.answers():
        assert "".join(tree.steps(answer.id)).endswith(answer.step)
        assert tree.path(answer.id)[0].id == ROOT


def test_events_that_do_not_fit_are_refused_in_words() -> None:
    with pytest.raises(TreeError, match="before RunStarted"):
        apply(RunResumed(), Tree())
    tree = fold(LOGS["puct"][:1])
    with pytest.raises(TreeError, match="node 7, which does not exist"):
        apply(Backpropagated(1, 7, 0.5, "prm"), tree)
    with pytest.raises(TreeError, match="node number 5 where 1 is next"):
        apply(Expanded(1, 0, (NewNode(5, "x", 1.0),)), tree)
    with pytest.raises(TreeError, match="twice"):
        apply(LOGS["puct"][0].event, tree)


def test_gold_marks_a_tree_for_ever() -> None:
    tree = fold(LOGS["puct"])
    assert not tree.gold
    apply(Backpropagated(99, 1, 1.0, "gold"), tree)
    apply(Backpropagated(99, 1, 1.0, "prm"), tree)
    assert tree.gold


@pytest.mark.parametrize("name", LOGS)
def test_open_counts_what_can_still_teach_something(name: str) -> None:
    """The number kept by the fold is the one that a walk over the whole tree finds, after every event."""
    tree = Tree()
    for record in LOGS[name]:
        apply(record.event, tree)
        for node in tree.nodes.values():
            assert node.open == _open_below(tree, node)


def _open_below(tree: Tree, node: Node) -> int:
    if node.expanded:
        return sum(_open_below(tree, child) for child in tree.children(node.id))
    if node.refused or (node.terminal and (node.scores or node.visits)):
        return 0
    return 1
