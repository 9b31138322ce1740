"""Votes: what a sample is, every rule, ties, missing scores, curves, and the properties that hold for all of them."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from math import comb, exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Budget, Expanded, NewNode, Pruned, Record, RolledOut, RunStarted, Score, Scored
from engine.search.coverage import accuracy_curve, coverage_curve, pass_at_k, verdicts_of
from engine.search.search import Answer
from engine.search.values import aggregate
from engine.search.votes import RULES, Sample, count, curve, samples_of
from engine.tree import Tree, apply, fold
from tests.helpers.running import plan, run_log

QUESTION = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?"


def tree_of(text: str = QUESTION, kind: str = "words") -> Tree:
    tree = Tree()
    apply(RunStarted(kind, text, text, "cot", {}, 0, Budget(), "p", ()), tree)
    return tree


def grow(tree: Tree, parent: int, *steps: str, logprob: float | None = None, broken: str = "") -> list[int]:
    """Children of a node; answer lines end their trace."""
    first = len(tree.nodes)
    children = tuple(
        NewNode(first + n, step, 0.5, logprob, bool(broken) or "nswer" in step, broken=broken)
        for n, step in enumerate(steps)
    )
    apply(Expanded(1, parent, children), tree)
    return [child.node for child in children]


def score(tree: Tree, node: int, value: float, source: str = "prm", name: str = "v") -> None:
    apply(Scored(1, (Score(node, value, source, name),)), tree)  # type: ignore[arg-type] # a Source


def sample(answer: str | None, weight: float | None = 1.0, place: int = 0) -> Sample:
    steps = None if weight is None else (weight,)
    return Sample(Answer(place), answer, answer, False, steps, weight, weight)


def test_a_share_of_votes_is_no_process_score() -> None:
    tree = tree_of()
    one, other = grow(tree, 0, "Answer: 5", "Answer: 7")
    score(tree, one, 0.3, "self-evaluation", "value:5")
    for node in (one, other):
        score(tree, node, 1.0, "self-evaluation", "vote")
    assert [entry.steps for entry in samples_of(tree)] == [(0.3,), None]


def test_samples_come_in_the_order_in_which_they_branched_off_not_in_which_they_ended() -> None:
    tree = tree_of()
    slow, quick = grow(tree, 0, "It is 1 + 1 = 2.\n", "Answer: 5")
    (end,) = grow(tree, slow, "Answer: 7")
    assert [(entry.at.node, entry.answer) for entry in samples_of(tree)] == [(end, "7"), (quick, "5")]
    assert count(samples_of(tree)).tied
    assert count(samples_of(tree)).answer == "7"


def test_answers_are_canonical_and_unreadable_ones_have_no_vote() -> None:
    tree = tree_of()
    grow(tree, 0, "Answer: 0.5", "Answer: 1/2", r"Answer: $\frac{1}{2}$", "Answer: $1,200", "Answer: many")
    grow(tree, 0, "It goes on.\n", broken="no answer after 12 steps")
    verdict = count(samples_of(tree))
    assert [(tally.answer, tally.votes, tally.first) for tally in verdict.tallies] == [("1/2", 3, 1), ("1200", 1, 4)]
    assert (verdict.samples, verdict.unanswered, verdict.tied) == (6, 2, False)
    assert verdict.share == 0.75


def test_in_the_game_of_24_the_vote_is_over_expressions_whatever_their_order() -> None:
    tree = tree_of("4 9 10 13", "game24")
    grow(tree, 0, "Answer: (10 - 4) * (13 - 9) = 24", "Answer: (13 - 9) * ((10) - 4) = 24")
    grow(tree, 0, "Answer: ((13 + 10) + 9) + 4 = 36")
    verdict = count(samples_of(tree))
    assert [(tally.answer, tally.votes) for tally in verdict.tallies] == [
        ("(10 - 4) * (13 - 9)", 2),
        ("10 + 13 + 4 + 9", 1),
    ]
    assert verdict.winner is not None
    assert verdict.winner.written == "(10 - 4) * (13 - 9)"


def test_pruned_answers_are_no_samples_and_those_of_rollouts_are() -> None:
    tree = tree_of()
    grow(tree, 0, "Answer: 1", "Answer: 2", "It goes on.\n")
    apply(Pruned(1, (1,), ("wrong",)), tree)
    apply(RolledOut(1, 3, ("Answer: 2.0",), "2", 0.9, "prm"), tree)
    apply(RolledOut(1, 3, ("It never ends",), None, None, None), tree)
    assert [(entry.at, entry.answer) for entry in samples_of(tree)] == [(Answer(2), "2"), (Answer(3, 0), "2")]
    assert count(samples_of(tree), "weighted-prm").unscored == 2


def test_a_chain_that_went_on_after_its_last_step_is_one_sample() -> None:
    """A policy that writes whole chains may write on; every step from the last allowed one on is broken."""
    tree = tree_of()
    (late,) = grow(tree, 0, "It goes on.\n", broken="no answer after 12 steps")
    (later,) = grow(tree, late, "And on.\n", broken="no answer after 12 steps")
    (last,) = grow(tree, later, "And on.\n", broken="the policy ended without an answer")
    assert [entry.at.node for entry in samples_of(tree)] == [last]
    apply(Pruned(1, (last,), ("wrong",)), tree)
    assert samples_of(tree) == ()


def test_what_a_sample_weighs_comes_from_the_tree() -> None:
    tree = tree_of()
    (step,) = grow(tree, 0, "It is 5 * 7 = 35.\n", logprob=-1.0)
    (end,) = grow(tree, step, "Answer: 23", logprob=-3.0)
    score(tree, step, 0.9)
    (unfinished,) = samples_of(tree)
    assert (unfinished.steps, unfinished.outcome) == (None, None)  # the answer itself has no score: missing, not 0.9
    score(tree, end, 0.4)
    score(tree, end, 0.7, "orm")
    (entry,) = samples_of(tree)
    assert entry.steps == (0.9, 0.4)
    assert entry.outcome == 0.7
    assert entry.likelihood == pytest.approx(exp(-2.0))
    score(tree, end, 0.8, "person")
    assert samples_of(tree)[0].steps == (0.9, 0.8)


def test_scores_of_unlike_kinds_never_stand_in_for_one_another() -> None:
    tree = tree_of()
    (end,) = grow(tree, 0, "Answer: 23")
    score(tree, end, 0.7, "orm")
    (entry,) = samples_of(tree)
    assert (entry.steps, entry.likelihood) == (None, None)
    verdict = count((entry,), "best-prm")
    assert (verdict.winner, verdict.unscored, verdict.tallies) == (None, 1, ())


def test_what_a_rule_refuses_has_no_vote_unless_its_word_is_ignored() -> None:
    tree = tree_of()
    wrong, _ = grow(tree, 0, "It is 5 * 7 = 36.\n", "Answer: 23")
    (bad,) = grow(tree, wrong, "Answer: 24")
    score(tree, wrong, 0.0, "rule")
    samples = samples_of(tree)
    assert [entry.refused for entry in samples] == [True, False]
    assert (count(samples).answer, count(samples).refused) == ("23", 1)
    assert count(samples, heed_rules=False).answer == "24"
    score(tree, bad, 1.0, "rule")  # a proof of the answer outweighs a slip on the way
    assert not samples_of(tree)[0].refused


@pytest.mark.parametrize(
    ("how", "value"), [("min", 0.2), ("product", 0.171), ("last", 0.95), ("mean", 0.6833), ("max", 0.95)]
)
def test_aggregations_are_those_of_the_oracle(how: str, value: float) -> None:
    assert aggregate((0.9, 0.2, 0.95), how) == pytest.approx(value, abs=5e-5)  # type: ignore[arg-type]
    entry = replace(sample("1"), steps=(0.9, 0.2, 0.95))
    assert count((entry,), "weighted-prm", how).tallies[0].weight == pytest.approx(value, abs=5e-5)  # type: ignore[arg-type]


def test_the_three_ways_to_choose_can_disagree_on_the_same_samples() -> None:
    samples = [sample("a", 0.1, 1), sample("a", 0.1, 2), sample("a", 0.2, 3), sample("b", 0.35, 4), sample("b", 0.3, 5)]
    samples.append(sample("c", 0.6, 6))
    verdicts = {rule: count(samples, rule) for rule in RULES}
    assert verdicts["majority"].answer == "a"
    assert verdicts["weighted-prm"].answer == "b"
    assert verdicts["best-prm"].answer == "c"
    assert verdicts["best-prm"].tallies[1].weight == 0.35
    assert verdicts["weighted-prm"].rule == "PRM-weighted vote (min)"


ANSWERS = st.lists(st.tuples(st.sampled_from([None, *"abcd"]), st.none() | st.floats(0, 1)), max_size=12)


@given(ANSWERS, st.sampled_from(sorted(RULES)), st.randoms())
def test_the_winner_does_not_hang_on_the_order_but_for_ties(
    drawn: list[tuple[str | None, float | None]], rule: str, rng: random.Random
) -> None:
    samples = [sample(answer, weight, place) for place, (answer, weight) in enumerate(drawn)]
    shuffled = rng.sample(samples, len(samples))
    one, other = count(samples, rule), count(shuffled, rule)
    assert {(tally.answer, tally.votes, tally.weight) for tally in one.tallies} == {
        (tally.answer, tally.votes, tally.weight) for tally in other.tallies
    }
    assert one.tied == other.tied
    if not one.tied:
        assert one.answer == other.answer
    counted = sum(tally.votes for tally in one.tallies)
    assert counted + one.unanswered + one.refused + one.unscored == one.samples == len(samples)


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=12), st.floats(0.01, 1))
def test_with_equal_weights_a_weighted_vote_is_the_majority(answers: list[str], weight: float) -> None:
    samples = [sample(answer, weight, place) for place, answer in enumerate(answers)]
    assert count(samples, "weighted-prm").winner == count(samples).winner == count(samples, "weighted-orm").winner


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=12), st.sampled_from(sorted(RULES)))
def test_with_all_weights_zero_the_first_wins(answers: list[str], rule: str) -> None:
    samples = [sample(answer, 0.0, place) for place, answer in enumerate(answers)]
    if rule != "majority":
        assert count(samples, rule).winner == samples[0]


@pytest.mark.parametrize("rule", RULES)
def test_one_sample_wins_and_none_is_no_winner(rule: str) -> None:
    assert count([sample("a", 0.3)], rule).answer == "a"
    assert count([sample("a", 0.3)], rule).share == 1.0
    assert count([], rule).answer is None
    assert count([sample(None)], rule).share == 0.0


@given(ANSWERS, st.sampled_from(sorted(RULES)))
def test_a_curve_counts_prefixes_of_one_sample_set(drawn: list[tuple[str | None, float | None]], rule: str) -> None:
    samples = [sample(answer, weight, place) for place, (answer, weight) in enumerate(drawn)]
    found = curve(samples, rule)
    assert len(found) == len(samples)
    assert all(verdict == count(samples[:size], rule) for size, verdict in enumerate(found, 1))


def test_pass_at_k_is_the_closed_form() -> None:
    assert pass_at_k(5, 2, 1) == pytest.approx(0.4)
    assert pass_at_k(5, 2, 5) == 1.0
    assert pass_at_k(5, 0, 3) == 0.0
    assert pass_at_k(5, 3, 3) == 1.0
    with pytest.raises(ValueError, match="5 samples"):
        pass_at_k(5, 2, 6)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_pass_at_k_is_a_chance_that_grows_with_k(drawn: tuple[int, int]) -> None:
    n, c = drawn
    chances = [pass_at_k(n, c, k) for k in range(n + 1)]
    assert all(0.0 <= chance <= 1.0 for chance in chances)
    assert all(later >= earlier - 1e-12 for earlier, later in pairwise(chances))
    for k, chance in enumerate(chances):
        assert chance == pytest.approx(1 - comb(n - c, k) / comb(n, k), abs=1e-9)


def test_accuracy_and_coverage_are_read_after_the_fact() -> None:
    tree = tree_of(f"{QUESTION} #### 23")
    grow(tree, 0, "Answer: 23", "Answer: 24", "Answer: 24")
    samples = samples_of(tree)
    rights = verdicts_of(tree, samples)
    assert rights == (True, False, False)
    assert accuracy_curve(tree, curve(samples)) == (True, True, False)
    assert coverage_curve(rights) == pytest.approx((1 / 3, 2 / 3, 1.0))
    assert verdicts_of(tree_of(), ()) == ()


def test_votes_can_be_read_off_any_search() -> None:
    tree = fold(run_log(plan("mcts", simulations=20, width=4)))
    samples = samples_of(tree)
    assert {entry.at.node for entry in samples} == {node.id for node in tree.answers()}
    assert count(samples, "best-prm", "last").winner is not None


def test_no_strategy_can_reach_the_exact_check() -> None:
    """Coverage and difficulty ask it after a run has ended; importing every strategy imports neither."""
    code = "import sys, engine.search; sys.exit(any(m in sys.modules for m in ('engine.search.coverage',)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0


def test_a_log_that_is_folded_again_gives_the_same_votes() -> None:
    log: tuple[Record, ...] = run_log(plan("self-consistency", samples=6, batch=3))
    assert samples_of(fold(log)) == samples_of(fold(log))
