"""The guided tour, walked to its end on a real window, and what it leaves behind: nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.guide.samples import THOUGHT_SAMPLE, TOUR_SAMPLE
from app.guide.tour import Tour, beside
from app.guide.tour_stops import STOPS
from app.main_window import MainWindow
from app.panels import ThoughtPanel
from tests.app.conftest import WAIT, MakeWindow, wait_for_state
from tests.app.test_window import SLOW, session_file


def begin(qtbot: QtBot, window: MainWindow) -> Tour:
    window.actions_.trigger("help.tour")
    tour = window.reception.tour
    assert tour is not None
    qtbot.waitUntil(lambda: tour.callout.isVisible(), timeout=WAIT)
    return tour


def test_it_is_walked_to_the_end(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier", runs=2))
    shown, sessions = window.parts.shown, window.parts.sessions
    sessions.show_run(1)
    shown.select(1)
    shown.seek(5)
    window.docks["outline"].hide()
    tour = begin(qtbot, window)
    assert sessions.name == Path(TOUR_SAMPLE.file).stem
    cursors, texts = set(), []
    for stop in STOPS:
        assert tour.stop is stop
        qtbot.waitUntil(partial(_said, tour, stop.text), timeout=WAIT)  # a stop with another sample waits for it
        qtbot.waitUntil(partial(_framed, tour, window, stop.target(window)), timeout=WAIT)
        texts.append(tour.callout.text.text())
        cursors.add((sessions.name, shown.cursor))
        assert window.rect().contains(tour.callout.geometry())
        tour.callout.next.click()
    assert texts == [stop.text for stop in STOPS]
    assert len(cursors) == 4  # the end, a third, a selection, the end of another sample
    assert window.reception.tour is None
    qtbot.waitUntil(lambda: sessions.name == "one", timeout=WAIT)
    assert (shown.run, shown.cursor, shown.selected) == (1, 5, 1)
    assert window.docks["outline"].isHidden()


def _said(tour: Tour, text: str) -> bool:
    return tour.callout.text.text() == text


def _framed(tour: Tour, window: MainWindow, target: QWidget) -> bool:
    frame = tour._frame.geometry()
    return tour._frame.isVisible() and frame.size() == target.size() and window.rect().contains(frame)


def test_the_thought_is_read_in_a_sample_that_has_one_and_back_again(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path
) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    tour, sessions = begin(qtbot, window), window.parts.sessions
    at = next(place for place, stop in enumerate(STOPS) if stop.sample is THOUGHT_SAMPLE)
    for _ in range(at):
        tour.callout.next.click()
    qtbot.waitUntil(partial(_said, tour, STOPS[at].text), timeout=WAIT)
    assert sessions.name == Path(THOUGHT_SAMPLE.file).stem
    panel = window.panels["thought"]
    assert isinstance(panel, ThoughtPanel)
    qtbot.waitUntil(lambda: panel.open_bench is not None and panel.open_bench.desk.claims is not None, timeout=WAIT)
    assert panel.open_bench is not None
    assert "I found no way." in panel.open_bench.desk.text.text
    tour.callout.back.click()
    qtbot.waitUntil(partial(_said, tour, STOPS[at - 1].text), timeout=WAIT)
    assert sessions.name == Path(TOUR_SAMPLE.file).stem
    tour.end()


def test_back_and_escape(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    window.activateWindow()
    tour = begin(qtbot, window)
    assert not tour.callout.back.isEnabled()
    tour.callout.next.click()
    tour.callout.next.click()
    tour.callout.back.click()
    assert tour.stop is STOPS[1]
    assert window.parts.shown.selected is not None
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.reception.tour is None
    assert window.parts.sessions.name == "one"


def test_the_window_is_not_blocked_and_only_one_tour_is_on(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    tour = begin(qtbot, window)
    window.actions_.trigger("help.tour")
    assert window.reception.tour is tour
    window.parts.shown.select(2)
    assert window.parts.shown.selected == 2
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.rect().contains(tour.callout.geometry()), timeout=WAIT)
    tour.callout.close_button.click()
    assert window.reception.tour is None


def test_a_search_that_ran_goes_on_afterwards(qtbot: QtBot, make: MakeWindow) -> None:
    window = make(seconds=SLOW)
    runs, shown = window.parts.runs, window.parts.shown
    qtbot.waitUntil(lambda: shown.total > 5 and runs.state == "running", timeout=WAIT)
    before = window.parts.sessions.path
    tour = begin(qtbot, window)
    wait_for_state(qtbot, window, "idle")
    tour.end()
    qtbot.waitUntil(lambda: runs.state == "running", timeout=WAIT)
    assert window.parts.sessions.path == before
    assert shown.run == 1


@pytest.mark.parametrize(
    "spot",
    [QRect(0, 0, 200, 800), QRect(1000, 0, 400, 800), QRect(300, 600, 500, 200), QRect(0, 0, 1400, 40)],
    ids=["left", "right", "bottom", "top"],
)
def test_a_callout_stands_beside_what_it_is_about(spot: QRect) -> None:
    window = QRect(0, 0, 1400, 800)
    box = QRect(beside(spot, 320, 150, window), spot.size())
    box.setSize(QRect(0, 0, 320, 150).size())
    assert window.contains(box)
    assert not box.intersects(spot)


def test_where_there_is_no_room_beside_it_the_callout_stands_inside() -> None:
    window = QRect(0, 0, 600, 400)
    assert window.contains(QRect(beside(window, 320, 150, window), QRect(0, 0, 320, 150).size()))
