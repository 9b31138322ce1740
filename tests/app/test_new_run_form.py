"""The form of a new run: made from a strategy's settings, checked while one types, started with Enter."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from app.dialogs.new_run import NewRunForm
from app.dialogs.settings_form import SettingsForm
from app.plans import FIRST_PLAN
from app.theme import Theme
from engine.commands import RunPlan
from engine.events import Budget
from engine.search import SEARCHES, make_search

PLAN = RunPlan(
    "game24", "3 3 8 8", "mcts", {"simulations": 9, "formula": "uct"}, 5, Budget(tokens=1000), "", ("prm", "rule")
)


KINDS = {bool: QCheckBox, int: QSpinBox, float: QDoubleSpinBox, str: QLineEdit}
"""The widget of a setting by its type, where it has no choices."""


def make(qtbot: QtBot, plan: RunPlan = FIRST_PLAN) -> tuple[NewRunForm, list[tuple[Any, bool]]]:
    form = NewRunForm(plan, Theme("dark"))
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    chosen: list[tuple[Any, bool]] = []
    form.chosen.connect(lambda plan, paused: chosen.append((plan, paused)))
    form.show()
    return form, chosen


@pytest.mark.parametrize("name", list(SEARCHES))
def test_every_setting_has_a_row_that_starts_at_its_default(qtbot: QtBot, name: str) -> None:
    form = SettingsForm(SEARCHES[name].form(), {})
    qtbot.addWidget(form)
    values = form.values()
    assert make_search(name, values) == make_search(name, {})
    for entry in SEARCHES[name].form():
        widget = form.field(entry.name)
        assert entry.help in unescape(widget.toolTip())
        assert widget.accessibleName() == entry.label
        kinds = QComboBox if entry.choices else KINDS[entry.type]
        assert isinstance(widget, kinds)


def test_ranges_are_those_of_the_setting(qtbot: QtBot) -> None:
    form = SettingsForm(SEARCHES["mcts"].form(), {})
    qtbot.addWidget(form)
    box = form.field("simulations")
    assert isinstance(box, QSpinBox)
    assert (box.minimum(), box.maximum()) == (1, 1_000_000)


def test_a_setting_without_effect_is_grey(qtbot: QtBot) -> None:
    form = SettingsForm(SEARCHES["mcts"].form(), {})
    qtbot.addWidget(form)
    formula = form.field("formula")
    assert isinstance(formula, QComboBox)
    assert (form.field("c_init").isEnabled(), form.field("c").isEnabled()) == (True, False)
    formula.setCurrentText("uct")
    assert (form.field("c_init").isEnabled(), form.field("c").isEnabled()) == (False, True)


def test_the_form_gives_back_the_plan_it_was_given(qtbot: QtBot) -> None:
    form, _ = make(qtbot, PLAN)
    plan = form.plan()
    settings = plan.settings
    assert (settings["simulations"], settings["formula"]) == (9, "uct")
    assert RunPlan(**{**{f: getattr(plan, f) for f in plan.__struct_fields__}, "settings": PLAN.settings}) == PLAN


def test_enter_in_the_text_starts_and_shift_enter_breaks_the_line(qtbot: QtBot) -> None:
    form, chosen = make(qtbot)
    form._text.setPlainText("4 9 10 13")
    form._paused.setChecked(True)
    qtbot.keyClick(form._text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert chosen == []
    qtbot.keyClick(form._text, Qt.Key.Key_Return)
    assert [(plan.text, paused) for plan, paused in chosen] == [("4 9 10 13", True)]


def test_a_text_that_is_no_problem_is_said_while_one_types(qtbot: QtBot) -> None:
    form, chosen = make(qtbot)
    form._text.setPlainText("4 9 ten 13")
    assert "ten" in form._text_error.text()
    assert not form._start.isEnabled()
    qtbot.keyClick(form._text, Qt.Key.Key_Return)
    assert chosen == []
    form._text.setPlainText("4 9 10 13")
    assert form._text_error.text() == ""
    qtbot.keyClick(form._text, Qt.Key.Key_Return)
    assert [plan.text for plan, _ in chosen] == ["4 9 10 13"]


def test_a_search_that_needs_a_verifier_says_so(qtbot: QtBot) -> None:
    form, _ = make(qtbot)
    form._verifiers.boxes["prm"].setChecked(False)
    assert "MCTS needs a verifier" in form._other_error.text()
    assert not form._start.isEnabled()
    form._verifiers.boxes["rule"].setChecked(True)
    assert form.plan().verifiers == ("rule",)
    assert form._start.isEnabled()


def test_a_missing_model_folder_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    form, _ = make(qtbot)
    form._policy.setText(str(tmp_path / "nowhere"))
    assert "There is no folder" in form._other_error.text()
    form._policy.setText(str(tmp_path))
    assert form._start.isEnabled()


def test_a_server_in_the_place_of_a_folder(qtbot: QtBot) -> None:
    form, chosen = make(qtbot)
    form._policy.setText(" http://localhost:8000/v1#tiny ")
    assert form._start.isEnabled()
    form._policy.setText("http://me:secret@localhost")
    assert "a user name or a password" in form._other_error.text()
    assert not form._start.isEnabled()
    form._policy.setText("https://gpu.example#tiny")
    form.start()
    assert chosen[0][0].policy == "https://gpu.example#tiny"


def test_another_search_has_its_own_settings(qtbot: QtBot) -> None:
    form, _ = make(qtbot, PLAN)
    form._search.setCurrentIndex(form._search.findData("cot"))
    assert form.plan().settings == make_search("cot", {}).settings()
    form._search.setCurrentIndex(form._search.findData("mcts"))
    assert form.plan().settings["simulations"] == 9


def test_another_kind_of_problem_offers_its_example(qtbot: QtBot) -> None:
    form, _ = make(qtbot)
    form._kind.setCurrentIndex(form._kind.findData("words"))
    assert form.text_error() == ""
    assert form._text.toPlainText() in form._hint.text()
    form._kind.setCurrentIndex(form._kind.findData("game24"))
    assert form._text.toPlainText() == FIRST_PLAN.text


def test_no_limit_is_none(qtbot: QtBot) -> None:
    form, _ = make(qtbot)
    assert form.plan().budget == Budget()
    form._seconds.setValue(2.5)
    assert form.plan().budget == Budget(seconds=2.5)


def test_the_trace_of_a_probe_is_kept_while_its_problem_is_the_same(qtbot: QtBot) -> None:
    trace = {"thought": "Try 13 - 9 = 4.\n", "exposed": "Answer: 24", "of": "1/5"}
    form, _ = make(qtbot, RunPlan("game24", "4 9 10 13", "early-answering", {"samples": 3, **trace}))
    assert form.plan().settings == {"samples": 3, "temperature": 0.7, "most_places": 0, **trace}
    form._text.setPlainText("1 2 3 4")
    assert "thought" not in form.plan().settings
    form._text.setPlainText("4 9 10 13")
    form._search.setCurrentIndex(form._search.findData("mcts"))
    assert "thought" not in form.plan().settings
