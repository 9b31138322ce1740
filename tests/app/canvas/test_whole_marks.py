"""What lies over nodes in Map and Icicle: hits, pins, the veil of a hoisted subtree, text under way, the pointer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.canvas.canvas import TreeCanvas
from app.canvas.icicle_mode import IcicleMode
from app.canvas.map_mode import MapMode
from app.canvas.stage import Stage
from app.canvas.tree_camera import TreeCamera
from app.canvas.whole_mode import WholeMode
from app.models.shown_run import ShownRun
from app.theme import DARK, Theme
from engine.frames import Branch
from tests.app.canvas.trees import Search

WHOLE = ("map", "icicle")


@pytest.fixture
def search() -> Search:
    return Search(width=4, seed=3, deepest=8).run(20)


@pytest.fixture
def make(qtbot: QtBot, search: Search) -> Callable[[str], TreeCanvas]:
    def canvas_in(mode: str) -> TreeCanvas:
        shown = ShownRun()
        shown.show(1, search.records)
        canvas = TreeCanvas(shown, Theme("dark"))
        qtbot.addWidget(canvas)
        canvas.animations = False
        canvas.resize(900, 620)
        canvas.show()
        qtbot.waitExposed(canvas)
        canvas.set_mode(mode)
        canvas.follow(False)
        canvas.settle()
        return canvas

    return canvas_in


def picture(canvas: TreeCanvas) -> QImage:
    canvas.settle()
    return canvas.grab().toImage()


def colours_in(image: QImage, place: QRectF) -> set[str]:
    area = place.toRect().intersected(image.rect())
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


def around(canvas: TreeCanvas, node: int, by: float = 12) -> QRectF:
    place = canvas.place_of(node)
    assert place is not None
    return place.adjusted(-by, -by, by, by)


def off_the_paths(canvas: TreeCanvas) -> list[int]:
    """Nodes around which nothing is drawn by themselves."""
    mode = canvas.mode
    assert isinstance(mode, WholeMode)
    overlay = mode._overlay()
    busy = {*mode._principal, *overlay.reached()}
    return [node for node in canvas.shown.tree.nodes if node not in busy]


def camera_of(canvas: TreeCanvas) -> TreeCamera:
    assert isinstance(canvas.mode, WholeMode)
    return canvas.mode.camera


def pointed(canvas: TreeCanvas) -> int | None:
    assert isinstance(canvas.mode, WholeMode)
    return canvas.mode.pointed


def leaf_of(search: Search) -> int:
    nodes = search.tree.nodes.values()
    return next(node.id for node in nodes if not node.children and not node.terminal and not node.broken)


@pytest.mark.parametrize("mode", WHOLE)
@pytest.mark.parametrize("what", ["hit", "pin"])
def test_hits_and_pins_are_marked(make: Callable[[str], TreeCanvas], mode: str, what: str) -> None:
    canvas = make(mode)
    node, other = off_the_paths(canvas)[3], off_the_paths(canvas)[-3]
    assert DARK.accent.name() not in colours_in(picture(canvas), around(canvas, node))
    if what == "hit":
        canvas.shown.attention.mark_hits([node], "13")
    else:
        canvas.shown.attention.toggle_pin(node)
    image = picture(canvas)
    assert DARK.accent.name() in colours_in(image, around(canvas, node))
    assert DARK.accent.name() not in colours_in(image, around(canvas, other))


@pytest.mark.parametrize("mode", WHOLE)
def test_marks_of_nodes_that_are_not_born_yet_are_not_drawn(make: Callable[[str], TreeCanvas], mode: str) -> None:
    canvas = make(mode)
    last = len(canvas.shown.tree.nodes) - 1
    canvas.shown.attention.mark_hits([last], "13")
    canvas.shown.attention.toggle_pin(last)
    place = around(canvas, last)
    assert DARK.accent.name() in colours_in(picture(canvas), place)
    canvas.shown.seek(8)
    assert DARK.accent.name() not in colours_in(picture(canvas), place)


def test_cards_of_the_map_wear_marks_as_soon_as_they_are_set(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("map")
    canvas.reset_zoom()
    canvas.mode.reveal(1)
    picture(canvas)
    mode = canvas.mode
    assert isinstance(mode, MapMode)
    canvas.shown.attention.mark_hits([1], "13")
    canvas.shown.attention.toggle_pin(1)
    picture(canvas)
    faces = [face for (node, _), face in mode._faces.items() if node == 1]
    assert [(face.hit, face.pinned) for face in faces] == [(True, True)]


def test_cards_of_the_map_fade_after_few_visits(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("map")
    canvas.reset_zoom()
    canvas.mode.reveal(1)
    canvas.threshold_box.setValue(1000)
    picture(canvas)
    mode = canvas.mode
    assert isinstance(mode, MapMode)
    visited = [face for (node, _), face in mode._faces.items() if canvas.shown.tree.nodes[node].visits]
    assert visited
    assert all(face.faint for face in visited)


@pytest.mark.parametrize("mode", WHOLE)
def test_all_but_the_hoisted_subtree_recedes(make: Callable[[str], TreeCanvas], mode: str) -> None:
    canvas = make(mode)
    tree = canvas.shown.tree
    top = next(node for node in tree.nodes[0].children if tree.nodes[node].children)
    canvas.shown.attention.hoist(top)
    canvas.settle()
    canvas.shown.attention.unhoist()  # the same place again, without the veil
    canvas.settle()
    canvas.mode.fit_selection(top)
    canvas.minimap.wanted = False
    plain = picture(canvas)
    canvas.shown.attention.hoist(top)
    veiled = picture(canvas)
    kept, root = canvas.place_of(tree.nodes[top].children[0]), canvas.place_of(0)
    assert kept is not None
    assert root is not None
    inside, outside = kept.center().toPoint(), QPoint(round(root.center().x()), round(root.center().y()))
    assert veiled.pixelColor(inside) == plain.pixelColor(inside)
    assert canvas.rect().contains(outside)
    assert veiled.pixelColor(outside) != plain.pixelColor(outside)


def test_every_mode_looks_at_what_was_hoisted_in_another(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("map")
    tree = canvas.shown.tree
    top = next(node for node in tree.nodes[0].children if tree.nodes[node].children)
    canvas.set_mode("focus")
    canvas.shown.attention.hoist(top)
    canvas.settle()
    _, other, _ = canvas.modes
    before = other.camera.seen()
    canvas.set_mode("map")
    assert other.camera.seen() != before


@pytest.mark.parametrize("mode", WHOLE)
@pytest.mark.parametrize(("index", "phase"), [(0, 1), (-1, 2)], ids=["step", "rollout"])
def test_text_under_way_is_seen_beside_its_parent(
    make: Callable[[str], TreeCanvas], search: Search, mode: str, index: int, phase: int
) -> None:
    canvas = make(mode)
    leaf, colour = leaf_of(search), DARK.phases[phase].name()
    place = around(canvas, leaf).translated(camera_of(canvas).column, 0)
    assert colour not in colours_in(picture(canvas), place)
    canvas.shown.set_writing((Branch(leaf, index, "13 - "),))
    assert colour in colours_in(picture(canvas), place)
    canvas.shown.seek(len(search.records) - 1)  # what is written now does not belong into the past
    assert colour not in colours_in(picture(canvas), place)


def test_text_under_way_is_a_card_among_cards(make: Callable[[str], TreeCanvas], search: Search) -> None:
    canvas = make("map")
    canvas.reset_zoom()
    leaf = leaf_of(search)
    canvas.mode.reveal(leaf)
    canvas.settle()
    place = canvas.place_of(leaf)
    assert place is not None
    canvas.mode.pan(400 - place.left(), 300 - place.top())
    canvas.shown.set_writing((Branch(leaf, 0, "13 - "),))
    image = picture(canvas)
    card = around(canvas, leaf, 0).translated(camera_of(canvas).column, 0)
    assert image.pixelColor((card.topLeft() + QPointF(30, 40)).toPoint()) == DARK.card


@pytest.mark.parametrize("mode", WHOLE)
def test_the_node_under_the_pointer_is_outlined(make: Callable[[str], TreeCanvas], mode: str) -> None:
    canvas = make(mode)
    node = off_the_paths(canvas)[2]
    area = around(canvas, node).toRect()
    before = picture(canvas).copy(area)
    QTest.mouseMove(canvas, around(canvas, node).center().toPoint())
    assert pointed(canvas) == node
    assert picture(canvas).copy(area) != before
    QTest.mouseMove(canvas, QPoint(450, 610))
    assert pointed(canvas) is None
    assert picture(canvas).copy(area) == before


def test_tall_bands_tell_the_most_visited_from_the_best_valued(
    make: Callable[[str], TreeCanvas], monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = make("icicle")
    mode = canvas.mode
    assert isinstance(mode, IcicleMode)
    mode.actual_size()
    mode.camera.zoom(1, 3, QPointF(100, 300))
    before = picture(canvas)
    monkeypatch.setattr("app.canvas.icicle_mode.sibling_marks", lambda _tree, _nodes: (frozenset(), frozenset()))
    mode._paint_anew()
    assert picture(canvas) != before


def test_the_small_map_hides_while_all_cards_are_in_sight(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("focus")
    canvas._read_map()
    canvas.fit()
    assert canvas.minimap.isHidden()
    canvas.reset_zoom()
    assert not canvas.minimap.isHidden()


def test_the_small_map_goes_where_no_node_is(make: Callable[[str], TreeCanvas]) -> None:
    canvas = make("icicle")
    canvas.mode.fit_selection(1)

    def lies_on_nodes() -> bool:
        canvas.minimap.place()
        return not canvas.mode.is_free(QRectF(canvas.minimap.geometry()))

    camera_of(canvas).fit(QRectF(0, -20, 4, 40))  # the tree begins in the middle of the window
    camera_of(canvas).row = 60.0
    assert not lies_on_nodes()
    assert QRect(QPoint(), canvas.size()).contains(canvas.minimap.geometry())
    assert canvas.minimap.y() < 300


def test_a_canvas_made_over_a_run_that_is_shown_already_shows_it(qtbot: QtBot, search: Search) -> None:
    shown = ShownRun()
    shown.show(1, search.records)
    canvas = TreeCanvas(shown, Theme("dark"))
    qtbot.addWidget(canvas)
    image = canvas.grab().toImage()
    assert canvas.stage.scene.items
    assert DARK.card.name() in colours_in(image, QRectF(canvas.rect()))


def test_a_stage_shows_nothing_before_it_is_told_to(search: Search) -> None:
    shown = ShownRun()
    shown.show(1, search.records)
    stage = Stage(shown)
    assert not stage.scene.items
    assert stage.node_at(QPointF(20, 20), 0.0) is None


@pytest.mark.parametrize("mode", ["focus", *WHOLE])
def test_on_paper_everything_is_light_and_on_screen_dark_again(
    make: Callable[[str], TreeCanvas], qtbot: QtBot, mode: str
) -> None:
    canvas, size = make(mode), QSize(700, 500)
    dark = canvas.render_picture(size)
    with canvas.theme.on_paper():
        paper = canvas.render_picture(size)
    assert canvas.render_picture(size) == dark
    light = TreeCanvas(canvas.shown, Theme("light"))
    qtbot.addWidget(light)
    light.animations = False
    light.set_mode(mode)
    assert light.render_picture(size) == paper
    canvas.theme.set_mode("light")
    assert canvas.render_picture(size) == paper


def test_what_was_credited_stands_where_no_label_is(
    make: Callable[[str], TreeCanvas], monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = make("map")
    corners: list[QPointF] = []
    monkeypatch.setattr("app.canvas.overlays._draw_chip", lambda *arguments: corners.append(arguments[3]))
    camera_of(canvas).zoom(1.2, 2, QPointF(0, 300))
    mode = canvas.mode
    assert isinstance(mode, MapMode)
    assert mode._card_opacity() == 0
    picture(canvas)
    assert corners
    below = [place.bottom() for node in mode._overlay().reached() if (place := canvas.place_of(node)) is not None]
    assert all(any(0 <= corner.y() - bottom < 4 for bottom in below) for corner in corners)
