"""Self-consistency: batches, votes as events, what a cut or a pruned chain does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.commands import RunPlan
from engine.events import Cost, Expanded, IterationFinished, Pruned, Record, RunFinished, Scored, Voted
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.runner import Live
from engine.search import SettingError, make_search
from engine.search.votes import count, samples_of
from engine.tree import fold
from engine.verifiers.rule import RuleVerifier
from tests.helpers.running import go, make_run, plan, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier


def votes(log: Sequence[Record]) -> list[Voted]:
    return [record.event for record in log if isinstance(record.event, Voted)]


def resumed(log: Sequence[Record], wish: RunPlan) -> list[Record]:
    """The log, gone on with to its end."""
    again: list[Record] = list(log)
    run = make_run(wish, again)
    run.resume(tuple(log), "test")
    go(Live(run, ScriptedPolicy(), (ScriptedVerifier(),)))
    return again


def test_one_iteration_draws_one_batch_and_counts_it() -> None:
    policy = ScriptedPolicy()
    log = run_log(plan("self-consistency", samples=10, batch=4), policy)
    assert policy.calls == [1, 1, 1]
    assert [vote.samples for vote in votes(log)] == [4, 8, 10]
    tree = fold(log)
    assert len(tree.root.children) == 10
    assert tree.iterations_done == 3
    assert all(node.score("prm") for node in tree.nodes.values() if node.id)


def test_the_answer_is_that_of_the_last_vote() -> None:
    log = run_log(plan("self-consistency", seed=3))
    tree, end = fold(log), log[-1].event
    assert isinstance(end, RunFinished)
    last = votes(log)[-1]
    assert end.chosen == last.tallies[0].first
    assert last.rule == "majority"
    assert last.tallies[0].votes > last.tallies[1].votes
    assert end.why == "Finished: all 16 samples are drawn and counted."
    assert tree.votes == votes(log)


def test_a_tie_goes_to_the_answer_seen_first_and_is_shown() -> None:
    log = run_log(plan("self-consistency", samples=2, batch=2, temperature=1.0))
    vote, end = votes(log)[-1], log[-1].event
    assert isinstance(end, RunFinished)
    assert [tally.votes for tally in vote.tallies] == [1, 1]
    assert vote.tied
    assert end.chosen == min(tally.first for tally in vote.tallies)


def test_greedy_samples_are_one_answer() -> None:
    (vote,) = votes(run_log(plan("self-consistency", samples=5, temperature=0.0)))
    assert [tally.votes for tally in vote.tallies] == [5]


def test_another_batch_size_gives_the_same_samples() -> None:
    logs = [run_log(plan("self-consistency", samples=8, batch=batch)) for batch in (1, 3, 8)]
    answers = [[entry.written for entry in samples_of(fold(log))] for log in logs]
    assert answers[0] == answers[1] == answers[2]


def test_every_other_rule_reads_the_same_samples() -> None:
    log = run_log(plan("self-consistency", rule="weighted-prm", aggregation="mean"))
    vote = votes(log)[-1]
    assert vote.rule == "PRM-weighted vote (mean)"
    plain = fold(run_log(plan("self-consistency")))
    assert count(samples_of(plain), "weighted-prm", "mean").tallies == vote.tallies


def test_a_step_that_a_person_inserts_is_no_sample() -> None:
    log: list[Record] = []
    run = make_run(plan("self-consistency", samples=4, batch=4), log, paused=True)
    live = Live(run, ScriptedPolicy(), (ScriptedVerifier(),))
    run.start("scripted", ["scripted-prm"])
    mine = run.insert(0, "13 - 9 = 4 (left: 4 4 10)\n")
    run.pace.go_on()
    go(live)
    assert sum(node.samples for node in run.tree.children(0)) == 4
    assert not run.tree.nodes[mine].samples
    assert votes(log)[-1].samples == 5


def test_scores_are_asked_for_only_if_wanted_or_weighed() -> None:
    assert not any(isinstance(record.event, Scored) for record in run_log(plan("self-consistency", score=False)))
    log = run_log(plan("self-consistency", score=False, rule="weighted-prm"))
    assert any(isinstance(record.event, Scored) for record in log)


@pytest.mark.parametrize(
    ("rule", "verifiers", "part"),
    [
        ("weighted-prm", ("rule",), "add prm"),
        ("weighted-orm", ("prm",), "add orm"),
        ("weighted-orm", ("orm:FOLDER",), ""),
        ("weighted-prm", ("check:3",), ""),
        ("weighted-prm", ("vote",), "add prm"),
        ("majority", (), ""),
        ("weighted-logprob", (), ""),
    ],
)
def test_a_weighted_vote_needs_its_verifier(rule: str, verifiers: tuple[str, ...], part: str) -> None:
    refusal = make_search("self-consistency", {"rule": rule}).refusal(verifiers)
    assert part in refusal
    assert bool(refusal) == bool(part)
    assert not refusal or refusal.endswith(".")


def test_what_the_rules_refuse_has_no_vote() -> None:
    wish = plan("self-consistency", text="2 3 4", samples=60, batch=60)
    end = run_log(wish, verifiers=[RuleVerifier()])[-1].event
    assert isinstance(end, RunFinished)
    assert end.correct is True


def test_a_vote_never_sees_the_gold_answer() -> None:
    question = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?"
    bare, gold = (
        run_log(msg, Teller(), [RuleVerifier()])
        for msg in (plan_of_words(question), plan_of_words(f"{question} #### 23"))
    )
    assert votes(bare) == votes(gold)
    assert not fold(gold).gold


def plan_of_words(text: str) -> RunPlan:
    return RunPlan("words", text, "self-consistency", {"samples": 4, "batch": 4})


class Teller(ScriptedPolicy):
    """Answers 22 most of the time, and 23 once."""

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        numbers = ("22", "23", "22", "22")
        answers = tuple(
            tuple(
                Sample(f"Answer: {number}", None, 3, "end") for number, _ in zip(numbers, request.seeds, strict=False)
            )
            for request in requests
        )
        return Sampled(answers, tuple(Cost(calls=4, generated=12) for _ in requests))


def test_a_run_that_is_cut_off_anywhere_goes_on_to_a_full_count() -> None:
    wish = plan("self-consistency", samples=5, batch=2)
    whole = run_log(wish)
    for cut in range(1, len(whole)):
        again = resumed(whole[:cut], wish)
        tree, end = fold(again), again[-1].event
        assert isinstance(end, RunFinished)
        assert len(tree.root.children) == 5
        assert len(samples_of(tree)) == tree.votes[-1].samples == 5
        assert all(node.scores for node in tree.nodes.values() if node.id), cut
        assert end.chosen == tree.votes[-1].tallies[0].first


def test_a_pruned_chain_loses_its_vote_and_the_rest_is_counted_again() -> None:
    wish = plan("self-consistency", samples=4, batch=4)
    log = run_log(wish)
    kept = [record for record in log if not isinstance(record.event, RunFinished)]
    first = votes(log)[-1].tallies[0].first
    gone = Record(1, len(kept) + 1, 0.0, Pruned(1, (first,), ("a person said so",), "person"))
    again = resumed([*kept, gone], wish)
    end = again[-1].event
    assert isinstance(end, RunFinished)
    assert votes(again)[-1].samples == 3
    assert end.chosen != first
    assert sum(isinstance(record.event, Expanded) for record in again) == sum(
        isinstance(record.event, Expanded) for record in log
    )
    assert sum(isinstance(record.event, IterationFinished) for record in again) == 2


def test_a_batch_of_nothing_is_refused() -> None:
    with pytest.raises(SettingError, match="at least 1"):
        make_search("self-consistency", {"batch": 0})
