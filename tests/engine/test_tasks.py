"""The queue of a run: tasks between iterations, in a pause, stepped, cancelled, lost; and breakpoints that pause it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.breakpoints import AnswerFound, DepthPassed, IterationReached, TextMatched
from engine.editing import EditError
from engine.events import ROOT, Asked, AskEnded, IterationFinished, NodeId, Record, RunFinished, RunResumed, Selected
from engine.problems.countdown import children
from engine.problems.game24 import Game24
from engine.runner import Live
from engine.search import SEARCHES
from engine.tasks import LOST, Task
from engine.tree import fold
from engine.verbs import VERBS, make_verb
from tests.helpers.asking import ask, begun, events, turns
from tests.helpers.invariants import check_tree
from tests.helpers.running import VERIFIERS, go, make_run, plan, scripted_verifiers
from tests.helpers.scripted import ScriptedPolicy, answer_text, state_after, step_text

STEP = "13 - 9 = 4 (left: 4 4 10)"


def wish(live: Live, node: int = 1, verb: str = "deepen", **fields: object) -> tuple[Task, list[Task]]:
    ended: list[Task] = []
    return live.run.ask(make_verb(verb, fields), node, ended.append), ended


def test_a_run_in_pause_performs_it_and_is_in_pause_again() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    done = live.run.tree.iterations_done
    ask(live, "deepen", 1, simulations=2)
    assert live.run.state == "paused"
    assert live.run.tree.iterations_done == done + 2
    assert live.run.phase == "selection"  # its own next move is looked ahead again


def test_a_run_under_way_goes_on_afterwards_and_tasks_come_in_order() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=12, width=3), log)
    live.run.pace.go_on()
    wish(live, 1, simulations=2)
    wish(live, 2, simulations=1)
    go(live)
    assert live.run.finished
    story = [event for event in events(log) if isinstance(event, Asked | AskEnded)]
    assert [event.task for event in story] == [1, 1, 2, 2]
    assert live.run.tree.root.visits == 12  # what was asked for counts as well


def test_an_iteration_that_has_begun_is_ended_first() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    live.run.pace.step("phase")
    turns(live, 1)
    assert isinstance(log[-1].event, Selected)
    wish(live, simulations=1)
    go(live)
    kinds = [type(event).__name__ for event in events(log)]
    assert kinds.index("Asked") > len(kinds) - 9
    assert isinstance(log[[kind == "Asked" for kind in kinds].index(True) - 1].event, IterationFinished)
    check_tree(live.run.tree, log)


def test_a_task_is_paused_and_stepped_like_anything_else() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    task, ended = wish(live, simulations=3)
    turns(live, 1)
    live.run.pace.pause()
    before = len(log)
    turns(live, 3)
    assert (len(log), live.run.state) == (before, "paused")
    live.run.pace.step("phase")
    turns(live, 2)
    assert len(log) == before + 1
    live.run.pace.step("iteration")
    turns(live, 9)
    assert task.done == 1
    assert not ended
    live.run.pace.serve()
    go(live)
    assert ended == [task]
    assert live.run.state == "paused"


def test_a_task_that_is_done_has_ended_though_the_run_stands_still() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    task, ended = wish(live, simulations=1)
    live.run.pace.pause()
    live.run.pace.step("iteration")
    go(live)
    assert live.run.state == "paused"
    assert ended == [task]
    assert log[-1].event == AskEnded(1)
    again = Live(make_run(live.run.plan, log), live.policy, live.verifiers)
    again.run.resume(log, "after a crash")
    assert isinstance(log[-1].event, RunResumed)  # nothing was lost


def test_a_task_that_waits_can_be_cancelled_and_leaves_no_trace() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    before = len(log)
    task, ended = wish(live)
    live.run.cancel_task(task.number)
    assert ended == [task]
    assert len(log) == before
    assert live.run.state == "paused"
    with pytest.raises(EditError, match="There is no task 1: it has ended already"):
        live.run.cancel_task(task.number)


@pytest.mark.parametrize("moves", range(1, 9))
def test_a_task_can_be_cancelled_after_any_move(moves: int) -> None:
    log: list[Record] = []
    live = begun(plan(simulations=20, width=3, in_flight=3), log)
    task, ended = wish(live, simulations=5)
    turns(live, moves)
    live.run.cancel_task(task.number)
    assert ended == [task]
    last = log[-1].event
    assert isinstance(last, AskEnded)
    assert last.why == f"Cancelled after {task.done} of 5."
    check_tree(live.run.tree, log)
    live.run.pace.go_on()
    go(live)
    assert live.run.finished
    check_tree(live.run.tree, log)


def test_what_has_become_impossible_is_refused_when_its_turn_comes() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    wish(live, 1, simulations=1)
    task, ended = wish(live, 2)
    live.run.prune([2])
    go(live)
    assert ended == [task]
    assert task.refused == "Node 2 is out of the search: restore it first."
    assert [event.task for event in events(log) if isinstance(event, Asked)] == [1]


def test_what_becomes_impossible_in_the_middle_ends_with_a_sentence() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    task, ended = wish(live, 1, "insert", step="1 + 1 = 2 (left: 2)")
    live.run.pending()
    assert live.run.phase == "expansion"  # its insertion is looked ahead
    live.run.prune([1])
    go(live)
    assert ended == [task]
    assert task.why == "Node 1 is out of the search: restore it first."
    assert live.run.state == "paused"
    check_tree(live.run.tree, log)


def test_the_end_of_the_run_ends_every_task() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    first, ended = wish(live, simulations=5)
    second, also = wish(live, 2)
    turns(live, 2)
    live.run.finish("stopped", "Stopped by the user.")
    assert (ended, also) == ([first], [second])
    assert isinstance(log[-1].event, RunFinished)
    assert log[-2].event == AskEnded(1, "The run ended.")
    with pytest.raises(EditError, match="The run has ended"):
        wish(live)


@pytest.mark.parametrize("moves", range(1, 8))
def test_a_task_in_the_middle_of_which_the_engine_died_is_gone_and_said_so(moves: int) -> None:
    log: list[Record] = []
    live = begun(plan(simulations=10, width=3), log)
    wish(live, simulations=5)
    turns(live, moves)
    cut = len(log)
    again = Live(make_run(live.run.plan, log), ScriptedPolicy(), tuple(scripted_verifiers(("prm",))))
    again.run.resume(log, "after a crash")
    after = events(log, cut)
    assert isinstance(after[0], RunResumed)
    assert after[-1] == AskEnded(1, LOST)
    go(again)
    assert again.run.finished
    check_tree(again.run.tree, log)
    assert wish_number(again, log) == 2  # numbers are not given twice


def wish_number(live: Live, log: list[Record]) -> int:
    live.run.resume(log, "once more")
    return wish(live)[0].number


def test_an_answer_that_a_task_has_proven_ends_the_run() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=40, width=3, verifiers=("rule", "prm")), log)
    answer = "Answer: (13 - 9) * (10 - 4) = 24"
    ask(live, "insert", ROOT, step=answer)
    ask(live, "deepen", 1, simulations=2)
    live.run.pace.go_on()
    go(live)
    assert live.run.tree.finished is not None
    assert live.run.tree.finished.answer == "(13 - 9) * (10 - 4)"
    assert "proven" in live.run.tree.finished.why


def test_a_breakpoint_pauses_before_the_next_move_and_says_why() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=30, width=3), log)
    live.run.pace.breakpoints = (IterationReached(5),)
    live.run.pace.go_on()
    go(live)
    assert log[-1].event == IterationFinished(5)
    assert live.run.state == "paused"
    assert live.run.pace.hit is not None
    assert live.run.pace.hit.words == "Iteration 5 is done."
    live.run.pace.breakpoints = (DepthPassed(1),)
    live.run.pace.go_on()
    go(live)
    node = live.run.pace.hit.node
    assert node is not None
    assert live.run.tree.nodes[node].depth >= 2


def test_a_breakpoint_at_the_very_end_holds_the_run_open() -> None:
    live = begun(plan(simulations=4, width=3), [])
    live.run.pace.breakpoints = (IterationReached(4),)
    live.run.pace.go_on()
    go(live)
    assert live.run.state == "paused"
    live.run.pace.go_on()
    go(live)
    assert live.run.finished


def test_a_breakpoint_stops_a_task_too() -> None:
    live = begun(plan(simulations=30, width=3), [])
    live.run.pace.breakpoints = (AnswerFound(),)
    task, ended = wish(live, 1, "play_out")
    go(live)
    assert not ended
    assert live.run.pace.hit is not None
    live.run.pace.go_on()
    live.run.pace.breakpoints = ()
    go(live)
    assert ended == [task]


def test_what_a_person_writes_hits_no_breakpoint() -> None:
    live = begun(plan(simulations=30, width=3), [])
    live.run.pace.breakpoints = (TextMatched("left: 4 4 10"),)
    live.run.insert(ROOT, STEP)
    assert live.run.pace.hit is None


@pytest.mark.parametrize("search", SEARCHES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_any_mix_of_wishes_leaves_a_valid_run(search: str, data: st.DataObject) -> None:
    """Verbs, prunes, insertions, cancels, pauses and deaths of the engine in any order: the tree stays consistent."""
    log: list[Record] = []
    live = begun(plan(search, verifiers=VERIFIERS, seed=data.draw(st.integers(0, 9))), log, 0)
    for _ in range(data.draw(st.integers(1, 8))):
        turns(live, data.draw(st.integers(0, 6)))
        if live.run.finished or data.draw(st.integers(0, 9)) == 0:
            live = Live(make_run(live.run.plan, log), live.policy, live.verifiers)
            live.run.resume(log, "again")
        _do_something(live, data)
        assert fold(log) == live.run.tree
    live.run.pace.go_on()
    for _ in range(3_000):
        live.run.pace.go_on()
        turns(live, 1)
        if live.run.finished:
            break
    assert live.run.finished
    check_tree(live.run.tree, log)


def _do_something(live: Live, data: st.DataObject) -> None:
    run, tree = live.run, live.run.tree
    node = data.draw(st.integers(0, len(tree.nodes) - 1))
    kind = data.draw(st.sampled_from([*VERBS, "prune", "restore", "write", "cancel", "pause", "go on"]))
    fields: dict[str, dict[str, Any]] = {
        "deepen": {"simulations": 3},
        "insert": {"step": _legal_step(live, node), "simulations": 2},
        "edit": {"step": _legal_step(live, tree.nodes[node].parent or ROOT)},
        "reroll": {"token": data.draw(st.integers(0, 4)), "alternative": data.draw(st.integers(-1, 1))},
    }
    try:
        match kind:
            case "prune":
                run.prune([node])
            case "restore":
                run.restore([entry.id for entry in tree.nodes.values() if entry.pruned])
            case "write":
                run.insert(node, _legal_step(live, node))
            case "cancel":
                run.cancel_task(data.draw(st.integers(1, 5)))
            case "pause":
                run.pace.pause()
            case "go on":
                run.pace.go_on()
            case _:
                wish(live, node, kind, **fields.get(kind, {}))
    except EditError:
        pass  # refused in words, and nothing has changed


def _legal_step(live: Live, node: NodeId) -> str:
    problem, steps = live.run.problem, live.run.tree.steps(node)
    assert isinstance(problem, Game24)
    if live.run.tree.nodes[node].terminal:
        return STEP
    if not _is_legal(problem, steps):
        return STEP
    moves = children(state_after(problem, steps))
    return step_text(moves[-1]) if moves else answer_text(problem, steps)


def _is_legal(problem: Game24, steps: Sequence[str]) -> bool:
    """Whether every step plays two numbers at hand: one that was re-rolled from a token need not."""
    try:
        state_after(problem, steps)
    except StopIteration:
        return False
    return True
