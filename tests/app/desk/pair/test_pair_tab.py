"""The tab Two models over made sessions: dots, differences, elections, warnings, ways to a step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.desk.data import DeskData
from app.desk.pair.tab import PairTab
from app.desk.pair.tables import DIFFERENCE, FIRST, SECOND, STEP, TEXT
from app.desk.pair.words import NO_OTHER, NOTHING_COMMON, warnings
from app.desk.tabs import TABS
from app.models.pair import Ends
from app.parts import Parts
from app.theme import Mode
from engine.events import Record, Rescored, Score
from engine.scorers.table import bundled, named
from storage.session import Session
from tests.helpers.scored_session import GOOD, PLAN, scored_log, scored_session

Read = Callable[[DeskData], DeskData]
Show = Callable[..., PairTab]
OTHER = {1: 0.95, 2: 0.75, 3: 0.9, 4: 0.2, 5: 0.5, 6: 0.3, 7: 0.6, 8: 0.95}
"""Of a second scorer, by node; it likes the wrong answer better."""


def pair_session(path: Path, other: dict[int, float] = OTHER, channel: str = "") -> None:
    with Session.create(path) as session:
        log = scored_log(session.new_run(PLAN), channels=(("raw", 1.0),))
        raw = ((channel, 2.0),) if channel else ()
        said = tuple(Score(node, value, "prm", "second", channels=raw) for node, value in other.items())
        session.append((*log, Record(1, len(log) + 1, 1_700_000_100.0, Rescored(said, "second", ends=(4, 8)))))


@pytest.fixture
def show(parts: Parts, qtbot: QtBot, read: Read, tmp_path: Path) -> Show:
    """The tab on the (offscreen) screen."""

    def made(size: QSize | None = None, **session: object) -> PairTab:
        if not (tmp_path / "a.espalier").exists():
            pair_session(tmp_path / "a.espalier", **session)  # type: ignore[arg-type] # as it takes them
        parts.sessions.open(tmp_path / "a.espalier")
        tab = PairTab(parts, read(DeskData(parts)))
        tab.data.setParent(tab)
        qtbot.addWidget(tab)
        tab.resize(size or QSize(900, 230))
        with qtbot.waitExposed(tab):
            tab.show()
        qtbot.waitUntil(lambda: tab.scatter is not None)
        settle(qtbot, tab)
        return tab

    return made


def settle(qtbot: QtBot, tab: PairTab) -> None:
    qtbot.waitUntil(lambda: not tab.stale)


def look_at(qtbot: QtBot, tab: PairTab, view: str) -> None:
    tab.view.setCurrentIndex(tab.view.findData(view))
    settle(qtbot, tab)


def said(tab: PairTab) -> str:
    return "" if tab.content.isVisible() else tab._empty.text()


def test_it_is_a_tab_of_the_desk() -> None:
    assert PairTab in TABS


def test_the_same_steps_stand_side_by_side(show: Show) -> None:
    tab = show()
    assert (tab.data.scorer, tab.data.other) == ("scripted-prm", "second")
    assert tab._cloud is not None
    assert len(tab._cloud) == 8
    model = tab.differences
    first = [model.text(model.rows[0], column) for column in (STEP, TEXT, FIRST, SECOND, DIFFERENCE)]
    assert first == ["4", "Answer: 10 + (13 - (4 + 9)) = 24", "0.10", "0.95", "+0.85"]
    assert "0.10 → 0.95" in model.tip(model.rows[0], DIFFERENCE)
    assert "steps: Spearman " in tab.words.text()
    assert "(n 8), few data · traces: Spearman −1.000, Pearson −1.000 (n 2), few data" in tab.words.text()


def test_traces_and_elections_follow_the_rule(show: Show, qtbot: QtBot) -> None:
    tab = show()
    look_at(qtbot, tab, "elected")
    (row,) = tab.elected.rows
    assert (row.problem, row.differs) == ("4 9 10 13", True)
    assert row.left.startswith("✓ ")
    assert row.right.startswith("✗ ")
    assert "They elect different answers." in tab.sentence.text()
    tab.elected_table.activated.emit(tab.elected.index(0, 0))
    assert tab.data.selected == 0
    tab.elected_table.activated.emit(tab.elected.index(0, 0))
    assert tab.data.selected == 1
    tab.data.set_rule("mean")
    look_at(qtbot, tab, "traces")
    assert [row.step for row in tab.differences.rows] == [None, None]
    assert "They elect the same answer." in tab.sentence.text()


def test_rows_and_dots_lead_to_their_step(show: Show, qtbot: QtBot) -> None:
    tab = show()
    tab.table.setFocus()
    tab.table.selectRow(1)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert tab.shown.selected == 4
    assert tab.scatter is not None
    assert tab.scatter._marked is not None
    assert tab._cloud is not None
    place = int((tab._cloud.left == tab._cloud.left.min()).argmax())
    box = tab.scatter.items.getViewBox()
    at = box.mapViewToScene(QPointF(float(tab._cloud.left[place]), float(tab._cloud.right[place])))
    assert tab.scatter._at(at) == place
    tab._point_at(place)
    assert tab.sentence.text() == "0.10 / 0.95  Answer: 10 + (13 - (4 + 9)) = 24"
    tab._point_at(None)
    assert "best traces" in tab.sentence.text()
    tab._go_to_dot(place)
    assert tab.shown.selected == 8


def test_raw_numbers_of_two_kinds_are_warned_of(show: Show) -> None:
    tab = show(channel="log-ratio")
    assert "scripted-prm gives raw, second gives log-ratio" in tab.sentence.text()


def test_what_makes_two_scorers_hard_to_compare_is_said() -> None:
    names, none = ("one", "other"), ((), ())
    assert warnings(names, (Ends(0.1, 0.9), Ends(0.2, 0.8)), none, (None, None), (0, 0)) == ""
    scales = warnings(names, (Ends(0.49, 0.51), Ends(0.0, 1.0)), none, (None, None), (0, 0))
    assert scales.startswith("Two scales: scores of one lie between 0.49 and 0.51")
    shepherd, skywork = (named(name, bundled()) for name in ("math-shepherd", "skywork-o1-prm"))
    assert shepherd.aggregate != skywork.aggregate
    rules = warnings(names, (None, None), none, (shepherd, skywork), (3, 0))
    assert "Their authors aggregate differently" in rules
    assert "3 steps were scored by one alone." in rules


def test_without_a_second_scorer_or_any_it_says_what_to_do(
    parts: Parts, tmp_path: Path, read: Read, qtbot: QtBot
) -> None:
    for name, traces, sentence in (
        ("one", (GOOD,), NO_OTHER),
        ("none", ((GOOD[0], (None,) * 4),), "Nobody has scored a step of this scope."),
    ):
        scored_session(tmp_path / f"{name}.espalier", traces=traces)
        parts.sessions.open(tmp_path / f"{name}.espalier")
        tab = PairTab(parts, read(DeskData(parts)))
        tab.data.setParent(tab)
        qtbot.addWidget(tab)
        with qtbot.waitExposed(tab):
            tab.show()
        settle(qtbot, tab)
        assert said(tab).startswith(sentence)


def test_without_a_common_step_it_says_so(show: Show) -> None:
    tab = show(other={0: 0.5})
    assert tab.words.text() == NOTHING_COMMON
    assert tab.other.isVisible()


def test_the_table_is_copied(show: Show, qtbot: QtBot) -> None:
    tab = show()
    tab.copy.click()
    assert "| 1 | 4 | Answer: 10 + (13 - (4 + 9)) = 24 |" in QGuiApplication.clipboard().text()
    look_at(qtbot, tab, "elected")
    tab.copy.click()
    assert "| 4 9 10 13 | ✓ " in QGuiApplication.clipboard().text()


def test_both_themes_and_a_small_dock(show: Show, parts: Parts, qtbot: QtBot) -> None:
    tab = show(QSize(420, 130))
    modes: tuple[Mode, ...] = ("light", "dark")
    for mode in modes:
        parts.theme.set_mode(mode)
        settle(qtbot, tab)
        tab.grab()
    assert tab.content.minimumSizeHint().width() <= 420
