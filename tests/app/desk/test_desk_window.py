"""The desk in a window with a real engine: opened by its key, labels drawn and scores asked for while one looks."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.bench import DeskBench
from app.desk.trace.label_form import LabelForm
from app.desk.trace.tab import TraceTab
from app.dialogs.scorer import ScorerDialog
from app.main_window import MainWindow
from app.panels import DeskPanel, PrmPlotPanel
from tests.app.conftest import WAIT, MakeWindow
from tests.helpers.scored_session import scored_session

FIRST = "first-prm"


def desk_of(window: MainWindow, qtbot: QtBot) -> tuple[DeskPanel, TraceTab]:
    """Opened as a user does."""
    panel = window.panels["desk"]
    assert isinstance(panel, DeskPanel)
    qtbot.waitUntil(lambda: window.parts.shown.run is not None, timeout=WAIT)
    assert not panel.findChildren(DeskBench)  # made when it is first seen
    window.actions_.trigger("view.desk")
    qtbot.waitUntil(lambda: panel.bench is not None and panel.bench.data.scorers == (FIRST,), timeout=WAIT)
    assert panel.bench is not None
    tab = panel.bench.tab
    assert isinstance(tab, TraceTab)
    qtbot.waitUntil(lambda: tab.traced is not None and not tab.stale, timeout=WAIT)
    return panel, tab


def test_it_is_found_from_the_scores_and_opens_with_a_dataset(make: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    scored_session(tmp_path / "a.espalier", scorer=FIRST)
    window = make(tmp_path / "a.espalier")
    qtbot.waitUntil(lambda: window.parts.shown.run is not None, timeout=WAIT)
    scores, desk = window.panels["prm_plot"], window.docks["desk"]
    assert isinstance(scores, PrmPlotPanel)
    assert desk.isHidden()
    scores.judge.click()
    assert not desk.isHidden()
    desk.hide()
    record = {"prompt": "What is 1 + 1?", "completions": ["1 + 1 = 2."], "labels": [True]}
    (tmp_path / "steps.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    window.parts.imports.open([tmp_path / "steps.jsonl"])
    qtbot.waitUntil(lambda: not desk.isHidden(), timeout=WAIT)


def test_labels_are_drawn_beside_the_run_on_screen(make: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    scored_session(tmp_path / "a.espalier", scorer=FIRST)
    window = make(tmp_path / "a.espalier")
    _, tab = desk_of(window, qtbot)
    tab.label.click()
    (form,) = window.findChildren(LabelForm)
    form.samples.setValue(3)
    form.begin.click()
    qtbot.waitUntil(lambda: any(row.sampled is not None for row in tab.model.rows), timeout=WAIT)
    qtbot.waitUntil(lambda: [row.sampled is not None and row.sampled.n for row in tab.model.rows] == [3, 3, 3, 1],
                    timeout=WAIT)  # fmt: skip
    qtbot.waitUntil(lambda: window.parts.runs.active is None, timeout=WAIT)
    qtbot.waitUntil(lambda: not tab.cancel.isVisible(), timeout=WAIT)
    assert window.parts.shown.run == 1
    assert not window.docks["probes"].isVisible() or not window.panels["probes"]._is_seen()  # type: ignore[attr-defined]


def test_scores_asked_for_here_come_into_view(make: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    scored_session(tmp_path / "a.espalier", scorer=FIRST)
    window = make(tmp_path / "a.espalier")
    panel, tab = desk_of(window, qtbot)
    assert panel.bench is not None
    panel.bench.bar.score.click()
    QApplication.processEvents()
    (dialog,) = window.findChildren(ScorerDialog)
    with qtbot.waitSignal(window.parts.scoring.finished, timeout=WAIT) as said:
        dialog.take.click()
    assert "scored" in said.args[0]
    qtbot.waitUntil(lambda: len(tab.data.scorers) == 2 and tab.data.scorer != FIRST, timeout=WAIT)
    qtbot.waitUntil(lambda: all(row.score is not None for row in tab.model.rows), timeout=WAIT)
    qtbot.waitUntil(lambda: not panel.bench.bar.words.isVisible(), timeout=WAIT)  # type: ignore[union-attr]


def test_ratings_and_labels_are_in_the_menus(make: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    scored_session(tmp_path / "a.espalier", scorer=FIRST)
    window = make(tmp_path / "a.espalier")
    shown, actions = window.parts.shown, window.actions_
    qtbot.waitUntil(lambda: shown.run is not None, timeout=WAIT)
    actions.refresh()
    assert not actions.qaction("edit.rate_bad").isEnabled()  # nothing is selected
    for node, name, rating in ((2, "bad", -1), (3, "neutral", 0), (4, "good", 1)):
        shown.select(node)
        actions.refresh()
        actions.trigger(f"edit.rate_{name}")
        assert shown.remarks.tree.ratings[node] == {"": rating}
    actions.trigger("edit.rate_none")
    assert 4 not in shown.remarks.tree.ratings
    actions.trigger("engine.label_steps")
    (form,) = window.findChildren(LabelForm)
    assert form.begin.isEnabled()
    form.reject()
