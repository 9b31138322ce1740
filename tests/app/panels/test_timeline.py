"""The timeline moves the cursor: by button, key, mouse and by itself; it shows where it stands."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.mark_shapes import Mark
from app.models.shown_run import ShownRun
from app.panels.lane_map import Scene
from app.panels.lane_view import LANE_GAP_PX, LANE_NAMES, STAR_PX, LaneView
from app.panels.phase_log import PhaseLog
from app.panels.time_marks import seen
from app.panels.timeline import TimelinePanel
from app.panels.transport import SPEEDS, WhereLabel
from app.theme import Theme
from engine.breakpoints import Hit
from engine.events import PHASES, Bookmarked, Expanded, IterationFinished, Noted, Record
from engine.frames import Status
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
    assert timeline.bar.where.text() == f"event 4 / {TOTAL} · iteration 1 · simulation"
    shown.go_live()
    settle(timeline)
    assert timeline.bar.where.text() == f"event {TOTAL} / {TOTAL} · iteration 30"


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
    assert timeline.bar.where.text().startswith("event 50 / 50")
    assert len(timeline.log) == 50
    shown.seek(10)
    shown.append(RECORDS[50:])
    settle(timeline)
    assert timeline.bar.where.text().startswith(f"event 10 / {TOTAL}")


def test_playing_goes_to_the_end_and_stops(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    timeline.bar.speed.setCurrentIndex(SPEEDS.index(16.0))
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


def test_hovering_tells_the_event_what_it_did_and_what_is_marked(timeline: TimelinePanel) -> None:
    chosen = timeline.log.chosen_at
    assert chosen is not None
    event = RECORDS[chosen - 1].event
    assert isinstance(event, Expanded)
    first, told, *marks = timeline.lanes.words_at(timeline.lanes.x_of(chosen) - 0.5).splitlines()
    assert first == f"event {chosen} · iteration {event.iteration} · expansion"
    assert told == f"{len(event.children)} steps below node {event.parent}"
    assert marks[0] == "★ the run's answer was found"
    assert "☆ an answer was found" in marks


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


def mouse(lanes: LaneView, kind: QEvent.Type, at: QPoint, *keys: Qt.KeyboardModifier) -> None:
    """One mouse event with modifiers held."""
    held = Qt.KeyboardModifier.NoModifier
    for key in keys:
        held |= key
    pressed = Qt.MouseButton.LeftButton
    place, above = QPointF(at), QPointF(lanes.mapToGlobal(at))
    QApplication.sendEvent(lanes, QMouseEvent(kind, place, above, pressed, pressed, held))


def drag(lanes: LaneView, one: QPoint, other: QPoint, *keys: Qt.KeyboardModifier) -> None:
    mouse(lanes, QEvent.Type.MouseButtonPress, one, *keys)
    mouse(lanes, QEvent.Type.MouseMove, other, *keys)
    mouse(lanes, QEvent.Type.MouseButtonRelease, other, *keys)


def wheel(lanes: LaneView, x: float, delta: int, key: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    none, still = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    at = QPointF(x, 40)
    QApplication.sendEvent(lanes, QWheelEvent(at, at, QPoint(), QPoint(0, delta), none, key, still, False))


def test_a_shift_drag_sets_the_time_range_and_the_chip_clears_it(
    timeline: TimelinePanel, shown: ShownRun, settle: Settle
) -> None:
    shown.seek(50)
    settle(timeline)
    assert timeline.bar.range.isHidden()
    drag(timeline.lanes, point_at(timeline, 60), point_at(timeline, 20), Qt.KeyboardModifier.ShiftModifier)
    assert shown.time_range.ends == (20, 60)
    assert shown.cursor == 50
    settle(timeline)
    first, last = timeline.log.iteration_at(20), timeline.log.iteration_at(60)
    assert timeline.bar.range.text() == f"range: iterations {first}–{last}  ×"
    assert timeline.bar.range.isVisibleTo(timeline)
    timeline.bar.range.click()
    settle(timeline)
    assert timeline.bar.range.isHidden()
    shown.time_range.set(3, 5)
    shown.show(2, RECORDS[:20])
    assert shown.time_range.ends is None


def test_control_and_wheel_zoom_at_the_pointer_and_a_double_click_shows_all(timeline: TimelinePanel) -> None:
    lanes = timeline.lanes
    x = lanes.x_of(60)
    for _ in range(6):
        wheel(lanes, x, 120, Qt.KeyboardModifier.ControlModifier)
    assert lanes.axis.zoomed
    assert lanes.x_of(60) == pytest.approx(x)
    assert lanes.x_of(61) - x == pytest.approx((lanes._lanes().width()) / TOTAL * 1.25**6)
    first = lanes.axis.part[0]
    wheel(lanes, x, -120, Qt.KeyboardModifier.ShiftModifier)
    assert lanes.axis.part[0] > first
    mouse(lanes, QEvent.Type.MouseButtonDblClick, point_at(timeline, 60))
    assert lanes.axis.part == (0.0, lanes.axis.span)


def test_a_cursor_that_leaves_the_part_takes_it_along(timeline: TimelinePanel, shown: ShownRun, settle: Settle) -> None:
    shown.seek(60)
    settle(timeline)
    timeline.lanes.zoom(8)
    first, last = timeline.lanes.axis.part
    shown.seek(10)
    settle(timeline)
    moved = timeline.lanes.axis.part
    assert moved[0] <= 10 <= moved[1]
    assert moved[1] - moved[0] == pytest.approx(last - first)


def test_a_drag_in_the_overview_moves_the_part_and_no_cursor(timeline: TimelinePanel, shown: ShownRun) -> None:
    timeline.lanes.zoom(8)
    where = timeline.lanes._overview_rect()
    cursor = shown.cursor
    drag(timeline.lanes, where.center().toPoint(), where.topLeft().toPoint())
    assert timeline.lanes.axis.part[0] == 0.0
    assert shown.cursor == cursor


def test_by_time_an_event_is_as_wide_as_it_took(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    slow = [replace(record, at=record.at + (500.0 if record.seq > 60 else 0.0)) for record in RECORDS]
    shown.show(3, slow)
    qtbot.waitUntil(lambda: not timeline.stale)
    timeline.bar.scale.setCurrentIndex(1)
    lanes = timeline.lanes
    assert lanes.x_of(61) - lanes.x_of(60) > 0.5 * lanes.width() * 0.7
    assert lanes.cursor_at((lanes.x_of(61) + lanes.x_of(60)) / 2) == 61


def test_phase_by_phase_and_speed_by_keys(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    shown.seek(ENDS[4])
    ends = timeline.log.phase_ends
    after = [end for end in ends if end > ENDS[4]]
    timeline.next_phase()
    arrives(qtbot, shown, after[0])
    timeline.next_phase()
    arrives(qtbot, shown, after[1])
    timeline.previous_phase()
    arrives(qtbot, shown, after[0])
    qtbot.keyClicks(timeline.lanes, "]]")
    assert timeline.seeker.speed == 4.0
    qtbot.keyClicks(timeline.lanes, "[")
    assert timeline.seeker.speed == 2.0
    assert {action.id for action in timeline.own_actions()} >= {"timeline.next_phase", "timeline.faster"}


def test_marks_stand_where_things_came(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    node = 5
    birth = timeline.log.birth(node)
    assert birth is not None
    shown.append([Record(1, TOTAL + 1, RECORDS[-1].at, Bookmarked(node, True))])
    shown.append([Record(1, TOTAL + 2, RECORDS[-1].at, Noted(node + 20, "look here"))])
    qtbot.waitUntil(lambda: not timeline.stale)
    assert "⚑ bookmark" in timeline.lanes.words_at(timeline.lanes.x_of(birth))
    marks = timeline._marks()
    assert marks[Mark.BOOKMARK].tolist() == [birth]
    assert marks[Mark.NOTE].tolist() == [timeline.log.birth(node + 20)]
    assert marks[Mark.ANSWER].tolist() == timeline.log.answers.tolist()
    assert len(marks[Mark.ANSWER]) > 1
    assert (
        timeline.lanes.words_at(timeline.lanes.x_of(TOTAL + 2) - 0.1).splitlines()[1]
        == f"node {node + 20} noted: look here"
    )


def test_of_marks_on_one_spot_the_one_that_matters_most_is_seen() -> None:
    many = {Mark.ANSWER: np.arange(0.0, 1000.0, 0.01), Mark.BOOKMARK: np.array([33.0]), Mark.CHOSEN: np.array([500.0])}
    found = seen(many, 0.0, 990.0)
    assert found[3] == Mark.BOOKMARK
    assert found[500 // 11] == Mark.CHOSEN
    assert set(found.values()) == set(many)
    assert len(found) <= 91


def test_a_long_log_is_read_in_slices(
    timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.models.reading.SLICE", 10)
    monkeypatch.setattr("app.models.reading.SECONDS", 0.0)
    lengths: list[int] = []
    read = PhaseLog.extend
    monkeypatch.setattr(PhaseLog, "extend", lambda log, records: lengths.append(len(records)) or read(log, records))  # type: ignore[func-returns-value]
    shown.show(2, RECORDS)
    qtbot.waitUntil(lambda: len(timeline.log) == TOTAL and not timeline.stale)
    assert max(lengths) == 10
    assert timeline.bar.where.text().endswith("iteration 30")


def test_a_repaint_and_a_seek_read_no_event(timeline: TimelinePanel) -> None:
    """Of a million events, too, a repaint asks for the phases of pixel columns; the log itself is left alone."""
    read: list[int] = []

    class Counted(PhaseLog):
        def _row(self, time: int, record: Record) -> tuple[int, int, float]:
            read.append(time)
            return super()._row(time, record)

    log = Counted()
    log.extend(RECORDS)
    log._settle([(number % 5 - 1, number // 5, 0.001) for number in range(250_000)] * 4)
    read.clear()
    stretches: list[int] = []
    log.shares = lambda firsts, ends: stretches.append(len(firsts)) or PhaseLog.shares(log, firsts, ends)  # type: ignore[method-assign, func-returns-value]
    for cursor in (1, 500_000, 1_000_000):
        timeline.lanes.show_log(log, Scene(cursor))
        timeline.lanes.grab()
    assert not read
    assert max(stretches) <= timeline.lanes.width()


def test_a_breakpoint_that_is_hit_leaves_a_mark(timeline: TimelinePanel, shown: ShownRun, qtbot: QtBot) -> None:
    hit = Hit("An answer was found at node 4.", 4)
    shown.set_status(Status(1, "running"))
    for status in (Status(1, "paused", hit=hit), Status(1, "paused", hit=hit), Status(1, "running")):
        shown.set_status(status)
    assert timeline._marks()[Mark.STOP].tolist() == [TOTAL]
    qtbot.waitUntil(lambda: not timeline.stale)
    assert "a breakpoint was hit" in timeline.lanes.words_at(timeline.lanes.x_of(TOTAL))
    shown.show(2, RECORDS[:20])
    assert timeline._marks()[Mark.STOP].tolist() == []


def test_where_the_cursor_is_takes_as_many_words_as_there_is_room_for(qtbot: QtBot) -> None:
    label = WhereLabel()
    qtbot.addWidget(label)
    every = ("event 11,675 / 11,675 · iteration 3,850 · expansion", "event 11,675 / 11,675 · iteration 3,850", "11,675")
    label.show_words(*every)
    for words in every:
        label.resize(label.fontMetrics().horizontalAdvance(words) + 1, 20)
        assert label.fitting() == words
    label.resize(label.fontMetrics().horizontalAdvance("11,6"), 20)
    assert label.fitting().endswith("…")
