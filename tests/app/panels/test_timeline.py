"""The timeline moves the cursor: by button, key, mouse and by itself; it shows where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.panels.lane_view import LANE_GAP_PX, LANE_NAMES, STAR_PX
from app.panels.timeline import SPEEDS, TimelinePanel
from app.theme import Theme
from engine.events import PHASES, IterationFinished
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)
TOTAL = len(RECORDS)
ENDS = [cursor for cursor, record in enumerate(RECORDS, 1) if isinstance(record.event, IterationFinished)]
Settle = Callable[[TimelinePanel], None]


@pytest.fixture
def timeline(see: Callable[[type[TimelinePanel]], TimelinePanel], shown: ShownRun, settle: Settle) -> TimelinePanel:
    panel = see(TimelinePanel)
    shown.show(1, RECORDS)
    settle(panel)
    return panel


def point_at(timeline: TimelinePanel, cursor: int) -> QPoint:
    lanes = timeline.lanes
    return QPoint(round(lanes.x_of(cursor) - (lanes.x_of(1) - lanes.x_of(0)) / 2), lanes.height() // 2)


def arrives(qtbot: QtBot, shown: ShownRun, cursor: int) -> None:
    qtbot.waitUntil(lambda: shown.cursor == cursor)


def test_it_says_where_the_cursor_is(timeline: TimelinePanel, shown: ShownRun, settle: Settle) -> None:
    shown.seek(4)
    settle(timeline)
    assert timeline.where.text() == f"event 4 / {TOTAL} · iteration 1 · simulation"
    shown.go_live()
    settle(timeline)
    assert timeline.where.text() == f"event {TOTAL} / {TOTAL} · iteration 30"


def test_by_event_and_by_iteration(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    shown.seek(ENDS[4] + 2)
    for act, cursor in (
        (timeline.next_event, ENDS[4] + 3),
        (timeline.previous_event, ENDS[4] + 2),
        (timeline.previous_iteration, ENDS[4]),
        (timeline.previous_iteration, ENDS[3]),
        (timeline.next_iteration, ENDS[4]),
        (timeline.first, 1),
        (timeline.previous_event, 1),
        (timeline.previous_iteration, 1),
        (timeline.last, TOTAL),
        (timeline.next_event, TOTAL),
        (timeline.next_iteration, TOTAL),
    ):
        act()
        arrives(qtbot, shown, cursor)


def test_keys(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    shown.seek(ENDS[4])
    for key, cursor in ((",", ENDS[4] - 1), (".", ENDS[4]), ("<", ENDS[3]), (">", ENDS[4]), ("L", TOTAL)):
        qtbot.keyClicks(timeline.lanes, key)
        arrives(qtbot, shown, cursor)
    assert shown.live


def test_quick_steps_add_up(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    shown.seek(20)
    for _ in range(7):
        timeline.next_event()
    arrives(qtbot, shown, 27)


def test_click_and_drag_seek(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    qtbot.mousePress(timeline.lanes, Qt.MouseButton.LeftButton, pos=point_at(timeline, 40))
    arrives(qtbot, shown, 40)
    assert not shown.live
    qtbot.mouseMove(timeline.lanes, point_at(timeline, 70))
    arrives(qtbot, shown, 70)
    qtbot.mouseMove(timeline.lanes, QPoint(timeline.lanes.width() + 500, 5))
    qtbot.mouseRelease(timeline.lanes, Qt.MouseButton.LeftButton)
    arrives(qtbot, shown, TOTAL)
    assert shown.live


def test_a_wild_drag_seeks_once_a_frame(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    seeks: list[int] = []
    shown.cursor_moved.connect(lambda cursor, _total: seeks.append(cursor))
    for cursor in range(10, 60):
        timeline.lanes.sought.emit(cursor)
    arrives(qtbot, shown, 59)
    assert seeks == [10, 59]


def test_wheel_moves_by_events(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    shown.seek(30)
    for delta, cursor in ((-120, 31), (240, 29), (-60, 29), (-60, 30)):
        wheel = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(timeline.lanes, wheel)
        arrives(qtbot, shown, cursor)


def test_live_is_lit_until_the_user_goes_back(
    timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot, settle: Settle
) -> None:
    (button,) = (each for each in timeline.findChildren(QToolButton) if "Live" in each.text())
    assert button.isChecked()
    assert button.text() == "● Live"
    timeline.previous_event()
    arrives(qtbot, shown, TOTAL - 1)
    settle(timeline)
    assert not button.isChecked()
    assert button.text() == "○ Live"
    button.click()
    assert shown.live
    settle(timeline)
    assert button.isChecked()
    button.click()
    settle(timeline)
    assert button.isChecked()


def test_events_that_come_later_are_taken_in(timeline: TimelinePanel, shown: ShownRun, settle: Settle) -> None:
    shown.show(2, RECORDS[:20])
    settle(timeline)
    shown.append(RECORDS[20:50])
    settle(timeline)
    assert timeline.where.text().startswith("event 50 / 50")
    assert len(timeline.log) == 50
    shown.seek(10)
    shown.append(RECORDS[50:])
    settle(timeline)
    assert timeline.where.text().startswith(f"event 10 / {TOTAL}")


def test_playing_goes_to_the_end_and_stops(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    timeline.speed.setCurrentIndex(len(SPEEDS) - 1)
    shown.seek(TOTAL - 12)
    timeline.toggle_play()
    assert timeline.playing
    qtbot.waitUntil(lambda: TOTAL - 12 < shown.cursor < TOTAL)
    qtbot.waitUntil(lambda: not timeline.playing)
    assert shown.cursor == TOTAL


def test_playing_from_the_end_starts_over_and_a_hand_stops_it(timeline: TimelinePanel, shown: ShownRun) -> None:
    timeline.toggle_play()
    assert timeline.playing
    assert shown.cursor == 1
    timeline.next_event()
    assert not timeline.playing


def test_another_run_stops_playing(timeline: TimelinePanel, shown: ShownRun) -> None:
    timeline.toggle_play()
    shown.show(2, RECORDS[:9])
    assert not timeline.playing


def test_lanes_are_numbered_and_coloured_by_phase(
    timeline: TimelinePanel, shown: ShownRun, theme: Theme, qtbot: QtBot
) -> None:
    assert LANE_NAMES == ("1 selection", "2 expansion", "3 simulation", "4 backpropagation")
    shown.show(2, RECORDS[:20])
    qtbot.waitUntil(lambda: not timeline.stale)
    picture = timeline.lanes.grab().toImage()
    for cursor in range(2, 20):
        lane = timeline.log.phase_at(cursor)
        if 0 <= lane < len(PHASES):
            x = point_at(timeline, cursor).x()
            y = round(STAR_PX + (lane + 0.5) * timeline.lanes.lane_px + lane * LANE_GAP_PX)
            assert picture.pixelColor(x, y).name() == theme.palette.phases[lane].name()


def test_hovering_tells_the_event_and_the_answer(timeline: TimelinePanel) -> None:
    answer = timeline.log.answer_at
    assert answer is not None
    words = timeline.lanes.words_at(timeline.lanes.x_of(answer) - 0.5)
    assert words.startswith(f"event {answer} · iteration ")
    assert words.endswith(f"★ answer found at event {answer}")


def test_without_a_run_nothing_moves_and_words_say_so(
    see: Callable[[type[TimelinePanel]], TimelinePanel], shown: ShownRun
) -> None:
    panel = see(TimelinePanel)
    for act in (panel.first, panel.next_event, panel.next_iteration, panel.toggle_play, panel.go_live):
        act()
    assert shown.cursor == 0
    assert not panel.playing
    assert not panel.content.isVisibleTo(panel)


def test_lanes_share_the_height_there_is(timeline: TimelinePanel) -> None:
    timeline.resize(700, 130)
    low = timeline.lanes.lane_px
    timeline.resize(700, 190)
    assert timeline.lanes.lane_px > low
