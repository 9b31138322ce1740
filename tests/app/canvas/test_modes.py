"""Map, Icicle and the small map in the real widget: clicks, zoom, fit, what stays where it is, and what is painted."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.canvas import TreeCanvas
from app.canvas.channels import CHANNELS, MISSING, colour_table, missing_colour
from app.canvas.icicle_mode import IcicleMode
from app.canvas.map_mode import MapMode
from app.canvas.whole_mode import WholeMode
from app.models.shown_run import ShownRun
from app.theme import DARK, Theme
from engine.events import Pruned
from tests.app.canvas.trees import Search

WHOLE = ("map", "icicle")


@pytest.fixture
def search() -> Search:
    return Search(width=4, seed=3, deepest=8).run(120)


@pytest.fixture
def make(qtbot: QtBot, search: Search) -> Callable[[str], TreeCanvas]:
    def canvas_in(mode: str) -> TreeCanvas:
        shown = ShownRun()
        canvas = TreeCanvas(shown, Theme("dark"))
        qtbot.addWidget(canvas)
        canvas.animations = False
        canvas.resize(900, 620)
        canvas.show()
        qtbot.waitExposed(canvas)
        shown.show(1, search.records)
        canvas.set_mode(mode)
        canvas.settle()
        return canvas

    return canvas_in


def whole(canvas: TreeCanvas) -> WholeMode:
    assert isinstance(canvas.mode, WholeMode)
    return canvas.mode


def middle(canvas: TreeCanvas, node: int) -> QPointF:
    place = canvas.place_of(node)
    assert place is not None
    return place.center()


def wheel(canvas: TreeCanvas, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(canvas, event)


@pytest.mark.parametrize("mode", WHOLE)
def test_a_click_selects_the_node_that_is_drawn_there(make: Callable[[str], TreeCanvas], mode: str) -> None:
    canvas = make(mode)
    canvas.mode.actual_size()
    for node in (0, 3, 40, 200, len(canvas.shown.tree.nodes) - 1):
        canvas.shown.select(None)
        canvas.mode.reveal(node)
        canvas.settle()
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, node).toPoint())
        assert canvas.shown.selected == node


@pytest.mark.parametrize("mode", WHOLE)
def test_fit_shows_everything_and_a_growing_tree_stays_in_sight(
    make: Callable[[str], TreeCanvas], search: Search, mode: str
) -> None:
    canvas = make(mode)
    canvas.zoom_in()
    canvas.fit()
    window = QRectF(0, 0, 900, 620)
    assert all(window.contains(middle(canvas, node)) for node in canvas.shown.tree.nodes)
    seen = len(search.records)
    canvas.shown.append(search.run(60).records[seen:])
    canvas.settle()
    assert all(window.contains(middle(canvas, node)) for node in canvas.shown.tree.nodes)


@pytest.mark.parametrize("mode", WHOLE)
@pytest.mark.parametrize(
    ("modifiers", "columns", "rows"),
    [
        (Qt.KeyboardModifier.ControlModifier, True, True),
        (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, False, True),
        (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier, True, False),
    ],
    ids=["both", "rows", "columns"],
)
def test_a_zoom_keeps_the_point_under_the_cursor(
    make: Callable[[str], TreeCanvas], mode: str, modifiers: Qt.KeyboardModifier, columns: bool, rows: bool
) -> None:
    canvas = make(mode)
    camera, at = whole(canvas).camera, QPointF(300, 250)
    before = camera.level_at(at.x()), camera.row_at(at.y()), camera.column, camera.row
    wheel(canvas, at, modifiers)
    assert (camera.level_at(at.x()), camera.row_at(at.y())) == pytest.approx(before[:2])
    assert (camera.column > before[2], camera.row > before[3]) == (columns, rows)


@pytest.mark.parametrize("mode", WHOLE)
def test_the_selected_node_stays_where_it_is_while_the_tree_grows(
    make: Callable[[str], TreeCanvas], search: Search, mode: str
) -> None:
    canvas = make(mode)
    canvas.mode.actual_size()
    canvas.shown.select(50)
    canvas.settle()
    before, seen = middle(canvas, 50), len(search.records)
    canvas.shown.append(search.run(80).records[seen:])
    canvas.settle()
    after = middle(canvas, 50)
    if mode == "icicle":  # a band that grows keeps its middle
        assert abs(after.y() - before.y()) < 1
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


@pytest.mark.parametrize("mode", WHOLE)
def test_what_is_looked_at_stays_when_the_selection_is_out_of_sight(
    make: Callable[[str], TreeCanvas], search: Search, mode: str
) -> None:
    canvas = make(mode)
    canvas.mode.actual_size()
    whole(canvas).camera.zoom(1, 10, QPointF(450, 300))
    canvas.shown.select(3)
    canvas.settle()
    last = int(canvas.whole_tree.layout.rows) - 1
    whole(canvas).camera.centre_on(7, last)
    place = canvas.whole_tree.levels.nearest(7, last)
    assert place is not None
    looked_at = int(canvas.whole_tree.levels.nodes[place])
    assert not canvas.rect().contains(middle(canvas, 3).toPoint())
    whole(canvas).camera.centre_on(7, canvas.whole_tree.layout.middle(looked_at))
    before, seen, row = middle(canvas, looked_at), len(search.records), canvas.whole_tree.layout.middle(looked_at)
    canvas.shown.append(search.run(80).records[seen:])
    canvas.settle()
    assert canvas.whole_tree.layout.middle(looked_at) != row
    assert middle(canvas, looked_at).y() == pytest.approx(before.y(), abs=1)


@pytest.mark.parametrize("mode", WHOLE)
def test_nothing_moves_on_the_way_through_time(make: Callable[[str], TreeCanvas], mode: str) -> None:
    canvas = make(mode)
    before = {node: middle(canvas, node) for node in range(20)}
    canvas.shown.seek(40)
    canvas.settle()
    assert 20 <= len(canvas.shown.tree.nodes) < 60
    assert {node: middle(canvas, node) for node in range(20)} == before
    assert canvas.place_of(300) is None


def test_switching_keeps_each_place_and_the_selection_in_view(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("map")
    canvas.mode.actual_size()
    place = whole(canvas).camera.column, whole(canvas).camera.row
    canvas.set_mode("icicle")
    canvas.fit()
    canvas.set_mode("map")
    assert (whole(canvas).camera.column, whole(canvas).camera.row) == place
    canvas.set_mode("focus")
    last = len(canvas.shown.tree.nodes) - 1
    canvas.shown.select(last)
    for mode in (*WHOLE, "focus"):
        canvas.set_mode(mode)
        canvas.settle()
        assert QRectF(0, 0, 900, 590).contains(middle(canvas, last)), mode


def test_near_a_map_has_cards_and_afar_pixels(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("map")
    mode = canvas.mode
    assert isinstance(mode, MapMode)
    nodes = len(canvas.shown.tree.nodes)
    canvas.grab()
    assert 0 < mode.drawn <= nodes
    assert not mode._faces
    canvas.follow(False)
    mode.actual_size()
    mode.reveal(0)
    canvas.settle()
    image = canvas.grab().toImage()
    assert mode._faces
    assert image.pixelColor((middle(canvas, 0) + QPointF(60, 5)).toPoint()) == DARK.card


@pytest.mark.parametrize("name", [channel.name for channel in CHANNELS])
def test_bands_have_the_colours_that_the_legend_explains(make: Callable[[str], TreeCanvas], name: str) -> None:
    canvas = make("icicle")
    canvas.set_channel(name)
    canvas.settle()
    mode = canvas.mode
    assert isinstance(mode, IcicleMode)
    mode.actual_size()
    canvas.settle()
    image, table = canvas.grab().toImage(), colour_table(canvas.theme, canvas.whole_tree.channel)
    levels, blend = canvas.whole_tree.levels, canvas.whole_tree.blend
    checked = 0
    for place, node in enumerate(levels.nodes.tolist()):
        band = canvas.place_of(node)
        on_path = node in mode._principal
        if band is None or on_path or not QRectF(0, 0, 900, 560).contains(band):
            continue
        point = QPoint(round(band.right()) - 8, round(band.top()) + 4)
        if blend.codes[place] < MISSING:
            assert image.pixelColor(point).rgba() == int(table[blend.codes[place]])
            checked += 1
        else:
            near = {image.pixelColor(point + QPoint(step, 0)).name() for step in range(-6, 1)}
            assert near == {missing_colour(canvas.theme).name(), DARK.background.name()}
    assert checked or (blend.codes >= MISSING).all()  # the scripted steps have no tokens, so no entropy


def test_pruned_branches_are_visibly_out(make: Callable[[str], TreeCanvas], search: Search) -> None:
    canvas = make("icicle")
    node = next(child for child in search.tree.nodes[0].children if search.tree.nodes[child].children)
    before, seen = canvas.whole_tree.blend.codes.copy(), len(search.records)
    search.happen(Pruned(search.tree.iteration, (node,), ("rank 5 of 5",)))
    canvas.shown.append(search.records[seen:])
    canvas.settle()
    below = {entry.id for entry in search.tree.nodes.values() if search.tree.is_out(entry.id)}
    changed = before != canvas.whole_tree.blend.codes
    assert set(canvas.whole_tree.levels.nodes[changed].tolist()) == below
    assert len(below) > 1


def test_the_small_map_shows_itself_when_something_is_out_of_sight_and_moves_the_view(
    make: Callable[[str], TreeCanvas], qtbot: QtBot
) -> None:
    canvas = make("icicle")
    qtbot.waitUntil(lambda: not canvas.busy)
    assert not canvas.minimap.isVisible()
    canvas.reset_zoom()
    assert canvas.minimap.isVisible()
    assert canvas.minimap.grab().toImage().pixelColor(2, 2).alpha() == 255
    camera = whole(canvas).camera
    for point in (QPoint(30, 20), QPoint(60, 90)):
        QTest.mousePress(canvas.minimap, Qt.MouseButton.LeftButton, pos=point)
        QTest.mouseRelease(canvas.minimap, Qt.MouseButton.LeftButton, pos=point)
        row = (point.y() - 5) / (118 - 10) * canvas.whole_tree.layout.rows
        assert camera.seen().center().y() == pytest.approx(row, abs=0.01)
    assert canvas.shown.selected is None
    canvas.toggle_minimap()
    qtbot.waitUntil(lambda: not canvas.minimap.isVisible())


def test_the_small_map_is_that_of_the_run_on_screen(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("icicle")
    canvas.reset_zoom()
    before = canvas.minimap.grab().toImage()
    other = Search(width=3, seed=9, deepest=8).run(90)
    canvas.shown.show(2, other.records)
    canvas.settle()
    canvas.reset_zoom()
    after = canvas.minimap.grab().toImage()
    assert after != before
    canvas.minimap._image = None
    assert canvas.minimap.grab().toImage() == after


def test_the_small_map_of_cards_goes_to_the_nearest_card(make: Callable[[str], TreeCanvas], qtbot: QtBot) -> None:
    canvas = make("focus")
    canvas.reset_zoom()
    qtbot.waitUntil(canvas.minimap.isVisible)
    before = canvas.stage.camera.viewport.x
    QTest.mouseClick(canvas.minimap, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))
    assert canvas.stage.camera.viewport.x != before


@pytest.mark.parametrize("mode", WHOLE)
def test_the_whole_tree_is_exported_whatever_is_seen(make: Callable[[str], TreeCanvas], mode: str) -> None:
    canvas = make(mode)
    before = canvas.render_picture(QSize(700, 500))
    canvas.reset_zoom()
    canvas.mode.point_at(0)
    assert canvas.render_picture(QSize(700, 500)) == before
    assert before != QImage(700, 500, before.format())


@pytest.mark.parametrize("mode", ["focus", *WHOLE])
def test_an_enlarged_picture_is_sharp(
    make: Callable[[str], TreeCanvas], monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    canvas = make(mode)
    ratios: list[float] = []
    if mode == "focus":
        monkeypatch.setattr("app.canvas.focus_mode.draw_picture", lambda *of: ratios.append(of[3].device_ratio))
    else:
        monkeypatch.setattr(canvas.mode, "_draw", lambda _painter, _window, ratio: ratios.append(ratio))
    image = QImage(QSize(1800, 1240), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        painter.scale(2, 2)
        canvas.paint_tree(painter, QRectF(0, 0, 900, 620))
    assert ratios == [2]


def test_afar_a_missing_number_is_hollow(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("map")
    camera = whole(canvas).camera
    camera.zoom(1, 1.5 / camera.row, QPointF(450, 300))
    canvas.settle()
    image, levels, blend = canvas.grab().toImage(), canvas.whole_tree.levels, canvas.whole_tree.blend
    first, last = levels.starts[6], levels.starts[7]
    middles = levels.middle(np.arange(first, last))
    apart = np.minimum(np.diff(middles, prepend=-99), np.diff(middles, append=9e9)) >= 4
    alone = [int(place) for place in np.arange(first, last)[apart] if blend.codes[place] == MISSING]
    points = [middle(canvas, int(levels.nodes[place])).toPoint() for place in alone]
    seen = [point for point in points if 5 < point.y() < 580]
    assert seen
    assert {image.pixelColor(point).name() for point in seen} == {DARK.background.name()}


def test_a_fault_while_painting_is_a_tile_and_the_window_lives(
    make: Callable[[str], TreeCanvas], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    canvas = make("map")

    def broken(*_: object) -> None:
        raise RuntimeError("no such <colour>")

    monkeypatch.setattr(canvas.mode, "paint", broken)
    faults: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, fault, _trace: faults.append(fault))
    for _ in range(3):
        image = canvas.grab().toImage()
        QApplication.processEvents()
    qtbot.waitUntil(lambda: bool(faults))
    assert image.pixelColor(8, 300) == DARK.bad
    assert [str(fault) for fault in faults] == ["no such <colour>"]


def test_panning_shifts_what_was_painted_and_shows_the_same(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("map")
    canvas.mode.zoom(2, 2, QPointF(450, 300))
    for _ in range(4):
        canvas.mode.pan(7, -5)
        shifted = canvas.grab().toImage()
    whole(canvas)._layer = type(whole(canvas)._layer)()
    painted = canvas.grab().toImage()
    one, other = (np.frombuffer(bytes(image.constBits()), np.uint8).astype(int) for image in (shifted, painted))
    assert (abs(one - other) > 8).mean() < 0.02


def test_v_goes_through_the_colours(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("map")
    seen = []
    for _ in CHANNELS:
        seen.append(canvas.whole_tree.channel)
        canvas.next_channel()
    assert tuple(seen) == CHANNELS
    assert canvas.whole_tree.channel is CHANNELS[0]


def test_the_threshold_is_the_user_s(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("icicle")
    faint = int(canvas.whole_tree.shading.faint.sum())
    canvas.threshold_box.setValue(20)
    canvas.settle()
    assert int(canvas.whole_tree.shading.faint.sum()) > faint
    canvas.set_channel("prior")
    assert not canvas.threshold_box.isVisible()
