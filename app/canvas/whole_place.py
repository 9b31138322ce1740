"""Where the nodes of a whole tree are in the window, and how a camera is moved over them. Paints nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.canvas.glide import Glide
from app.canvas.lod import Places
from app.canvas.mode import Seen
from app.canvas.tree_camera import TreeCamera
from app.canvas.whole import WholeTree
from app.canvas.whole_marks import Boxes
from app.models.shown_run import ShownRun
from engine.events import ROOT, NodeId


class WholePlace:
    """Nodes in levels and rows, seen through a camera."""

    largest = 400.0, 400.0
    """Pixels per level and per row at most."""
    readable: tuple[float, float]
    """Pixels per level and per row at 100 %."""

    def __init__(self, shown: ShownRun, tree: WholeTree, clock: Callable[[], float]) -> None:
        self.following = True
        self.camera = TreeCamera(*self.largest)
        self.pointed: NodeId | None = None
        """The node under the pointer."""
        self._shown, self._tree, self._clock = shown, tree, clock
        self._glide: Glide | None = None

    # Where things are.

    def node_at(self, point: QPointF) -> NodeId | None:
        raise NotImplementedError

    def place_of(self, node: NodeId) -> QRectF | None:
        return self.places_of([node])[node] if self._in_layout(node) else None

    def places_of(self, nodes: Sequence[NodeId]) -> dict[NodeId, QRectF]:
        """Where nodes are drawn; all of them are in the layout."""
        boxes = self._boxes(np.array(nodes, np.int32)).tolist()
        return {node: QRectF(*box) for node, box in zip(nodes, boxes, strict=True)}

    def _boxes(self, nodes: npt.NDArray[np.int32]) -> Boxes:
        """The same as an array."""
        raise NotImplementedError

    def _in_layout(self, node: NodeId) -> bool:
        return node < min(self._tree.count, self._tree.layout.count)

    def _area(self, node: NodeId) -> QRectF:
        """In levels and rows."""
        layout = self._tree.layout
        return QRectF(int(layout.depth[node]), int(layout.left[node]), 1, int(layout.leaves[node]))

    def seen(self) -> Seen:
        return Seen(self.camera.seen(), everything=self.camera.shows_everything())

    def is_free(self, rect: QRectF) -> bool:
        camera = self.camera
        first, last = int(camera.level_at(rect.left())), int(camera.level_at(rect.right()))
        levels = np.arange(max(0, first), min(last + 1, self._tree.levels.count))
        rows = np.array([camera.row_at(rect.top()), camera.row_at(rect.bottom())])
        return not self._tree.levels.across(levels, rows).present.any()

    def _in_sight(self, nodes: Sequence[NodeId]) -> npt.NDArray[np.int32]:
        """Those that are born and in the hoisted subtree."""
        layout, ids = self._tree.layout, np.array(nodes, np.int32)
        ids = ids[ids < min(self._tree.count, layout.count)]
        top = self._shown.attention.hoisted(self._shown.tree)
        if top == ROOT or not self._in_layout(top):
            return ids
        rows = layout.left[ids] - layout.left[top]
        below: npt.NDArray[np.bool_] = (rows >= 0) & (rows < layout.leaves[top])
        below &= layout.depth[ids] >= layout.depth[top]
        return ids[below]

    def _hoisted(self) -> QRectF | None:
        """Where the hoisted subtree is drawn; None if the whole tree is looked at."""
        top = self._shown.attention.hoisted(self._shown.tree)
        if top == ROOT or not self._in_layout(top):
            return None
        area = self.camera.to_screen(self._area(top))
        area.setRight(max(area.right(), self.camera.window.width()))
        return area

    def _visible_levels(self) -> range:
        """Levels that touch the window."""
        seen = self.camera.seen()
        first = max(0, int(seen.left()))
        return range(first, min(self._tree.levels.count, int(np.ceil(seen.right())) + 1))

    def _middles(self, places: Places) -> npt.NDArray[np.float64]:
        """Where the middles of nodes are at this moment, in px of the screen."""
        rows = self._tree.levels.middle(places)
        if self._glide is not None:
            rows = self._glide.rows(self._tree.levels.nodes[places], rows, self._clock())
        return self.camera.screen_ys(rows)

    # What hands do.

    def point_at(self, node: NodeId | None) -> bool:
        self.pointed = node
        return True

    def press(self, point: QPointF) -> bool:
        return False

    def fold(self, node: NodeId) -> None:
        """All nodes are shown here."""

    def resize(self, window: QSizeF) -> None:
        if window != self.camera.window:
            self.camera.resize(window)

    def fit(self) -> None:
        top = self._shown.attention.hoisted(self._shown.tree)
        if top == ROOT:
            self.camera.home()
        else:
            self.fit_selection(top)

    def fit_selection(self, node: NodeId) -> None:
        if self._in_layout(node):
            area = self._area(node)
            deepest = self._tree.levels.deepest(int(area.left()), area.top(), area.bottom())
            left = max(0.0, area.left() - 1)
            self.camera.fit(QRectF(left, area.top(), deepest + 1 - left, area.height()))

    def actual_size(self) -> None:
        middle = QPointF(self.camera.window.width() / 2, self.camera.window.height() / 2)
        self.camera.zoom(self.readable[0] / self.camera.column, self.readable[1] / self.camera.row, middle)

    def zoom(self, columns: float, rows: float, at: QPointF) -> None:
        self.camera.zoom(columns, rows, at)

    def pan(self, dx: float, dy: float) -> None:
        self.following = False
        self.camera.pan(dx, dy)

    def reveal(self, node: NodeId) -> None:
        if self._in_layout(node):
            row = self._tree.layout.middle(node)
            self.camera.reveal(QRectF(int(self._tree.layout.depth[node]), row - 0.5, 1, 1))

    def look_at(self, node: NodeId, level: float, row: float) -> None:
        self.following = False
        self.camera.centre_on(level, row)
