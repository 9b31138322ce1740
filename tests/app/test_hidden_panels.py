"""Panels behind another one's tab cost nothing; one that comes into sight shows the run as it is now."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.panels.panel import LONGEST_REST_MS, RACING_MS, PanelWidget
from app.theme import Theme
from engine.frames import Status
from tests.app.conftest import WAIT, MakeWindow
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(4)


def test_a_panel_behind_a_tab_waits_until_it_is_raised(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(start=False)
    with qtbot.waitExposed(window):
        window.show()
    hidden = window.panels["votes"]
    assert isinstance(hidden, PanelWidget)
    window.docks["timeline"].raise_()
    window.docks["prm_plot"].raise_()
    qtbot.waitUntil(lambda: not hidden._is_seen(), timeout=WAIT)
    window.parts.shown.show(1, RECORDS)
    assert not hidden._frame.isActive()
    assert hidden.stale
    window.docks["votes"].raise_()
    qtbot.waitUntil(lambda: not hidden.stale, timeout=WAIT)


class SlowPanel(PanelWidget):
    def refresh(self) -> None:
        pass


def test_a_slow_panel_rests_longer_but_not_for_ever(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = SlowPanel(ShownRun(), Theme("dark"))
    qtbot.addWidget(panel)
    times = iter((0.0, 0.001, 10.0, 10.02, 20.0, 22.0, 30.0, 30.0))
    monkeypatch.setattr("app.panels.panel.perf_counter", lambda: next(times))
    waits = []
    with qtbot.waitExposed(panel):
        panel.show()
    for _ in range(3):
        panel.mark_stale()
        waits.append(panel._frame.interval())
        qtbot.waitUntil(lambda: not panel.stale, timeout=WAIT)
    quick, slow, very_slow = waits
    assert quick < slow == 160 < very_slow == LONGEST_REST_MS


def test_while_a_search_races_panels_read_it_ten_times_a_second(qtbot: QtBot) -> None:
    panel = SlowPanel(ShownRun(), Theme("dark"))
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.shown.show(1, RECORDS)
    panel.mark_stale()
    assert panel._frame.interval() < RACING_MS
    qtbot.waitUntil(lambda: not panel.stale, timeout=WAIT)
    panel.shown.set_status(Status(1, "running"))
    panel.mark_stale()
    assert panel._frame.interval() >= RACING_MS
    panel.shown.seek(1)
    assert not panel.shown.racing
