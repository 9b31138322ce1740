"""What Map and Icicle share: relayouts that hold still what is looked at, the phases, and what is drawn over nodes.

Fits them into `app.canvas.mode`; how nodes look is up to each.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from app.canvas.channels import colour_table
from app.canvas.effects import Playback, latest_effect
from app.canvas.faces import branch_face
from app.canvas.glide import Glide
from app.canvas.layer import Layer
from app.canvas.legend import Key
from app.canvas.lod import Levels
from app.canvas.overlays import Overlay, draw_overlay
from app.canvas.primitives import sharpness
from app.canvas.tree_camera import TreeCamera
from app.canvas.walks import principal_path
from app.canvas.whole import LARGE, WholeTree
from app.canvas.whole_marks import Guest, draw_hits, draw_pins, draw_veil
from app.canvas.whole_place import WholePlace
from app.canvas.writing import Writing
from app.models.shown_run import ShownRun
from app.theme import Theme
from engine.events import ROOT, NodeId
from engine.frames import Branch

TOO_MANY = 200.0
"""From so many new nodes a second on they do not glide: nobody could follow, and it would cost frames."""


class WholeMode(WholePlace):
    """The base of modes that show all nodes."""

    def __init__(self, shown: ShownRun, theme: Theme, tree: WholeTree, clock: Callable[[], float]) -> None:
        super().__init__(shown, tree, clock)
        self.animations = True
        self.stale = True
        self._theme = theme
        self._playback = Playback()
        self._principal: tuple[NodeId, ...] = ()
        self._version = -1
        self._builds = 0
        self._layer = Layer()
        self._table: tuple[object, npt.NDArray[np.uint32]] | None = None
        self._writing = Writing(shown)
        self._top, self._to_fit = ROOT, False
        theme.changed.connect(self._paint_anew)
        shown.attention.changed.connect(self._on_attention)

    # Keeping up with the run.

    def reset(self) -> None:
        self._playback, self._glide, self._version = Playback(), None, -1
        self.camera.at_home = self.following = self.stale = True
        self.pointed = None
        self._writing.take(())
        self._top, self._to_fit = ROOT, False

    def touch(self, nodes: tuple[NodeId, ...] | None) -> None:
        self.stale = True

    def write(self) -> None:
        self._writing.take(self._shown.writing)
        self.stale = True

    def _on_attention(self) -> None:
        """What is hoisted is looked at as closely as it can be."""
        top = self._shown.attention.hoisted(self._shown.tree)
        if top != self._top:
            self._top, self._to_fit, self.following, self.stale = top, True, False, True

    def rebuild(self) -> None:
        now = self._clock()
        if not self._tree.is_due(now):
            return
        before, layout = self._tree.levels, self._tree.layout
        old = layout.left.copy(), layout.leaves.copy()
        anchor = self._anchor() if self._version >= 0 and not self.camera.at_home else None
        self._tree.refresh(now)
        self.stale = False
        self._builds += 1
        if self._version != self._tree.version:
            self._version = self._tree.version
            self._settle_in(before, old, anchor, now)
        shown = self._shown
        self._principal = principal_path(shown.tree)
        self._playback.show(*latest_effect(shown.records, shown.cursor, shown.tree), now, self.animations)
        self._follow()
        if self._to_fit:
            self._to_fit = False
            self.fit()

    def _settle_in(
        self, before: Levels, old: tuple[npt.NDArray[np.int32], ...], anchor: NodeId | None, now: float
    ) -> None:
        """The tree has changed: keep the anchor where it is, and let what moved glide there."""
        layout, camera = self._tree.layout, self.camera
        camera.levels, camera.rows = max(1, layout.levels), max(1, layout.rows)
        if camera.at_home:
            camera.home()
        elif anchor is not None and anchor < len(old[0]):
            camera.hold(float(old[0][anchor] + old[1][anchor] / 2), layout.middle(anchor))
        grew = len(before.nodes) and layout.count > len(old[0])
        calm = self.animations and layout.count < LARGE and self._tree.inserted_per_second <= TOO_MANY
        if grew and calm:
            self._glide = Glide(old[0] + old[1] / 2, layout.parent, now)

    def _anchor(self) -> NodeId | None:
        """The node that stays where it is: the selected one if it is in sight, else the one at the middle."""
        seen, selected = self.camera.seen(), self._shown.selected
        if selected is not None and self._in_layout(selected) and seen.intersects(self._area(selected)):
            return selected
        middle = seen.center()
        level = min(max(0, int(middle.x())), self._tree.levels.count - 1)
        place = self._tree.levels.nearest(level, middle.y())
        return None if place is None else int(self._tree.levels.nodes[place])

    def _follow(self) -> None:
        """Glide to where the search works, unless everything is in sight anyway."""
        selected = self._shown.tree.selected
        if self.following and not self.camera.at_home and selected is not None:
            self.reveal(selected.leaf)

    def advance(self) -> bool:
        return self.camera.step(self.animations)

    def moving(self) -> bool:
        now = self._clock()
        if self._glide is not None and self._glide.is_over(now):
            self._glide = None
        return self._glide is not None or self._playback.playing(now)

    def busy(self) -> bool:
        return self.stale or self.moving() or not self.camera.resting

    def is_empty(self) -> bool:
        return self._tree.count == 0

    # Painting.

    def paint(self, painter: QPainter, window: QRectF, device_ratio: float) -> None:
        if self._glide is not None:
            self._draw(painter, window, device_ratio)
        else:
            camera = self.camera
            state = self._builds, camera.column, camera.row, window.size().toTuple(), device_ratio
            at = QPointF(camera.x, camera.y)
            self._layer.show(painter, window, device_ratio, state, at, partial(self._draw_into, device_ratio))
        if (kept := self._hoisted()) is not None:
            draw_veil(painter, self._theme, window, kept)
        draw_overlay(painter, self._theme, window, self._overlay())
        for guest in self._guests():
            self._draw_guest(painter, guest, device_ratio)
        if self._labelled():
            self._draw_attention(painter, window, device_ratio)

    def _draw_into(self, device_ratio: float, painter: QPainter, window: QRectF, at: QPointF) -> None:
        """The nodes as they are seen through another window."""
        camera = self.camera
        self.camera = copy(camera)
        self.camera.x, self.camera.y, self.camera.window = at.x(), at.y(), window.size()
        try:
            self._draw(painter, window, device_ratio)
        finally:
            self.camera = camera

    def paint_whole(self, painter: QPainter, window: QRectF) -> None:
        now = self.camera, self._glide, self._layer, self.pointed
        self.camera, self._glide, self._layer, self.pointed = TreeCamera(*self.largest), None, Layer(), None
        self.camera.window = window.size()
        self.camera.levels, self.camera.rows = now[0].levels, now[0].rows
        self.fit()
        try:
            self.paint(painter, window, sharpness(painter))
        finally:
            self.camera, self._glide, self._layer, self.pointed = now

    def key(self) -> Key:
        return self._tree.key()

    def _draw(self, painter: QPainter, window: QRectF, device_ratio: float) -> None:
        raise NotImplementedError

    def _overlay(self) -> Overlay:
        effect = self._playback.effect
        principal = self._in_sight(self._principal).tolist()
        on_paths = [*principal, *(effect.path if effect is not None else ())]
        near = self.places_of([node for node in dict.fromkeys(on_paths) if self._in_layout(node)])
        return Overlay(
            self._shown.tree, near, self.place_of, principal, self._shown.selected, self.pointed,
            effect, self._playback.progress(self._clock()), self._linked(), self._room(),
            self._theme.palette.background, self._labelled(),
        )  # fmt: skip

    def _draw_attention(self, painter: QPainter, window: QRectF, device_ratio: float) -> None:
        """Hits and pins of nodes that do not wear them already."""
        attention = self._shown.attention
        draw_hits(painter, self._theme, window, self._boxes(self._in_sight(attention.hits)), device_ratio)
        pinned = self.places_of(self._in_sight(attention.pinned).tolist())
        draw_pins(painter, self._theme, window, list(pinned.values()), inside=not self._linked())

    def _guests(self) -> list[Guest]:
        """Text under way, one for each parent: at the place of its first child, or at its own if it has some."""
        families: dict[NodeId, list[Branch]] = {}
        for branch in self._writing.branches():
            if self._in_layout(branch.parent):
                families.setdefault(branch.parent, []).append(branch)
        found = []
        for parent, place in self.places_of(list(families)).items():
            branch, free = families[parent][0], not self._shown.tree.nodes[parent].children
            face = replace(branch_face(branch), stacked=len(families[parent]) > 1)
            shifted = place.translated(self.camera.column, 0) if free else place
            found.append(Guest(face, shifted, place if free else None))
        return found

    def _draw_guest(self, painter: QPainter, guest: Guest, device_ratio: float) -> None:
        raise NotImplementedError

    def _linked(self) -> bool:
        """Whether steps along a path are joined by lines."""
        return True

    def _labelled(self) -> bool:
        """Whether the selected node and the principal path need labels to be read."""
        return True

    def _room(self) -> QSizeF:
        """Pixels that a label may take without covering a neighbour."""
        return QSizeF(self.camera.column, self.camera.row)

    def _colours(self) -> npt.NDArray[np.uint32]:
        """The table of the channel in force."""
        key = self._tree.channel, self._theme.dark
        if self._table is None or self._table[0] != key:
            self._table = key, colour_table(self._theme, self._tree.channel)
        return self._table[1]

    def _paint_anew(self) -> None:
        self._builds += 1
