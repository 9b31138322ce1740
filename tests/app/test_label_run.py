"""A label run in the window: shown as any run, in every panel, and run there beside the search it is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window, open_window
from app.main_window import MainWindow
from app.settings import Settings
from engine.scores.labelling import ended_traces, label_plan
from engine.scores.monte_carlo import sampled_in
from engine.search import LabelSteps
from engine.tree import fold
from storage.session import Session
from tests.app.conftest import WAIT, engine_of
from tests.helpers.running import plan, run_log

SEARCHED = plan("beam", text="3 4 8", verifiers=("rule", "prm"))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, settings: Settings, tmp_path: Path) -> Iterator[MainWindow]:
    """On a session with a search and a label run of its traces, which is on the screen."""
    with Session.create(tmp_path / "a.espalier") as made:
        made.append(run_log(SEARCHED, number=made.new_run(SEARCHED)))
        wish = label_plan(SEARCHED, ended_traces(fold(made.records(1))), samples=3)
        made.append(run_log(wish, number=made.new_run(wish)))
    one = make_window(qapp, settings, engine_of("-m", "tests.helpers.scripted_engine"), tmp_path / "sessions")
    open_window(one, tmp_path / "a.espalier")
    qtbot.waitUntil(lambda: one.parts.shown.run == 2 and one.parts.shown.tree.finished is not None, timeout=WAIT)
    yield one
    one._discard = True
    one.close()
    one.deleteLater()


def test_every_panel_can_show_it(window: MainWindow, qtbot: QtBot) -> None:
    tree = window.parts.shown.tree
    end = max(tree.nodes)
    window.parts.shown.visit(end)
    for name in window.panels:
        window.docks.show(name)
        qtbot.wait(1)
    said = [label.text() for label in window.findChildren(QLabel)]
    assert any(LabelSteps.title in text for text in said)
    assert not any('[["' in text for text in said)  # the traces' text is no setting that anybody reads


def test_it_runs_in_the_window_beside_the_search(window: MainWindow, qtbot: QtBot) -> None:
    parts = window.parts
    records = parts.sessions.records_of(1)
    wish = label_plan(SEARCHED, ended_traces(fold(records)), samples=2, seed=9)
    parts.probing.start([wish])
    qtbot.waitUntil(
        lambda: len(parts.sessions.runs) == 3 and parts.sessions.runs[-1].reason == "finished", timeout=WAIT
    )
    found = sampled_in(fold(parts.sessions.records_of(3)))
    assert {sampled.n for sampled in found.values()} == {1, 2}
    assert parts.sessions.next_plan().search != LabelSteps.name
