"""Weighted vote, best of N and majority over tables of scored traces, of one problem and of several."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.models.ballot import Ballot, Verdict
from engine.scores.aggregates import elected
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace

NAN = float("nan")


def table(*answers: tuple[str | None, bool | None]) -> ScoreTable:
    return ScoreTable.of(
        ScoredTrace(run, (1,), None, answer, correct, (0.5,)) for run, (answer, correct) in enumerate(answers, 1)
    )


THREE = table(("a", True), ("b", False), ("b", False), (None, False))


def test_the_three_ways_differ() -> None:
    ballot = Ballot(THREE, ("p",) * 4)
    totals = np.array([0.9, 0.5, 0.3, 1.0])
    assert ballot.weighted(totals) == Verdict((0,), 1, 1)
    assert ballot.best(totals) == Verdict((0,), 1, 1), "a trace without an answer is not chosen"
    assert ballot.majority() == Verdict((1,), 0, 1)
    assert ballot.weighted(np.array([0.7, 0.5, 0.3, 1.0])).trace == 1


def test_a_trace_without_a_score_weighs_nothing_but_has_a_vote() -> None:
    ballot = Ballot(THREE, ("p",) * 4)
    totals = np.array([0.1, NAN, NAN, NAN])
    assert ballot.weighted(totals).trace == 0
    assert ballot.best(totals).trace == 0
    assert ballot.majority().trace == 1
    assert ballot.best(np.full(4, NAN)) == Verdict((), 0, 0)


def test_answers_of_different_problems_are_not_counted_together() -> None:
    pooled = table(("a", True), ("b", False), ("a", False), ("c", True), ("a", False))
    ballot = Ballot(pooled, ("p", "p", "q", "q", "q"))
    totals = np.array([0.4, 0.5, 0.3, 0.9, 0.2])
    assert ballot.problems == 2
    assert set(ballot.weighted(totals).traces) == {1, 3}
    assert set(ballot.best(totals).traces) == {1, 3}
    assert set(ballot.majority().traces) == {0, 2}
    assert (ballot.majority().right, ballot.majority().asked) == (1, 2)


def test_each_problem_has_its_winner_with_the_weight_of_its_votes() -> None:
    pooled = table(("a", True), ("b", False), ("a", False), ("c", True), ("a", False), ("d", None))
    ballot = Ballot(pooled, ("p", "p", "q", "q", "q", "r"))
    found = ballot.winners(np.array([0.4, 0.5, 0.3, 0.4, 0.2, NAN]))
    assert {problem: (one.answer, one.weight, one.votes, one.first) for problem, one in found.items()} == {
        "p": ("b", 0.5, 1, 1),
        "q": ("a", 0.5, 2, 2),
    }


@given(
    st.lists(st.tuples(st.sampled_from([None, "a", "b", "c"]), st.floats(0, 1)), min_size=1, max_size=20),
)
def test_of_one_problem_it_is_the_vote_of_the_engine(rows: list[tuple[str | None, float]]) -> None:
    scored = table(*((answer, None) for answer, _ in rows))
    totals = np.array([total for _, total in rows])
    votes = elected(scored, totals)
    found = Ballot(scored, ["p"] * len(rows)).weighted(totals)
    assert found.traces == tuple(entry.first for entry in votes[:1])
    assert found.asked == 0


def test_an_answer_is_right_if_another_trace_that_gives_it_was_checked() -> None:
    ballot = Ballot(table(("a", None), ("a", True), ("b", None)), ("p",) * 3)
    assert ballot.best(np.array([0.9, 0.1, 0.5])) == Verdict((0,), 1, 1)
    assert ballot.best(np.array([0.1, 0.2, 0.5])) == Verdict((2,), 0, 0)
