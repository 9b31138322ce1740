"""The tab “Believe it?” over made sessions: each page's numbers, rows, ways to a trace, and sentences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.desk.data import DeskData
from app.desk.tab import DeskTab
from app.desk.tabs import TABS
from app.desk.trust.calibration import ReliabilityPage
from app.desk.trust.disagreements import DisagreementPage
from app.desk.trust.disagreements_table import ANSWER, BEATS, LOWEST, TOTAL, WHAT
from app.desk.trust.process_bench import BenchPage
from app.desk.trust.tab import PAGES, TrustTab
from app.desk.trust.words import NO_PROBABILITY, NOTHING
from app.parts import Parts
from app.theme import Mode
from engine.events import Record, StepRated
from storage.session import Session
from tests.app.desk.conftest import Open
from tests.helpers.scored_session import BAD, GOOD, PLAN, scored_log, scored_session

Read = Callable[[DeskData], DeskData]
Show = Callable[..., TrustTab]
LIAR = (BAD[0], (0.9, 0.95, 0.9, 0.9))
SHY = (GOOD[0], (0.4, 0.1, 0.3, 0.2))
HOSTILE = "13 - 9 = 4 (left: 4 4 10) <b>bold</b> \u202e | x\n"


@pytest.fixture
def show(qtbot: QtBot, read: Read) -> Show:
    """The tab on the (offscreen) screen, at one of its pages."""
    kept: list[TrustTab] = []  # or Qt would take it away while a test holds nothing but a page

    def made(parts: Parts, page: type[DeskTab] = ReliabilityPage, size: QSize | None = None) -> TrustTab:
        tab = TrustTab(parts, read(DeskData(parts)))
        kept.append(tab)
        tab.data.setParent(tab)
        qtbot.addWidget(tab)
        tab.resize(size or QSize(900, 230))
        with qtbot.waitExposed(tab):
            tab.show()
        tab.open(page)
        settle(qtbot, tab)
        return tab

    return made


def settle(qtbot: QtBot, tab: TrustTab) -> None:
    qtbot.waitUntil(lambda: not tab.page.stale and getattr(tab.page, "diagram", True) is not None)


def said(page: DeskTab) -> str:
    """The sentence in place of the content; empty while there is one."""
    return "" if page.content.isVisible() else page._empty.text()


def calibration(tab: TrustTab) -> ReliabilityPage:
    assert isinstance(tab.page, ReliabilityPage)
    return tab.page


def disagreements(tab: TrustTab) -> DisagreementPage:
    assert isinstance(tab.page, DisagreementPage)
    return tab.page


def choose(qtbot: QtBot, tab: TrustTab, key: str) -> None:
    page = calibration(tab)
    page.against.setCurrentIndex(page.against.findData(key))
    settle(qtbot, tab)


def test_it_is_a_tab_of_the_desk() -> None:
    assert TrustTab in TABS


def test_pages_are_made_when_they_are_first_seen(opened: Open, show: Show, qtbot: QtBot) -> None:
    tab = show(opened())
    assert len(tab._made) == 1
    tab.names.setFocus()
    qtbot.keyClick(tab.names, Qt.Key.Key_Down)
    assert isinstance(tab.page, DisagreementPage)
    for kind in PAGES:
        tab.open(kind)
        settle(qtbot, tab)
    assert len(tab._made) == len(PAGES)


def test_calibration_says_its_figures_and_that_data_are_few(opened: Open, show: Show) -> None:
    page = calibration(show(opened()))
    assert said(page) == ""
    assert page.figures is not None
    assert (page.figures.n, page.figures.traces) == (8, 2)
    assert "8 steps of 2 traces" in page.words.text()
    assert f"AUC {page.figures.auc:.3f}" in page.words.text()
    assert page.sentence.text().startswith("Few data: 2 traces, fewer than 30.")
    assert page.diagram is not None
    assert page.positions is not None
    assert len(page.diagram.items.getPlotItem().items) > len(page.figures.bins)
    assert page.positions._x == pytest.approx([1, 2, 3, 4, page.positions._total_x])


def test_the_mouse_tells_a_bin_and_a_position(opened: Open, show: Show) -> None:
    page = calibration(show(opened()))
    assert page.diagram is not None
    assert page.figures is not None
    place = page.diagram._bin_at(0.95)
    page._point_at_bin(place)
    assert "scores from 0.9 to 1.0: " in page.sentence.text()
    page._point_at_position(len(page.figures.positions) - 1)
    assert page.sentence.text().startswith("last step: AUC 1.000, accuracy 100.0%, 1 of 2 right (few data)")
    page._point_at_bin(None)
    assert page.sentence.text().startswith("Few data")


def test_totals_follow_the_rule_and_a_sum_is_no_probability(opened: Open, show: Show, qtbot: QtBot) -> None:
    tab = show(opened())
    page = calibration(tab)
    page.unit.setCurrentIndex(page.unit.findData("trace"))
    tab.data.set_rule("min")
    settle(qtbot, tab)
    assert page.figures is not None
    assert page.figures.n == 2
    assert page.figures.mean_score == pytest.approx((0.8 + 0.1) / 2)
    tab.data.set_rule("sum")
    settle(qtbot, tab)
    assert page.sentence.text() == NO_PROBABILITY


def test_labels_of_steps_are_gathered_from_their_source(parts: Parts, tmp_path: Path, show: Show, qtbot: QtBot) -> None:
    with Session.create(tmp_path / "a.espalier") as session:
        log = scored_log(session.new_run(PLAN))
        rated = [Record(1, len(log) + 1, 1_700_000_100.0, StepRated(5, -1)),
                 Record(1, len(log) + 2, 1_700_000_101.0, StepRated(1, 1))]  # fmt: skip
        session.append((*log, *rated))
    parts.sessions.open(tmp_path / "a.espalier")
    tab = show(parts)
    page = calibration(tab)
    choose(qtbot, tab, "exact")
    qtbot.waitUntil(lambda: page.figures is not None and page.figures.against == "exact")
    assert page.figures is not None
    assert page.figures.n == 8
    assert not page.unit.isEnabled()
    choose(qtbot, tab, "person")
    qtbot.waitUntil(lambda: page.figures is not None and page.figures.against == "person")
    assert page.figures.n == 2
    assert "Few data: 2 labelled steps" in page.sentence.text()
    choose(qtbot, tab, "monte carlo")
    qtbot.waitUntil(lambda: page.words.text() == NOTHING["monte carlo"])
    assert page.against.isVisible()
    assert not page.copy.isEnabled()
    choose(qtbot, tab, "answer")
    assert page.copy.isEnabled()


def test_all_figures_are_copied(opened: Open, show: Show) -> None:
    page = calibration(show(opened()))
    page.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("**scripted-prm · Right answer**")
    assert "| step 4 | 2 | 1 | 1.000 | 100.0% |" in copied
    assert "| 0.9–1.0 | 2 |" in copied


def test_disagreements_are_listed_shown_and_marked(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(traces=(GOOD, LIAR, SHY, BAD))
    tab = show(parts, DisagreementPage)
    page = disagreements(tab)
    tab.data.set_rule("min")
    settle(qtbot, tab)
    model = page.model
    first = [model.text(model.rows[0], column) for column in (WHAT, TOTAL, BEATS, ANSWER)]
    assert first == ["▲ high, wrong", "0.90", "100%", "✗ 10 + 13 - 4 - 9"]
    assert [(row.trace, row.high) for row in model.rows] == [(1, True), (2, False)]
    assert model.text(model.rows[1], LOWEST).startswith("2: 0.10  10 - 4 = 6")
    page.table.setFocus()
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert tab.data.selected == 2
    assert parts.shown.selected == 12
    page.table.clicked.emit(model.index(0, 0))
    settle(qtbot, tab)
    assert parts.shown.selected == 8
    assert [index.row() for index in page.table.selectionModel().selectedRows()] == [0]


def test_a_threshold_and_a_kind_filter_the_list(opened: Open, show: Show, qtbot: QtBot) -> None:
    tab = show(opened(traces=(GOOD, LIAR, SHY, BAD)), DisagreementPage)
    page = disagreements(tab)
    page.fixed.setChecked(True)
    page.threshold.setValue(0.95)
    settle(qtbot, tab)
    assert [row.trace for row in page.model.rows] == [2]
    assert page.words.text() == "0 high but wrong, 1 low but right, of 4 traces that are known"
    page.threshold.setValue(0.05)
    settle(qtbot, tab)
    assert [row.trace for row in page.model.rows] == [1, 3]
    page.kind.setCurrentIndex(page.kind.findData("low"))
    settle(qtbot, tab)
    assert page.model.rows == ()
    assert not page.copy.isEnabled()


def test_what_a_model_wrote_has_no_markup_in_the_copy(opened: Open, show: Show) -> None:
    steps = (HOSTILE, *BAD[0][1:])
    page = disagreements(show(opened(traces=(GOOD, (steps, (0.1, 0.95, 0.9, 0.999)))), DisagreementPage))
    assert "⟦202E⟧" in page.model.text(page.model.rows[0], LOWEST)
    page.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "\\<b\\>bold" in copied
    assert "\u202e" not in copied


def test_a_dataset_has_figures_at_every_threshold(parts: Parts, tmp_path: Path, show: Show, qtbot: QtBot) -> None:
    ratings = [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, -1)]
    with Session.create(tmp_path / "a.espalier") as session:
        log = scored_log(session.new_run(PLAN), traces=(GOOD, (BAD[0], (0.9, 0.3, 0.7, 0.1))))
        rated = [Record(1, len(log) + at, 0.0, StepRated(node, say)) for at, (node, say) in enumerate(ratings, 1)]
        session.append((*log, *rated))
    parts.sessions.open(tmp_path / "a.espalier")
    tab = show(parts, BenchPage)
    page = tab.page
    assert isinstance(page, BenchPage)
    qtbot.waitUntil(lambda: page.cases is not None and page.words.text() != "")
    assert page.words.text() == "F1 1.000 over 2 traces"
    page.slider.setValue(950)
    assert page.threshold == 0.95
    assert page.model.text(page.model.rows[0], 2) == "0.0%"
    page.best.click()
    assert page.words.text() == "F1 1.000 over 2 traces"
    assert page.plot is not None
    page.plot._on_click(0.2)
    assert page.slider.value() == 200
    page.copy.click()
    assert "| all | 0.000 |" in QGuiApplication.clipboard().text()


def test_without_data_every_page_says_what_to_do(parts: Parts, tmp_path: Path, show: Show, qtbot: QtBot) -> None:
    unscored = (BAD[0], (None,) * 4)
    scored_session(tmp_path / "a.espalier", traces=(unscored,))
    parts.sessions.open(tmp_path / "a.espalier")
    tab = show(parts)
    assert said(tab.page).startswith("Nobody has scored a step of this scope.")
    assert "Score with…" in said(tab.open(DisagreementPage))
    tab.open(BenchPage)
    settle(qtbot, tab)
    assert "Score with…" in said(tab.page)


def test_an_answer_that_nobody_can_check_is_said(parts: Parts, tmp_path: Path, show: Show, qtbot: QtBot) -> None:
    plan = replace(PLAN, problem="question", text="How many?")
    scored_session(tmp_path / "a.espalier", plan=plan, traces=((("#### 4\n",), (0.5,)),))
    parts.sessions.open(tmp_path / "a.espalier")
    tab = show(parts)
    assert calibration(tab).words.text() == NOTHING["answer"]
    tab.open(DisagreementPage)
    settle(qtbot, tab)
    assert said(tab.page) == NOTHING["answer"]
    tab.open(BenchPage)
    qtbot.waitUntil(lambda: said(tab.page).startswith("No trace of this scope came with ratings"))


def test_both_themes_and_a_small_dock(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(traces=(GOOD, LIAR, SHY, BAD))
    tab = show(parts, size=QSize(420, 130))
    modes: tuple[Mode, ...] = ("light", "dark")
    for mode in modes:
        parts.theme.set_mode(mode)
        for kind in PAGES:
            tab.open(kind)
            settle(qtbot, tab)
            tab.grab()
            assert tab.page.content.minimumSizeHint().width() <= 420
