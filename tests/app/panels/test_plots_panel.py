"""The plots over the course of a run: what is drawn is what happened, cut at the cursor; a click seeks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.panels.plots_panel import PlotsPanel
from app.panels.run_curves import PLOTS
from app.panels.run_plot import _room
from app.theme import Theme
from engine.events import IterationFinished
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)
ENDS = [cursor for cursor, record in enumerate(RECORDS, 1) if isinstance(record.event, IterationFinished)]


@pytest.fixture
def panel(see: Callable[[type[PlotsPanel]], PlotsPanel], shown: ShownRun, qtbot: QtBot) -> PlotsPanel:
    panel = see(PlotsPanel)
    qtbot.waitUntil(lambda: panel.plot is not None)
    shown.show(1, RECORDS)
    qtbot.waitUntil(lambda: not panel.stale and panel._drawn is not None)
    return panel


def choose(panel: PlotsPanel, name: str, qtbot: QtBot) -> None:
    panel.choice.setCurrentIndex([kind.id for kind in PLOTS].index(name) if name else len(PLOTS))
    qtbot.waitUntil(lambda: not panel.stale)


def test_pyqtgraph_comes_when_the_panel_is_seen() -> None:
    code = "import sys, app.panels; print('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


@pytest.mark.parametrize("name", [*(kind.id for kind in PLOTS), ""])
def test_every_plot_shows_something_in_both_themes(panel: PlotsPanel, theme: Theme, qtbot: QtBot, name: str) -> None:
    choose(panel, name, qtbot)
    assert panel.plot is not None
    assert panel.content.isVisibleTo(panel)
    for mode in ("dark", "light"):
        theme.set_mode(mode)
        qtbot.waitUntil(lambda: not panel.stale)
        picture = panel.plot.widget.grab().toImage()
        colours = {
            picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2) for y in range(picture.height())
        }
        assert theme.palette.panel.name() in colours
        assert len(colours) > 5


def test_curves_are_cut_at_the_cursor_and_the_key_tells_their_values(
    panel: PlotsPanel, shown: ShownRun, qtbot: QtBot
) -> None:
    cursor = ENDS[9]
    shown.seek(cursor)
    qtbot.waitUntil(lambda: not panel.stale)
    assert panel.plot is not None
    assert panel.plot._line.value() == 10.0
    for drawn in panel.plot._drawn:
        past, _ = drawn.past.getData()
        future, _ = drawn.future.getData()
        assert past.max() <= 10.0
        assert future.min() >= 10.0
    values = [f"{curve.y[np.searchsorted(curve.cursors, cursor, side='right') - 1]:.2f}" for curve in panel.curves]
    assert panel.key.words == f"best so far {values[0]} · mean (Q of the root) {values[1]} · credited {values[2]}"
    shown.seek(1)
    qtbot.waitUntil(lambda: not panel.stale)
    assert panel.key.words == "best so far – · mean (Q of the root) – · credited –"


def test_a_moved_cursor_makes_no_new_curves(
    panel: PlotsPanel, shown: ShownRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert panel.plot is not None
    shown.seek(40)  # by then the plot has its width
    qtbot.waitUntil(lambda: not panel.stale)
    drawn: list[object] = []
    monkeypatch.setattr(panel.plot, "show_curves", lambda *given: drawn.append(given))
    for cursor in (50, 20, 60):
        shown.seek(cursor)
        qtbot.waitUntil(lambda: not panel.stale)
    assert not drawn


def test_a_click_and_a_drag_seek(panel: PlotsPanel, shown: ShownRun, qtbot: QtBot) -> None:
    assert panel.plot is not None
    items, view = panel.plot.items, panel.plot.items.viewport()

    def point(iteration: int) -> QPoint:
        scene = items.getViewBox().mapViewToScene(QPointF(iteration, 0.5))
        return QPoint(items.mapFromScene(scene))

    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=point(12))
    qtbot.waitUntil(lambda: shown.cursor == ENDS[11])
    qtbot.mouseMove(view, point(20))
    qtbot.waitUntil(lambda: shown.cursor == ENDS[19])
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point(20))


def test_a_time_range_narrows_curves_and_scores(panel: PlotsPanel, shown: ShownRun, qtbot: QtBot) -> None:
    shown.time_range.set(ENDS[4] + 1, ENDS[9])
    qtbot.waitUntil(lambda: not panel.stale)
    assert {float(x) for curve in panel.curves for x in curve.x} == set(range(6, 11))
    choose(panel, "", qtbot)
    births = shown.history.birth
    inside = int(((births > ENDS[4]) & (births <= ENDS[9])).sum())
    assert f"of {inside} nodes" in panel.key.words
    shown.time_range.clear()
    qtbot.waitUntil(lambda: f"of {len(shown.tree.nodes)} nodes" in panel.key.words)


def test_what_has_not_happened_is_said(panel: PlotsPanel, shown: ShownRun, qtbot: QtBot) -> None:
    shown.show(2, RECORDS[:1])
    qtbot.waitUntil(lambda: not panel.content.isVisibleTo(panel))
    choose(panel, "", qtbot)
    assert not panel.content.isVisibleTo(panel)
    shown.append(RECORDS[1:40])
    qtbot.waitUntil(lambda: panel.content.isVisibleTo(panel))
    shown.show(None, ())
    qtbot.waitUntil(lambda: not panel.content.isVisibleTo(panel))


def test_values_below_nothing_are_not_cut_off() -> None:
    lows, highs = _room([np.array([-2.0, np.nan, 1.0]), np.array([np.nan])])
    assert lows < -2.0 < 1.0 < highs
    assert _room([np.array([3.0, 4.0])])[0] == 0.0
    assert list(_room([])) == pytest.approx([0.0, 1.0], rel=0.1)
