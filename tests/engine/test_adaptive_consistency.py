"""Adaptive-Consistency: the closed forms, the curve of any stored sample set, and when a run stops."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.commands import RunPlan
from engine.events import Cost, Record, RunFinished, Voted
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.runner import Live
from engine.search import make_search
from engine.search.stopping import (
    STOPPING_RULES,
    beta,
    confidence,
    dirichlet,
    entropy,
    majority,
    stopping_curve,
    stops_at,
)
from engine.tree import fold
from tests.helpers.running import go, make_run, plan, run_log
from tests.helpers.scripted import ScriptedPolicy


@pytest.mark.parametrize(
    ("counts", "value", "stops"),
    [
        ((3,), 0.9375, False),
        ((4,), 0.96875, True),
        ((4, 1), 0.890625, False),
        ((5, 1), 0.9375, False),
        ((6, 1), 0.964844, True),
        ((7, 1), 0.980469, True),
        ((8, 2), 0.967285, True),
        ((10, 3), 0.971313, True),
    ],
)
def test_beta_is_the_oracle_table(counts: tuple[int, ...], value: float, stops: bool) -> None:
    assert beta(counts) == pytest.approx(value, abs=5e-7)
    answers = [letter for letter, votes in zip("ab", counts, strict=False) for _ in range(votes)]
    assert (confidence(answers, "beta") >= STOPPING_RULES["beta"][1]) == stops


def exact_dirichlet(counts: Sequence[int]) -> Fraction:
    """P(first is the largest) by rational arithmetic: the integrand multiplied out into terms c x^m e^-rx."""
    terms = {(0, 1): Fraction(1)}  # (power of x, rate): factor; the density of Gamma(first + 1)
    terms = {(counts[0], 1): Fraction(1, factorial(counts[0]))}
    for count in counts[1:]:
        grown = dict(terms)
        for (power, rate), factor in terms.items():
            for k in range(count + 1):
                key = power + k, rate + 1
                grown[key] = grown.get(key, Fraction(0)) - factor / factorial(k)
        terms = grown
    return sum(
        (factor * factorial(power) / Fraction(rate) ** (power + 1) for (power, rate), factor in terms.items()),
        Fraction(0),
    )


@pytest.mark.parametrize("counts", [(1, 1, 1), (5, 2, 1), (3, 3, 2, 1), (10, 10, 10, 10, 10), (20, 9, 4, 2, 2)])
def test_dirichlet_is_the_exact_integral(counts: tuple[int, ...]) -> None:
    assert dirichlet(counts) == pytest.approx(float(exact_dirichlet(counts)), abs=1e-8)


def test_dirichlet_looks_at_five_answers_and_falls_back_to_beta_below_three() -> None:
    assert dirichlet((6, 1)) == beta((6, 1))
    assert dirichlet((9, 2, 1, 1, 1, 1, 1)) == dirichlet((9, 2, 1, 1, 1))
    assert dirichlet((1500, 900, 800)) == pytest.approx(1.0)
    assert dirichlet((9, 2, 1)) == dirichlet((9, 2, 1))


def test_entropy_and_majority_are_those_of_the_authors() -> None:
    assert entropy((1,)) == majority((1,)) == 0.0  # one sample decides nothing
    assert entropy((4, 4)) == pytest.approx(0.0)
    assert entropy((4,)) == pytest.approx(1 - 0.721928, abs=1e-6)  # met by one imagined other vote
    assert entropy((4,)) >= STOPPING_RULES["entropy"][1] > entropy((3,))
    assert majority((4, 1)) == 0.8


@given(st.lists(st.sampled_from([None, *"abcde"]), max_size=30), st.sampled_from(sorted(STOPPING_RULES)))
def test_every_confidence_is_a_share_and_a_curve_is_made_of_prefixes(answers: list[str | None], rule: str) -> None:
    curve = stopping_curve(answers, rule)
    assert all(0.0 <= sure <= 1.0 for sure in curve)
    assert curve == [confidence(answers[: size + 1], rule) for size in range(len(answers))]
    reached = [size for size, sure in enumerate(curve, 1) if sure >= 0.9]
    assert stops_at(answers, rule, 0.9) == (reached[0] if reached else None)


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=15))
def test_confidence_does_not_hang_on_the_order(answers: list[str]) -> None:
    for rule in STOPPING_RULES:
        assert confidence(answers, rule) == confidence(sorted(answers), rule)


def test_a_stored_set_says_where_it_would_have_stopped() -> None:
    answers = ["a", None, "b", "a", "a", "a", "a", "a", "b"]
    assert stops_at(answers, "beta") == 8  # six against one; the sample without an answer has no vote
    assert stops_at(answers[:7], "beta") is None
    assert stops_at([], "beta") is None
    assert stopping_curve([None, "a"], "beta") == [0.0, 0.75]


class Chorus(ScriptedPolicy):
    """Says 24 by the same expression, but for every third sample."""

    drawn = 0

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        answers = []
        for request in requests:
            texts = []
            for _ in request.seeds:
                self.drawn += 1
                texts.append("Answer: 4 + 9 + 10 + 13 = 36" if self.drawn == 3 else "Answer: 4 + 9 + 13 - 10 = 16")
            answers.append(tuple(Sample(text, None, 9, "end") for text in texts))
        return Sampled(tuple(answers), tuple(Cost(calls=1, generated=9) for _ in requests))


def votes(log: Sequence[Record]) -> list[Voted]:
    return [record.event for record in log if isinstance(record.event, Voted)]


def test_a_run_stops_at_the_threshold_and_every_vote_carries_the_gauge() -> None:
    log = run_log(plan("adaptive-consistency"), Chorus())
    end = log[-1].event
    assert isinstance(end, RunFinished)
    assert end.why == "Finished: the vote is clear after 7 of 40 samples."
    gauges = [vote.confidence for vote in votes(log)]
    assert gauges == stopping_curve(["a", "a", "b", "a", "a", "a", "a"], "beta")
    assert {vote.threshold for vote in votes(log)} == {0.95}
    assert votes(log)[-1].rule == "majority, stop by beta"
    assert end.answer == "4 + 9 + 13 - 10"


def test_a_batch_looks_less_often() -> None:
    log = run_log(plan("adaptive-consistency", batch=5), Chorus())
    assert [vote.samples for vote in votes(log)] == [5, 10]


def test_another_rule_and_threshold_stop_elsewhere() -> None:
    end = run_log(plan("adaptive-consistency", rule="majority"), Chorus())[-1].event
    assert isinstance(end, RunFinished)
    assert end.why == "Finished: the vote is clear after 2 of 40 samples."
    log = run_log(plan("adaptive-consistency", threshold=0.999, samples=9), Chorus())
    assert votes(log)[-1].samples == 9
    assert votes(log)[-1].threshold == 0.999


def test_a_run_that_never_gets_clear_ends_at_most_samples() -> None:
    log = run_log(plan("adaptive-consistency", samples=6, temperature=1.0))
    end = log[-1].event
    assert isinstance(end, RunFinished)
    assert end.why == "Finished: all 6 samples are drawn and counted."


def test_a_run_that_is_cut_off_anywhere_ends_as_clear() -> None:
    wish: RunPlan = plan("adaptive-consistency", temperature=0.0)
    whole = run_log(wish)
    for cut in range(1, len(whole)):
        again: list[Record] = list(whole[:cut])
        run = make_run(wish, again)
        run.resume(whole[:cut], "test")
        go(Live(run, ScriptedPolicy(), ()))
        last = fold(again).votes[-1]
        assert last.confidence is not None
        assert last.confidence >= 0.95
        assert last.samples == 4


def test_no_verifier_is_needed() -> None:
    assert make_search("adaptive-consistency", {}).refusal(()) == ""
