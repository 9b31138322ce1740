"""The widget: it shows the run, keeps up with it once a frame, rests when nothing moves, and obeys mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.canvas import TreeCanvas
from app.canvas.walks import principal_path, rank
from app.models.shown_run import ShownRun
from app.theme import DARK, LIGHT, Theme
from engine.frames import Branch
from tests.app.canvas.keys import give_keys
from tests.app.canvas.trees import Search

Keys = Qt.Key


@pytest.fixture
def search() -> Search:
    return Search(width=4, seed=3).run(30)


@pytest.fixture
def canvas(qtbot: QtBot, search: Search, tmp_path: Path) -> TreeCanvas:
    """A canvas of 900 x 620 px, on screen, with the search shown and nothing moving."""
    shown = ShownRun()
    canvas = TreeCanvas(shown, Theme("dark"))
    qtbot.addWidget(canvas)
    give_keys(canvas, str(tmp_path / "settings.ini"))
    canvas.resize(900, 620)
    canvas.show()
    canvas.activateWindow()
    canvas.setFocus()
    qtbot.waitExposed(canvas)
    shown.show(1, search.records)
    canvas.settle()
    return canvas


def key(canvas: TreeCanvas, *keys: Qt.Key) -> None:
    for each in keys:
        QTest.keyClick(canvas, each)


def card_middle(canvas: TreeCanvas, node: int) -> QPoint:
    picture = canvas.picture()
    place = picture.scene.of_node(node)
    assert place is not None
    return picture.card(place).center().toPoint()


def shown_nodes(canvas: TreeCanvas) -> set[int]:
    return {item.node for item in canvas.stage.scene.items if item.node is not None}


def wheel(canvas: TreeCanvas, turned: QPoint, pixels: QPoint | None = None, control: bool = False) -> None:
    where = QPointF(450, 300)
    modifiers = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        where,
        where,
        pixels or QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


class Paints:
    """Counts how often a canvas was painted."""

    def __init__(self, canvas: TreeCanvas, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        paint = canvas.mode.paint

        def counted(painter: QPainter, window: QRectF, device_ratio: float) -> None:
            self.count += 1
            paint(painter, window, device_ratio)

        monkeypatch.setattr(canvas.mode, "paint", counted)


def on_screen(canvas: TreeCanvas) -> QImage:
    """What the window system holds, without asking the canvas to paint."""
    screen = canvas.screen()
    return screen.grabWindow(canvas.winId()).toImage()


# Keeping up with the run.


def test_it_comes_to_rest(canvas: TreeCanvas, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not canvas.busy)


def test_events_of_one_moment_are_one_frame(
    canvas: TreeCanvas, search: Search, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.animations = False
    qtbot.waitUntil(lambda: not canvas.busy)
    QApplication.processEvents()
    paints, seen = Paints(canvas, monkeypatch), len(search.records)
    search.run(40)
    for place in range(seen, len(search.records)):
        canvas.shown.append(search.records[place : place + 1])
    assert canvas.busy
    qtbot.waitUntil(lambda: not canvas.busy)
    QApplication.processEvents()
    assert 1 <= paints.count <= 4  # one for the events, the rest for the view that follows


def test_live_events_and_a_reopened_run_give_the_same_picture(canvas: TreeCanvas, search: Search) -> None:
    seen = len(search.records)
    search.run(10)
    canvas.shown.append(search.records[seen:])
    live = canvas.render_picture(QSize(800, 600))
    canvas.shown.show(1, search.records)
    assert canvas.render_picture(QSize(800, 600)) == live


def test_a_seek_shows_the_tree_of_that_time(canvas: TreeCanvas, search: Search) -> None:
    canvas.shown.seek(4)
    canvas.settle()
    assert shown_nodes(canvas) == set(canvas.shown.tree.nodes)
    assert len(shown_nodes(canvas)) < len(search.tree.nodes)


def test_no_run_is_an_empty_canvas(canvas: TreeCanvas) -> None:
    canvas.shown.show(None, ())
    canvas.settle()
    assert canvas.grab().toImage().pixelColor(5, 5) == DARK.background
    key(canvas, Keys.Key_Left, Keys.Key_Right, Keys.Key_End, Keys.Key_Home, Keys.Key_F, Keys.Key_C)
    assert canvas.shown.selected is None


def test_text_under_way_has_a_card_until_its_node_is_born(canvas: TreeCanvas, search: Search) -> None:
    leaf = next(
        node.id for node in search.tree.nodes.values() if not node.children and not node.terminal and not node.broken
    )
    canvas.shown.set_writing((Branch(leaf, 0, "13 - "), Branch(leaf, 1, "4 *")))
    canvas.settle()
    assert ("writing", leaf, 0) in canvas.stage.scene.index
    seen = len(search.records)
    search._expand(search.tree.iteration, leaf)
    canvas.shown.append(search.records[seen:])
    canvas.settle()
    assert not any(item.key[0] == "writing" for item in canvas.stage.scene.items)
    assert set(search.tree.nodes[leaf].children) <= shown_nodes(canvas)


def test_a_change_of_theme_repaints(canvas: TreeCanvas) -> None:
    assert canvas.grab().toImage().pixelColor(890, 580) == DARK.background
    canvas.theme.set_mode("light")
    assert canvas.grab().toImage().pixelColor(890, 580) == LIGHT.background


# Mouse.


def test_a_click_selects_and_a_double_click_folds(canvas: TreeCanvas) -> None:
    node = principal_path(canvas.shown.tree)[1]
    canvas.fit()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=card_middle(canvas, node))
    assert canvas.shown.selected == node
    canvas.settle()
    children = set(canvas.shown.tree.nodes[node].children)
    assert children & shown_nodes(canvas)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=card_middle(canvas, node))
    canvas.settle()
    assert not children & shown_nodes(canvas)


def test_a_click_on_the_number_of_hidden_children_brings_some_out(canvas: TreeCanvas) -> None:
    canvas.stage.content.folded.add(0)
    canvas.settle()
    assert shown_nodes(canvas) == {0}
    label = canvas.picture().fold_label(0).center()
    assert canvas.focus.fold_at(label) == 0
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=label.toPoint())
    canvas.settle()
    assert len(shown_nodes(canvas)) > 1


def test_dragging_with_the_middle_button_pans(canvas: TreeCanvas) -> None:
    before = QPointF(canvas.stage.camera.viewport.x, canvas.stage.camera.viewport.y)
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(450, 300))
    QTest.mouseMove(canvas, QPoint(480, 310))
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(480, 310))
    after = QPointF(canvas.stage.camera.viewport.x, canvas.stage.camera.viewport.y)
    assert after - before == QPointF(30, 10)


def test_the_wheel_scrolls_and_zooms_at_the_cursor(canvas: TreeCanvas) -> None:
    view = canvas.stage.camera.viewport
    before = (view.x, view.y, view.scale)
    wheel(canvas, QPoint(0, 120))
    assert view.y > before[1]
    assert view.scale == before[2]
    wheel(canvas, QPoint(), QPoint(7, 3))
    assert view.x == before[0] + 7
    fixed = view.to_scene(QPointF(450, 300))
    wheel(canvas, QPoint(0, 120), control=True)
    after = view.to_scene(QPointF(450, 300))
    assert view.scale > before[2]
    assert (after.x(), after.y()) == pytest.approx((fixed.x(), fixed.y()))


def test_cards_do_not_move_away_from_under_a_pressed_button(canvas: TreeCanvas, search: Search, qtbot: QtBot) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(450, 300))
    scene, seen = canvas.stage.scene, len(search.records)
    search.run(5)
    canvas.shown.append(search.records[seen:])
    qtbot.wait(60)
    assert canvas.stage.scene is scene
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(450, 300))
    qtbot.waitUntil(lambda: canvas.stage.scene is not scene)


# Keys.


def test_arrows_walk_through_the_tree(canvas: TreeCanvas) -> None:
    tree = canvas.shown.tree
    key(canvas, Keys.Key_Right)
    assert canvas.shown.selected == 0
    key(canvas, Keys.Key_Right)
    best = min(tree.children(0), key=rank).id
    assert canvas.shown.selected == best
    key(canvas, Keys.Key_Left)
    assert canvas.shown.selected == 0
    canvas.shown.select(2)
    key(canvas, Keys.Key_Up)
    assert canvas.shown.selected == 1
    key(canvas, Keys.Key_Up)
    assert canvas.shown.selected == 1
    key(canvas, Keys.Key_Down, Keys.Key_J)
    assert canvas.shown.selected == 3
    key(canvas, Keys.Key_Escape, Keys.Key_End)
    assert canvas.shown.selected == principal_path(tree)[-1]
    key(canvas, Keys.Key_Home, Keys.Key_Return)
    assert canvas.shown.selected == best


def test_whatever_is_selected_gets_a_card_in_view(canvas: TreeCanvas) -> None:
    hidden = next(node for node in canvas.shown.tree.nodes if node not in shown_nodes(canvas))
    canvas.shown.select(hidden)
    assert hidden in shown_nodes(canvas)
    canvas.settle()
    assert canvas.rect().contains(card_middle(canvas, hidden))
    assert canvas.accessibleDescription() in canvas.shown.tree.nodes[hidden].step


def test_folding_away_the_selection_selects_the_folded_node(canvas: TreeCanvas) -> None:
    path = principal_path(canvas.shown.tree)
    canvas.shown.select(path[-1])
    canvas.fold(path[1])
    canvas.settle()
    assert canvas.shown.selected == path[1]
    key(canvas, Keys.Key_C)
    canvas.settle()
    assert set(canvas.shown.tree.nodes[path[1]].children) & shown_nodes(canvas)


def test_walking_into_a_fold_unfolds_it(canvas: TreeCanvas) -> None:
    canvas.shown.select(0)
    canvas.fold()
    key(canvas, Keys.Key_Right)
    canvas.settle()
    assert canvas.shown.selected in shown_nodes(canvas)


def test_keys_for_the_view(canvas: TreeCanvas) -> None:
    view = canvas.stage.camera.viewport
    key(canvas, Keys.Key_1)
    assert view.scale == 1
    key(canvas, Keys.Key_F)
    assert canvas.rect().contains(view.to_screen(canvas.stage.whole).toRect())
    fitted = view.scale
    canvas.shown.select(0)
    QTest.keyClick(canvas, Keys.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert view.scale > fitted
    canvas.zoom_out()
    canvas.zoom_in()
    canvas.reset_zoom()
    assert view.scale == pytest.approx(1)


@pytest.mark.parametrize("drag", [False, True])
def test_the_space_bar_is_a_tap_or_a_drag(canvas: TreeCanvas, drag: bool) -> None:
    taps: list[bool] = []
    canvas.space_tapped.connect(lambda: taps.append(True))
    before = canvas.stage.camera.viewport.x
    QTest.keyPress(canvas, Keys.Key_Space)
    if drag:
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=card_middle(canvas, 0))
        QTest.mouseMove(canvas, card_middle(canvas, 0) + QPoint(40, 0))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(440, 300))
    QTest.keyRelease(canvas, Keys.Key_Space)
    assert taps == ([] if drag else [True])
    assert (canvas.stage.camera.viewport.x != before) == drag
    assert canvas.shown.selected is None


def test_an_empty_canvas_says_what_is_true_of_its_run(canvas: TreeCanvas, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def remember(text: str) -> str:
        said.append(text)
        return text

    monkeypatch.setattr("app.words.nothing.tr", remember)
    canvas.shown.seek(0)
    for run in (1, 2, None):  # 2: its model is being loaded, or could not be
        if run != 1:
            canvas.shown.show(run, ())
        canvas.settle()
        canvas.grab()
    assert [words.split()[:3] for words in dict.fromkeys(said)] == [
        ["Before", "the", "first"],
        ["The", "run", "has"],
        ["No", "run", "yet."],
    ]


def test_unknown_keys_are_left_to_the_window(canvas: TreeCanvas) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0x0416, Qt.KeyboardModifier.NoModifier, "Ж")
    QApplication.sendEvent(canvas, event)
    assert not event.isAccepted()


# Following.


@pytest.mark.parametrize(
    "look_away",
    [
        lambda canvas: wheel(canvas, QPoint(0, 120)),
        lambda canvas: canvas.fit(),
        lambda canvas: canvas.zoom_in(),
        lambda canvas: canvas.shown.select(0),
    ],
    ids=["wheel", "fit", "zoom", "select"],
)
def test_looking_elsewhere_ends_following_until_the_button_is_pressed(
    canvas: TreeCanvas, qtbot: QtBot, look_away: Callable[[TreeCanvas], None]
) -> None:
    told: list[bool] = []
    canvas.following_changed.connect(told.append)
    look_away(canvas)
    qtbot.waitUntil(lambda: told == [False])
    assert canvas.follow_button.isVisible()
    assert (canvas.follow_button.text(), canvas.follow_button.isChecked()) == ("Follow", False)
    QTest.mouseClick(canvas.follow_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: told == [False, True])
    assert (canvas.follow_button.text(), canvas.follow_button.isChecked()) == ("Following", True)
    assert canvas.following
    assert canvas.shown.selected is None


def test_the_button_goes_back_to_the_run_from_another_time(canvas: TreeCanvas, qtbot: QtBot) -> None:
    canvas.shown.seek(20)
    canvas.follow(False)
    qtbot.waitUntil(lambda: canvas.follow_button.text() == "Follow")
    QTest.mouseClick(canvas.follow_button, Qt.MouseButton.LeftButton)
    assert canvas.shown.live
    assert canvas.following


def test_the_latest_work_stays_in_view(canvas: TreeCanvas, search: Search, qtbot: QtBot) -> None:
    canvas.reset_zoom()
    canvas.follow()
    seen = len(search.records)
    search.run(3)
    canvas.shown.append(search.records[seen:])
    qtbot.waitUntil(lambda: not canvas.busy)
    leaf = canvas.shown.tree.selected.leaf if canvas.shown.tree.selected else 0
    assert canvas.rect().contains(card_middle(canvas, leaf))


def test_the_selected_card_stays_where_it_is_while_the_tree_grows(canvas: TreeCanvas, search: Search) -> None:
    node = principal_path(search.tree)[1]
    canvas.shown.select(node)
    canvas.settle()
    before, seen = card_middle(canvas, node), len(search.records)
    search.run(25)
    canvas.shown.append(search.records[seen:])
    canvas.settle()
    assert card_middle(canvas, node) == before


def test_another_run_forgets_the_folds_of_the_last(canvas: TreeCanvas) -> None:
    canvas.fold(0)
    canvas.shown.show(2, Search(seed=9).run(3).records)
    canvas.settle()
    assert len(shown_nodes(canvas)) > 1


def test_what_the_user_does_is_painted(canvas: TreeCanvas, qtbot: QtBot) -> None:
    canvas.animations = False
    for act in (
        lambda: wheel(canvas, QPoint(0, 120)),
        canvas.zoom_in,
        canvas.fit,
        lambda: canvas.shown.select(0),
        lambda: canvas.shown.select(principal_path(canvas.shown.tree)[1]),
        canvas.fold,
        lambda: canvas.shown.seek(20),
        lambda: canvas.shown.show(2, Search(seed=8).run(4).records),
    ):
        qtbot.waitUntil(lambda: not canvas.busy)
        QApplication.processEvents()
        before = on_screen(canvas)
        act()
        qtbot.waitUntil(lambda: not canvas.busy)
        QApplication.processEvents()
        assert on_screen(canvas) != before


def test_an_ended_search_shows_its_answer_to_who_followed_it(qtbot: QtBot, canvas: TreeCanvas, search: Search) -> None:
    canvas.reset_zoom()
    canvas.follow()
    seen = len(search.records)
    search.finish(True)
    canvas.shown.append(search.records[seen:])
    qtbot.waitUntil(lambda: not canvas.busy)
    assert search.tree.finished is not None
    assert search.tree.finished.chosen is not None
    assert canvas.rect().contains(card_middle(canvas, search.tree.finished.chosen))


@pytest.mark.parametrize("how", ["escape", "click"])
def test_nothing_is_selected_after_escape_or_a_click_between_the_cards(canvas: TreeCanvas, how: str) -> None:
    canvas.shown.select(1)
    canvas.settle()
    if how == "escape":
        key(canvas, Keys.Key_Escape)
    else:
        free = next(
            point
            for point in (QPoint(x, 5) for x in range(5, 890, 5))
            if canvas.node_at(QPointF(point)) is None and canvas.focus.fold_at(QPointF(point)) is None
        )
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=free)
    assert canvas.shown.selected is None


def test_a_drag_keeps_the_selection(canvas: TreeCanvas) -> None:
    canvas.shown.select(1)
    canvas.settle()
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(5, 5))
    QTest.mouseMove(canvas, QPoint(60, 60))
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(60, 60))
    assert canvas.shown.selected == 1


def test_the_strip_below_is_no_part_of_the_tree(canvas: TreeCanvas) -> None:
    canvas.reset_zoom()
    middle = canvas.picture().card(0).center()
    canvas._pan(0, canvas.height() - 5 - middle.y())
    canvas.settle()
    under = canvas.picture().card(0).center()
    assert under.y() > canvas._window().height()
    assert canvas.node_at(under) is None


def test_hoisting_shows_the_subtree_alone(canvas: TreeCanvas) -> None:
    path = principal_path(canvas.shown.tree)
    canvas.shown.select(path[1])
    key(canvas, Keys.Key_Z)
    canvas.settle()
    below = {node.id for node in canvas.shown.tree.nodes.values() if path[1] in _trace(canvas, node.id)}
    assert path[1] in shown_nodes(canvas) <= below
    assert canvas.rect().contains(card_middle(canvas, path[1]))
    QTest.keyClick(canvas, Keys.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    canvas.settle()
    assert 0 in shown_nodes(canvas)


@pytest.mark.parametrize("mode", ["map", "icicle"])
def test_hoisting_looks_at_the_subtree_where_the_whole_tree_is_shown(canvas: TreeCanvas, mode: str) -> None:
    node = principal_path(canvas.shown.tree)[2]
    canvas.set_mode(mode)
    canvas.settle()
    before = canvas.place_of(node)
    canvas.shown.attention.hoist(node)
    canvas.settle()
    hoisted = canvas.place_of(node)
    canvas.shown.attention.unhoist()
    canvas.settle()
    assert before is not None
    assert hoisted is not None
    assert canvas.rect().contains(hoisted.center().toPoint())
    assert hoisted.center() != before.center()
    assert canvas.place_of(node) == before


def test_a_pinned_step_keeps_its_card(canvas: TreeCanvas) -> None:
    hidden = next(node for node in canvas.shown.tree.nodes if node not in shown_nodes(canvas))
    canvas.shown.select(hidden)
    key(canvas, Keys.Key_P, Keys.Key_Home)
    canvas.settle()
    assert hidden in shown_nodes(canvas)
    canvas.shown.select(hidden)
    key(canvas, Keys.Key_P, Keys.Key_Home)
    canvas.settle()
    assert hidden not in shown_nodes(canvas)


def _trace(canvas: TreeCanvas, node: int) -> set[int]:
    return {above.id for above in canvas.shown.tree.ascend(node)}


def test_an_opened_run_is_seen_from_its_beginning(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.resize(420, 300)
    ended = Search(width=4, seed=3).run(30).finish()
    answer = ended.tree.finished
    assert answer is not None
    assert answer.chosen is not None
    canvas.shown.show(2, ended.records)
    canvas.settle()
    canvas.focus.stage.touch(None)
    canvas.settle()
    qtbot.waitUntil(lambda: not canvas.busy)
    assert not canvas.rect().contains(card_middle(canvas, answer.chosen))
    assert canvas.rect().contains(card_middle(canvas, 0))
