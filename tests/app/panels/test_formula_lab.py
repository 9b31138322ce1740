"""The formula lab: the form puts a question, strip and table answer it, a click moves the cursor there."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel
from pytestqt.qtbot import QtBot

from app.panels.formula_form import PRESETS
from app.panels.formula_lab import FormulaLabPanel
from app.panels.formula_tables import AFTER, ITERATION, MARGIN, NEW_SUM, STEP, SUM, WAS, WOULD_BE
from app.parts import Parts
from engine.commands import RunPlan
from engine.events import Selected
from engine.search.choice_columns import recorded_search
from engine.search.selection import Uct
from engine.search.what_if import Otherwise, WhatIf
from engine.tree import fold
from tests.helpers.rich_log import rich_log
from tests.helpers.running import plan, run_log

RECORDS = rich_log(50, revisit=True)
"""PUCT, 50 iterations."""


@pytest.fixture
def panel(parts: Parts, qtbot: QtBot) -> FormulaLabPanel:
    parts.shown.show(1, RECORDS)
    panel = FormulaLabPanel(parts)
    qtbot.addWidget(panel)
    panel.resize(1000, 300)
    with qtbot.waitExposed(panel):
        panel.show()
    ready(panel, qtbot)
    return panel


def ready(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not panel.stale and not panel._work.isActive())


def choose(panel: FormulaLabPanel, qtbot: QtBot, formula: str) -> None:
    field = panel.form.field("formula")
    assert isinstance(field, QComboBox)
    field.setCurrentText(formula)
    ready(panel, qtbot)


def expected(formula: Uct) -> Otherwise:
    search = recorded_search(fold(RECORDS).started)
    assert search is not None
    question = WhatIf(search)
    question.ask(formula)
    while question.step(RECORDS):
        pass
    return question.answer()


def test_the_recorded_formula_differs_nowhere(panel: FormulaLabPanel) -> None:
    assert panel.found.verdict.text().startswith("This is the formula that was recorded")
    assert panel.found.model.rowCount() == 0
    assert panel.form.presets.currentText() == "As recorded"
    assert not panel.form.reset.isEnabled()
    assert "PUCT, c_init 1.25" in panel.choice.recorded.text()


def test_another_formula_is_answered_in_verdict_strip_and_table(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    choose(panel, qtbot, "uct")
    answer = expected(Uct(1.4142))
    assert len(answer) > 1
    assert panel.found.verdict.text() == f"{len(answer.iterations)} of 50 iterations would have chosen otherwise."
    model, tree = panel.found.model, fold(RECORDS)
    assert model.rowCount() == len(answer)
    for row in (0, len(answer) - 1):
        cells = [model.data(model.index(row, column)) for column in range(5)]
        assert cells[ITERATION] == str(answer.iteration[row])
        assert cells[AFTER] == (
            tree.nodes[int(answer.parent[row])].step.strip() if answer.parent[row] else "the problem"
        )
        assert cells[WAS] == tree.nodes[int(answer.was[row])].step.strip()
        assert cells[WOULD_BE] == tree.nodes[int(answer.now[row])].step.strip()
        margin = answer.margin[row]
        assert cells[MARGIN] == ("∞" if np.isinf(margin) else f"{margin:.3f}")


def test_a_constant_is_enough(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    field = panel.form.field("c_init")
    assert isinstance(field, QDoubleSpinBox)
    field.setValue(0.0)
    ready(panel, qtbot)
    assert panel.found.model.rowCount() > 0
    assert panel.form.presets.currentText() == "Own settings"
    qtbot.mouseClick(panel.form.reset, Qt.MouseButton.LeftButton)
    ready(panel, qtbot)
    assert panel.found.model.rowCount() == 0
    assert panel.form.presets.currentText() == "As recorded"


@pytest.mark.parametrize("place", range(1, len(PRESETS) + 1))
def test_presets_fill_the_form(panel: FormulaLabPanel, qtbot: QtBot, place: int) -> None:
    panel.form.presets.setCurrentIndex(place)
    panel.form.presets.activated.emit(place)
    ready(panel, qtbot)
    assert PRESETS[place - 1].values.items() <= panel.form.values.items()
    assert panel.form.presets.currentIndex() == place


def test_a_row_moves_the_cursor_to_just_after_its_selection(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    choose(panel, qtbot, "uct")
    answer = panel.found.model.answer
    row = len(answer) - 1
    panel.found.view.activated.emit(panel.found.model.index(row, WAS))
    assert panel.shown.cursor == answer.cursor[row]
    event = RECORDS[panel.shown.cursor - 1].event
    assert isinstance(event, Selected)
    assert event.iteration == answer.iteration[row]
    choice = event.choices[int(answer.level[row])]
    terms = panel.choice.model
    assert [each.recorded.node for each in terms.rows] == list(choice.children)
    assert [each.recorded.total for each in terms.rows] == [
        None if u is None else (q or 0.0) + u for q, u in zip(choice.q, choice.u, strict=True)
    ]
    was = next(at for at, each in enumerate(terms.rows) if each.recorded.chosen)
    now = next(at for at, each in enumerate(terms.rows) if each.other.chosen)
    assert (terms.rows[was].recorded.node, terms.rows[now].other.node) == (answer.was[row], answer.now[row])
    assert terms.data(terms.index(was, STEP)).startswith("● ")
    assert terms.data(terms.index(now, STEP)).startswith("→ ")
    best = max(float(terms.data(terms.index(at, SUM))) for at in range(terms.rowCount()))
    assert float(terms.data(terms.index(was, SUM))) == best
    sums = [terms.data(terms.index(at, NEW_SUM)) for at in range(terms.rowCount())]
    assert sums[now] == "∞" or float(sums[now]) == max(map(float, sums))


def test_a_click_on_the_strip_goes_to_the_nearest_mark(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    choose(panel, qtbot, "uct")
    strip, marked = panel.found.strip, panel.found.model.answer.iterations
    wanted = int(marked[len(marked) // 2])
    x = (strip.x_of(wanted) + strip.x_of(wanted + 1)) / 2
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(x), 10))
    event = RECORDS[panel.shown.cursor - 1].event
    assert isinstance(event, Selected)
    assert event.iteration == wanted
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    event = RECORDS[panel.shown.cursor - 1].event
    assert isinstance(event, Selected)
    assert event.iteration == marked[len(marked) // 2 + 1]
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert panel.shown.cursor == panel.found.model.answer.cursor[0]


def test_the_choice_follows_the_cursor(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    choose(panel, qtbot, "uct")
    cursors = panel.found.model.answer.cursor
    panel.shown.seek(int(cursors[0]) + 1)
    ready(panel, qtbot)
    assert panel.found.view.currentIndex().row() == 0
    panel.shown.seek(1)
    ready(panel, qtbot)
    assert panel.choice.title.text() == "No choice among steps was made before the cursor."


def test_only_the_time_range_counts(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    choose(panel, qtbot, "uct")
    whole = panel.found.model.answer
    middle = int(whole.cursor[len(whole) // 2])
    panel.shown.time_range.set(1, middle)
    ready(panel, qtbot)
    assert panel.found.model.rowCount() == (whole.cursor <= middle).sum()
    assert panel.found.verdict.text().endswith("Only the time range counts that is chosen in the timeline.")
    panel.shown.time_range.clear()
    ready(panel, qtbot)
    assert panel.found.model.rowCount() == len(whole)


def test_a_run_that_grows_is_followed(parts: Parts, panel: FormulaLabPanel, qtbot: QtBot) -> None:
    parts.shown.show(2, RECORDS[:60])
    ready(panel, qtbot)
    choose(panel, qtbot, "uct")
    before = panel.found.model.rowCount()
    parts.shown.append(RECORDS[60:])
    ready(panel, qtbot)
    assert panel.found.model.rowCount() == len(expected(Uct(1.4142))) > before
    assert panel.form.values["formula"] == "uct"


def test_a_long_reading_can_be_stopped_and_gone_on_with(
    parts: Parts, panel: FormulaLabPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(panel, qtbot, "uct")
    whole = panel.found.model.rowCount()
    monkeypatch.setattr("app.panels.formula_lab.WORK_SECONDS", -1.0)  # a piece of no time: nothing gets done
    parts.shown.show(2, RECORDS)
    qtbot.waitUntil(lambda: panel.found.stop.isVisible())
    qtbot.mouseClick(panel.found.stop, Qt.MouseButton.LeftButton)
    assert not panel._work.isActive()
    assert panel.found.stop.text() == "Go on"
    monkeypatch.undo()
    qtbot.mouseClick(panel.found.stop, Qt.MouseButton.LeftButton)
    ready(panel, qtbot)
    assert not panel.found.stop.isVisible()
    choose(panel, qtbot, "uct")
    assert panel.found.model.rowCount() == whole


def test_the_form_of_a_new_run_is_filled_in(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    choose(panel, qtbot, "p-ucb")
    with qtbot.waitSignal(panel.run_wanted) as wanted:
        qtbot.mouseClick(panel.form.run, Qt.MouseButton.LeftButton)
    (made,) = wanted.args
    assert isinstance(made, RunPlan)
    assert made.search == "mcts"
    assert made.settings["formula"] == "p-ucb"


def sentence(panel: FormulaLabPanel) -> str:
    return next(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_runs_without_such_selections_say_why(parts: Parts, panel: FormulaLabPanel, qtbot: QtBot) -> None:
    parts.shown.show(2, run_log(plan("beam", beams=4, width=2)))
    ready(panel, qtbot)
    assert sentence(panel).startswith("Beam search selects by no formula")
    parts.shown.show(3, RECORDS[:1])
    ready(panel, qtbot)
    assert sentence(panel).startswith("No selection has been made yet")
    parts.shown.show(None, ())
    ready(panel, qtbot)
    assert sentence(panel).startswith("No run yet")


def test_in_a_low_dock_the_tables_share_their_place_and_nothing_is_scrolled_sideways(
    panel: FormulaLabPanel, qtbot: QtBot
) -> None:
    choose(panel, qtbot, "uct")
    assert panel.found.view.isVisible()
    assert panel.choice.isVisible()
    assert not panel.found.pages.isVisible()
    panel.resize(560, 170)
    assert panel.width() == 560
    assert panel.found.verdict.isVisible()
    assert panel.found.strip.isVisible()
    for page in (0, 1):
        panel.found.pages.setCurrentIndex(page)
        assert (panel.found.view.isVisible(), panel.choice.isVisible()) == (page == 0, page == 1)


def test_the_settings_open_over_the_row(panel: FormulaLabPanel, qtbot: QtBot) -> None:
    assert not panel.form.field("c_init").isVisible()
    qtbot.mouseClick(panel.form.settings, Qt.MouseButton.LeftButton)
    assert panel.form.field("c_init").isVisible()
    panel.form.fields.hide()
