"""The preview beside the pointer: what would come next, as plain text, without touching layout, focus or mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.canvas import TreeCanvas
from app.canvas.hover_lines import LONGEST_TEXT, MOST_ROWS, preview
from app.canvas.walks import principal_path
from app.models.shown_run import ShownRun
from app.theme import Theme
from engine.events import Expanded, NewNode
from tests.app.canvas.trees import Search


@pytest.fixture
def canvas(qtbot: QtBot) -> TreeCanvas:
    shown = ShownRun()
    canvas = TreeCanvas(shown, Theme("dark"))
    qtbot.addWidget(canvas)
    canvas.resize(900, 620)
    canvas.show()
    qtbot.waitExposed(canvas)
    shown.show(1, Search(width=4, seed=3).run(30).records)
    canvas.settle()
    canvas.fit()
    return canvas


def middle(canvas: TreeCanvas, node: int) -> QPoint:
    place = canvas.place_of(node)
    assert place is not None
    return place.center().toPoint()


def rest_on(canvas: TreeCanvas, point: QPoint) -> None:
    """What Qt sends when the pointer has rested for a moment."""
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, point, canvas.mapToGlobal(point)))


def wheel(canvas: TreeCanvas, turned: QPoint, modifier: Qt.KeyboardModifier) -> None:
    where = QPointF(100, 100)
    none = Qt.MouseButton.NoButton
    QApplication.sendEvent(
        canvas, QWheelEvent(where, where, QPoint(), turned, none, modifier, Qt.ScrollPhase.NoScrollPhase, False)
    )


def alt_wheel(canvas: TreeCanvas, turned: QPoint) -> None:
    wheel(canvas, turned, Qt.KeyboardModifier.AltModifier)


def test_it_shows_what_the_search_would_do_from_there(canvas: TreeCanvas) -> None:
    path = principal_path(canvas.shown.tree)
    rest_on(canvas, middle(canvas, path[1]))
    assert canvas.hover.isVisible()
    assert [row.node for row in canvas.hover.rows] == list(path[2:])
    node = canvas.shown.tree.nodes[path[2]]
    assert canvas.hover.rows[0].numbers.startswith(f"N {node.visits}  Q ")
    assert canvas.hover.text.startswith(canvas.shown.tree.nodes[path[1]].step.strip())


def test_alt_and_the_wheel_step_through_it(canvas: TreeCanvas) -> None:
    path = principal_path(canvas.shown.tree)
    rest_on(canvas, middle(canvas, path[0]))
    view = canvas.stage.camera.viewport.y
    height = canvas.hover.height()
    alt_wheel(canvas, QPoint(0, -120))
    alt_wheel(canvas, QPoint(-120, 0))  # as it comes where Alt turns the wheel sideways
    assert canvas.hover.at == 1
    alt_wheel(canvas, QPoint(0, 120))
    assert canvas.hover.at == 0
    for _ in range(30):
        alt_wheel(canvas, QPoint(0, -120))
    assert canvas.hover.at == len(canvas.hover.rows) - 1
    assert canvas.stage.camera.viewport.y == view
    assert canvas.hover.height() >= height
    wheel(canvas, QPoint(0, -120), Qt.KeyboardModifier.NoModifier)
    assert canvas.hover.node is None
    assert canvas.stage.camera.viewport.y != view


def test_it_changes_no_layout_and_takes_neither_focus_nor_mouse(canvas: TreeCanvas) -> None:
    scene, node = canvas.stage.scene, principal_path(canvas.shown.tree)[1]
    canvas.setFocus()
    rest_on(canvas, middle(canvas, node))
    assert canvas.stage.scene is scene
    assert not canvas.stage.stale
    assert canvas.hover.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert canvas.hover.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert canvas.rect().contains(canvas.hover.geometry())
    place = canvas.place_of(node)
    assert place is not None
    assert not canvas.hover.geometry().intersects(place.toRect())


@pytest.mark.parametrize("how", ["move", "press", "key", "leave", "nothing", "run"])
def test_it_goes_when_one_turns_to_something_else(canvas: TreeCanvas, how: str) -> None:
    rest_on(canvas, middle(canvas, 0))
    assert canvas.hover.isVisible()
    if how == "move":
        QTest.mouseMove(canvas, QPoint(3, 3))
    elif how == "press":
        QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(3, 3))
        QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(3, 3))
    elif how == "key":
        QTest.keyClick(canvas, Qt.Key.Key_Shift)
    elif how == "leave":
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    elif how == "nothing":
        rest_on(canvas, QPoint(3, 3))
    else:
        canvas.shown.show(2, Search(seed=8).run(4).records)
    assert not canvas.hover.isVisible()
    assert canvas.hover.node is None


def test_it_follows_the_run_and_ends_with_its_node(canvas: TreeCanvas) -> None:
    node = max(item.node for item in canvas.stage.scene.items if item.node is not None)
    canvas.hover.show_node(node)
    assert canvas.hover.node == node
    canvas.shown.seek(3)
    assert canvas.hover.node is None


def test_cards_stay_while_the_pointer_moves_over_them(canvas: TreeCanvas, qtbot: QtBot) -> None:
    canvas.animations = False
    qtbot.waitUntil(lambda: not canvas.busy)
    QTest.mouseMove(canvas, middle(canvas, 0))
    QTest.mouseMove(canvas, middle(canvas, 0) + QPoint(2, 0))
    assert canvas.hover.aiming
    scene = canvas.stage.scene
    canvas.shown.seek(canvas.shown.total - 8)
    canvas._tick()
    assert canvas.stage.scene is scene
    qtbot.waitUntil(lambda: canvas.stage.scene is not scene)


def test_text_of_a_model_is_cut_and_made_visible() -> None:
    search = Search()
    evil = "<b>bold</b> \u202egnp.exe " + "long " * 500
    search.happen(Expanded(1, 0, (NewNode(1, evil, 0.5),)))
    text = preview(search.tree, 1).text
    assert text.startswith("<b>bold</b> ⟦202E⟧gnp.exe")
    assert len(text) < LONGEST_TEXT + 10


def test_a_long_variation_is_cut() -> None:
    search = Search(width=1, deepest=40).run(40)
    assert len(preview(search.tree, 0).rows) == MOST_ROWS


def test_the_keyboard_has_it_too(canvas: TreeCanvas) -> None:
    canvas.preview()
    seen = [canvas.hover.node]  # nothing is selected
    canvas.shown.select(1)
    for _ in range(3):
        canvas.preview()
        seen.append(canvas.hover.node)
    canvas.shown.select(0)
    assert [*seen, canvas.hover.node] == [None, 1, None, 1, None]
