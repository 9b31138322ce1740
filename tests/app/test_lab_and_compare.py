"""The formula lab and the compare panel in the real window: their keys, their docks, and the form they fill in."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.dialogs.new_run import NewRunForm
from app.main_window import MainWindow
from app.panels import ComparePanel, FormulaLabPanel
from storage.session import Session
from tests.app.conftest import MakeWindow
from tests.helpers.rich_log import rich_log
from tests.helpers.running import plan


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """With a session of two runs."""
    path = tmp_path / "two.espalier"
    with Session.create(path) as session:
        for seed in (0, 1):
            run = session.new_run(plan("mcts", seed=seed))
            session.append([msgspec.structs.replace(record, run=run) for record in rich_log(20)])
    one = make(path)
    qtbot.waitUntil(lambda: one.parts.shown.run == 2)
    return one


def test_ctrl_d_keeps_the_selected_step_and_brings_the_panel_to_the_front(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.panels["compare"]
    assert isinstance(panel, ComparePanel)
    window.parts.shown.select(1)
    qtbot.waitUntil(lambda: window.actions_.qaction("edit.compare").isEnabled())
    qtbot.keyClick(window.canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panel.isVisible)
    window.parts.shown.select(2)
    qtbot.waitUntil(lambda: panel.comparison is not None)
    assert panel.comparison is not None
    assert (panel.comparison.left.node, panel.comparison.right.node) == (1, 2)


def test_the_lab_fills_in_the_form_of_a_new_run(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.panels["formula_lab"]
    assert isinstance(panel, FormulaLabPanel)
    window.docks.show("formula_lab")
    qtbot.waitUntil(lambda: bool(panel.found.verdict.text()))
    formula = panel.form.field("formula")
    assert isinstance(formula, QComboBox)
    formula.setCurrentText("uct")
    qtbot.mouseClick(panel.form.run, Qt.MouseButton.LeftButton)
    (form,) = window.findChildren(NewRunForm)
    assert form.plan().settings["formula"] == "uct"
    form.reject()
