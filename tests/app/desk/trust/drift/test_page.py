"""The page Special tokens with a scripted scorer: what is asked, progress, cancelling, failures, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.desk.data import DeskData
from app.desk.trust.drift.job import FIRST, DriftJob
from app.desk.trust.drift.page import DriftPage
from app.models.drift import KNOWN, Subject, inquiry
from app.parts import Parts
from engine.commands import TraceToScore
from engine.frames import TraceScores
from tests.app.desk.conftest import Open
from tests.helpers.scored_session import GOOD

Read = Callable[[DeskData], DeskData]
Answered = Callable[[tuple[TraceScores, ...], str], None]


class Asked:
    """A scorer that believes `<extra_0>`, and answers when it is told to."""

    def __init__(self, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waiting: list[tuple[tuple[TraceToScore, ...], Answered]] = []
        self.asked: list[TraceToScore] = []
        self.specs: set[str] = set()
        monkeypatch.setattr(parts.scoring, "ask", self._ask)

    def _ask(self, spec: str, traces: Sequence[TraceToScore], done: Answered, policy: str = "") -> None:
        self.specs.add(spec)
        self.asked += traces
        self.waiting.append((tuple(traces), done))

    def answer(self, error: str = "", failing: str = "") -> None:
        """The next parcel; a trace with `failing` in it cannot be scored."""
        traces, done = self.waiting.pop(0)
        done(() if error else tuple(self._scores(trace, failing) for trace in traces), error)

    def answer_all(self) -> None:
        while self.waiting:
            self.answer()

    @staticmethod
    def _scores(trace: TraceToScore, failing: str) -> TraceScores:
        if failing and any(failing in step for step in trace.steps):
            return TraceScores(failed="It cannot be read.")
        return TraceScores(tuple(0.1 if "<extra_0>" in step else 0.9 for step in trace.steps))


@pytest.fixture
def asked(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(parts, monkeypatch)


@pytest.fixture
def page(opened: Open, read: Read, qtbot: QtBot) -> DriftPage:
    """Over two traces, of which the first is on the screen."""
    data = read(DeskData(opened()))
    made = DriftPage(data._parts, data)
    data.setParent(made)
    qtbot.addWidget(made)
    made.resize(QSize(860, 200))
    with qtbot.waitExposed(made):
        made.show()
    data.show(0)
    qtbot.waitUntil(lambda: not made.stale)
    return made


def settle(qtbot: QtBot, page: DriftPage) -> None:
    qtbot.waitUntil(lambda: not page.stale)


def test_before_it_starts_it_says_what_it_would_ask(page: DriftPage, asked: Asked) -> None:
    assert page.bar.spec == "prm"
    assert page.bar.start.isEnabled()
    assert "traces to score" in page.bar.words.text()
    assert not asked.asked


def test_every_string_is_put_into_every_step_beside_a_word(page: DriftPage, asked: Asked, qtbot: QtBot) -> None:
    page.start()
    asked.answer_all()
    settle(qtbot, page)
    assert asked.specs == {"prm"}
    assert {(trace.problem, trace.text, trace.ended) for trace in asked.asked} == {("game24", "4 9 10 13", True)}
    assert asked.asked[0].steps == tuple(GOOD[0])
    named = {row.hostile.text for row in page.strings.rows}
    assert {each.text for each in KNOWN} <= named
    assert len(page.cases.rows) == 4 * len(named)
    first = page.strings.rows[0]
    assert (first.hostile.text, first.control) == ("<extra_0>", 0)
    assert first.change == pytest.approx(0.8)
    assert page.bar.words.text() == "Further than a word as long does, scores are moved by: <extra_0>."
    assert not page.job.active
    assert not page.job.error


def test_a_typed_string_and_other_choices_are_taken(page: DriftPage, asked: Asked, qtbot: QtBot) -> None:
    page.bar.typed.setText("<mine>")
    page.bar.steps.setCurrentIndex(page.bar.steps.findData("last"))
    page.bar.where.setCurrentIndex(page.bar.where.findData("start"))
    page.bar.traces.setCurrentIndex(page.bar.traces.findData("5"))
    page.bar.typed.returnPressed.emit()
    asked.answer_all()
    settle(qtbot, page)
    assert any(trace.steps[-1].startswith("<mine> Answer") for trace in asked.asked)
    assert {row.case.step for row in page.cases.rows} == {3}
    assert {row.case.subject.trace for row in page.cases.rows} == {0, 1}


def test_what_was_found_before_a_cancellation_stays(page: DriftPage, asked: Asked, qtbot: QtBot) -> None:
    page.start()
    settle(qtbot, page)
    assert page.bar.cancel.isEnabled()
    assert not page.bar.start.isEnabled()
    asked.answer()
    settle(qtbot, page)
    assert page.bar.words.text().startswith(f"{FIRST} of ")
    found = len(page.cases.rows)
    assert found
    page.bar.cancel.click()
    asked.answer()
    settle(qtbot, page)
    assert not asked.waiting, "nothing more is asked"
    assert len(page.cases.rows) == found, "what comes too late is not heard"
    assert page.bar.words.text().startswith(f"Stopped after {FIRST} of ")


def test_a_failure_and_a_trace_that_cannot_be_scored_are_said(page: DriftPage, asked: Asked, qtbot: QtBot) -> None:
    page.start()
    asked.answer(error="The engine has gone.")
    settle(qtbot, page)
    assert page.bar.words.text() == f"Stopped after 0 of {page.job.total} traces. The engine has gone."
    assert page.bar.start.isEnabled()
    page.start()
    while asked.waiting:
        asked.answer(failing="<extra_0>")
    settle(qtbot, page)
    first = page.strings.rows[0]
    assert (first.hostile.text, first.lost) == ("<extra_0>", 4)
    assert page.strings.text(first, 2) == "lost ×4"
    assert page.bar.words.text().endswith("It cannot be read.")


def test_a_row_leads_to_its_step_and_both_tables_are_copied(page: DriftPage, asked: Asked, qtbot: QtBot) -> None:
    page.start()
    asked.answer_all()
    settle(qtbot, page)
    place = next(at for at, row in enumerate(page.cases.rows) if row.case.step == 2)
    page.case_table.activated.emit(page.cases.index(place, 0))
    assert page.shown.selected == 3
    page.bar.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "| \\<extra\\_0\\> | step tag | 0.800 | 0.000 | 4 |" in copied


def test_nothing_is_kept_unless_it_is_asked_for(page: DriftPage, asked: Asked, qtbot: QtBot) -> None:
    before = page.shown.total
    page.start()
    asked.answer_all()
    settle(qtbot, page)
    assert page.shown.total == before
    page.bar.keep.click()
    assert page.shown.remarks.notes[4].startswith("Special tokens as plain text, scored by prm:\n<extra_0>: +0.80")


def test_without_a_selected_trace_a_sample_is_offered(page: DriftPage, qtbot: QtBot) -> None:
    page.shown.select(None)
    qtbot.waitUntil(lambda: not page.bar.start.isEnabled())
    assert page.bar.words.text().startswith("Select a step of an ended trace first")
    page.bar.traces.setCurrentIndex(page.bar.traces.findData("20"))
    qtbot.waitUntil(page.bar.start.isEnabled)


def test_another_session_begins_without_what_was_found(
    page: DriftPage, asked: Asked, opened: Open, qtbot: QtBot
) -> None:
    """Its runs have the same numbers: a row, or an answer that comes late, would be about another trace."""
    page.start()
    asked.answer()
    settle(qtbot, page)
    assert page.cases.rows
    opened("b")
    qtbot.waitUntil(lambda: not page.cases.rows)
    asked.answer()
    assert not page.job.active
    assert not page.job.drifts


def test_cancelling_stops_no_scoring_that_somebody_else_wants(
    parts: Parts, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []
    monkeypatch.setattr(parts.scoring, "cancel", lambda: stopped.append(True))
    job = DriftJob(parts.scoring)
    found = inquiry([Subject(0, ("a",))], KNOWN[:1], "each", "end")
    job.start("prm", found, [TraceToScore("game24", "1 2 3 4", steps, True) for _, steps in found.asked])
    assert len(asked.waiting) == 1
    job.cancel()
    assert stopped == [], "the engine is at work for nobody, or for somebody else"
    asked.answer()
    assert job.done == 0


def test_nothing_to_ask_is_no_work(parts: Parts, asked: Asked) -> None:
    job = DriftJob(parts.scoring)
    job.start("prm", inquiry([Subject(0, ())], KNOWN, "each", "end"), [])
    assert not job.active
    assert not asked.waiting
