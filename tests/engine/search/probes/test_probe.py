"""What every probe keeps: it can be cut off, cancelled and gone on with anywhere, and finds the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands import RunPlan
from engine.events import Budget, Cost, Expanded, IterationFinished, Record, RolledOut, RunFinished
from engine.policies import Cancelled, Sample, Sampled, SampleRequest, Watch
from engine.run import Run
from engine.runner import Live, Runner
from engine.search.probes import PROBES, result_of
from engine.search.probes.places import FIRST, ROUND
from engine.search.probes.spine import problem_of, spine_of
from engine.tree import Tree, apply, fold
from tests.helpers.invariants import check_tree
from tests.helpers.probing import ANSWER, EXPOSED, THOUGHT, given_plan, probe_plan, probed
from tests.helpers.running import go, make_run, resume_log, run_log
from tests.helpers.scripted_thinkers import STORY, Thinker

FEW = settings(max_examples=25)
every_probe = pytest.mark.parametrize("name", [probe.name for probe in PROBES])


@st.composite
def plans(draw: st.DrawFn) -> RunPlan:
    """Any probe of a thought that is given, or that the thinker writes first."""
    name = draw(st.sampled_from([probe.name for probe in PROBES]))
    values: dict[str, Any] = {"samples": draw(st.integers(1, 3)), "temperature": draw(st.sampled_from((0.0, 0.7)))}
    makers: tuple[Callable[..., RunPlan], ...] = (given_plan, probe_plan, _cut_off)
    return draw(st.sampled_from(makers))(name, seed=draw(st.integers(0, 3)), **values)


def _cut_off(name: str, seed: int = 7, **values: Any) -> RunPlan:
    return given_plan(name, seed, exposed="", **values)


class Steady(Thinker):
    """Greedy, it writes what it would have written, wherever it was cut off."""

    def _one(self, request: SampleRequest, seed: int) -> Sample:
        if request.temperature:
            return super()._one(request, seed)
        before, whole = "".join(request.steps), Thinker()._one(replace(request, steps=()), seed)
        if whole.text.startswith(before):
            return replace(whole, text=whole.text.removeprefix(before))
        return Thinker()._one(request, seed)


def thinker(cancel_after: int | None = None) -> Thinker:
    return Steady(wander=0.3, cancel_after=cancel_after)


def samples_of(tree: Tree) -> list[tuple[tuple[str, ...], list[RolledOut]]]:
    """Everything that was drawn, by the text that it goes on from; an iteration's number may differ after a cut."""
    return sorted(
        (tree.steps(node.id), [replace_iteration(each) for each in node.rollouts])
        for node in tree.nodes.values()
        if node.rollouts
    )


def replace_iteration(event: RolledOut) -> RolledOut:
    return RolledOut(0, event.node, event.steps, event.answer, event.value, event.source, turn=event.turn)


@given(plans(), st.data())
@FEW
def test_a_probe_cut_off_at_any_event_goes_on_to_the_same_result(wish: RunPlan, data: st.DataObject) -> None:
    whole = run_log(wish, thinker(), ())
    cut = data.draw(st.integers(1, len(whole) - 1))
    log = resume_log(wish, whole[:cut], thinker(), ())
    assert isinstance(log[-1].event, RunFinished)
    tree, wanted = fold(log), fold(whole)
    check_tree(tree, log)
    assert samples_of(tree) == samples_of(wanted)
    ours, theirs = result_of(tree), result_of(wanted)
    assert ours is not None
    assert theirs is not None
    assert replace(ours, counters=theirs.counters) == theirs


@given(plans(), st.integers(1, 4))
@FEW
def test_a_cancelled_call_leaves_no_trace(wish: RunPlan, call: int) -> None:
    log: list[Record] = []
    live = Live(make_run(wish, log), thinker(cancel_after=call), ())
    live.run.start("thinker", [])
    try:
        go(live)
    except Cancelled:
        go(live)
    assert [record.event for record in log] == [record.event for record in run_log(wish, thinker(), ())]


@given(plans())
@FEW
def test_a_result_can_be_read_after_every_event(wish: RunPlan) -> None:
    tree = Tree()
    for record in run_log(wish, thinker(), ()):
        apply(record.event, tree)
        found = result_of(tree)
        assert found is not None
        assert found.verdict
        assert found.counters.samples == sum(len(node.rollouts) for node in tree.nodes.values())
        low = -1.0 if found.signed else 0.0
        for row in found.rows:
            assert low <= row.estimate.low <= row.estimate.high <= 1.0


@given(st.lists(plans(), min_size=2, max_size=3))
@FEW
def test_probes_that_share_calls_find_what_they_find_alone(wishes: list[RunPlan]) -> None:
    policy, logs = thinker(), [list[Record]() for _ in wishes]
    lives = [Live(make_run(wish, log), policy, ()) for wish, log in zip(wishes, logs, strict=True)]
    for live in lives:
        live.run.start("thinker", [])
    go(*lives)
    assert [tuple(log) for log in logs] == [run_log(wish, thinker(), ()) for wish in wishes]


@every_probe
def test_the_thought_is_laid_as_it_was(name: str) -> None:
    tree, _ = probed(given_plan(name, samples=1), thinker())
    spine = spine_of(tree)
    assert "".join(node.step for node in spine.hidden) == THOUGHT
    assert "".join(node.step for node in spine.exposed) == EXPOSED
    assert tree.finished is not None
    assert tree.finished.answer is not None
    assert problem_of(tree).canonical(tree.finished.answer) == ANSWER  # the trace's own


@every_probe
@pytest.mark.parametrize("text", ["4 9 10 13", STORY])
def test_without_a_thought_the_policy_thinks_first(name: str, text: str) -> None:
    tree, found = probed(probe_plan(name, text, samples=1), thinker())
    spine = spine_of(tree)
    assert spine.hidden
    assert spine.close is not None
    assert spine.exposed[-1].terminal
    assert found.counters.samples


@every_probe
def test_a_budget_ends_a_probe_and_it_goes_on_without(name: str) -> None:
    wish = given_plan(name, samples=150, budget=Budget(tokens=1))
    log = run_log(wish, thinker(), ())
    end = log[-1].event
    assert isinstance(end, RunFinished)
    assert end.reason == "budget"
    drawn = [record for record in log if isinstance(record.event, RolledOut)]
    assert 0 < len(drawn) <= ROUND
    free = RunPlan(wish.problem, wish.text, wish.search, wish.settings, wish.seed, verifiers=())
    tree = fold(resume_log(free, log, thinker(), ()))
    assert tree.finished is not None
    assert tree.finished.reason == "finished"


@every_probe
@pytest.mark.parametrize("budget", [Budget(tokens=900), Budget(seconds=900.0)])
def test_a_probe_ends_near_its_budget(name: str, budget: Budget) -> None:
    written: list[int] = []

    class Counted(Thinker):
        def _one(self, request: SampleRequest, seed: int) -> Sample:
            sample = super()._one(request, seed)
            written.append(sample.count)
            return sample

    run = make_run(given_plan(name, samples=500, budget=budget), [])
    run.start("thinker", [])
    live, runner = Live(run, Counted(wander=0.3), ()), Runner(lambda: float(sum(written)))  # a second for each token
    while runner.turn([live]):
        pass
    assert run.tree.finished is not None
    assert run.tree.finished.reason == "budget"
    assert 900 <= sum(written) < 1.2 * 900


@every_probe
def test_a_round_is_small_enough_to_be_lost(name: str) -> None:
    log = run_log(given_plan(name, samples=150), Thinker(), ())
    drawn: dict[int, int] = {}
    for record in log:
        if isinstance(record.event, RolledOut):
            drawn[record.event.iteration] = drawn.get(record.event.iteration, 0) + 1
    assert len(drawn) > 1
    assert max(drawn.values()) <= ROUND
    rounds = list(drawn.values())
    assert rounds[0] <= FIRST  # soon there is something to see
    assert all(count <= max(FIRST, sum(rounds[:number])) for number, count in enumerate(rounds))


@every_probe
def test_greedy_samples_are_drawn_once(name: str) -> None:
    tree, _ = probed(given_plan(name, samples=9, temperature=0.0), Thinker())
    assert max(len(node.rollouts) for node in tree.nodes.values()) <= 2


def test_a_trace_without_a_thought_ends_at_once() -> None:
    class Blunt:
        name = "blunt"

        def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
            shown = Sample("</think>\nAnswer: 4 + 9 + 10 + 13 = 36", None, 5, "end")
            return Sampled(tuple((shown,) * len(each.seeds) for each in requests), (Cost(),) * len(requests))

    tree, found = probed(probe_plan("importance"), Blunt())
    assert tree.finished is not None
    assert tree.finished.why == "Finished: there is no thought to look into."
    assert (found.rows, found.figure, found.counters.samples) == ((), None, 0)


@every_probe
def test_progress_grows_to_the_end(name: str) -> None:
    log: list[Record] = []
    run: Run = make_run(given_plan(name, samples=40), log)
    run.start("thinker", [])
    live, runner, seen = Live(run, Thinker(noise=0.5), ()), Runner(lambda: 0.0), [0.0]
    while runner.turn([live]):
        assert run.progress is not None
        seen.append(run.progress)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert any(isinstance(record.event, Expanded) for record in log)
    assert any(isinstance(record.event, IterationFinished) for record in log)


@pytest.mark.parametrize(
    "name", ["adding-mistake", "paraphrase", "filler", "forced-close", "importance", "keep-thought"]
)
def test_a_reference_that_samples_gave_themselves_is_told(name: str) -> None:
    told = "The trace shows no answer: the commonest one of unedited samples stands for it"
    _, shown = probed(given_plan(name, samples=3), Thinker())
    _, cut = probed(_cut_off(name, samples=3), Thinker())
    assert told not in shown.verdict
    assert told in cut.verdict


@every_probe
def test_samples_without_an_answer_are_told(name: str) -> None:
    class Full(Thinker):
        """Has no room left after the first line of a thought."""

        def _one(self, request: SampleRequest, seed: int) -> Sample:
            return Sample("", None, 0, "length") if request.steps else super()._one(request, seed)

    tree, found = probed(given_plan(name, samples=3), Full())
    drawn = [sample for node in tree.nodes.values() for sample in node.rollouts]
    empty = sum(not sample.steps for sample in drawn)
    told = f" {empty} of {len(drawn)} samples give no answer. {empty} of them are empty: the thought may be too long"
    assert (told in found.verdict) is bool(empty)
    assert bool(empty) is (name != "hint")
    assert "no answer" not in probed(given_plan(name, samples=3), Thinker())[1].verdict
