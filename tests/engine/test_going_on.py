"""More to do tomorrow is the same as all at once: identical trees and logs, whatever the search; what is refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.commands import RunPlan
from engine.events import Backpropagated, Budget, Event, IterationFinished, Record, RunFinished, RunResumed
from engine.going_on import More, given_more, why_no_count, why_other
from engine.search import SEARCHES, SettingError, make_search
from engine.tree import fold
from tests.helpers.running import VERIFIERS, make_run, plan, resume_log, run_log

COUNTED: dict[str, tuple[RunPlan, str, int]] = {
    "mcts": (plan(simulations=50, width=3), "simulations", 1),
    "mcts, rollouts": (plan(simulations=30, width=3, value="rollout", formula="uct"), "simulations", 1),
    "mcts, max and noise": (plan(simulations=30, width=3, backup="max", noise=0.25), "simulations", 1),
    "best-of-n": (plan("best-of-n", samples=16, batch=4), "samples", 4),
    "self-consistency": (plan("self-consistency", samples=16, batch=4, score=True), "samples", 4),
    "adaptive-consistency": (plan("adaptive-consistency", samples=20, threshold=1.0), "samples", 1),
    "tot-dfs": (plan("tot-dfs", visits=20, threshold=0.2), "visits", 1),
}
"""A plan that ends by its count, the field that counts, and how many of it one iteration does: a last iteration that
is smaller than the others, because no more was wanted, is a smaller one for ever."""


def kept(log: Sequence[Record]) -> list[Event]:
    """What remains of a log without the ends and beginnings of its parts."""
    return [record.event for record in log[1:] if not isinstance(record.event, RunFinished | RunResumed)]


def spent(wish: RunPlan, log: Sequence[Record]) -> int:
    return make_search(wish.search, wish.settings).spent(fold(log))


def less(whole: RunPlan, field: str, count: int) -> RunPlan:
    return replace(whole, settings={**whole.settings, field: count})


@pytest.mark.parametrize("name", COUNTED)
@given(data=st.data(), seed=st.integers(0, 99))
@settings(max_examples=5)
def test_some_today_and_more_tomorrow_are_all_at_once(name: str, data: st.DataObject, seed: int) -> None:
    wish, field, step = COUNTED[name]
    wish = replace(wish, seed=seed)
    total = wish.settings[field]
    first = step * data.draw(st.integers(1, total // step - 1))
    whole, log = run_log(wish), run_log(less(wish, field, first))
    if spent(wish, whole) <= first:
        return  # proven, or explored to its end: there was nothing more to do
    again = given_more(less(wish, field, first), fold(log), More(count=total - first))
    assert again.settings[field] == total
    both = resume_log(again, log)
    assert kept(both) == kept(whole)
    assert fold(both) == fold(whole)


@pytest.mark.parametrize("search", ["mcts", "cot", "beam", "dvts", "rebase", "guided-beam", "tot-bfs", "best-of-n"])
@given(tokens=st.integers(1, 900))
@settings(max_examples=4)
def test_a_larger_budget_tomorrow_is_as_if_there_had_never_been_a_smaller_one(search: str, tokens: int) -> None:
    wish = plan(search, verifiers=VERIFIERS)
    whole, log = run_log(wish), run_log(replace(wish, budget=Budget(tokens=tokens)))
    end = fold(log).finished
    assert end is not None
    if end.reason != "budget":
        return
    again = given_more(replace(wish, budget=Budget(tokens=tokens)), fold(log), More(tokens=0))
    assert again.budget == Budget()
    both = resume_log(again, log)
    assert kept(both) == kept(whole)
    assert fold(both) == fold(whole)


def test_a_run_that_was_cut_off_does_more_than_it_was_asked_for() -> None:
    wish = plan(simulations=12, width=3, revisit=False)
    cut = run_log(wish)[:20]
    done = fold(cut).root.visits
    again = given_more(wish, fold(cut), More(count=25))
    assert again.settings["simulations"] == done + 25
    both = resume_log(again, cut)
    assert both[20].event == RunResumed("test", again.settings)
    assert fold(both).nodes == fold(run_log(less(wish, "simulations", done + 25))).nodes


def test_limits_grow_by_what_is_given_from_now_on() -> None:
    wish = plan(simulations=30, width=3, budget=Budget(simulations=4, tokens=5_000))
    log = run_log(wish)
    tree = fold(log)
    again = given_more(wish, tree, More(count=3, tokens=100, seconds=2.5))
    assert again.budget == Budget(simulations=7, tokens=tree.cost.generated + 100, seconds=tree.cost.seconds + 2.5)
    assert again.settings["simulations"] == 7
    resumed = fold(resume_log(again, log))
    assert resumed.started is not None
    assert resumed.started.budget == again.budget
    assert resumed.root.visits == 7


def test_a_run_that_is_gone_on_with_as_it_was_says_nothing_of_settings() -> None:
    wish = plan(simulations=6)
    assert resume_log(wish, run_log(wish)[:9])[9].event == RunResumed("test")


REFUSED = [
    (plan(simulations=4), More(count=0), "More must be at least 1, not 0."),
    (plan(simulations=4), More(count=2_000_000), "Simulations must be at most 1e+06, not 2e+06."),
    (plan("beam"), More(count=4), why_no_count(make_search("beam", {}))),
    (plan("cot"), More(count=4), why_no_count(make_search("cot", {}))),
    (plan("beam"), More(tokens=500), "The run would end at once. Finished: every trace that was kept has ended."),
    (
        plan(simulations=90, budget=Budget(tokens=60)),
        More(count=9),
        "The run would end at once. The budget is used up:",
    ),
]


@pytest.mark.parametrize(("wish", "more", "why"), REFUSED)
def test_what_cannot_be_is_refused_in_words(wish: RunPlan, more: More, why: str) -> None:
    with pytest.raises(SettingError) as refusal:
        given_more(wish, fold(run_log(wish)), more)
    assert str(refusal.value).startswith(why)


def ends(log: Sequence[Record]) -> set[int]:
    """How many simulations had been done at the ends of the iterations."""
    done, found = 0, set()
    for record in log:
        done += isinstance(record.event, Backpropagated)
        if isinstance(record.event, IterationFinished):
            found.add(done)
    return found


@pytest.mark.parametrize("value", ["score", "rollout"])
@pytest.mark.parametrize("in_flight", [1, 2, 3, 8])
def test_leaves_in_flight_are_the_same_where_an_iteration_would_have_ended(in_flight: int, value: str) -> None:
    whole_plan = plan(simulations=20, width=6, in_flight=in_flight, value=value)
    whole = run_log(whole_plan)
    assert spent(whole_plan, whole) == 20, "nothing else ends it"
    for first in range(1, 20):
        wish = less(whole_plan, "simulations", first)
        log = run_log(wish)
        tree = fold(log)
        both = resume_log(given_more(wish, tree, More(count=20 - first)), log)
        assert fold(both).root.visits == 20
        is_same = kept(both) == kept(whole)
        assert is_same == (first in ends(whole))
        search = make_search(wish.search, wish.settings)
        assert is_same or "may differ" in why_other(search, tree)
        assert in_flight > 1 or not why_other(search, tree)


def test_a_batch_that_was_full_promises_the_same() -> None:
    wish = plan(simulations=24, width=8, in_flight=8)
    assert 24 in ends(run_log(less(wish, "simulations", 30)))
    assert not why_other(make_search(wish.search, wish.settings), fold(run_log(wish)))


@pytest.mark.parametrize("first", [3, 8, 11])
def test_chains_of_other_batches_are_the_same_chains(first: int) -> None:
    wish = plan("self-consistency", samples=16, batch=8)
    whole, log = run_log(wish), run_log(less(wish, "samples", first))
    tree = fold(log)
    both = fold(resume_log(given_more(less(wish, "samples", first), tree, More(count=16 - first)), log))
    at_once = fold(whole)
    assert [both.steps(node) for node in both.answer_ids] == [at_once.steps(node) for node in at_once.answer_ids]
    assert [(one.answer, one.votes) for one in both.votes[-1].tallies] == [
        (one.answer, one.votes) for one in at_once.votes[-1].tallies
    ]
    assert not why_other(make_search(wish.search, wish.settings), tree)


def test_a_vote_that_is_looked_at_elsewhere_says_so() -> None:
    wish = plan("adaptive-consistency", samples=6, batch=4, threshold=1.0)
    tree = fold(run_log(wish))
    assert "may differ" in why_other(make_search(wish.search, wish.settings), tree)
    full = less(wish, "samples", 8)
    assert not why_other(make_search(full.search, full.settings), fold(run_log(full)))


def test_what_only_a_fold_knows_to_be_explored_is_refused_when_the_log_is_read() -> None:
    wish = plan(simulations=4000, width=3, revisit=False)
    whole = run_log(wish)
    over = fold(whole).finished
    assert over is not None
    assert over.reason == "exhausted"
    stopped = [*whole[:-1], replace(whole[-1], event=replace(over, reason="stopped", why="Stopped by the user."))]
    again = replace(wish, budget=Budget(tokens=10**6))
    with pytest.raises(SettingError, match=r"would end at once\. Finished: the tree is exhausted"):
        resume_log(again, stopped)
    assert fold(resume_log(wish, stopped)).finished == over, "to go on as it was is no wish for more"


def test_an_answer_that_is_good_enough_needs_no_more() -> None:
    wish = plan(simulations=400, enough=0.05)
    log = run_log(wish)
    assert fold(log).root.visits < 400
    with pytest.raises(SettingError, match=r"would end at once\. Finished: an answer is worth 0\.05 or more"):
        given_more(wish, fold(log), More(count=50))


PAST = [
    ({"settings": {"simulations": 6, "width": 4}}, "width"),
    ({"settings": {"simulations": 6, "formula": "uct"}}, "formula"),
    ({"seed": 1}, "seed"),
    ({"text": "1 2 3 4"}, "text"),
    ({"search": "beam", "settings": {}}, "search"),
]


@pytest.mark.parametrize(("change", "name"), PAST)
def test_what_is_past_is_not_changed(change: dict[str, object], name: str) -> None:
    wish = plan(simulations=6)
    log = run_log(wish)
    records: list[Record] = []
    run = make_run(replace(wish, **change), records)
    with pytest.raises(SettingError, match=name):
        run.resume(log, "test")
    assert not records


def test_every_search_with_a_count_tells_how_much_of_it_is_done() -> None:
    counted = {name for name, search in SEARCHES.items() if search.limit}
    assert counted == {wish.search for wish, _, _ in COUNTED.values()}
    for wish, field, _ in COUNTED.values():
        tree = fold(run_log(wish))
        assert tree.finished is not None
        if tree.finished.why.startswith("Finished: all"):
            assert spent(wish, run_log(wish)) == wish.settings[field]
