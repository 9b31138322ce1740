"""The votes dock: any rule over the samples in the tree, its table, its curve and its gauge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import fsum

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.panels.votes import VotesPanel
from app.panels.votes_table import SAMPLES, SHARE, VOTES, WEIGHT, answer_rows
from app.panels.votes_words import MOST_POINTS, curve_of, rule_in, stopping_of, usable_rules, verdict_words
from engine.events import Record, RolledOut
from engine.search.search import Answer
from engine.search.stopping import STOPPING_RULES, stops_at
from engine.search.values import AGGREGATIONS
from engine.search.votes import RULES, Sample, count, samples_of
from engine.tree import fold
from tests.app.odd_log import ANSWERS, odd_log
from tests.helpers.running import plan, run_log

RUN: tuple[Record, ...] = run_log(plan("self-consistency", samples=24, temperature=1.0, seed=3))
Settle = Callable[[VotesPanel], None]


@pytest.fixture
def panel(see: Callable[[type[VotesPanel]], VotesPanel], shown: ShownRun, settle: Settle) -> VotesPanel:
    panel = see(VotesPanel)
    shown.show(1, RUN)
    settle(panel)
    return panel


def sample(node: int, answer: str | None, outcome: float | None = None) -> Sample:
    return Sample(Answer(node), answer, answer, False, None, outcome, None)


def test_the_table_is_the_count(panel: VotesPanel) -> None:
    samples = samples_of(fold(RUN))
    verdict = count(samples, "majority")
    assert [row.tally for row in panel.model.rows] == list(verdict.tallies)
    assert [row.wins for row in panel.model.rows] == [True] + [False] * (len(verdict.tallies) - 1)
    assert fsum(row.share for row in panel.model.rows) == pytest.approx(1)
    for row in panel.model.rows:
        assert [samples[number - 1].answer for number in row.numbers] == [row.tally.answer] * row.tally.votes
    first = panel.model.rows[0]
    cells = [panel.model.data(panel.model.index(0, column)) for column in (VOTES, WEIGHT, SHARE, SAMPLES)]
    assert cells[0] == f"{first.tally.votes}"
    assert cells[2] == f"{first.share:.0%}"
    assert cells[3] == ", ".join(map(str, first.numbers))


def test_every_rule_is_read_off_the_same_samples(panel: VotesPanel) -> None:
    samples = samples_of(fold(RUN))
    for name in usable_rules(samples):
        panel.rule.setCurrentIndex(panel.rule.findData(name))
        for how in AGGREGATIONS:
            panel.aggregation.setCurrentText(how)
            assert [row.tally for row in panel.model.rows] == list(count(samples, name, how).tallies)
        assert panel.aggregation.isEnabled() == (RULES[name].needs == "steps")


def test_rules_without_scores_are_grey(panel: VotesPanel) -> None:
    items = panel.rule.model()
    assert isinstance(items, QStandardItemModel)
    enabled = {str(panel.rule.itemData(row)): items.item(row).isEnabled() for row in range(panel.rule.count())}
    assert enabled["majority"]
    assert enabled["weighted-prm"]  # the scripted PRM scored every step
    assert not enabled["best-orm"]


def test_a_click_goes_to_the_answer_and_again_to_its_next_sample(panel: VotesPanel, shown: ShownRun) -> None:
    at = next(at for at, row in enumerate(panel.model.rows) if len(row.nodes) > 1)
    nodes = panel.model.rows[at].nodes
    index = panel.model.index(at, 0)
    for expected in (*nodes, nodes[0]):
        panel.view.activated.emit(index)
        assert shown.selected == expected
    assert panel.view.currentIndex().row() == at


def test_the_row_of_the_selected_node_is_marked(panel: VotesPanel, shown: ShownRun) -> None:
    row = panel.model.rows[1]
    shown.select(row.nodes[0])
    assert [index.row() for index in panel.view.selectionModel().selectedRows()] == [1]
    shown.select(0)
    assert panel.view.selectionModel().selectedRows() == []


def test_keys_reach_the_table(panel: VotesPanel, shown: ShownRun, qtbot: QtBot) -> None:
    panel.view.setFocus()
    panel.view.selectRow(0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert shown.selected in panel.model.rows[1].nodes


def test_answers_are_checked_only_once_the_run_has_ended(panel: VotesPanel, shown: ShownRun, settle: Settle) -> None:
    assert {row.correct for row in panel.model.rows} <= {True, False}
    shown.seek(len(RUN) - 1)
    settle(panel)
    assert {row.correct for row in panel.model.rows} == {None}


def test_duplicates_and_ties_are_said(panel: VotesPanel, shown: ShownRun, settle: Settle) -> None:
    assert f"{shown.tree.duplicates} of " in panel.words.text()
    assert "led to a state that was known before" in panel.words.text()
    shown.show(2, odd_log())
    settle(panel)
    assert "A tie" in panel.words.text()
    assert [row.written for row in panel.model.rows] == list(ANSWERS)


def test_a_run_without_an_ended_trace_says_so(panel: VotesPanel, shown: ShownRun, settle: Settle) -> None:
    shown.show(2, odd_log(4))
    settle(panel)
    assert not panel.content.isVisibleTo(panel)


def test_the_rule_of_the_run_is_taken_over_once(
    see: Callable[[type[VotesPanel]], VotesPanel], shown: ShownRun, settle: Settle
) -> None:
    panel = see(VotesPanel)
    log = run_log(plan("self-consistency", samples=8, rule="weighted-prm", aggregation="mean", seed=1))
    shown.show(1, log)
    settle(panel)
    assert (panel.rule_name, panel.aggregation_name) == ("weighted-prm", "mean")
    panel.rule.setCurrentIndex(panel.rule.findData("majority"))
    shown.seek(len(log) - 1)
    settle(panel)
    assert panel.rule_name == "majority"


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("how", AGGREGATIONS)
def test_a_rule_is_known_by_its_words(rule: str, how: str) -> None:
    found = rule_in(f"{RULES[rule].words(how)}, stop by beta")  # type: ignore[arg-type] # one of AGGREGATIONS
    assert found is not None
    assert found[0] == rule
    assert found[1] == how or RULES[rule].needs != "steps"
    assert rule_in("by the phase of the moon") is None


def test_stopping_says_where_it_would_have_stopped() -> None:
    samples = [sample(number, "a" if number != 2 else "b") for number in range(1, 13)]
    found = stopping_of(samples, "beta")
    assert found.at == stops_at([entry.answer for entry in samples], "beta")
    assert found.words == f"would have stopped at sample {found.at} of 12"
    assert stopping_of(samples[:2], "beta").words == "would not have stopped (2 samples)"


@pytest.mark.parametrize("rule", STOPPING_RULES)
def test_the_gauge_shows_the_rule(panel: VotesPanel, rule: str) -> None:
    panel.stopping.setCurrentIndex(panel.stopping.findData(rule))
    assert panel.gauge.accessibleDescription().endswith(f" of {STOPPING_RULES[rule][1]:g}")
    assert panel.stopping_words.text() == stopping_of(samples_of(fold(RUN)), rule).words


def test_a_curve_ends_with_the_whole_and_stays_short() -> None:
    samples = [sample(number, str(number % 3)) for number in range(1, 301)]
    curve = curve_of(samples, "majority", "min")
    assert len(curve.sizes) == MOST_POINTS
    assert curve.sizes[-1] == 300
    assert curve.shares[-1] == count(samples, "majority").share
    assert curve_of(samples[:5], "majority", "min").sizes == (1, 2, 3, 4, 5)
    assert curve_of([], "majority", "min").sizes == ()


def test_who_has_no_vote_is_counted() -> None:
    samples = (sample(1, "a", 0.5), sample(2, None), replace(sample(3, "a"), refused=True), sample(4, "b"))
    words = verdict_words(count(samples, "weighted-orm"))
    assert words == (
        "4 traces have ended; no vote: 1 without an answer, 1 refused by a rule, "
        "1 without the score that this rule needs."
    )


def test_a_vote_without_weight_has_no_shares() -> None:
    samples = (sample(1, "a", 0.0), sample(2, "b", 0.0))
    rows = answer_rows(samples, count(samples, "weighted-orm"), lambda _: None)
    assert [row.share for row in rows] == [0.0, 0.0]


def test_a_tiny_weight_is_not_written_as_zero() -> None:
    samples = (sample(1, "a", 0.8), sample(2, "b", 0.0004), sample(3, "c", 0.0))
    rows = answer_rows(samples, count(samples, "weighted-orm"), lambda _: None)
    assert [row.cells()[WEIGHT] for row in rows] == ["0.80", "4e-04", "0.00"]


def test_a_searched_tree_is_counted_as_well(panel: VotesPanel, shown: ShownRun, settle: Settle) -> None:
    log = run_log(plan("mcts", simulations=40, seed=3))
    shown.show(3, log)
    settle(panel)
    assert sum(row.tally.votes for row in panel.model.rows) == len(samples_of(fold(log))) > 1


def test_advice_can_be_asked_for(panel: VotesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.advice_wanted):
        panel.advice.click()


def test_a_time_range_leaves_the_traces_that_ended_in_it(panel: VotesPanel, shown: ShownRun, settle: Settle) -> None:
    birth = shown.history.birth
    ended = [int(birth[sample.at.node]) for sample in samples_of(fold(RUN))]
    first, last = ended[4], ended[11]
    inside = [cursor for cursor in ended if first <= cursor <= last]
    shown.time_range.set(first, last)
    settle(panel)
    assert len(panel._samples) == len(inside) < len(ended)
    assert sum(row.tally.votes for row in panel.model.rows) <= len(inside)
    shown.time_range.set(1, 1)
    settle(panel)
    assert not panel.content.isVisibleTo(panel)
    shown.time_range.clear()
    settle(panel)
    assert len(panel._samples) == len(ended)


def test_a_rollout_counts_when_it_was_played(panel: VotesPanel, shown: ShownRun, settle: Settle) -> None:
    log = run_log(plan("mcts", simulations=8, value="rollout"))
    shown.show(2, log)
    settle(panel)
    played = [cursor for cursor, record in enumerate(log, 1) if isinstance(record.event, RolledOut)]
    shown.time_range.set(played[2], played[4])
    settle(panel)
    assert sum(sample.at.rollout is not None for sample in panel._samples) == 3
