"""A session made of a dataset has ten thousand runs: lists change only what changed, and offer what is near."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from app.panels.compare_bar import MOST_RUNS, CompareBar
from app.panels.facts import run_plan
from app.panels.runs import RunsModel
from engine.commands import RunPlan
from storage.runs import RunInfo
from tests.helpers.data_sets import kept_of, process_bench, tree_of

RUNS = [RunInfo(run, RunPlan("question", f"Question {run}?", "imported", {}), 0.0) for run in range(1, 2_001)]


def test_only_rows_that_changed_are_drawn_again() -> None:
    model, changed = RunsModel(), []
    model.set_runs(RUNS)
    model.dataChanged.connect(lambda first, last, *_: changed.append((first.row(), last.row())))
    model.set_runs(RUNS)
    assert changed == []
    model.set_runs([*RUNS[:9], replace(RUNS[9], state="finished", answer="7"), *RUNS[10:]])
    assert changed == [(1_990, 1_990)]
    model.set_runs(model.runs, {5: "no model"})
    model.set_runs(model.runs, {})
    assert changed[1:] == [(1_995, 1_995)] * 2
    assert (model.row_of(1).row(), model.row_of(2_000).row()) == (1_999, 0)
    assert model.row_of(None) == model.row_of(2_001) == QModelIndex()


def test_runs_near_the_one_on_screen_are_offered_for_comparison(qtbot: QtBot) -> None:
    bar = CompareBar()
    qtbot.addWidget(bar)
    bar.show_runs(RUNS, 1_000, 3)
    offered = [bar.runs.itemData(at) for at in range(1, bar.runs.count())]
    assert len(offered) == MOST_RUNS
    assert (offered[0], offered[-2:], bar.runs.currentData()) == (1_149, [850, 3], 3)
    assert 1_000 not in offered
    bar.show_runs(RUNS[:3], 2, None)
    assert [bar.runs.itemData(at) for at in range(bar.runs.count())] == [None, 3, 1]


def test_what_a_record_says_beside_its_steps_is_a_fact() -> None:
    (run,) = kept_of(process_bench())
    facts = {fact.label: fact.value for fact in run_plan(tree_of(run))}
    assert facts["Read from"] == "made up, line 1: all steps of ProcessBench are shown"
    assert facts["Its record"] == "dataset: ProcessBench · id: a-0 · generator: toy · final_answer_correct: false"
