"""The view: zoom at the cursor, fit, pan within bounds, follow gently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF

from app.canvas.camera import FOLLOW_EVERY, SMALLEST_AT_HOME, Camera
from app.canvas.viewport import KEPT_IN_SIGHT, LARGEST, SMALLEST, Viewport

WINDOW = QSizeF(900, 600)
TREE = QRectF(0, -500, 2000, 1000)


@given(st.floats(0.2, 5), st.floats(0, 900), st.floats(0, 600))
def test_the_point_under_the_cursor_stays_where_it_is(factor: float, x: float, y: float) -> None:
    view, cursor = Viewport(0.7, 30, -40), QPointF(x, y)
    before = view.to_scene(cursor)
    view.zoom(factor, cursor)
    after = view.to_scene(cursor)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=1e-6)
    assert SMALLEST <= view.scale <= LARGEST


@given(st.floats(10, 5000), st.floats(10, 5000))
def test_what_is_fitted_lies_in_the_window(width: float, height: float) -> None:
    view, rect = Viewport(), QRectF(-300, 77, width, height)
    view.fit(rect, WINDOW)
    seen = view.to_screen(rect)
    assert view.scale <= 1.0
    assert QRectF(0, 0, 900, 600).contains(seen)


@given(st.floats(-9000, 9000), st.floats(-9000, 9000))
def test_panning_never_loses_the_tree(dx: float, dy: float) -> None:
    view = Viewport()
    view.pan(dx, dy, TREE, WINDOW)
    seen = view.to_screen(TREE)
    assert min(seen.right(), 900 - seen.left(), seen.bottom(), 600 - seen.top()) >= KEPT_IN_SIGHT - 1e-6


def test_the_first_look_is_readable() -> None:
    camera, root = Camera(), QRectF(0, -30, 224, 60)
    camera.home((TREE, QRectF(0, -30, 224, 60), root), WINDOW)
    assert camera.viewport.scale >= SMALLEST_AT_HOME
    small = QRectF(0, 0, 500, 200)
    camera.home((small, root), WINDOW)
    assert QRectF(0, 0, 900, 600).contains(camera.viewport.to_screen(small))


def test_revealing_moves_gently_and_no_further_than_needed() -> None:
    camera, card = Camera(), QRectF(1500, 0, 224, 60)
    camera.reveal(card, WINDOW)
    camera.step()
    frames = 1
    while not camera.resting:
        camera.step()
        frames += 1
    assert 3 < frames < 40
    assert camera.viewport.to_screen(card).right() == pytest.approx(900 - 24)
    still = (camera.viewport.x, camera.viewport.y)
    camera.reveal(card, WINDOW)
    camera.step()
    assert (camera.viewport.x, camera.viewport.y) == still


def test_without_animation_a_revealed_card_is_there_in_one_step() -> None:
    camera = Camera()
    camera.reveal(QRectF(1500, 0, 224, 60), WINDOW)
    camera.step(animated=False)
    assert camera.resting


def test_following_ends_when_the_user_pans_and_does_not_turn_too_often() -> None:
    camera, action = Camera(), QRectF(1500, 0, 224, 60)
    assert camera.follow(TREE, action, WINDOW, 10.0)
    assert not camera.follow(TREE, action, WINDOW, 10.0 + FOLLOW_EVERY / 2)
    assert camera.follow(TREE, action, WINDOW, 10.01 + FOLLOW_EVERY)
    camera.pan(5, 5, TREE, WINDOW)
    assert not camera.following
    assert not camera.follow(TREE, action, WINDOW, 99.0)


def test_a_resize_keeps_the_middle() -> None:
    camera = Camera()
    middle = camera.viewport.to_scene(QPointF(450, 300))
    camera.keep_middle(WINDOW, QSizeF(600, 400))
    after = camera.viewport.to_scene(QPointF(300, 200))
    assert (after.x(), after.y()) == (middle.x(), middle.y())


@given(st.floats(-3000, 900), st.floats(-600, 1500), st.floats(0, 1700), st.floats(-500, 400))
def test_following_leaves_no_room_empty_that_the_tree_could_fill(x: float, y: float, left: float, top: float) -> None:
    camera, action = Camera(), QRectF(left, top, 224, 60)
    camera.viewport.x, camera.viewport.y = x, y
    camera.follow(TREE, action, WINDOW, 10.0)
    camera.step(animated=False)
    inside = QRectF(0, 0, 900, 600).marginsRemoved(QMarginsF(23, 23, 23, 23))  # 24, but for rounding
    assert inside.contains(camera.viewport.to_screen(action))
    assert camera.viewport.to_screen(TREE).contains(inside.adjusted(2, 2, -2, -2))
