"""The tab of many traces over made sessions: pictures and ranking follow rule, scorer, selection; empty states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.desk import folds
from app.desk.data import DeskData
from app.desk.tabs import TABS
from app.desk.traces.ranking_table import TOTAL
from app.desk.traces.tab import TracesTab
from app.parts import Parts
from storage.session import Session
from tests.app.desk.conftest import Open
from tests.helpers.scored_session import BAD, GOOD, PLAN, SCORER, scored_log, scored_session

Read = Callable[[DeskData], DeskData]
Show = Callable[..., TracesTab]
OTHER = replace(PLAN, text="1 2 3 4")


@pytest.fixture
def show(qtbot: QtBot, read: Read) -> Show:
    """The tab on the (offscreen) screen."""

    def made(parts: Parts, size: QSize | None = None, scope: str = "run") -> TracesTab:
        data = DeskData(parts)
        data.set_scope(scope)  # type: ignore[arg-type] # one of them
        tab = TracesTab(parts, read(data))
        data.setParent(tab)
        qtbot.addWidget(tab)
        tab.resize(size or QSize(900, 240))
        with qtbot.waitExposed(tab):
            tab.show()
        qtbot.waitUntil(lambda: not tab.stale)
        return tab

    return made


def said(tab: TracesTab) -> str:
    """The sentence in place of the content; empty while there is one."""
    return "" if tab.content.isVisible() else tab._empty.text()


def curves_of(tab: TracesTab, qtbot: QtBot) -> list[str]:
    """The key of the curves, which are brought to the front."""
    tab.pictures.views.choose("curves")
    qtbot.waitUntil(lambda: tab.pictures.curves is not None and bool(tab.pictures.curves.entries))
    assert tab.pictures.curves is not None
    return [entry.words for entry in tab.pictures.curves.entries]


def lightness(picture: QImage) -> float:
    """Of all of it, in [0, 1]."""
    smooth = Qt.TransformationMode.SmoothTransformation
    return picture.scaled(1, 1, Qt.AspectRatioMode.IgnoreAspectRatio, smooth).pixelColor(0, 0).lightnessF()


def test_it_is_a_tab_of_the_desk() -> None:
    assert TracesTab in TABS


def test_traces_are_ranked_and_the_elected_answers_stand_above(opened: Open, show: Show) -> None:
    tab = show(opened())
    assert said(tab) == ""
    assert tab.pictures.map.sheet.values == pytest.approx(tab.data.table.values)
    ranking = tab.ranking
    assert ranking.model.rows == (0, 1)
    words = [label.text() for label in ranking.elected.labels]
    assert words[0].startswith("Vote ✓ ")
    assert words[1].startswith("Best ✓ ")
    assert words[2].startswith("Majority ✓ "), "a tie goes to the answer seen first"
    assert "weight 0.99, 1 vote\n" in ranking.elected.labels[0].toolTip()


def test_a_rule_ranks_anew_and_reads_nothing(
    opened: Open, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    worse_at_last = (GOOD[0], (0.9, 0.8, 0.95, 0.07))
    tab = show(opened(traces=(worse_at_last, BAD)))
    assert tab.ranking.model.rows == (1, 0)
    assert tab.pictures.map.order.tolist() == [1, 0]
    sheet = tab.pictures.map.sheet
    monkeypatch.setattr(folds.Folds, "read", None)
    tab.data.set_rule("mean")
    qtbot.waitUntil(lambda: not tab.stale)
    assert tab.ranking.model.rows == (0, 1)
    assert tab.pictures.map.order.tolist() == [0, 1]
    assert tab.pictures.map.sheet is sheet, "the image stays"
    total = tab.ranking.model.data(tab.ranking.model.index(0, TOTAL))
    assert total == f"{(0.9 + 0.8 + 0.95 + 0.07) / 4:.2f}"


def test_the_grid_of_rules_puts_a_rule_in_force(opened: Open, show: Show, qtbot: QtBot) -> None:
    tab = show(opened())
    rules = tab.ranking.rules
    assert rules.isHidden()
    tab.ranking.lists.choose("rules")
    assert tab.ranking.table.isHidden()
    assert len(tab.ranking.rules_model.rows) == 7
    with qtbot.waitSignal(tab.data.rule_changed):
        rules.clicked.emit(tab.ranking.rules_model.index(1, 0))
    qtbot.waitUntil(lambda: not tab.stale)
    assert tab.data.rule == "min"
    assert [row.in_force for row in tab.ranking.rules_model.rows] == [False, True, *[False] * 5]


def test_a_tall_tab_shows_ranking_and_grid(opened: Open, show: Show) -> None:
    tab = show(opened(), QSize(1100, 700))
    assert not tab.ranking.table.isHidden()
    assert not tab.ranking.rules.isHidden()
    assert tab.ranking.lists.isHidden()
    assert len(tab.ranking.rules_model.rows) == 7
    tab.resize(480, 900)
    assert tab.split.orientation() == Qt.Orientation.Vertical


def test_a_trace_is_shown_from_map_and_table_and_marked_in_both(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    tab = show(parts)
    tab.pictures.map.trace_chosen.emit(1)
    assert parts.shown.selected == 8
    qtbot.waitUntil(lambda: not tab.stale)
    assert tab.pictures.map.selected == 1
    assert tab.ranking.table.currentIndex().row() == tab.ranking.model.rows.index(1)
    tab.ranking.table.clicked.emit(tab.ranking.model.index(0, 0))
    assert parts.shown.selected == 4
    parts.shown.select(6)
    qtbot.waitUntil(lambda: not tab.stale)
    assert tab.pictures.map.selected == 1


def test_cells_tell_the_step_and_its_text(opened: Open, show: Show) -> None:
    tab = show(opened())
    sheet = tab.pictures.map.sheet
    assert sheet.tell(1, 0).split("\n")[1:] == ["step 1 of 4: 0.60", BAD[0][0].strip()]
    assert "step 2 of 4: 0.40, the first below 0.5" in sheet.tell(1, 1)
    assert "step 3 of 4: 0.70, after the first error (step 2)" in sheet.tell(1, 2)
    assert "right" in sheet.tell(0, 0)
    assert sheet.label(0).startswith("✓ ")


def test_answers_of_many_problems_are_counted_one_by_one(parts: Parts, tmp_path: Path, show: Show) -> None:
    path = tmp_path / "two.espalier"
    scored_session(path, runs=2)
    with Session.open(path) as session:
        session.append(scored_log(session.new_run(OTHER), (BAD,), OTHER))
    parts.sessions.open(path)
    tab = show(parts, QSize(1100, 240), scope="session")
    assert [label.text() for label in tab.ranking.elected.labels] == [
        "Vote 1/2 ✓", "Best 1/2 ✓", "Majority 1/2 ✓"
    ]  # fmt: skip
    assert not tab.ranking.table.isColumnHidden(6), "there is more than one run"
    assert tab.pictures.map.sheet.label(4).startswith("3 ")


def test_every_picture_is_made_when_it_is_first_seen(opened: Open, show: Show, qtbot: QtBot) -> None:
    tab = show(opened())
    pictures = tab.pictures
    assert not any((pictures.curves, pictures.lengths, pictures.steps))
    assert [words for words in curves_of(tab, qtbot) if words[-1].isdigit()] == ["wrong 1", "right 1"]
    pictures.views.choose("minimum")
    qtbot.waitUntil(lambda: pictures.steps is not None)
    assert "50% of 2 traces are lowest at the last step, 25% would be by chance" in pictures.words.text()
    pictures.views.choose("length")
    qtbot.waitUntil(lambda: pictures.lengths is not None and pictures.lengths.drawn == 2)
    assert "all the same" in pictures.words.text()
    assert pictures.order.isHidden()
    pictures.views.choose("map")
    assert not pictures.order.isHidden()


def test_the_plots_follow_rule_and_selection(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened(traces=(GOOD, BAD, (("Answer: 24\n",), (0.5,))))
    tab = show(parts)
    assert "on the screen" not in curves_of(tab, qtbot)
    parts.shown.select(4)
    qtbot.waitUntil(lambda: not tab.stale)
    assert "on the screen" in curves_of(tab, qtbot)
    assert "its first error" not in curves_of(tab, qtbot)
    parts.shown.select(7)
    qtbot.waitUntil(lambda: "its first error" in curves_of(tab, qtbot))
    assert tab.pictures.curves is not None
    after, before, mark = tab.pictures.curves.items.getPlotItem().listDataItems()[-3:]
    assert [item.getData()[0].tolist() for item in (after, before, mark)] == [[2, 3, 4], [1, 2], [2]]
    assert after.opts["pen"].color() == tab.theme.palette.secondary
    assert before.opts["pen"].color() == tab.theme.palette.accent
    tab.pictures.views.choose("length")
    qtbot.waitUntil(lambda: tab.pictures.lengths is not None)
    assert "(last step)" in tab.pictures.words.text()
    tab.data.set_rule("product")
    qtbot.waitUntil(lambda: not tab.stale)
    assert "(product)" in tab.pictures.words.text()


def test_the_choices_are_reached_by_keyboard(opened: Open, show: Show, qtbot: QtBot) -> None:
    tab = show(opened())
    views = tab.pictures.views
    first, *_ = views.findChildren(QToolButton)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert views.key == "curves"
    qtbot.waitUntil(lambda: tab.pictures.curves is not None)


def test_a_run_that_grows_leaves_the_rows_where_they_are(opened: Open, show: Show, read: Read, qtbot: QtBot) -> None:
    many = [((f"Answer: {n}\n",), (n / 100,)) for n in range(60)]
    parts = opened(traces=many, finished=False)
    tab = show(parts)
    parts.shown.select(60)
    qtbot.waitUntil(lambda: not tab.stale)
    bar = tab.ranking.table.verticalScrollBar()
    assert tab.ranking.table.currentIndex().row() == 0
    bar.setValue(30)
    records = scored_log(1, [*many, BAD])[len(parts.shown.records) : -1]
    assert parts.sessions.session is not None
    parts.sessions.session.append(records)
    parts.shown.append(records)
    read(tab.data)
    qtbot.waitUntil(lambda: not tab.stale and tab.ranking.model.rowCount() == 61)
    assert tab.ranking.table.currentIndex().row() == 0
    assert bar.value() == 30


def test_the_ranking_is_copied(opened: Open, show: Show) -> None:
    tab = show(opened())
    markdown, csv = tab.ranking.copy.menu().actions()
    markdown.trigger()
    assert QGuiApplication.clipboard().text().startswith(f"**Traces ranked by last step, scored by {SCORER}**")
    csv.trigger()
    assert QGuiApplication.clipboard().text().startswith("#,Total,Answer")


def test_without_runs_traces_or_scores_it_says_what_to_do(parts: Parts, tmp_path: Path, show: Show) -> None:
    assert "Ctrl+N" in said(show(parts))
    scored_session(tmp_path / "none.espalier", traces=())
    parts.sessions.open(tmp_path / "none.espalier")
    assert "several samples" in said(show(parts))
    scored_session(tmp_path / "bare.espalier", traces=((GOOD[0], (None,) * 4),))
    parts.sessions.open(tmp_path / "bare.espalier")
    assert "Score with" in said(show(parts))


def test_both_themes(opened: Open, show: Show, qtbot: QtBot) -> None:
    parts = opened()
    tab = show(parts)
    dark = tab.pictures.map.grab().toImage()
    parts.theme.set_mode("light")
    qtbot.waitUntil(lambda: not tab.stale)
    light = tab.pictures.map.grab().toImage()
    assert lightness(light) > 0.7 > 0.4 > lightness(dark)
