"""What a task did is taken back, and the search stands where it stood; and is done again, and stands where it went."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.log_columns import LogColumns
from engine.commands import RunPlan
from engine.deeds import is_deed
from engine.editing import EditError
from engine.events import Asked, Expanded, NodeId, Record, Selected, TaskUndone
from engine.nodes import TAKEN_BACK
from engine.tree import Node, Tree, TreeError, apply, fold
from engine.verbs import Verb, make_verb
from tests.helpers.asking import ask, begun, events
from tests.helpers.invariants import check_tree
from tests.helpers.running import go, make_run, plan

STEP = "13 - 9 = 4 (left: 4 4 10)"
KEPT = ("visits", "best", "expanded", "pruned", "open", "refused", "mark")
SUMS = ("value_sum", "square_sum")

MCTS = plan(simulations=60, width=3)
ASKED: dict[str, tuple[RunPlan, str, NodeId, dict[str, Any]]] = {
    "deepen": (MCTS, "deepen", 1, {"simulations": 5}),
    "deepen at the root": (MCTS, "deepen", 0, {"simulations": 4}),
    "deepen, best values": (plan(simulations=60, width=3, backup="max"), "deepen", 2, {"simulations": 6}),
    "deepen, merged": (plan(simulations=60, width=3, transpositions="merge"), "deepen", 1, {"simulations": 6}),
    "deepen chains": (plan("self-consistency", samples=24, batch=4), "deepen", 0, {"simulations": 3}),
    "deepen depth first": (plan("tot-dfs", visits=40), "deepen", 0, {"simulations": 2}),
    "equalise": (MCTS, "equalise", 2, {}),
    "alternatives": (MCTS, "alternatives", 1, {"samples": 6}),
    "only": (MCTS, "only", 2, {}),
    "play out": (MCTS, "play_out", 2, {}),
    "insert": (MCTS, "insert", 0, {"step": STEP, "simulations": 3}),
    "edit": (MCTS, "edit", 1, {"step": STEP}),
    "reroll": (MCTS, "reroll", 1, {"token": 2, "samples": 3}),
}


def state(tree: Tree, count: int) -> list[list[object]]:
    """What a search reads of the first nodes."""
    nodes = [tree.nodes[number] for number in range(count)]
    return [[getattr(node, name) for name in KEPT] for node in nodes]


def sums(tree: Tree, count: int) -> list[float]:
    return [getattr(tree.nodes[number], name) for number in range(count) for name in SUMS]


def children_left(node: Node, tree: Tree) -> list[int]:
    return [child.id for child in tree.children(node.id) if not child.taken_back]


@pytest.mark.parametrize("name", ASKED)
def test_it_is_as_if_it_had_not_been_and_then_as_if_it_had(name: str) -> None:
    wish, verb, node, fields = ASKED[name]
    log: list[Record] = []
    live = begun(wish, log, 4)
    before, count = fold(log), len(live.run.tree.nodes)
    ask(live, verb, node, **fields)
    after, total = fold(log), len(live.run.tree.nodes)
    assert state(after, count) != state(before, count) or total > count
    live.run.undo_task(1, again=False)
    tree = live.run.tree
    assert state(tree, count) == state(before, count)
    assert sums(tree, count) == pytest.approx(sums(before, count))
    assert all(tree.is_out(born) for born in range(count, total))
    for old in range(count):
        assert children_left(tree.nodes[old], tree) == list(before.nodes[old].children)
    check_tree(tree, log)
    live.run.undo_task(1, again=True)
    assert state(tree, total) == state(after, total)
    assert sums(tree, total) == pytest.approx(sums(after, total))
    check_tree(tree, log)
    assert fold(log) == tree


@pytest.mark.parametrize("name", ["deepen", "deepen at the root", "deepen, best values", "insert", "only", "equalise"])
def test_the_next_selection_is_the_one_that_would_have_come(name: str) -> None:
    wish, verb, node, fields = ASKED[name]
    logs: list[list[Record]] = [[], []]
    for log, taken_back in zip(logs, (False, True), strict=True):
        live = begun(wish, log, 4)
        if taken_back:
            ask(live, verb, node, **fields)
            live.run.undo_task(1, again=False)
        start = len(log)
        live.run.pace.step("iteration")
        go(live)
        log[:] = log[start:]
    (plain,), (again,) = ([event for event in events(log) if isinstance(event, Selected)] for log in logs)
    assert again.path == plain.path
    assert [choice.n for choice in again.choices] == [choice.n for choice in plain.choices]
    (grown,), (regrown,) = ([event for event in events(log) if isinstance(event, Expanded)] for log in logs)
    assert [new.step for new in regrown.children] == [new.step for new in grown.children]


@given(data=st.data(), seed=st.integers(0, 20))
@settings(max_examples=15)
def test_any_tasks_are_taken_back_and_done_again_in_any_order(data: st.DataObject, seed: int) -> None:
    log: list[Record] = []
    live = begun(plan(simulations=80, width=3, seed=seed, backup="max"), log, 3)
    count, before = len(live.run.tree.nodes), fold(log)
    asked = 0
    for _ in range(4):
        node = data.draw(st.integers(0, len(live.run.tree.nodes) - 1))
        verb = data.draw(st.sampled_from(["deepen", "alternatives", "only", "play_out", "equalise"]))
        try:
            ask(live, verb, node, **({"simulations": 3} if verb == "deepen" else {}))
        except EditError:
            continue
        asked += 1
        check_tree(live.run.tree, log)
    for number in range(asked, 0, -1):
        live.run.undo_task(number, again=False)
        check_tree(live.run.tree, log)
    assert state(live.run.tree, count) == state(before, count)
    for number in range(1, asked + 1):
        live.run.undo_task(number, again=True)
        check_tree(live.run.tree, log)


def test_what_a_person_did_meanwhile_is_left_alone() -> None:
    log: list[Record] = []
    live = begun(MCTS, log, 4)
    task = live.run.ask(_deepen(), 1, lambda _task: None)
    live.run.pending()
    live.run.prune([2])
    written = live.run.insert(0, STEP)
    go(live)
    assert task.done
    live.run.undo_task(1, again=False)
    assert live.run.tree.nodes[2].pruned == "pruned by a person"
    assert not live.run.tree.nodes[written].pruned


def test_it_is_known_tomorrow_what_a_task_did() -> None:
    log: list[Record] = []
    live = begun(MCTS, log, 4)
    before = fold(log)
    ask(live, "deepen", 1, simulations=3)
    again: list[Record] = list(log)
    run = make_run(MCTS, again, paused=True)
    run.resume(log, "test")
    run.undo_task(1, again=False)
    assert state(run.tree, len(before.nodes)) == state(before, len(before.nodes))
    third = make_run(MCTS, [], paused=True)
    third.resume(again, "test")
    with pytest.raises(EditError, match="taken back already"):
        third.undo_task(1, again=False)
    third.undo_task(1, again=True)
    assert third.tree.root.visits == fold(log).root.visits


def test_refusals() -> None:
    log: list[Record] = []
    live = begun(MCTS, log, 4)
    with pytest.raises(EditError, match="Task 1 has not been done"):
        live.run.undo_task(1, again=False)
    ask(live, "deepen", 1, simulations=3)
    with pytest.raises(EditError, match="Task 1 is in force"):
        live.run.undo_task(1, again=True)
    live.run.ask(_deepen(), 1, lambda _task: None)
    with pytest.raises(EditError, match="Something else is being done"):
        live.run.undo_task(1, again=False)


def test_what_was_grown_again_since_cannot_come_back_beside_it() -> None:
    log: list[Record] = []
    live = begun(MCTS, log, 4)
    leaf = next(
        node.id for node in live.run.tree.nodes.values() if not (node.expanded or node.terminal or node.refused)
    )
    ask(live, "deepen", leaf, simulations=1)
    live.run.undo_task(1, again=False)
    ask(live, "deepen", leaf, simulations=1)
    texts = [child.step for child in live.run.tree.children(leaf)]
    assert texts[: len(texts) // 2] == texts[len(texts) // 2 :]  # the same stream, as if it were the first time
    with pytest.raises(EditError, match=f"Node {leaf} was expanded since"):
        live.run.undo_task(1, again=True)


def test_the_event_says_what_it_does() -> None:
    log: list[Record] = []
    live = begun(MCTS, log, 4)
    ask(live, "deepen", 1, simulations=2)
    live.run.undo_task(1, again=False)
    event, asked = log[-1].event, next(event for event in events(log) if isinstance(event, Asked))
    assert isinstance(event, TaskUndone)
    assert (event.task, event.again) == (asked.task, False)
    assert set(event.reasons) == {TAKEN_BACK}
    assert event.visits[event.nodes.index(0)] == -2


def _deepen() -> Verb:
    return make_verb("deepen", {"simulations": 2})


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (TaskUndone(1, 1, False, (1,), (), (), ()), "different lengths"),
        (TaskUndone(1, 1, False, (), (), (), (), (1,), (1,), (0.5,), (), (None,)), "different lengths"),
        (TaskUndone(1, 1, False, (0,), ("taken back",), (), ()), "names the root"),
        (TaskUndone(1, 1, False, (), (), (99,), ()), "node 99, which does not exist"),
    ],
)
def test_a_forged_one_is_refused(event: TaskUndone, why: str) -> None:
    log: list[Record] = []
    tree = begun(MCTS, log).run.tree
    with pytest.raises(TreeError, match=why):
        apply(event, tree)
    with pytest.raises(TreeError, match=why):
        LogColumns().extend([*log, Record(1, len(log) + 1, 1.0, event)])


def test_a_step_by_hand_without_a_step_is_no_deed() -> None:
    """Only a forged log says so."""
    asked = Asked(1, "reroll", 0, "another step", {"step": "13 - 9 = 4"})
    assert not is_deed(Expanded(1, 0, (), generator="person"), asked)
