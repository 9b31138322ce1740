"""The engine's log and the list of runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.panels.log import MOST_LINES, LogPanel
from app.panels.runs import RunsModel, RunsPanel, run_words
from engine.commands import RunPlan
from storage.runs import RunInfo
from tests.helpers.rich_log import rich_log


@pytest.fixture
def log(see: Callable[[type[LogPanel]], LogPanel]) -> LogPanel:
    return see(LogPanel)


@pytest.fixture
def runs(see: Callable[[type[RunsPanel]], RunsPanel]) -> RunsPanel:
    return see(RunsPanel)


def info(number: int, text: str = "4 9 10 13", **fields: object) -> RunInfo:
    return RunInfo(number, RunPlan("game24", text, "mcts", {}), 0.0, **fields)  # type: ignore[arg-type] # test data


def test_lines_that_come_in_pieces(log: LogPanel, settle: Callable[[LogPanel], None]) -> None:
    log.append("loading mod")
    log.append("els\nready\r\nhalf")
    settle(log)
    assert log.view.toPlainText() == "loading models\nready"
    log.append(" a line\n")
    settle(log)
    assert log.view.toPlainText() == "loading models\nready\nhalf a line"


def test_log_is_plain_and_visible(log: LogPanel, settle: Callable[[LogPanel], None]) -> None:
    log.append("<b>x</b> \x1b[31mred\n")
    settle(log)
    assert log.view.toPlainText() == "<b>x</b> ⟦001B⟧[31mred"


def test_filter_hides_lines_and_gives_them_back(log: LogPanel, settle: Callable[[LogPanel], None]) -> None:
    log.append("Alpha\nbeta\nALPHABET\n")
    settle(log)
    log.filter.setText("alpha")
    assert log.view.toPlainText() == "Alpha\nALPHABET"
    log.append("gamma\nmore alpha\n")
    settle(log)
    assert log.view.toPlainText() == "Alpha\nALPHABET\nmore alpha"
    log.filter.clear()
    assert log.view.toPlainText() == "Alpha\nbeta\nALPHABET\ngamma\nmore alpha"


def test_old_lines_are_dropped(log: LogPanel, settle: Callable[[LogPanel], None]) -> None:
    log.append("".join(f"line {number}\n" for number in range(MOST_LINES + 10)))
    settle(log)
    lines = log.view.toPlainText().splitlines()
    assert len(lines) == MOST_LINES
    assert (lines[0], lines[-1]) == ("line 10", f"line {MOST_LINES + 9}")
    assert log.text().startswith("line 10\n")


def test_runs_are_listed_newest_first_with_their_end(
    runs: RunsPanel, shown: ShownRun, settle: Callable[[RunsPanel], None]
) -> None:
    done = info(1, state="finished", answer="24", correct=True, nodes=1200)
    shown.show(1, rich_log(2))
    runs.set_runs([done, info(2, "<b>1 2 3 4</b>", state="unfinished", gold=True)])
    settle(runs)
    texts = [runs.model.data(runs.model.index(row)) for row in range(runs.model.rowCount())]
    assert texts == [
        "2  <b>1 2 3 4</b>\nmcts · 1 nodes · interrupted · GOLD",
        "1  4 9 10 13\nmcts · 1,200 nodes · 24 ✓",
    ]
    assert runs.view.currentIndex().row() == 1
    assert "<b>" not in runs.model.data(runs.model.index(0), Qt.ItemDataRole.ToolTipRole)


def test_a_click_asks_for_another_run_only(
    runs: RunsPanel, shown: ShownRun, qtbot: QtBot, settle: Callable[[RunsPanel], None]
) -> None:
    shown.show(1, rich_log(2))
    runs.set_runs([info(1), info(2)])
    settle(runs)
    asked: list[int] = []
    runs.run_chosen.connect(asked.append)
    for row in (1, 0):
        where = runs.view.visualRect(runs.model.index(row)).center()
        qtbot.mouseClick(runs.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert asked == [2]


def test_without_runs_words_say_so(runs: RunsPanel) -> None:
    assert not runs.content.isVisibleTo(runs)


def test_words_for_every_end() -> None:
    assert run_words(info(1, state="planned")) == "mcts · not started"
    assert run_words(info(1, state="planned"), "No model.") == "mcts · not started: No model."
    assert run_words(info(1, state="finished")).endswith("no answer")
    assert run_words(info(1, state="finished", answer="7", correct=False)).endswith("7 ✗")
    assert run_words(info(1, state="finished", answer="7")).endswith("· 7")


@pytest.mark.usefixtures("capsys")  # the tester prints which implementation it uses
def test_runs_model_keeps_qts_rules(qtmodeltester: Any) -> None:
    model = RunsModel()
    qtmodeltester.check(model)  # and goes on checking at every signal
    for listed in ([info(1)], [info(1), info(2)], [info(1, nodes=3), info(2)], []):
        model.set_runs(listed)
        assert model.rowCount() == len(listed)
