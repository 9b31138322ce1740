"""The heat map as a widget: keys, mouse, wheel, what it says, and what is painted where."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.desk.colours import score_colour
from app.desk.traces.heatmap.frame import READABLE_PX
from app.desk.traces.heatmap.key import HeatKey
from app.desk.traces.heatmap.map import HeatMap
from app.desk.traces.heatmap.picture import Sheet
from app.theme import Theme

NAN = float("nan")
ROWS, STEPS = 24, 6


def made_up(rows: int = ROWS, steps: int = STEPS) -> Sheet:
    """Row n has n + 1 hundredths everywhere, no score at its second step, and a first error at its third."""
    values = np.tile(((np.arange(rows) % 90) / 100)[:, None], steps).astype(np.float32)
    values[:, 1] = NAN
    correct = np.where(np.arange(rows) % 2, 1.0, 0.0)
    lengths, errors = np.full(rows, steps, np.int32), np.full(rows, 2, np.int32)
    return Sheet(values, lengths, errors, correct, lambda row: f"trace {row}", lambda row, step: f"<{row}> at {step}")


@pytest.fixture
def heat(qtbot: QtBot) -> HeatMap:
    widget = HeatMap(Theme("dark"))
    qtbot.addWidget(widget)
    widget.resize(400, 200)
    widget.show_sheet(made_up(), np.arange(ROWS)[::-1])
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def rgb(colour: QColor) -> tuple[int, ...]:
    """As a screen has it."""
    return colour.red(), colour.green(), colour.blue()


def like(colour: QColor) -> object:
    return pytest.approx(rgb(colour), abs=3)


def image(widget: HeatMap) -> QImage:
    return widget.viewport().grab().toImage()


def test_arrows_move_a_cursor_in_the_order_that_is_shown(heat: HeatMap, qtbot: QtBot) -> None:
    heat.move_to(0, 0)
    assert heat.cursor_cell == (ROWS - 1, 0)
    for key, cell in (
        (Qt.Key.Key_Down, (ROWS - 2, 0)),
        (Qt.Key.Key_Right, (ROWS - 2, 1)),
        (Qt.Key.Key_End, (ROWS - 2, STEPS - 1)),
        (Qt.Key.Key_Right, (ROWS - 2, STEPS - 1)),
        (Qt.Key.Key_Home, (ROWS - 2, 0)),
        (Qt.Key.Key_Up, (ROWS - 1, 0)),
        (Qt.Key.Key_Up, (ROWS - 1, 0)),
    ):
        qtbot.keyClick(heat, key)
        assert heat.cursor_cell == cell, key
    qtbot.keyClick(heat, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert heat.cursor_cell == (0, 0)
    assert ROWS - 1 in heat.frame.rows_in_sight
    assert heat.verticalScrollBar().value() == heat.verticalScrollBar().maximum()
    assert heat.accessibleDescription() == "<0> at 0"


def test_enter_and_a_click_show_the_trace(heat: HeatMap, qtbot: QtBot) -> None:
    heat.move_to(3, 2)
    with qtbot.waitSignal(heat.trace_chosen) as entered:
        qtbot.keyClick(heat, Qt.Key.Key_Return)
    assert entered.args == [ROWS - 4]
    place = heat.frame.cell(1, 4).center().toPoint()
    with qtbot.waitSignal(heat.trace_chosen) as clicked:
        qtbot.mouseClick(heat.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == [ROWS - 2]
    assert heat.cursor_cell == (ROWS - 2, 4)


def test_the_cursor_stays_at_its_trace_when_rows_are_sorted_anew(heat: HeatMap, qtbot: QtBot) -> None:
    heat.move_to(0, 1)
    heat.set_order(np.arange(ROWS))
    assert heat.cursor_cell == (ROWS - 1, 1)
    qtbot.keyClick(heat, Qt.Key.Key_Up)
    assert heat.cursor_cell == (ROWS - 2, 1)


def test_ctrl_and_the_wheel_zoom_round_the_mouse(heat: HeatMap) -> None:
    before = heat.frame
    place = QPointF(200, 100)
    row = before.row_at(place.y())
    wheel = QWheelEvent(
        place, heat.viewport().mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(heat.viewport(), wheel)
    after = heat.frame
    assert after.row_px > before.row_px
    assert row is not None
    assert after.row_at(place.y()) == pytest.approx(row, abs=1)


def test_keys_zoom_and_are_not_the_windows(heat: HeatMap, qtbot: QtBot) -> None:
    usual = heat.frame.row_px
    ctrl = Qt.KeyboardModifier.ControlModifier
    claimed = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Plus, ctrl)
    claimed.ignore()
    QApplication.sendEvent(heat, claimed)
    assert claimed.isAccepted()
    qtbot.keyClick(heat, Qt.Key.Key_Plus, ctrl)
    assert heat.frame.row_px > usual
    qtbot.keyClick(heat, Qt.Key.Key_0, ctrl)
    assert heat.frame.row_px == usual
    heat.toggle_whole()
    assert heat.verticalScrollBar().maximum() == 0
    heat.toggle_whole()
    assert heat.frame.row_px == READABLE_PX


def test_cells_are_painted_where_they_are_said_to_lie(heat: HeatMap) -> None:
    theme, shown, frame = Theme("dark"), image(heat), heat.frame
    for row in (0, 3):
        score = float(heat.sheet.values[heat.order[row], 0])
        corner = frame.cell(row, 0).topLeft() + QPointF(4, 4)
        assert rgb(shown.pixelColor(corner.toPoint())) == like(score_colour(theme, score))
        faded = frame.cell(row, 4).topLeft() + QPointF(4, 4)
        assert rgb(shown.pixelColor(faded.toPoint())) == like(score_colour(theme, score, faded=True))
        error = frame.cell(row, 2)
        assert shown.pixelColor((error.topLeft() + QPointF(1.5, 6)).toPoint()) == theme.palette.text


def test_a_missing_score_is_hatched(heat: HeatMap) -> None:
    cell = heat.frame.cell(2, 1).adjusted(2, 2, -2, -2).toRect()
    part = image(heat).copy(cell)
    colours = {part.pixelColor(x, y).rgb() for x in range(part.width()) for y in range(part.height())}
    assert len(colours) > 1
    ramp = {score_colour(Theme("dark"), step / 255).rgb() for step in range(256)}
    assert not colours & ramp


def test_the_selected_row_is_framed_and_in_sight(heat: HeatMap) -> None:
    before = image(heat)
    heat.select(0)  # the last row
    assert heat.selected == 0
    assert ROWS - 1 in heat.frame.rows_in_sight
    heat.select(ROWS - 1)
    after = image(heat)
    row = heat.frame.cell(0, 0)
    accent = Theme("dark").palette.accent
    tip = QPointF(heat.frame.left - 11, row.center().y()).toPoint()
    assert before.pixelColor(tip) != accent
    assert after.pixelColor(tip) == accent


def test_a_tip_is_plain_text(heat: HeatMap) -> None:
    place = heat.frame.cell(1, 3).center().toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, place, heat.viewport().mapToGlobal(place))
    QApplication.sendEvent(heat.viewport(), event)
    assert f"&lt;{ROWS - 2}&gt; at 3" in QToolTip.text()
    QToolTip.hideText()


def test_nothing_at_all_is_drawn_and_told_without_trouble(qtbot: QtBot) -> None:
    widget = HeatMap(Theme("light"))
    qtbot.addWidget(widget)
    widget.resize(300, 120)
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    widget.toggle_whole()
    assert widget.cursor_cell is None
    assert image(widget).pixelColor(150, 60) == Theme("light").palette.background
    widget.show_sheet(made_up(1, 2), np.arange(1))
    widget.select(0)
    assert widget.cursor_cell == (0, 0)


def test_a_screen_reader_meets_a_table_and_the_cell_at_the_cursor(heat: HeatMap) -> None:
    heat.move_to(0, 2)
    met = QAccessible.queryAccessibleInterface(heat)
    assert met.role() == QAccessible.Role.Table
    assert "Heat map" in met.text(QAccessible.Text.Name)
    assert met.text(QAccessible.Text.Value) == f"<{ROWS - 1}> at 2"


def test_ten_thousand_rows_are_one_image(heat: HeatMap) -> None:
    sheet = made_up(10_000, 30)
    heat.show_sheet(sheet, np.arange(10_000))
    assert heat.verticalScrollBar().maximum() == 0
    heat.viewport().repaint()
    heat.move_to(9_999, 29)
    assert heat.cursor_cell == (9_999, 29)


def test_a_change_of_theme_recolours_it(heat: HeatMap) -> None:
    theme = heat._theme
    theme.set_mode("light")
    corner = heat.frame.cell(0, 0).topLeft() + QPointF(4, 4)
    score = float(heat.sheet.values[heat.order[0], 0])
    assert rgb(image(heat).pixelColor(corner.toPoint())) == like(score_colour(theme, score))


def test_the_key_names_what_the_map_shows(qtbot: QtBot) -> None:
    key = HeatKey(Theme("dark"))
    qtbot.addWidget(key)
    for words in ("0 to 1", "no score", "first below 0.5", "after it"):
        assert words in key.accessibleName()
    key.resize(500, 20)
    assert not key.grab().isNull()
