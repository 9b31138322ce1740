"""What a person does to a run under way: prune, restore, insert a step; what is refused, and what it leaves behind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import editing
from engine.editing import EditError
from engine.events import ROOT, AnyEvent, Expanded, NewNode, Pruned, Record, Restored, Selected
from engine.problems.countdown import children
from engine.problems.game24 import Game24
from engine.problems.words import WordProblem
from engine.runner import Live, Runner
from engine.search import SEARCHES
from engine.tree import Tree, apply, fold
from tests.helpers.invariants import check_tree
from tests.helpers.running import VERIFIERS, go, make_run, plan, scripted_verifiers
from tests.helpers.scripted import ScriptedPolicy, state_after, step_text
from tests.storage.samples import started

STEP = "13 - 9 = 4 (left: 4 4 10)"


def begun(log: list[Record], turns: int = 8, search: str = "mcts", paused: bool = False, **wish: Any) -> Live:
    """A run after some moves; with `paused` it is then in pause, and the next move is looked ahead."""
    asked = plan(search, **wish)
    live = Live(make_run(asked, log), ScriptedPolicy(), tuple(scripted_verifiers(asked.verifiers)))
    live.run.start("scripted", asked.verifiers)
    runner = Runner(lambda: 0.0)
    for _ in range(turns):
        runner.turn([live])
    if paused:
        live.run.pace.pause()
    live.run.pending()
    return live


def test_a_pruned_node_is_left_alone_until_it_is_restored() -> None:
    log: list[Record] = []
    live = begun(log, simulations=40, paused=True)
    run, first = live.run, live.run.tree.root.children[0]
    run.prune([first])
    assert log[-1].event == Pruned(2, (first,), (editing.WHY,), "person")
    run.pace.go_on()
    before = len(log)
    go(live)
    assert all(first not in record.event.path for record in log[before:] if isinstance(record.event, Selected))
    run.resume(log, "again")
    run.pace.pause()
    run.restore([first])
    last: AnyEvent = log[-1].event
    assert last == Restored(40, (first,), "person")
    assert fold(log) == run.tree


def test_a_move_that_was_only_looked_ahead_is_thought_over_again() -> None:
    log: list[Record] = []
    run = begun(log, simulations=40, paused=True).run
    ahead = run._move
    assert run.phase == "selection"
    chosen = ahead.walked.path[1]  # type: ignore[union-attr]
    run.prune([chosen])
    run.pace.go_on()
    after = run.pending()
    assert after.walked.path[1] != chosen  # type: ignore[union-attr]


def test_an_iteration_that_has_begun_is_finished_as_it_was_begun() -> None:
    log: list[Record] = []
    live = begun(log, turns=5, simulations=40)
    run = live.run
    assert isinstance(log[-1].event, Selected)
    run.prune([log[-1].event.path[1]])
    Runner(lambda: 0.0).turn([live])
    assert isinstance(log[-1].event, Expanded)
    go(live)
    assert run.tree.root.visits == run.tree.iterations_done == 40
    check_tree(run.tree, log)


def test_an_inserted_step_is_what_the_policy_would_have_written() -> None:
    log: list[Record] = []
    live = begun(log, simulations=30, width=4, paused=True)
    run = live.run
    priors = [node.prior for node in run.tree.children(ROOT)]
    node = run.tree.nodes[run.insert(ROOT, f"  {STEP}\n")]
    assert (node.step, node.terminal, node.samples, node.expanded) == (f"{STEP}\n", False, 0, False)
    assert node.prior == pytest.approx(1 / (len(priors) + 1))
    assert [other.prior for other in run.tree.children(ROOT)[:-1]] == priors
    run.pace.go_on()
    go(live)
    assert node.visits > 0
    assert fold(log) == run.tree


def test_below_a_leaf_the_policy_is_still_asked() -> None:
    log: list[Record] = []
    live = begun(log, turns=0, simulations=10, paused=True)
    born = live.run.insert(ROOT, STEP)
    live.run.pace.go_on()
    go(live)
    assert live.run.tree.root.expanded
    assert len(live.run.tree.root.children) > 1
    assert live.run.tree.root.children[0] == born
    check_tree(live.run.tree, log)


def test_an_inserted_answer_ends_its_trace() -> None:
    log: list[Record] = []
    run = begun(log, paused=True).run
    parent = ROOT
    for step in (STEP, "10 - 4 = 6 (left: 4 6", "4 * 6 = 24 (left: 24)", "Answer: (13 - 9) * (10 - 4) = 24\n"):
        parent = run.insert(parent, step)
    node = run.tree.nodes[parent]
    assert node.terminal
    assert node.step.endswith("= 24")
    assert node in run.tree.answers()
    assert run.problem.check_answer("".join(run.tree.steps(parent))).correct


def test_an_inserted_transposition_knows_its_twin_and_wastes_nothing() -> None:
    log: list[Record] = []
    run = begun(log, turns=0, paused=True).run
    first = run.insert(run.insert(ROOT, "13 - 9 = 4 (left: 4 4 10)"), "10 - 4 = 6 (left: 4 6)")
    other = run.insert(run.insert(ROOT, "10 - 4 = 6 (left: 6 9 13)"), "13 - 9 = 4 (left: 4 6)")
    assert run.tree.nodes[other].twin == first
    assert run.tree.duplicates == 0


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda run: run.prune([ROOT]), "The root cannot be pruned"),
        (lambda run: run.prune([]), "No node was named"),
        (lambda run: run.prune([999]), "There is no node 999"),
        (lambda run: run.prune([-1]), "There is no node -1"),
        (lambda run: (run.prune([1]), run.prune([1])), "Node 1 is pruned already"),
        (lambda run: run.restore([1]), "Node 1 is not pruned."),
        (lambda run: (run.prune([1]), run.restore([run.insert(2, STEP), 1])), "is not pruned"),
        (lambda run: run.insert(999, STEP), "There is no node 999"),
        (lambda run: run.insert(ROOT, "  \n "), "The step is empty"),
        (lambda run: run.insert(ROOT, "a\nb"), "A step is one line"),
        (lambda run: run.insert(ROOT, "x" * 3000), "has 3,000 characters"),
        (lambda run: run.insert(ROOT, "a\x1b[2Jb"), "cannot be printed"),
        (lambda run: (run.prune([1]), run.insert(1, STEP)), "Node 1 is out of the search: restore it first"),
        (lambda run: run.insert(run.insert(ROOT, "Answer: 4 = 4"), STEP), "is an answer: no step can follow"),
        (lambda run: (run.insert(ROOT, STEP), run.insert(ROOT, STEP)), "has this step already"),
    ],
)
def test_what_cannot_be_is_refused_in_words(edit: object, says: str) -> None:
    run = begun([], paused=True).run
    with pytest.raises(EditError, match=says):
        edit(run)  # type: ignore[operator]


def test_below_what_a_person_pruned_nothing_is_restored_by_itself() -> None:
    run = begun([], paused=True).run
    child = run.insert(1, "1 + 1 = 2 (left: 2)")
    run.prune([1])
    with pytest.raises(EditError, match="node 1 above it is"):
        run.restore([child])


def test_a_run_that_has_ended_is_gone_on_with_first() -> None:
    log: list[Record] = []
    live = begun(log, turns=0, simulations=3)
    go(live)
    with pytest.raises(EditError, match="has ended: go on with it"):
        live.run.prune([1])
    again = make_run(live.run.plan, log, paused=True)
    again.resume(log, "to be changed")
    assert again.pending() is None
    assert not again.finished  # though every simulation is done: a pause is for thinking
    again.prune([1])
    again.pace.go_on()
    again.pending()
    assert again.finished


def test_a_pause_survives_the_pruning_of_everything() -> None:
    log: list[Record] = []
    live = begun(log, simulations=30, paused=True)
    run = live.run
    children = tuple(run.tree.root.children)
    run.prune(children)
    assert run.pending() is None
    assert not run.finished
    run.restore(children)
    assert run.pending() is None  # in pause
    assert run.phase == "selection"
    run.pace.go_on()
    go(live)
    assert run.tree.iterations_done == 30


@pytest.mark.parametrize(
    ("step", "hidden", "whole"),
    [
        ("Tom has 5 * 7 = 35 pens", False, "Tom has 5 * 7 = 35 pens.\n"),
        ("Tom has 5 * 7 = 35 pens.", False, "Tom has 5 * 7 = 35 pens.\n"),
        ("Answer: 23\n", False, "Answer: 23"),
        ("Try 5 * 7", True, "Try 5 * 7\n"),
    ],
)
def test_the_end_of_a_step_is_added(step: str, hidden: bool, whole: str) -> None:
    tree = Tree()
    apply(started(), tree)
    event = editing.inserted(tree, WordProblem("How many pens are 5 * 7?"), hidden, {}, ROOT, step)
    (child,) = event.children
    assert (child.step, child.hidden) == (whole, hidden)


def test_a_trace_that_is_too_long_takes_no_step() -> None:
    tree = Tree()
    apply(started(), tree)
    for number in range(Game24.max_steps - 1):
        apply(Expanded(1, number, (NewNode(number + 1, f"{number}\n", 1.0),)), tree)
    with pytest.raises(EditError, match="no answer after"):
        editing.inserted(tree, Game24((4, 9, 10, 13)), False, {}, Game24.max_steps - 1, "one more")


@pytest.mark.parametrize("search", SEARCHES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_edits_anywhere_leave_a_valid_run(search: str, data: st.DataObject) -> None:
    """Whatever a person does between two moves, the run goes on, ends by itself, and can be read back."""
    log: list[Record] = []
    live = begun(log, turns=0, search=search, verifiers=VERIFIERS)
    run, runner = live.run, Runner(lambda: 0.0)
    for _ in range(data.draw(st.integers(1, 12))):
        for _ in range(data.draw(st.integers(0, 6))):
            runner.turn([live])
        if run.finished:
            run.resume(log, "to be changed")
        _edit_at_random(live, data)
        assert fold(log) == run.tree
    for _ in range(2_000):
        if not runner.turn([live]):
            break
    assert run.finished
    check_tree(run.tree, log)


def _edit_at_random(live: Live, data: st.DataObject) -> None:
    tree = live.run.tree
    node = data.draw(st.integers(0, len(tree.nodes) - 1))
    kind = data.draw(st.sampled_from(["prune", "restore", "insert", "answer"]))
    try:
        if kind == "prune":
            live.run.prune([node])
        elif kind == "restore":
            pruned = [entry.id for entry in tree.nodes.values() if entry.pruned]
            live.run.restore(pruned)
        elif kind == "answer":
            live.run.insert(node, "Answer: (13 - 9) * (10 - 4) = 24")
        else:
            live.run.insert(node, _legal_step(live, node))
    except EditError:
        pass  # refused in words, and nothing has changed


def _legal_step(live: Live, node: int) -> str:

    problem = live.run.problem
    assert isinstance(problem, Game24)
    try:
        moves = children(state_after(problem, live.run.tree.steps(node)))
    except StopIteration:
        return STEP
    return step_text(moves[-1]) if moves else STEP
