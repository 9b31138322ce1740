"""A widget that paints the shown run and keeps up with it. Knows no file, no engine process and no other panel.

It repaints when a frame is due, driven by one timer that stops when nothing moves. What hands do to it is in
`app.canvas.canvas`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.canvas.error_tile import draw_error
from app.canvas.focus_mode import FocusMode
from app.canvas.legend import STRIP, draw_legend
from app.canvas.minimap import MiniMap
from app.canvas.mode import Mode
from app.canvas.modes import make_modes
from app.canvas.paint import Picture
from app.canvas.stage import Stage
from app.canvas.strip import StripBoxes
from app.canvas.whole import WholeTree
from app.language import tr
from app.models.shown_run import ShownRun
from app.plain_text import one_line
from app.theme import Theme
from app.words.nothing import why_no_tree
from engine.events import NodeId

FRAME_MS = 16
LIVE_FRAME_MS = 33
"""While a search runs: the painting of 60 frames a second would take the processor that the models need."""
MAP_EVERY_MS = 250
"""Between two readings of the whole tree for the small map alone, at least."""
MAP_SHARE = 0.005
"""Of the time that such readings may take: those of a large tree are rarer, since each holds up a frame."""


class TreeView(QWidget):
    """Shows the run in its theme; `animations` may be switched off."""

    following_changed = Signal(bool)
    """Whether the view follows the search; off once the user looks somewhere else."""
    look_changed = Signal()
    """Another mode, or another channel of colour, was chosen."""

    def __init__(
        self, shown: ShownRun, theme: Theme, parent: QWidget | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self.shown, self.theme = shown, theme
        self._clock = clock
        self.whole_tree = WholeTree(shown)
        self.modes = make_modes(shown, theme, self.whole_tree, clock)
        self.mode: Mode = self.modes[0]
        self._was_following = True
        self._moving = False
        self._fault = ""
        self._ticked = float("-inf")
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._map_timer = QTimer(self, singleShot=True, interval=MAP_EVERY_MS)
        self._map_timer.timeout.connect(self._read_map)
        self.boxes = StripBoxes(theme, self)
        self.follow_button, self.threshold_box = self.boxes.follow, self.boxes.threshold
        self.threshold_box.setValue(self.whole_tree.threshold)
        self.minimap = MiniMap(theme, self.whole_tree, lambda: self.mode, self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(tr("Search tree"))
        self._connect()

    def _connect(self) -> None:
        self.shown.run_changed.connect(self._on_run)
        self.shown.tree_changed.connect(self._on_tree)
        self.shown.selection_changed.connect(self._on_selection)
        self.shown.writing_changed.connect(self._on_writing)
        self.shown.live_changed.connect(self._on_live)
        self.shown.attention.changed.connect(lambda: self._on_tree(()))
        self.following_changed.connect(self.boxes.show_following)
        self.boxes.show_following(True)
        self.follow_button.clicked.connect(self._follow_or_not)
        self.theme.changed.connect(self.update)
        self.mode.rebuild()  # a run may be shown already
        self._wake()

    @property
    def focus(self) -> FocusMode:
        return self.modes[0]

    @property
    def stage(self) -> Stage:
        """The cards of the mode Focus."""
        return self.focus.stage

    @property
    def animations(self) -> bool:
        """Whether cards glide and phases are played; off for people who want no motion."""
        return self.mode.animations

    @animations.setter
    def animations(self, wanted: bool) -> None:
        for mode in self.modes:
            mode.animations = wanted

    @property
    def following(self) -> bool:
        return self.mode.following

    @property
    def busy(self) -> bool:
        """Whether another frame is due; at rest the canvas costs nothing."""
        return self._timer.isActive()

    def follow(self, wanted: bool = True) -> None:
        """Keep the search's latest work in view, or leave the view alone."""
        self.mode.following = wanted
        self.mode.stale = True
        self._wake()

    def settle(self) -> None:
        """Bring the picture up to date at once and end all movement: for pictures and tests."""
        moves, self.animations = self.animations, False
        self.mode.rebuild()
        self.mode.advance()
        self.animations = moves
        self.update()

    def picture(self) -> Picture:
        """What the mode Focus would paint now."""
        return self.focus.picture(self.devicePixelRatioF())

    def paint_tree(self, painter: QPainter, rect: QRectF) -> None:
        """Everything, fitted into `rect`: for export and print."""
        window = QRectF(0, 0, rect.width(), rect.height() - STRIP)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, self.theme.palette.background)
        painter.translate(rect.topLeft())
        self.mode.paint_whole(painter, window)
        strip = QRectF(0, window.bottom(), window.width(), STRIP)
        draw_legend(painter, self.theme, strip, self.mode.key())
        painter.restore()

    def render_picture(self, size: QSize) -> QImage:
        """The whole tree as it is now, in `size` pixels."""
        self.settle()
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        with QPainter(image) as painter:
            self.paint_tree(painter, QRectF(0, 0, size.width(), size.height()))
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            window = QRectF(QPointF(), self._window())
            painter.fillRect(window, self.theme.palette.background)
            try:
                self._draw(painter, window)
                self._fault = ""
            except Exception as error:
                draw_error(painter, self.theme, window, error)
                if repr(error) != self._fault:  # once, not with every frame
                    self._fault = repr(error)
                    QTimer.singleShot(0, self, lambda fault=error: self._report(fault))
            if self.hasFocus():
                painter.setPen(QPen(self.theme.palette.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _draw(self, painter: QPainter, window: QRectF) -> None:
        if self.mode.is_empty():
            painter.setPen(self.theme.palette.secondary)
            painter.setFont(self.theme.ui_font(10))
            painter.drawText(window, Qt.AlignmentFlag.AlignCenter, why_no_tree(self.shown))
        else:
            self.mode.paint(painter, window, self.devicePixelRatioF())
        strip = QRectF(window.left(), window.bottom(), window.width(), STRIP)
        draw_legend(painter, self.theme, strip, self.mode.key(), self.boxes.start())

    def _report(self, fault: Exception) -> None:
        """Outside of painting: whoever handles faults may show something."""
        sys.excepthook(type(fault), fault, fault.__traceback__)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.boxes.place()
        self.mode.resize(self._window())
        self.minimap.place()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def _follow_or_not(self, wanted: bool) -> None:
        """The button: who follows looks at no step in particular."""
        if wanted:
            self.shown.select(None)
            self.shown.go_live()
        self.follow(wanted)

    def _on_run(self) -> None:
        self.whole_tree.reset()
        for mode in self.modes:
            mode.reset()
        self.mode.rebuild()  # a paint may come before the next frame
        self._show_now()

    def _on_tree(self, nodes: tuple[NodeId, ...] | None) -> None:
        for mode in self.modes:
            mode.touch(nodes)
        self._wake()

    def _on_selection(self, node: NodeId | None) -> None:
        for mode in self.modes:
            mode.stale = True
        if node is None:
            self.setAccessibleDescription("")
        else:
            self.mode.following = False
            self.mode.rebuild()
            self.mode.reveal(node)
            self.setAccessibleDescription(one_line(self.shown.tree.nodes[node].step))
        self._show_now()

    def _on_writing(self, branches: tuple[object, ...]) -> None:
        for mode in self.modes:
            mode.write()
        self._wake()

    def _on_live(self, live: bool) -> None:
        if live and self.shown.selected is None:
            self.follow()

    def _window(self) -> QSizeF:
        """What is left for the tree."""
        return QSizeF(self.width(), max(1.0, self.height() - STRIP))

    def _wake(self) -> None:
        """A frame is wanted: at once, unless the last one was a moment ago."""
        if not self._timer.isActive():
            since = (self._clock() - self._ticked) * 1000
            self._timer.start(round(max(0.0, self._frame_ms() - since)))

    def _frame_ms(self) -> int:
        return LIVE_FRAME_MS if self.shown.racing else FRAME_MS

    def _show_now(self) -> None:
        """What is seen has changed already; Qt makes one paint of all that ask for it."""
        self.update()
        self._keep_minimap_up()
        self._wake()

    def _tick(self) -> None:
        self._ticked = self._clock()
        mode = self.mode
        rebuilt = mode.stale and not self._held()
        if rebuilt:
            mode.rebuild()
        panned, moved = mode.advance(), self._moving
        self._moving = mode.moving()
        if rebuilt or panned or moved or self._moving:  # `moved`: the end of a movement is a frame too
            self.update()
        self._tell_following()
        if rebuilt or panned:
            self._keep_minimap_up()
        if mode.busy():
            self._timer.start(self._frame_ms())

    def _keep_minimap_up(self) -> None:
        """A mode that does not read the whole tree leaves that to the small map, and not in every frame."""
        if self.minimap.wanted and self.mode is self.focus and not self._map_timer.isActive():
            self._map_timer.start()
        self.minimap.keep_up()

    def _read_map(self) -> None:
        began = self._clock()
        self.whole_tree.refresh(began)
        self._map_timer.setInterval(max(MAP_EVERY_MS, round((self._clock() - began) * 1000 / MAP_SHARE)))
        self.minimap.keep_up()

    def _held(self) -> bool:
        """Whether a layout would move cards away from under the user's hands."""
        return False

    def _tell_following(self) -> None:
        going_on = self.shown.run is not None and self.shown.tree.finished is None
        if self.follow_button.isHidden() == going_on:
            self.follow_button.setVisible(going_on)
            self.boxes.place()
        if self.following != self._was_following:
            self._was_following = self.following
            self.following_changed.emit(self.following)
