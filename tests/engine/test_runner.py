"""Runner and run: batching, determinism, stepping, budgets, cancel, resumption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands import RunPlan
from engine.events import Budget, Cost, Expanded, Record, RunFinished, RunResumed, Selected
from engine.policies import Cancelled, Sample, Sampled, SampleRequest, Watch
from engine.problems import ProblemError
from engine.run import Run
from engine.runner import Live, Runner
from engine.search import SettingError
from engine.tree import fold
from tests.helpers.running import go, make_run, plan, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier


def live_run(wish: RunPlan, number: int = 1, *, paused: bool = False) -> tuple[Live, list[Record]]:
    log: list[Record] = []
    run = make_run(wish, log, number, paused=paused)
    run.start("scripted", ["scripted-prm"])
    return Live(run, ScriptedPolicy(), (ScriptedVerifier(),)), log


def events(log: list[Record] | tuple[Record, ...]) -> list[object]:
    return [record.event for record in log]


def test_runs_that_share_batches_give_the_logs_of_runs_alone() -> None:
    policy, verifier = ScriptedPolicy(), ScriptedVerifier()
    wishes = [plan(seed=1, simulations=9), plan(seed=2, simulations=5, value="rollout"), plan("cot", samples=4)]
    shared = [live_run(wish, number) for number, wish in enumerate(wishes, 1)]
    go(*(replace(entry, policy=policy, verifiers=(verifier,)) for entry, _ in shared))
    for (_, log), wish in zip(shared, wishes, strict=True):
        assert events(log) == events(run_log(wish))
    assert max(policy.calls) > 1


def test_sequence_numbers_have_no_gaps() -> None:
    log = run_log(plan(simulations=5))
    assert [record.seq for record in log] == list(range(1, len(log) + 1))


def test_a_paused_run_steps_one_phase_at_a_time() -> None:
    live, log = live_run(plan(simulations=3), paused=True)
    runner = Runner(lambda: 0.0)
    assert not runner.turn([live])
    names = []
    for _ in range(5):
        assert live.run.state == "paused"
        before = len(log)
        live.run.pace.step("phase")
        assert runner.turn([live])
        assert not runner.turn([live])
        names.append([type(record.event).__name__ for record in log[before:]])
    assert names == [["Selected"], ["Expanded"], ["Scored"], ["Backpropagated", "IterationFinished"], ["Selected"]]
    assert live.run.phase == "expansion"


def test_stepping_an_iteration_ends_at_its_end() -> None:
    live, log = live_run(plan(simulations=3), paused=True)
    live.run.pace.step("phase")
    go(live)
    live.run.pace.step("iteration")
    go(live)
    assert type(log[-1].event).__name__ == "IterationFinished"
    assert live.run.state == "paused"
    live.run.pace.go_on()
    go(live)
    assert events(log) == events(run_log(plan(simulations=3)))


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        (Budget(simulations=2), "2 simulations"),
        (Budget(tokens=50), "of 50 tokens"),
        (Budget(seconds=1.5), "1.5 seconds"),
    ],
)
def test_budgets_end_a_run(budget: Budget, words: str) -> None:
    log: list[Record] = []
    run = make_run(plan(simulations=100, budget=budget), log)
    run.start("p", ["v"])
    ticks = iter(range(10_000))
    runner = Runner(lambda: 0.25 * next(ticks))
    while runner.turn([Live(run, ScriptedPolicy(), (ScriptedVerifier(),))]):
        pass
    end = log[-1].event
    assert isinstance(end, RunFinished)
    assert end.reason == "budget"
    assert words in end.why
    assert run.tree.iterations_done < 100


def test_a_cancelled_call_changes_no_tree_and_can_be_repeated() -> None:
    live, log = live_run(plan(simulations=4))
    policy = ScriptedPolicy(cancel_after=3)
    live = replace(live, policy=policy)
    with pytest.raises(Cancelled):
        go(live)
    assert not live.run.finished
    go(live)
    assert events(log) == events(run_log(plan(simulations=4)))


@given(cut=st.integers(1, 60))
@settings(max_examples=25)
def test_a_run_goes_on_from_any_prefix_of_its_log(cut: int) -> None:
    wish = plan(simulations=12, width=3)
    whole = run_log(wish)
    prefix = whole[: min(cut, len(whole))]
    log: list[Record] = list(prefix)
    run = Run(1, wish, log.append, lambda: 0.0)
    run.resume(prefix, "test")
    go(Live(run, ScriptedPolicy(), (ScriptedVerifier(),)))
    assert isinstance(log[len(prefix)].event, RunResumed)
    assert [record.seq for record in log] == list(range(1, len(log) + 1))
    rest = events(log[len(prefix) + 1 :])
    if isinstance(prefix[-1].event, Selected):
        assert rest.pop(0) == prefix[-1].event  # selected again: nothing had come of it yet
    if isinstance(prefix[-1].event, RunFinished):
        assert rest == [prefix[-1].event]
    else:
        assert rest == events(whole[len(prefix) :])


def test_an_iteration_that_was_cut_off_does_not_leave_answers_without_scores() -> None:
    wish = plan(simulations=40, width=4)
    whole = run_log(wish)
    tree = fold(whole)
    cut = next(
        number
        for number, record in enumerate(whole, 1)
        if isinstance(record.event, Expanded) and any(child.terminal for child in record.event.children)
    )
    log: list[Record] = list(whole[:cut])
    run = Run(1, wish, log.append, lambda: 0.0)
    run.resume(whole[:cut], "test")
    go(Live(run, ScriptedPolicy(), (ScriptedVerifier(),)))
    assert all(answer.scores for answer in run.tree.answers())
    assert run.tree.finished == tree.finished


def test_a_log_survives_the_wire_to_be_resumed() -> None:
    whole = run_log(plan(simulations=4))
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(whole), type=tuple[Record, ...])
    assert fold(again) == fold(whole)


def test_stopping_keeps_the_best_answer_so_far() -> None:
    live, log = live_run(plan(simulations=100_000, width=4))
    runner = Runner(lambda: 0.0)
    while len(live.run.tree.answers()) < 2:
        runner.turn([live])
    live.run.finish("stopped", "Stopped by the user.")
    end = log[-1].event
    assert isinstance(end, RunFinished)
    assert end.chosen in {node.id for node in live.run.tree.answers()}
    assert live.run.pending() is None
    live.run.finish("failed", "twice")
    assert sum(isinstance(event, RunFinished) for event in events(log)) == 1


@pytest.mark.parametrize(
    ("wish", "error", "words"),
    [
        (RunPlan("game24", "4 9 ten", "mcts", {}), ProblemError, "ten"),
        (RunPlan("chess", "e4", "mcts", {}), ProblemError, "no kind of problem called 'chess'"),
        (RunPlan("game24", "4 9 10 13", "magic", {}), SettingError, "no search called 'magic'"),
        (RunPlan("game24", "4 9 10 13", "mcts", {}, verifiers=()), SettingError, "needs a verifier"),
        (
            RunPlan("game24", "4 9 10 13", "mcts", {}, budget=Budget(tokens=0)),
            SettingError,
            "tokens must be more than 0",
        ),
    ],
)
def test_a_plan_that_cannot_be_is_refused_before_the_start(wish: RunPlan, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        Run(1, wish, lambda _record: None, lambda: 0.0)


class Rambler:
    """A policy of bad habits: empty steps, steps that never end, and no answer."""

    name = "rambler"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        bad = (Sample("", -1.0, 1, "end"), Sample("blah", -1.0, 48, "length"), Sample("I give up.", -1.0, 3, "end"))
        return Sampled(tuple(bad for _ in requests), tuple(Cost(calls=3) for _ in requests))


def test_broken_steps_end_their_traces_and_are_named() -> None:
    log = run_log(plan(simulations=5, width=3), policy=Rambler())
    tree, end = fold(log), log[-1].event
    assert [node.broken for node in tree.children(0)] == [
        "the step is empty", "the step had not ended after 48 tokens", "the policy ended without an answer",
    ]  # fmt: skip
    assert isinstance(end, RunFinished)
    assert (end.chosen, end.answer, end.verdict) == (None, None, "There is no answer.")


def test_texts_under_way_name_their_run_and_node() -> None:
    told: list[tuple[int, int]] = []

    class Talker(ScriptedPolicy):
        def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
            watch.writing(0, 0, "13 - ")
            return super().sample(requests, watch)

    live, log = live_run(plan(simulations=2), number=9)
    runner = Runner(
        lambda: 0.0,
        lambda owners: Watch(writing=lambda row, _i, _t: told.append((owners[row][0].number, owners[row][1]))),
    )
    while runner.turn([replace(live, policy=Talker())]):
        pass
    leaves = [record.event.leaf for record in log if isinstance(record.event, Selected)]
    assert told == [(9, leaf) for leaf in leaves]
