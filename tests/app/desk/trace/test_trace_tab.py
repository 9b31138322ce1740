"""The tab Trace: rows with every number, ratings by keyboard, selection both ways, labels, and what is missing."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QImage
from pytestqt.qtbot import QtBot

from app.desk.bench import DeskBench
from app.desk.trace.label_form import LabelForm
from app.desk.trace.ratings import Agreed
from app.desk.trace.tab import TraceTab
from app.desk.trace.table import EXACT, FIRST_CHANNEL, MINE, OTHERS, SAMPLED, SCORE, STEP
from app.desk.trace.words import agreement_words
from app.panels import DeskPanel
from app.parts import Parts
from app.scoring import Scoring
from engine.commands import RunPlan
from engine.events import AnyEvent, Record, Rescored, Score, StepRated, Unscored
from engine.scores.labelling import ended_traces, label_plan
from engine.scores.labels import agreement
from engine.search import LabelSteps
from engine.tree import fold
from storage.session import Session
from tests.app.desk.conftest import Open
from tests.helpers.running import run_log
from tests.helpers.scored_session import BAD, GOOD, PLAN, SCORER, scored_log, scored_session

Show = Callable[..., DeskPanel]
GOOD_END, BAD_END = 4, 8
UNPROVABLE = RunPlan("question", "Why is the sky blue?", "best-of-n", {"samples": 1}, verifiers=("prm",))


@pytest.fixture
def show(qtbot: QtBot, parts: Parts) -> Show:
    """The dock on the (offscreen) screen."""

    def make(size: QSize | None = None) -> DeskPanel:
        panel = DeskPanel(parts)
        qtbot.addWidget(panel)
        panel.resize(size or QSize(1200, 380))
        with qtbot.waitExposed(panel):
            panel.show()
        settle(qtbot, panel)
        return panel

    return make


def settle(qtbot: QtBot, panel: DeskPanel) -> TraceTab:
    """Until everything that was announced is shown."""

    def is_quiet() -> bool:
        bench = panel.bench
        if panel.stale or bench is None or bench.data._turns.active or bench.tab.stale:
            return False
        return bench.width() == panel.width() and bench.tab.content.size() == bench.tab.size()  # all laid out

    qtbot.waitUntil(is_quiet)
    bench = panel.bench
    assert bench is not None
    tab = bench.tab
    assert isinstance(tab, TraceTab)
    return tab


def append(parts: Parts, *events: AnyEvent) -> None:
    """Events of the run on screen, as the engine or a person makes them."""
    session, run = parts.sessions.session, parts.shown.run
    assert session is not None
    assert run is not None
    records = [Record(run, parts.shown.total + 1 + at, time.time(), event) for at, event in enumerate(events)]
    session.append(records)
    parts.shown.append(records)


def cells(tab: TraceTab, column: int) -> list[str]:
    return [tab.model.data(tab.model.index(row, column)) for row in range(tab.model.rowCount())]


def test_the_selected_trace_is_shown_with_score_exact_label_and_first_error(
    opened: Open, show: Show, qtbot: QtBot
) -> None:
    parts = opened()
    panel = show()
    parts.shown.select(BAD_END)
    tab = settle(qtbot, panel)
    assert cells(tab, STEP) == [step.strip() for step in BAD[0]]
    assert cells(tab, SCORE) == ["0.60", "0.40", "0.70", "0.10"]
    assert {said[0] for said in cells(tab, EXACT)} == {"✗"}  # 10, 13 and 13 give no 24
    assert [row.is_error for row in tab.model.rows] == [False, True, False, False]
    assert [row.after_error for row in tab.model.rows] == [False, False, True, True]
    assert tab.totals.text().startswith("last step 0.10 · minimum 0.10 · product 0.02 · ")
    assert "✗ wrong" in tab.name.text()


def test_another_rule_comes_to_the_front(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    panel = show()
    parts.shown.select(GOOD_END)
    tab = settle(qtbot, panel)
    tab.data.set_rule("product")
    settle(qtbot, panel)
    assert tab.totals.text().startswith("product 0.68 · last step 0.99")


def test_keys_rate_and_go_on_and_undo_takes_it_back(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    panel = show()
    parts.shown.select(5)
    tab = settle(qtbot, panel)
    tab.table.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_3, Qt.Key.Key_G):
        qtbot.keyClick(tab.table, key)
    settle(qtbot, panel)
    assert parts.shown.remarks.tree.ratings == {5: {"": 1}, 6: {"": 0}, 7: {"": -1}, 8: {"": 1}}
    assert cells(tab, MINE) == ["good", "neutral", "bad", "good"]
    assert "You rated 4 steps; the scorer agrees on 25% of 4" in tab.agreement.text()
    qtbot.keyClick(tab.table, Qt.Key.Key_Up)
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    settle(qtbot, panel)
    assert cells(tab, MINE) == ["good", "neutral", "", "good"]
    parts.edits.undo()
    settle(qtbot, panel)
    assert cells(tab, MINE) == ["good", "neutral", "bad", "good"]
    parts.edits.undo()
    settle(qtbot, panel)
    assert cells(tab, MINE) == ["good", "neutral", "bad", ""]


def test_the_keys_of_the_window_rest_in_the_table(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    panel = show()
    tab = settle(qtbot, panel)
    window_key = QAction(panel)
    window_key.setShortcut("1")
    window_key.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    panel.addAction(window_key)
    panel.activateWindow()
    tab.table.setFocus()
    qtbot.waitUntil(tab.table.hasFocus)
    with qtbot.assertNotEmitted(window_key.triggered):
        qtbot.keyClick(tab.table, Qt.Key.Key_1)
    assert parts.shown.remarks.tree.ratings


def test_a_step_is_selected_in_the_tree_and_the_other_way_round(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    panel = show()
    parts.shown.select(BAD_END)
    tab = settle(qtbot, panel)
    tab.table.setCurrentIndex(tab.model.index(1, SCORE))
    assert parts.shown.selected == 6
    settle(qtbot, panel)
    assert len(tab.model.rows) == 4  # still the whole trace
    parts.shown.select(2)
    settle(qtbot, panel)
    assert cells(tab, STEP)[0] == GOOD[0][0].strip()
    assert tab.table.currentIndex().row() == 1
    with qtbot.waitSignal(tab.strip.step_chosen):
        qtbot.mouseClick(tab.strip, Qt.MouseButton.LeftButton, pos=_place_in_strip(tab, 3))
    assert parts.shown.selected == 4


def _place_in_strip(tab: TraceTab, step: int) -> QPoint:
    return QPoint(next(x for x in range(tab.strip.width()) if tab.strip.place_at(x) == step) + 2, 5)


def test_return_goes_to_the_next_trace_with_an_unrated_step(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(traces=(GOOD, BAD, GOOD))
    append(parts, *(StepRated(node, 1) for node in range(5, 9)))
    panel = show()
    parts.shown.select(GOOD_END)
    tab = settle(qtbot, panel)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    settle(qtbot, panel)
    assert parts.shown.selected == 9
    append(parts, *(StepRated(node, 1) for node in (*range(1, 5), *range(9, 13))))
    settle(qtbot, panel)
    assert not tab.next.isEnabled()


def test_ratings_of_a_dataset_stand_beside_ones_own(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    append(parts, StepRated(1, -1, "labeler 7"), StepRated(1, 0, "labeler 9"), StepRated(2, 1))
    panel = show()
    tab = settle(qtbot, panel)
    assert cells(tab, OTHERS) == ["▼ bad, ● neutral", "", "", ""]
    assert not tab.table.isColumnHidden(OTHERS)
    assert "labeler 9" in tab.model.data(tab.model.index(0, OTHERS), Qt.ItemDataRole.ToolTipRole)
    assert cells(tab, MINE) == ["", "good", "", ""]


def test_scores_arrive_while_one_looks(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(traces=((GOOD[0], (None, None, None, None)),))
    panel = show()
    tab = settle(qtbot, panel)
    assert cells(tab, SCORE) == ["–"] * 4
    assert "Score with…" in tab.totals.text()
    channels = (("logit", -12.5),)
    append(parts, Rescored((Score(1, 0.25, "prm", "late", channels=channels),), "late"))
    settle(qtbot, panel)
    assert tab.data.scorer == "late"
    assert cells(tab, SCORE) == ["0.25", "–", "–", "–"]  # missing is missing
    assert cells(tab, FIRST_CHANNEL) == ["−12.50", "–", "–", "–"]
    assert tab.model.data(tab.model.index(1, SCORE), Qt.ItemDataRole.AccessibleTextRole) == "missing"


def test_scores_that_are_on_their_way_are_not_called_missing(
    opened: Open, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = opened(traces=((GOOD[0], (None, None, None, None)),))
    tab = settle(qtbot, show())
    for asked, words in ((True, "No score yet: a scorer is reading traces."), (False, "Nobody has scored these steps")):
        monkeypatch.setattr(Scoring, "active", asked)
        parts.scoring.changed.emit()
        qtbot.waitUntil(lambda: not tab.stale)
        assert tab.totals.text().startswith(words)
    parts.runs.active = parts.shown.run
    parts.runs.changed.emit()
    qtbot.waitUntil(lambda: tab.totals.text() == "No score yet: the run is under way.")


def test_one_rated_step_is_said_to_be_one() -> None:
    assert agreement_words(Agreed(1, agreement([0.9], [1]))).startswith("You rated 1 step; the scorer agrees on 100%")
    assert agreement_words(Agreed(1, agreement([None], [1]))) == "You rated 1 step; it has no score."
    assert agreement_words(Agreed(2, agreement([None] * 2, [1, 0]))) == "You rated 2 steps; none of them has a score."


def test_what_the_scorer_wrote_stands_beside_the_steps(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(traces=(GOOD,))
    panel = show()
    tab = settle(qtbot, panel)
    assert tab.note.isHidden()
    critique = Score(1, 0.25, "self-evaluation", "critic", "13 - 9 is 4.\n<b>But</b> why?\u202e")
    append(parts, Rescored((critique,), "critic", unscored=(Unscored(2, "No verdict could be read."),)))
    settle(qtbot, panel)
    tab.data.set_scorer("critic")
    tab.table.setCurrentIndex(tab.model.index(0, SCORE))
    settle(qtbot, panel)
    assert tab.note.isVisible()
    assert tab.note.name.text() == "Step 1, 0.25: what the scorer wrote"
    said = tab.note.text.toPlainText()
    assert said.startswith("13 - 9 is 4.\n<b>But</b> why?")
    assert "\u202e" not in said  # made visible
    tab.table.setCurrentIndex(tab.model.index(1, SCORE))
    assert tab.note.name.text() == "Step 2, why it has no score"
    assert tab.note.text.toPlainText() == "No verdict could be read."
    tab.table.setCurrentIndex(tab.model.index(2, SCORE))
    assert tab.note.text.toPlainText() == ""
    tab.data.set_scorer(SCORER)
    settle(qtbot, panel)
    assert tab.note.isHidden()


def test_a_rollouts_steps_are_shown_and_cannot_be_rated(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(traces=(GOOD,), rollout=GOOD[0][1:])
    panel = show()
    tab = settle(qtbot, panel)
    tab.data.show(1)
    settle(qtbot, panel)
    assert cells(tab, STEP) == [step.strip() for step in GOOD[0]]
    assert [row.node for row in tab.model.rows] == [1, None, None, None]
    tab.table.setCurrentIndex(tab.model.index(2, SCORE))
    settle(qtbot, panel)
    assert tab.table.currentIndex().row() == 2
    qtbot.keyClick(tab.table, Qt.Key.Key_1)
    assert not parts.shown.remarks.tree.ratings
    assert "cannot be rated" in tab.model.data(tab.model.index(2, MINE), Qt.ItemDataRole.ToolTipRole)


def test_labels_of_a_label_run_stand_beside_the_scores(parts: Parts, tmp_path: Path, show: Show, qtbot: QtBot) -> None:
    path = tmp_path / "labels.espalier"
    with Session.create(path) as session:
        log = scored_log(session.new_run(PLAN))
        session.append(log)
        wish = label_plan(PLAN, ended_traces(fold(log)), 4)
        session.append(run_log(wish, number=session.new_run(wish)))
    parts.sessions.open(path)
    qtbot.waitUntil(lambda: parts.shown.run == 2)
    parts.sessions.show_run(1)
    panel = show()
    tab = settle(qtbot, panel)
    known = tab.data.labels.along(tab.data.tree(1), (1, 2, 3, 4))
    assert [sampled is not None and sampled.n for sampled in known] == [4, 4, 4, 1]
    first = known[0]
    assert first is not None
    low, high = first.interval
    assert cells(tab, SAMPLED)[0] == f"{first.soft:.2f} [{low:.2f}, {high:.2f}], {first.hits} of 4"
    assert cells(tab, SAMPLED)[3] == "the answer was checked: right"
    tab.data.set_scope("session")
    settle(qtbot, panel)
    assert {trace.run for trace in tab.data.table.traces} == {1}  # a label run is no search
    parts.sessions.show_run(2)
    settle(qtbot, panel)
    assert tab.model.rowCount(), "beside a run that is none of the scope a trace of the scope is shown"


def test_labels_are_asked_for_with_their_cost_and_queued(opened: Open, show: Show, qtbot: QtBot) -> None:
    opened()
    panel = show()
    tab = settle(qtbot, panel)
    tab.label.click()
    (form,) = panel.findChildren(LabelForm)
    assert form.traces.count() == 2
    form.samples.setValue(5)
    assert form.cost.text().startswith("15 completions from behind 3 steps, about ")
    form.traces.setCurrentIndex(1)
    assert form.cost.text().startswith("30 completions from behind 6 steps, about ")
    queued: list[RunPlan] = []
    form.chosen.disconnect()  # no engine is there to run it
    form.chosen.connect(queued.append)
    form.begin.click()
    (plan,) = queued
    assert (plan.search, plan.settings["samples"], plan.verifiers) == (LabelSteps.name, 5, ("rule",))


def test_where_nobody_can_prove_an_answer_the_button_says_so(opened: Open, show: Show, qtbot: QtBot) -> None:
    opened(plan=UNPROVABLE)
    tab = settle(qtbot, show())
    assert not tab.label.isEnabled()
    assert "Nobody can say which answers" in tab.label.toolTip()
    assert tab.table.isColumnHidden(EXACT)


def test_a_low_or_narrow_dock_keeps_what_tells_most(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(channels=(("a", 1.0), ("b", 2.0)))
    panel = show(QSize(1400, 500))
    tab = settle(qtbot, panel)
    assert not any(tab.table.isColumnHidden(column) for column in range(FIRST_CHANNEL + 2) if column != OTHERS)
    tall = tab.strip.height()
    panel.resize(440, 220)
    qtbot.waitUntil(lambda: tab.strip.height() < tall)
    assert tab.table.isColumnHidden(FIRST_CHANNEL)
    assert not tab.table.isColumnHidden(SCORE)
    assert tab.table.viewport().height() >= 40
    assert parts.shown.run == 1


def test_both_themes_are_worn(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    panel = show()
    dark = panel.grab().toImage()
    parts.theme.set_mode("light")
    settle(qtbot, panel)
    assert panel.grab().toImage() != dark
    assert isinstance(dark, QImage)


def test_without_a_run_nothing_is_made(parts: Parts, qtbot: QtBot) -> None:
    panel = DeskPanel(parts)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    assert panel.bench is None  # nothing is made before it is needed
    assert panel.why_not_show()


def test_a_hidden_dock_does_no_work(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    panel = show()
    tab = settle(qtbot, panel)
    panel.hide()
    with qtbot.assertNotEmitted(tab.data.reading, wait=60):
        append(parts, Rescored((Score(1, 0.5, "prm", "late"),), "late"))
    assert panel.stale
    assert panel.bench is not None
    assert not panel.bench._pulse.isActive()
    panel.show()
    settle(qtbot, panel)
    assert tab.data.scorers == (SCORER, "late")


def test_another_session_is_another_desk(opened: Open, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    parts = opened("one", traces=(GOOD,))
    panel = show()
    settle(qtbot, panel)
    scored_session(tmp_path / "two.espalier", traces=(BAD,))
    parts.sessions.open(tmp_path / "two.espalier")
    qtbot.waitUntil(lambda: parts.sessions.name == "two")
    tab = settle(qtbot, panel)
    assert cells(tab, STEP) == [step.strip() for step in BAD[0]]
    assert len(tab.data.table.traces) == 1


def test_boxes_choose_scope_scorer_and_rule(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(runs=2)
    append(parts, Rescored((Score(1, 0.5, "prm", "late"),), "late"))
    panel = show()
    tab = settle(qtbot, panel)
    assert isinstance(panel.bench, DeskBench)
    bar = panel.bench.bar
    assert [bar.scorer.itemData(row) for row in range(bar.scorer.count())] == [SCORER, "late"]
    for box, wanted in ((bar.scope, "session"), (bar.scorer, "late"), (bar.rule, "max")):
        box.setCurrentIndex(box.findData(wanted))
        box.activated.emit(box.currentIndex())
    settle(qtbot, panel)
    assert (tab.data.scope, tab.data.scorer, tab.data.rule) == ("session", "late", "max")
    assert {trace.run for trace in tab.data.table.traces} == {1, 2}
    assert not bar.channel.isVisible()


def test_scores_are_asked_for_the_runs_of_the_scope(opened: Open, show: Show, qtbot: QtBot) -> None:
    opened(runs=2)
    panel = show()
    tab = settle(qtbot, panel)
    tab.data.set_scope("session")
    settle(qtbot, panel)
    assert panel.bench is not None
    with qtbot.waitSignal(panel.scoring_wanted) as wanted:
        panel.bench.bar.score.click()
    assert wanted.args == [(1, 2)]


def test_labels_that_wait_say_so_and_can_be_dropped(
    opened: Open, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = opened()
    panel = show()
    tab = settle(qtbot, panel)
    monkeypatch.setattr(parts.probing, "_begin_next", lambda: None)
    parts.probing._soon.timeout.disconnect()  # as if another run were under way
    with qtbot.assertNotEmitted(parts.probing.asked):  # the dock of the probes stays where it is
        tab.labelling.start(label_plan(PLAN, (GOOD[0],), 2))
    settle(qtbot, panel)
    assert tab.progress.text().startswith("Monte-Carlo labels are queued.")
    tab.cancel.click()
    settle(qtbot, panel)
    assert not parts.probing.waiting
    assert not tab.cancel.isVisible()


def test_where_nothing_can_be_written_the_keys_say_so(
    opened: Open, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = opened()
    why = "This session cannot be written to."
    monkeypatch.setattr(parts.sessions, "why_not_write", lambda: why)
    tab = settle(qtbot, show())
    qtbot.keyClick(tab.table, Qt.Key.Key_1)
    assert not parts.shown.remarks.tree.ratings
    assert tab.agreement.text() == why
    assert tab.label.toolTip().count(why) == 1
