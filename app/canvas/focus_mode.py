"""Focus: text cards for the nodes that matter, folds for the rest. Fits the stage into `app.canvas.mode`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from app.canvas.cards import CardPictures
from app.canvas.channels import VALUE
from app.canvas.legend import Key
from app.canvas.mode import Seen
from app.canvas.paint import Picture, draw_picture, visible_cards
from app.canvas.primitives import sharpness
from app.canvas.stage import Stage
from app.canvas.viewport import Viewport
from app.canvas.walks import is_below
from app.canvas.whole import WholeTree
from app.language import mark
from app.models.shown_run import ShownRun
from app.theme import Theme
from engine.events import NodeId


class FocusMode:
    name = "focus"
    title = mark("Focus")
    help = mark("Text cards for the steps that matter, the rest folded away")

    def __init__(self, shown: ShownRun, theme: Theme, tree: WholeTree, clock: Callable[[], float]) -> None:
        self.stage = Stage(shown)
        self._shown, self._theme, self._tree, self._clock = shown, theme, tree, clock
        self._cards = CardPictures(theme)
        self._window = QSizeF(900, 600)

    @property
    def animations(self) -> bool:
        return self.stage.animations

    @animations.setter
    def animations(self, wanted: bool) -> None:
        self.stage.animations = wanted

    @property
    def following(self) -> bool:
        return self.stage.camera.following

    @following.setter
    def following(self, wanted: bool) -> None:
        self.stage.camera.following = wanted

    @property
    def stale(self) -> bool:
        return self.stage.stale

    @stale.setter
    def stale(self, wanted: bool) -> None:
        self.stage.stale = wanted

    # Keeping up with the run.

    def reset(self) -> None:
        self.stage.reset()

    def touch(self, nodes: tuple[NodeId, ...] | None) -> None:
        self.stage.touch(nodes)

    def write(self) -> None:
        self.stage.write(self._shown.writing)

    def rebuild(self) -> None:
        if self._tree.channel is VALUE:
            self.stage.content.colours = None  # the stage keeps the values of its own cards up to date by itself
        else:
            self._tree.refresh(self._clock())
            self.stage.content.colours = self._tree.shading
        self.stage.content.threshold = self._tree.threshold
        self.stage.rebuild(self._window, self._clock())

    def advance(self) -> bool:
        return self.stage.advance(self._window, self._clock())

    def moving(self) -> bool:
        return self.stage.moving(self._clock())

    def busy(self) -> bool:
        return self.stage.busy(self._clock())

    def is_empty(self) -> bool:
        return not self.stage.scene.items

    # Painting.

    def picture(self, device_ratio: float = 1.0) -> Picture:
        """What would be painted now."""
        return self.stage.picture(self._clock(), device_ratio)

    def paint(self, painter: QPainter, window: QRectF, device_ratio: float) -> None:
        draw_picture(painter, self._theme, self._cards, self.picture(device_ratio), window)

    def paint_whole(self, painter: QPainter, window: QRectF) -> None:
        picture, whole = self.picture(sharpness(painter)), self.stage.whole
        picture.places = picture.places - (whole.x(), whole.y())  # so that it does not matter how the tree grew
        picture.viewport = Viewport()
        picture.viewport.fit(QRectF(QPointF(), whole.size()), window.size())
        draw_picture(painter, self._theme, self._cards, picture, window)

    def key(self) -> Key:
        values = self.stage.content.values
        if self._tree.channel is VALUE:
            return Key(VALUE, values.low, values.high, values.stretched)
        return self._tree.key()

    # Where things are.

    def node_at(self, point: QPointF) -> NodeId | None:
        """The node whose card is under the point."""
        return self.stage.node_at(point, self._clock())

    def fold_at(self, point: QPointF) -> NodeId | None:
        """The node whose "+n" is under the point."""
        picture = self.picture()
        places = (place for place, item in enumerate(picture.scene.items) if item.hidden)
        found = (place for place in places if picture.fold_label(place).contains(point))
        return next((picture.scene.items[place].node for place in found), None)

    def place_of(self, node: NodeId) -> QRectF | None:
        picture = self.picture()
        place = picture.scene.of_node(node)
        return None if place is None else picture.card(place)

    def seen(self) -> Seen:
        picture = self.picture()
        cards = visible_cards(picture, QRectF(QPointF(), self._window))
        nodes = (picture.scene.items[place].node for place in cards)
        everything = picture.viewport.to_screen(self.stage.whole)
        return Seen(
            nodes=tuple(node for node in nodes if node is not None),
            everything=QRectF(QPointF(), self._window).contains(everything),
        )

    def is_free(self, rect: QRectF) -> bool:
        return not visible_cards(self.picture(), rect)

    # What hands do.

    def point_at(self, node: NodeId | None) -> bool:
        return False  # a card says by itself what it is

    def press(self, point: QPointF) -> bool:
        """Bring out more of what is folded away."""
        fold = self.fold_at(point)
        if fold is None:
            return False
        self.stage.content.show_more(fold, self.stage.scene)
        self.stage.stale = True
        return True

    def fold(self, node: NodeId) -> None:
        """A selection that is folded away goes to the node it is folded into."""
        self.stage.content.toggle(node, self.stage.scene)
        selected = self._shown.selected
        if node in self.stage.content.folded and selected is not None and is_below(self._shown.tree, selected, node):
            self._shown.select(node)
        self.stage.stale = True

    def resize(self, window: QSizeF) -> None:
        before, self._window = self._window, window
        self.stage.resize(before, window)

    def fit(self) -> None:
        self.stage.camera.fit(self.stage.whole, self._window)

    def fit_selection(self, node: NodeId) -> None:
        rect = self.stage.family_rect(node)
        if rect is not None:
            self.stage.camera.fit(rect, self._window)

    def actual_size(self) -> None:
        middle = QPointF(self._window.width() / 2, self._window.height() / 2)
        self.stage.camera.zoom(1 / self.stage.camera.viewport.scale, middle)

    def zoom(self, columns: float, rows: float, at: QPointF) -> None:
        """Cards keep their shape: the stronger of both factors counts."""
        self.stage.camera.zoom(columns if rows == 1.0 else rows, at)

    def pan(self, dx: float, dy: float) -> None:
        self.stage.camera.pan(dx, dy, self.stage.whole, self._window)

    def reveal(self, node: NodeId) -> None:
        rect = self.stage.rect_of(node)
        if rect is not None:
            self.stage.camera.reveal(rect, self._window)

    def look_at(self, node: NodeId, level: float, row: float) -> None:
        """The nearest one above `node` that has a card."""
        trace = self._shown.tree.ascend(node) if node in self._shown.tree.nodes else ()
        rect = next((rect for above in trace if (rect := self.stage.rect_of(above.id)) is not None), None)
        if rect is not None:
            scene_middle = self.stage.camera.viewport.to_screen(rect).center()
            self.pan(self._window.width() / 2 - scene_middle.x(), self._window.height() / 2 - scene_middle.y())
