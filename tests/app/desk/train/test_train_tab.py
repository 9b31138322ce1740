"""The tab Train: counts labels, says what is wrong, trains in a process (a script here), and uses what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from app import training
from app.desk.train import tab as train
from app.desk.train.form import count_words
from app.desk.train.tab import TrainTab, kept_words
from app.main_window import MainWindow
from app.panels.desk import DeskPanel
from engine.events import Record, StepRated
from engine.scores.training_set import LabelCount
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow
from tests.helpers.running import plan, run_log

FIGURES = {"AUC before": 0.5, "AUC after": 0.9, "kept step": 10}
Open = Callable[[], tuple[MainWindow, TrainTab]]


@pytest.fixture
def opened(make: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A window on a search over a number puzzle, with the tab in front."""
    monkeypatch.setattr(train, "models_folder", lambda: tmp_path / "models")

    def window() -> tuple[MainWindow, TrainTab]:
        file = tmp_path / "a.espalier"
        wish = plan("mcts", text="3 4 8", simulations=24)
        with Session.create(file) as session:
            log = run_log(wish, number=session.new_run(wish))
            ratings = [Record(1, len(log) + at, 0.0, StepRated(at, rating)) for at, rating in ((1, 1), (2, -1))]
            session.append([*log, *ratings])
        one = make(file)
        one.resize(1400, 900)
        one.show()
        one.docks.show("desk")
        desk = one.panels["desk"]
        assert isinstance(desk, DeskPanel)
        qtbot.waitUntil(lambda: desk.bench is not None, timeout=WAIT)
        assert desk.bench is not None
        tab = desk.bench.open(TrainTab)
        assert isinstance(tab, TrainTab)
        qtbot.waitUntil(lambda: "labels (" in tab.form.count.text(), timeout=WAIT)
        return one, tab

    return window


def plays(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(training, "child_command", lambda _switch, *words: [sys.executable, "-c", code, *words])


def test_labels_are_counted_by_source_and_what_is_wrong_is_said(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    _, tab = opened()
    assert tab.train.isEnabled(), tab.form.why_not()
    tab.form.sources["exact"].setChecked(False)
    qtbot.waitUntil(lambda: "Too few labels: 2" in tab.form.fault.text(), timeout=WAIT)
    assert not tab.train.isEnabled()
    tab.form.sources["exact"].setChecked(True)
    qtbot.waitUntil(tab.train.isEnabled, timeout=WAIT)
    (tmp_path / "thesis.txt").write_text("years of work")
    tab.form.out.setText(str(tmp_path))
    assert "something other than a model" in tab.form.fault.text()
    tab.form.out.setText(str(tmp_path / "new"))
    tab.form.begin.setCurrentIndex(2)
    assert "Choose the folder" in tab.form.fault.text()
    tab.form.start.setText(str(tmp_path / "nowhere"))
    assert "There is no folder" in tab.form.fault.text()
    assert tab.form.wish() is None


def test_a_training_is_watched_and_its_model_scores_at_once(
    opened: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, tab = opened()
    out = tmp_path / "models" / "prm-1"
    news = [
        json.dumps({"step": step, "steps": 20, "seconds": 1.0, "losses": {"labels": 0.5, "held out": 1 / step}})
        for step in (10, 20)
    ]
    end = json.dumps({"out": str(out), "report": "all figures", "figures": FIGURES})
    plays(monkeypatch, f"import os; os.makedirs({str(out)!r}); print({news[0]!r}); print({news[1]!r}); print({end!r})")
    tab.train.click()
    assert not tab.train.isEnabled()
    assert tab.cancel.isEnabled()
    qtbot.waitUntil(lambda: tab.outcome is not None, timeout=WAIT)
    assert "can be chosen as a scorer" in tab.words.text()
    assert "those of step 10" in tab.words.text()
    assert tab.report.text().split() == ["AUC", "0.500", "→", "0.900"]
    assert tab.form.out.text() == str(out.with_name("prm-2")), "the next one does not take its place"
    assert tab._curve is not None
    assert len(tab._curve.items.getPlotItem().listDataItems()) == 2
    tab.copy.click()
    assert QApplication.clipboard().text() == "all figures"
    asked: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(window.parts.scoring, "score", lambda spec, runs: asked.append((spec, list(runs))))
    tab.use.click()
    assert asked == [(f"prm:{out}", [1])]
    assert window.parts.settings.recent_scorers[0] == f"prm:{out}", "every choice of a scorer offers it"


def test_a_training_can_be_cancelled_and_a_failure_is_said(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tab = opened()
    plays(monkeypatch, "import time; time.sleep(60)")
    tab.train.click()
    tab.cancel.click()
    assert "goes on from what was saved last" in tab.words.text()
    plays(monkeypatch, "import sys; sys.exit('The disk is full.')")
    tab.train.click()
    qtbot.waitUntil(lambda: "The disk is full." in tab.words.text(), timeout=WAIT)
    assert tab.train.isEnabled()


def test_one_of_a_kind_is_said_to_be_one() -> None:
    assert count_words(LabelCount(1, 1, 0, {"a"})) == "1 label (1 good, 0 bad) · 1 trace · 1 problem"
    assert count_words(LabelCount(2, 1_000, 1, set("ab"))) == "1,001 labels (1,000 good, 1 bad) · 2 traces · 2 problems"


def test_which_weights_were_kept_is_said() -> None:
    assert "Nothing was held out" in kept_words({})
    assert "those that it began with" in kept_words({"kept step": 0.0})
    assert "step 40" in kept_words({"kept step": 40.0})


def test_no_model_that_is_there_is_proposed_to_be_replaced(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "models" / "prm-1").mkdir(parents=True)
    _, tab = opened()
    assert tab.form.out.text() == str(tmp_path / "models" / "prm-2")


def test_in_a_narrow_tab_the_form_is_scrolled_and_covers_nothing(opened: Open, qtbot: QtBot) -> None:
    _, tab = opened()
    tab.setParent(None)
    qtbot.addWidget(tab)
    tab.resize(420, 320)
    tab.show()

    [area] = tab.findChildren(QScrollArea)

    assert area.geometry().right() < tab.words.geometry().left()
    assert tab.words.geometry().right() <= tab.width()
    assert area.horizontalScrollBar().maximum() > 0
