"""The ranking of traces and the grid of rules: order, cells, what is copied; nothing that a model wrote is reckoned."""

from __future__ import annotations

import csv
from io import StringIO
from random import Random

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.traces.ranking_table import (
    ANSWER,
    AT,
    COLUMNS,
    LOWEST,
    PLACE,
    RUN,
    STEPS,
    TOTAL,
    RankingModel,
    RankingTable,
)
from app.desk.traces.rules import BEST, RULE, WEIGHTED, RulesModel, RulesTable, rule_rows
from app.models.ballot import Ballot
from app.theme import Theme
from engine.scores.aggregates import RULES, aggregated, ranking
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace

HOSTILE = '=HYPERLINK("x") | <b>bold</b> \u202e'
TRACES = (
    ScoredTrace(2, (1, 2), None, "24", True, (0.9, 0.5)),
    ScoredTrace(1, (3, 4, 5), None, HOSTILE, False, (0.8, None, 0.7)),
    ScoredTrace(1, (6,), None, None, None, (None,)),
    ScoredTrace(3, (7, 8), None, "24", True, (0.2, 0.6)),
)


@pytest.fixture
def table() -> ScoreTable:
    return ScoreTable.of(TRACES)


@pytest.fixture
def model(table: ScoreTable) -> RankingModel:
    made = RankingModel(Theme("dark"))
    made.show_table(table)
    made.show_totals(aggregated(table, "min"), (0,))
    return made


def column(model: RankingModel, number: int) -> list[str]:
    return [model.data(model.index(row, number)) for row in range(model.rowCount())]


def test_the_best_stands_first_and_what_has_no_total_last(model: RankingModel) -> None:
    assert model.rows == (1, 0, 3, 2)
    assert column(model, PLACE) == ["1", "2", "3", "4"]
    assert column(model, TOTAL) == ["0.70", "0.50", "0.20", "–"]
    assert column(model, STEPS) == ["3", "2", "2", "1"]
    assert column(model, LOWEST) == ["0.70", "0.50", "0.20", "–"]
    assert column(model, AT) == ["3", "2", "1", "–"]
    assert column(model, RUN) == ["1", "2", "3", "1"]


def test_every_trace_with_the_elected_answer_is_marked(model: RankingModel) -> None:
    answers = column(model, ANSWER)
    assert [answer.startswith("●") for answer in answers] == [False, True, True, False]
    assert answers[1] == "● ✓ 24"
    assert answers[3] == "· –"
    assert "\u202e" not in answers[0]
    assert "⟦202E⟧" in answers[0]


def test_another_rule_ranks_anew(model: RankingModel, table: ScoreTable) -> None:
    model.show_totals(aggregated(table, "last"), (1,))
    assert model.rows == (1, 3, 0, 2)
    assert column(model, TOTAL)[:3] == ["0.70", "0.60", "0.50"]
    assert column(model, PLACE) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("number", range(len(COLUMNS)))
def test_it_is_sorted_by_any_column_and_what_is_missing_stays_last(model: RankingModel, number: int) -> None:
    up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    model.sort(number, up)
    ascending = column(model, number)
    model.sort(number, down)
    descending = column(model, number)
    if number in (TOTAL, ANSWER, LOWEST, AT):
        assert ascending[-1].endswith("–")
        assert descending[-1].endswith("–")
        ascending, descending = ascending[:-1], descending[:-1]
    assert ascending == descending[::-1] or number in (ANSWER, STEPS, RUN)
    if number in (STEPS, RUN):
        assert ascending == sorted(ascending)
        assert descending == sorted(descending, reverse=True)


def test_the_order_survives_a_change_of_rule(model: RankingModel, table: ScoreTable) -> None:
    model.sort(RUN, Qt.SortOrder.DescendingOrder)
    model.show_totals(aggregated(table, "max"), ())
    assert column(model, RUN) == ["3", "2", "1", "1"]
    assert column(model, TOTAL)[-1] == "–", "equal ones stand best first"


def test_a_long_table_is_ranked_as_the_engine_ranks_it() -> None:
    random = Random(0)
    traces = [ScoredTrace(1, (1,), None, "a", None, (random.random(),)) for _ in range(500)]
    table = ScoreTable.of(traces)
    model = RankingModel(Theme("dark"))
    model.show_table(table)
    totals = aggregated(table, "last")
    model.show_totals(totals)
    assert model.rows == tuple(ranking(totals).tolist())


def test_it_is_copied_as_csv_in_which_nothing_is_reckoned(model: RankingModel) -> None:
    head, *rows = csv.reader(StringIO(model.as_csv()))
    assert head == ["#", "Total", "Answer", "Steps", "Lowest", "at", "Run #", "Is right"]
    assert rows[0][2].startswith("'=HYPERLINK")
    assert float(rows[0][1]) == pytest.approx(0.7)
    assert rows[1][2:] == ["24", "2", "0.5", "2", "2", "1"]
    assert rows[3] == ["4", "", "", "1", "", "", "1", ""]


def test_it_is_copied_as_markdown_in_which_nothing_is_markup(model: RankingModel) -> None:
    text = model.as_markdown("Traces *ranked*")
    title, _, head, line, first, *_ = text.split("\n")
    assert title == r"**Traces \*ranked\***"
    assert head.count("|") == line.count("|") == len(COLUMNS) + 2
    assert r"\<b\>bold" in first
    assert "wrong" in first


def test_tips_are_plain_text(model: RankingModel) -> None:
    tip = model.data(model.index(0, ANSWER), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip
    assert "wrong" in tip


def test_the_table_chooses_marks_and_copies(model: RankingModel, qtbot: QtBot) -> None:
    copied: list[bool] = []
    view = RankingTable(model, lambda: copied.append(True))
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.dress(Theme("dark"))
    view.show()
    with qtbot.waitSignal(view.trace_chosen) as chosen:
        view.clicked.emit(model.index(1, 0))
    assert chosen.args == [0]
    with qtbot.assertNotEmitted(view.trace_chosen):
        view.select(3)
    assert view.currentIndex().row() == 2
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied
    view.select(None)
    assert not view.selectionModel().hasSelection()


@pytest.mark.parametrize(
    ("width", "hidden"), [(700, set()), (400, {RUN}), (340, {RUN, LOWEST}), (250, {RUN, LOWEST, AT})]
)
def test_a_narrow_table_keeps_what_matters_most(
    model: RankingModel, qtbot: QtBot, width: int, hidden: set[int]
) -> None:
    view = RankingTable(model, lambda: None)
    qtbot.addWidget(view)
    view.resize(width, 200)
    view.show()
    assert {number for number in range(len(COLUMNS)) if view.isColumnHidden(number)} == hidden


# every rule beside every other

LONG_AND_SHORT = ScoreTable.of(
    (
        ScoredTrace(1, (1,), None, "short", True, (0.8,)),
        ScoredTrace(1, (2, 3, 4), None, "long", False, (0.95, 0.7, 0.95)),
    )
)


def test_the_grid_shows_what_each_rule_comes_to(qtbot: QtBot) -> None:
    ballot = Ballot(LONG_AND_SHORT, ("p", "p"))
    rows = rule_rows(LONG_AND_SHORT, ballot, lambda rule: aggregated(LONG_AND_SHORT, rule), "mean")
    assert [row.rule for row in rows] == list(RULES)
    best = {row.rule: row.words[1] for row in rows}
    assert best["product"] == "✓ short"
    assert best["mean"] == best["sum"] == best["last"] == best["max"] == "✗ long"
    assert {row.rule for row in rows if row.in_force} == {"mean"}
    model = RulesModel(Theme("dark"))
    model.set_rows(rows)
    view = RulesTable(model)
    qtbot.addWidget(view)
    product = model.index(RULES.index("product"), RULE)
    with qtbot.waitSignal(view.rule_chosen) as chosen:
        view.clicked.emit(product)
    assert chosen.args == ["product"]
    colours = Theme("dark").palette
    assert model.data(product.siblingAtColumn(BEST), Qt.ItemDataRole.ForegroundRole) == colours.good
    mean = model.index(RULES.index("mean"), WEIGHTED)
    assert model.data(mean, Qt.ItemDataRole.ForegroundRole) == colours.bad
    assert model.data(mean, Qt.ItemDataRole.FontRole).bold()


def test_totals_that_are_all_missing_elect_nobody() -> None:
    nobody = ScoreTable.of((ScoredTrace(1, (1,), None, "a", True, (None,)),))
    rows = rule_rows(nobody, Ballot(nobody, ("p",)), lambda _: np.array([np.nan]), "min")
    assert {row.words for row in rows} == {("–", "–")}
    assert {row.right for row in rows} == {(None, None)}
