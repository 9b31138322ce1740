"""The tree is a fold of the log, whatever the strategy and wherever the log is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import (
    ROOT,
    AnyEvent,
    Backpropagated,
    Credited,
    Expanded,
    NewNode,
    Pruned,
    Record,
    Restored,
    RunResumed,
    Score,
    Scored,
    VirtualLossChanged,
)
from engine.tree import Node, Tree, TreeError, apply, fold
from tests.helpers.invariants import check_tree, open_below
from tests.helpers.rich_log import rich_log
from tests.helpers.running import make_run, plan, run_log
from tests.storage.samples import arbitrary_logs, started

LOGS = {
    "rich": tuple(rich_log(8, everything=True)),
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


@given(log=arbitrary_logs(), data=st.data())
def test_any_log_folds_to_the_same_tree_wherever_it_is_cut(log: list[Record], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(log)))
    assert fold(log[cut:], fold(log[:cut])) == fold(log)


def test_the_engines_tree_is_the_fold_of_its_log() -> None:
    log: list[Record] = []
    run = make_run(plan(simulations=5), log)
    run.start("p", ["v"])
    assert fold(log) == run.tree


@pytest.mark.parametrize("name", ["puct", "uct", "rich"])
def test_visits_and_values_add_up(name: str) -> None:
    """After every event, N and W are what was credited at or below; root N = iterations; Q within the rewards."""
    log = LOGS[name]
    for end in range(1, len(log) + 1):
        check_tree(fold(log[:end]), log[:end])
    tree = fold(log)
    read = sum(one.event.visits[0] for one in log if isinstance(one.event, Credited))
    assert tree.root.visits - read == tree.iterations_done > 0
    assert all(0.0 <= node.value <= 1.0 for node in tree.nodes.values() if node.value is not None)


def test_missing_is_not_zero() -> None:
    tree = fold(LOGS["puct"][:2])
    assert tree.root.value is None
    assert tree.root.standard_error is None
    assert tree.root.score("prm") is None


def test_an_error_of_q_where_single_values_are_known_alone() -> None:
    log = LOGS["puct"][:2]

    def with_credits(*credits: Credited) -> Node:
        return fold([*log, *(Record(1, seq, 0.0, credit) for seq, credit in enumerate(credits, len(log) + 1))]).root

    known = (Credited(1, (0,), (1,), (1.0,), single=True), Credited(1, (0,), (1,), (0.0,), single=True))
    assert with_credits(*known).standard_error == pytest.approx(0.5)
    assert with_credits(*known).best == 1.0
    for unknown in (Credited(1, (0,), (2,), (1.0,)), Credited(1, (0,), (2,), (1.0,), single=True)):
        node = with_credits(*known, unknown)
        assert (node.visits, node.value, node.standard_error, node.best) == (4, 0.5, None, 1.0)
    assert with_credits(Credited(1, (0,), (1,), (0.5,)), Credited(1, (0,), (1,), (1.5,))).standard_error is None


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
    with pytest.raises(TreeError, match="names the root"):
        apply(Pruned(1, (0,), ("why",)), tree)
    for twin in (1, 7, -1):
        with pytest.raises(TreeError, match="a twin is a node before it"):
            apply(Expanded(1, 0, (NewNode(1, "x", 1.0, twin=twin),)), fold(LOGS["puct"][:1]))


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
            assert node.open == open_below(tree, node)


@st.composite
def _growing_events(draw: st.DrawFn) -> list[AnyEvent]:
    """What changes how much is open: growth by policy and person, scores, credits, nested prunings, flights."""
    events: list[AnyEvent] = [started()]
    growing, size = [ROOT], 1
    for number in range(draw(st.integers(1, 30))):
        old = draw(st.integers(0, size - 1))
        kind = draw(st.sampled_from(["grow", "insert", "rule", "prm", "credit", "prune", "restore", "loss", "resume"]))
        if kind in ("grow", "insert"):
            count = draw(st.integers(0, 3))
            flags = [draw(st.sampled_from(["", "terminal", "broken"])) for _ in range(count)]
            children = tuple(
                NewNode(size + i, f"{size + i}", 0.5, terminal=bool(flag), broken="cut" if flag == "broken" else "")
                for i, flag in enumerate(flags)
            )
            parent = draw(st.sampled_from(growing))
            events.append(Expanded(number, parent, children, generator="person" if kind == "insert" else "sample"))
            growing += [child.node for child in children if not child.terminal]
            size += count
        elif kind in ("rule", "prm"):
            events.append(Scored(number, (Score(old, draw(st.sampled_from([0.0, 1.0])), kind, "v"),)))  # type: ignore[arg-type]
        elif kind == "credit":
            events.append(Backpropagated(number, old, draw(st.floats(0, 1)), "prm"))
        elif kind == "prune" and old != ROOT:
            events.append(Pruned(number, (old,), ("weak",), draw(st.sampled_from(["search", "person"]))))
        elif kind == "restore":
            events.append(Restored(number, (old,)))
        elif kind == "loss":
            events.append(VirtualLossChanged(number, old, draw(st.sampled_from([1, -1]))))
        elif kind == "resume":
            events.append(RunResumed())
    return events


@given(events=_growing_events())
def test_no_order_of_events_breaks_the_numbers(events: list[AnyEvent]) -> None:
    """Pruned inside pruned, restored from the inside or the outside, grown in the meantime: the counts hold."""
    log = [Record(1, seq, 0.0, event) for seq, event in enumerate(events, 1)]
    tree = Tree()
    for record in log:
        apply(record.event, tree)
        for node in tree.nodes.values():
            assert node.open == open_below(tree, node) >= 0
    check_tree(tree, log)
