"""Totals, rankings and votes over a table against plain Python, trace by trace."""

from __future__ import annotations

from math import fsum, isnan, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scores.aggregates import RULES, aggregated, elected, ranking
from engine.scores.table import ScoreTable
from engine.search.values import AGGREGATIONS, aggregate
from tests.helpers.scored import table_of

Row = list[float | None]
scores = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 0.5]), st.floats(0, 1, width=32))
rows = st.lists(st.lists(scores, max_size=7), max_size=8)
totals = st.lists(st.one_of(st.just(float("nan")), st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.7])), max_size=12)


def plain(row: Row, rule: str) -> float:
    """The definition of a rule, for one trace; steps without a score are left out."""
    known = [value for value in row if value is not None]
    if not known:
        return float("nan")
    rules = {
        "last": lambda: known[-1],
        "min": lambda: min(known),
        "product": lambda: prod(known),
        "mean": lambda: sum(known) / len(known),
        "geometric mean": lambda: prod(known) ** (1 / len(known)),
        "sum": lambda: sum(known),
        "max": lambda: max(known),
    }
    return rules[rule]()


def close(found: float, wanted: float) -> bool:
    return (isnan(found) and isnan(wanted)) or found == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("rule", RULES)
@given(entries=rows)
def test_every_rule_is_its_definition_for_every_trace(rule: str, entries: list[Row]) -> None:
    found = aggregated(table_of(*entries), rule)
    assert len(found) == len(entries)
    assert all(close(total, plain(row, rule)) for total, row in zip(found, entries, strict=True))


@pytest.mark.parametrize("rule", AGGREGATIONS)
@given(entries=st.lists(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=7), min_size=1, max_size=5))
def test_a_rule_that_a_search_knows_gives_what_it_gives_there(rule: str, entries: list[list[float]]) -> None:
    found = aggregated(table_of(*entries), rule)
    assert found == pytest.approx([aggregate(row, rule) for row in entries], abs=1e-12)  # type: ignore[arg-type]


def test_the_oracle_of_the_aggregations() -> None:
    table = table_of([0.9, 0.2, 0.95])
    found = {rule: round(float(aggregated(table, rule)[0]), 4) for rule in RULES}
    assert found == {
        "last": 0.95,
        "min": 0.2,
        "product": 0.171,
        "mean": 0.6833,
        "geometric mean": 0.5550,
        "sum": 2.05,
        "max": 0.95,
    }


def test_one_step_of_score_zero_makes_product_and_geometric_mean_zero() -> None:
    table = table_of([0.9, 0.0, 0.9], [0.0, None])
    for rule in ("product", "geometric mean"):
        assert aggregated(table, rule).tolist() == [0.0, 0.0]


def test_a_product_of_very_many_small_scores_keeps_its_place() -> None:
    table = table_of([0.5] * 400, [0.5] * 399)
    assert ranking(aggregated(table, "product")).tolist() == [1, 0]
    assert aggregated(table, "geometric mean") == pytest.approx([0.5, 0.5])


def test_raw_numbers_below_zero_have_a_product_and_no_geometric_mean() -> None:
    table = table_of([-2.0, 3.0], [-2.0, -3.0], [2.0, 8.0])
    assert aggregated(table, "product") == pytest.approx([-6.0, 6.0, 16.0])
    assert np.isnan(aggregated(table, "geometric mean")).tolist() == [True, True, False]
    assert aggregated(table, "geometric mean")[2] == pytest.approx(4.0)


def test_a_product_of_many_large_raw_numbers_is_beyond_all_numbers() -> None:
    assert aggregated(table_of([30.0] * 1000), "product").tolist() == [float("inf")]


def test_an_unknown_rule_is_no_rule() -> None:
    with pytest.raises(KeyError):
        aggregated(table_of([0.5]), "median")


def test_without_traces_and_without_steps_there_is_nothing_to_add_up() -> None:
    for rule in RULES:
        assert aggregated(table_of(), rule).shape == (0,)
        assert np.isnan(aggregated(table_of([], []), rule)).all()


@given(totals)
def test_the_ranking_is_a_stable_sort_with_the_unknown_last(values: list[float]) -> None:
    expected = sorted(
        range(len(values)), key=lambda row: (isnan(values[row]), 0 if isnan(values[row]) else -values[row])
    )
    assert ranking(np.array(values)).tolist() == expected


@st.composite
def ballots(draw: st.DrawFn) -> tuple[ScoreTable, list[str | None], list[float]]:
    weights = draw(totals)
    answers = [draw(st.sampled_from([None, "a", "b", "c"])) for _ in weights]
    return table_of(*[[0.5]] * len(weights), answers=answers), answers, weights


@given(ballots())
def test_the_election_is_the_weighted_vote_of_the_traces_that_have_an_answer_and_a_total(
    ballot: tuple[ScoreTable, list[str | None], list[float]],
) -> None:
    table, answers, weights = ballot
    groups: dict[str, list[int]] = {}
    for row, (answer, weight) in enumerate(zip(answers, weights, strict=True)):
        if answer is not None and not isnan(weight):
            groups.setdefault(answer, []).append(row)
    counted = [
        (answer, fsum(weights[row] for row in members), len(members), members[0]) for answer, members in groups.items()
    ]
    assert elected(table, np.array(weights)) == sorted(counted, key=lambda entry: (-entry[1], entry[3]))


def test_equal_weights_make_it_the_majority_and_zeros_the_first_seen() -> None:
    table = table_of([0.5], [0.5], [0.5], answers=["8", "7", "7"])
    assert elected(table, np.full(3, 0.5))[0][:3] == ("7", 1.0, 2)
    assert elected(table, np.zeros(3))[0].answer == "8"


@given(rows)
def test_a_table_holds_the_scores_as_they_are_and_nothing_beyond_the_ends(entries: list[Row]) -> None:
    table = table_of(*entries)
    assert table.values.shape == (len(entries), max(map(len, entries), default=0))
    for row, expected in zip(table.values, entries, strict=True):
        assert [None if isnan(value) else float(value) for value in row[: len(expected)]] == expected
        assert np.isnan(row[len(expected) :]).all()
    assert table.lengths.tolist() == list(map(len, entries))
