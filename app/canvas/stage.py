"""The shown run set in scene: which cards, where they are at a moment, what the camera sees. Knows no widget.

Time is an argument, in seconds of any steady clock.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.canvas.camera import Camera
from app.canvas.content import Content
from app.canvas.effects import Playback, latest_effect, rollouts_under_way
from app.canvas.faces import Face
from app.canvas.motion import Motion
from app.canvas.paint import Picture
from app.canvas.scene import CARD_HEIGHT, CARD_WIDTH, Key, Scene
from app.canvas.viewport import MARGIN
from app.canvas.writing import Writing
from app.models.shown_run import ShownRun
from engine.events import ROOT, NodeId
from engine.frames import Branch
from engine.tree import Tree

AT_WORK = 12
"""Nodes at work that get cards whatever their visits."""


class Stage:
    """Reads the shown run when told to; never changes it."""

    def __init__(self, shown: ShownRun) -> None:
        self.content = Content()
        self.camera = Camera()
        self.animations = True
        self.stale = True
        self._shown = shown
        self._motion, self._playback = Motion(), Playback()
        self._dressed = self.content.dress(Tree())
        self._touched: set[NodeId] | None = None
        self._writing = Writing(shown)
        self._away = True
        self._action: QRectF | None = None

    @property
    def scene(self) -> Scene:
        return self._dressed.scene

    @property
    def whole(self) -> QRectF:
        """All cards, in scene coordinates."""
        left, top, right, bottom = self.scene.bounds()
        return QRectF(left, top, right - left, bottom - top)

    def reset(self) -> None:
        """Another run is shown."""
        self.content.forget()
        self._motion, self._playback = Motion(), Playback()
        self._writing.take(())
        self.camera.following = self._away = True
        self.touch(None)

    def touch(self, nodes: Iterable[NodeId] | None) -> None:
        """These nodes changed; None: everything may have."""
        if nodes is None:
            self._touched = None
        elif self._touched is not None:
            self._touched.update(nodes)
        self.stale = True

    def write(self, branches: Iterable[Branch]) -> None:
        """Text under way."""
        self._writing.take(branches)
        self.stale = True

    def rebuild(self, window: QSizeF, now: float) -> None:
        """Choose and place the cards anew."""
        shown, tree = self._shown, self._shown.tree
        self.content.values.update(tree, self._touched)
        self._touched, self.stale = set(), False
        event, effect = latest_effect(shown.records, shown.cursor, tree)
        self._playback.show(event, effect, now, self.animations)
        writing = self._writing.branches()
        active = self._active(writing)
        self._dressed = self.content.dress(
            tree,
            shown.selected,
            active,
            writing,
            rollouts_under_way(shown.records, shown.cursor),
            shown.attention,
        )
        before = self._motion.scene.items
        self._away = self._away or [item.key for item in before[:1]] != [item.key for item in self.scene.items[:1]]
        self._motion.go_to(self.scene, now, self._anchor(window), self.animations)
        if self._away and self.scene.items:
            self._away, self._action = False, None
            self.look_home(window)
        elif tree.finished is None or not self.camera.at_home:  # an opened run is seen from its beginning
            self._action = self._place_of_action(active, window)

    def advance(self, window: QSizeF, now: float) -> bool:
        """One frame of camera movement; whether the view moved."""
        if self._action is not None and self.camera.follow(self.whole, self._action, window, now):
            self._action = None
        return self.camera.step(self.animations)

    def moving(self, now: float) -> bool:
        """Whether cards glide or a phase is played."""
        return self._motion.moving(now) or self._playback.playing(now)

    def busy(self, now: float) -> bool:
        """Whether something will change without anybody's doing."""
        following = self._action is not None and self.camera.following
        return self.stale or self.moving(now) or following or not self.camera.resting

    def picture(self, now: float, device_ratio: float) -> Picture:
        """What is to be painted at this moment."""
        return Picture(
            self._dressed,
            self._motion.places(now),
            self._motion.presence(now),
            self.camera.viewport,
            self._playback.effect,
            self._playback.progress(now),
            device_ratio,
        )

    def look_home(self, window: QSizeF) -> None:
        """Look at all cards if they can be read, otherwise at the principal path, otherwise at the root."""
        if self.scene.items:
            principal = [self._rect(int(place)) for place in np.flatnonzero(self._dressed.principal)]
            path = [_united(principal)] if len(principal) > 1 else []
            self.camera.home((self.whole, *path, self._rect(0)), window)

    def resize(self, before: QSizeF, window: QSizeF) -> None:
        """The window has another size: look home again if nothing was moved yet, otherwise keep the middle."""
        if self.camera.at_home:
            self.look_home(window)
        else:
            self.camera.keep_middle(before, window)

    def rect_of(self, node: NodeId | None) -> QRectF | None:
        """A node's card in scene coordinates; None if it has none."""
        place = self.scene.of_node(node)
        return None if place is None else self._rect(place)

    def node_at(self, point: QPointF, now: float) -> NodeId | None:
        """The node whose card is under a point of the window at this moment."""
        inside = self.camera.viewport.to_scene(point)
        way = np.array((inside.x(), inside.y())) - self._motion.places(now)
        hit = (way >= 0).all(axis=1) & (way[:, 0] <= CARD_WIDTH) & (way[:, 1] <= CARD_HEIGHT)
        nodes = (self.scene.items[int(place)].node for place in np.flatnonzero(hit))
        return next((node for node in nodes if node is not None), None)

    def face_of(self, node: NodeId) -> Face | None:
        """What a node's card says; None if it has none."""
        place = self.scene.of_node(node)
        return None if place is None else self._dressed.faces[place]

    def family_rect(self, node: NodeId, with_parent: bool = True) -> QRectF | None:
        """A node's card together with those of its parent and children."""
        place = self.scene.of_node(node)
        if place is None:
            return None
        parent = self.scene.items[place].parent if with_parent else -1
        near = [place, *([parent] if parent >= 0 else [])]
        near += [number for number, item in enumerate(self.scene.items) if item.parent == place]
        return _united(self._rect(number) for number in near)

    def _active(self, writing: list[Branch]) -> tuple[NodeId, ...]:
        """Nodes at work; nobody is once the run has ended."""
        tree, effect = self._shown.tree, self._playback.effect
        if tree.finished is not None:
            return ()
        leaf = (tree.selected.leaf,) if tree.selected is not None else ()
        touched = effect.nodes if effect is not None else ()
        found = (*touched, *(branch.parent for branch in writing), *leaf)
        return tuple(dict.fromkeys(node for node in found if node in tree.nodes))[:AT_WORK]

    def _place_of_action(self, active: tuple[NodeId, ...], window: QSizeF) -> QRectF:
        """Where the search works, latest first; once it has ended, its answer. As much as the window can show."""
        finished = self._shown.tree.finished
        if finished is None:
            rects = [self._near(node, window) for node in active]
        else:
            trace = self._shown.tree.ascend(finished.chosen) if finished.chosen is not None else ()
            rects = [self.rect_of(node.id) for node in trace]
        place = QRectF()
        for rect in rects:
            wider = place.united(rect or place)
            if not place.isEmpty() and not self._fits(wider, window):
                break
            place = wider
        return place if not place.isEmpty() else self.rect_of(ROOT) or self.whole

    def _near(self, node: NodeId, window: QSizeF) -> QRectF | None:
        """A node's family; without the parent if there is no room for it."""
        family = self.family_rect(node)
        return family if family is None or self._fits(family, window) else self.family_rect(node, with_parent=False)

    def _fits(self, rect: QRectF, window: QSizeF) -> bool:
        scale = self.camera.viewport.scale
        wide, high = window.width() - 2 * MARGIN, window.height() - 2 * MARGIN
        return rect.width() * scale <= wide and rect.height() * scale <= high

    def _anchor(self, window: QSizeF) -> Key | None:
        """The card that stays where it is on the screen: the selected one, or the one in the middle of the window."""
        before = self._motion.scene
        if not before.items:
            return None
        selected = self._shown.selected
        if before.of_node(selected) is not None and self.scene.of_node(selected) is not None:
            return ("node", selected, 0) if selected is not None else None
        middle = self.camera.viewport.to_scene(QPointF(window.width() / 2, window.height() / 2))
        distance = np.hypot(before.places[:, 0] - middle.x(), before.places[:, 1] - middle.y())
        near = (before.items[int(place)].key for place in np.argsort(distance))
        return next((key for key in near if key in self.scene.index), None)

    def _rect(self, place: int) -> QRectF:
        x, y = self.scene.places[place]
        return QRectF(x, y, CARD_WIDTH, CARD_HEIGHT)


def _united(rects: Iterable[QRectF]) -> QRectF:
    whole = QRectF()
    for rect in rects:
        whole = whole.united(rect)
    return whole
