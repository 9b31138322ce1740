"""Whether to believe a scorer: figures against outcomes and labels, against values worked out by hand."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import pytest

from app.models.disagreement import disagreeing
from app.models.step_labels import gather
from app.models.trust import FEW, THIN, evidence_of_answers, evidence_of_labels, figures, is_probability
from engine.events import Record, RunStarted, StepRated
from engine.scores.aggregates import aggregated
from engine.scores.labels import MonteCarloLabels
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace, traces_of
from engine.tree import Tree, fold
from tests.helpers.scored import table_of
from tests.helpers.scored_session import BAD, GOOD, SCORER, scored_log

TABLE = table_of((0.95, 0.85), (0.85, 0.95), (0.65, 0.15), (0.35, None), correct=(True, True, False, None))


def done(work: Generator[None, None, Any]) -> Any:
    """What a generator returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def test_steps_are_held_against_the_end_of_their_trace() -> None:
    found = figures(evidence_of_answers(TABLE, aggregated(TABLE, "min")), "step", "answer", "min")
    assert (found.n, found.traces) == (6, 3), "of the fourth trace nobody knows"
    assert found.auc == 1.0
    assert found.accuracy == pytest.approx(5 / 6)
    assert found.brier == pytest.approx((2 * 0.05**2 + 2 * 0.15**2 + 0.65**2 + 0.15**2) / 6)
    assert [one.low for one in found.bins] == pytest.approx([0.1, 0.6, 0.8, 0.9])
    assert [one.count for one in found.bins] == [1, 1, 2, 2]
    assert [one.share for one in found.bins] == [0, 0, 1, 1]
    assert all(one.interval[0] <= one.share <= one.interval[1] for one in found.bins)


def test_each_position_and_the_totals_have_a_figure() -> None:
    found = figures(evidence_of_answers(TABLE, aggregated(TABLE, "min")), "step", "answer", "min")
    assert [(one.step, one.n, one.right, one.auc, one.accuracy) for one in found.positions] == [
        (1, 3, 2, 1.0, pytest.approx(2 / 3)),
        (2, 3, 2, 1.0, 1.0),
        (None, 3, 2, 1.0, 1.0),
    ]
    assert all(one.thin for one in found.positions)


@pytest.mark.parametrize("rule", ["product", "sum"])
def test_one_half_is_no_border_for_products_and_sums(rule: str) -> None:
    totals = aggregated(TABLE, rule)
    found = figures(evidence_of_answers(TABLE, totals), "trace", "answer", rule)
    assert found.accuracy is None
    assert found.positions[-1].accuracy is None
    assert found.auc == 1.0
    assert bool(found.bins) == is_probability(totals[:3]), "a sum says nothing of how often it is right"


def test_few_traces_are_few_however_many_steps_they_have() -> None:
    rows = [tuple([0.5] * 40)] * (FEW - 1)
    table = table_of(*rows, correct=[True] * len(rows))
    few = figures(evidence_of_answers(table, aggregated(table, "min")), "step", "answer", "min")
    assert few.few
    assert few.n > THIN * FEW
    more = table_of(*rows, rows[0], correct=[True] * FEW)
    assert not figures(evidence_of_answers(more, aggregated(more, "min")), "step", "answer", "min").few


def test_nothing_known_is_no_figure() -> None:
    table = table_of((0.5,), correct=(None,))
    found = figures(evidence_of_answers(table, aggregated(table, "min")), "step", "answer", "min")
    assert (found.n, found.bins, found.positions) == (0, (), ())
    assert (found.auc, found.ece, found.mean_score) == (None, None, None)


def rated(tree: Tree, *ratings: tuple[int, int], by: str = "") -> Tree:
    events = [Record(1, 99 + at, 0.0, StepRated(node, rating, by)) for at, (node, rating) in enumerate(ratings)]
    return fold(events, tree)


def test_labels_of_steps_are_gathered_once_for_each_step() -> None:
    tree = rated(fold(scored_log(1)), (1, 1), (5, -1))
    one, other = traces_of(tree, 1, SCORER)
    table = ScoreTable.of((one, one, other))
    labels = done(gather(table, lambda _: tree, "person", MonteCarloLabels()))
    assert np.nansum(~np.isnan(labels)) == 2, "the step that stands in two rows counts once"
    assert (labels[0, 0], labels[2, 0]) == (1, 0)
    found = figures(evidence_of_labels(table, labels), "step", "person", "min")
    assert (found.n, found.auc) == (2, 1.0)
    assert [one.step for one in found.positions] == [1], "labels of steps say nothing of whole traces"


def test_a_run_that_is_gone_has_no_labels() -> None:
    table = ScoreTable.of(traces_of(fold(scored_log(1)), 1, SCORER))
    assert np.isnan(done(gather(table, lambda _: Tree(), "exact", MonteCarloLabels()))).all()


def test_a_solver_labels_what_it_can() -> None:
    tree = fold(scored_log(1, (GOOD, BAD)))
    assert isinstance(tree.started, RunStarted)
    table = ScoreTable.of(traces_of(tree, 1, SCORER))
    labels = done(gather(table, lambda _: tree, "exact", MonteCarloLabels()))
    assert labels[0].tolist() == [1, 1, 1, 1]
    assert labels[1, -1] == 0


def trace(number: int, total: float, correct: bool | None) -> ScoredTrace:
    return ScoredTrace(1, (number,), None, f"{number}", correct, (total,))


def test_disagreements_stand_most_striking_first() -> None:
    table = ScoreTable.of(
        [trace(at, total, correct) for at, (total, correct) in enumerate(
            [(0.95, False), (0.9, True), (0.8, True), (0.2, True), (0.1, False), (0.3, False), (0.4, None)]
        )]
    )  # fmt: skip
    totals = aggregated(table, "min")
    found = disagreeing(table, totals)
    assert [(row.trace, row.high) for row in found] == [(0, True), (3, False)]
    assert found[0].beats == 1.0, "no right trace has a higher score"
    assert found[1].beats == pytest.approx(2 / 3)
    assert (found[0].others, found[1].others) == (3, 3)
    assert [row.trace for row in disagreeing(table, totals, kind="low")] == [3]
    assert [row.trace for row in disagreeing(table, totals, 0.25)] == [0, 3, 5]
    assert disagreeing(table, totals, 0.99, "high") == ()


def test_without_another_class_there_is_nothing_to_beat() -> None:
    table = ScoreTable.of([trace(0, 0.2, True), trace(1, 0.9, True)])
    found = disagreeing(table, aggregated(table, "min"))
    assert [row.beats for row in found] == [None, None]
    assert found[0].trace == 0
    assert found[0].lowest == 0
