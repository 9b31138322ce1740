"""A widget that paints the shown run and keeps up with it. Knows no file, no engine process and no other panel.

It repaints at most once a display frame, driven by one timer that stops when nothing moves. What hands do to it is in
`app.canvas.canvas`.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from app.canvas.cards import CardPictures
from app.canvas.legend import draw_legend, legend_box
from app.canvas.paint import Picture, draw_picture
from app.canvas.stage import Stage
from app.canvas.viewport import Viewport
from app.models.shown_run import ShownRun
from app.plain_text import one_line
from app.theme import Theme, icon
from engine.events import NodeId

FRAME_MS = 16
WIDE_ENOUGH, HIGH_ENOUGH = 420, 260
"""In a smaller window the legend would hide more than it explains."""
NOTHING = "No run yet. Press Run to start a search."
BEGINNING = "The run begins as soon as the models are loaded."


class TreeView(QWidget):
    """Shows the run in its theme; `animations` may be switched off."""

    following_changed = Signal(bool)
    """Whether the view follows the search; off once the user looks somewhere else."""

    def __init__(
        self, shown: ShownRun, theme: Theme, parent: QWidget | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self.shown, self.theme = shown, theme
        self.stage = Stage(shown)
        self._clock = clock
        self._cards = CardPictures(theme)
        self._was_following = True
        self._moving = False
        self._size = self._window()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self.follow_button = self._make_follow_button()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 160)
        self.setAccessibleName("Search tree")
        self._connect()

    def _connect(self) -> None:
        self.shown.run_changed.connect(self._on_run)
        self.shown.tree_changed.connect(self._on_tree)
        self.shown.selection_changed.connect(self._on_selection)
        self.shown.writing_changed.connect(self._on_writing)
        self.shown.live_changed.connect(self._on_live)
        self.theme.changed.connect(self.update)
        self._wake()

    @property
    def animations(self) -> bool:
        """Whether cards glide and phases are played; off for people who want no motion."""
        return self.stage.animations

    @animations.setter
    def animations(self, wanted: bool) -> None:
        self.stage.animations = wanted

    @property
    def following(self) -> bool:
        return self.stage.camera.following

    @property
    def busy(self) -> bool:
        """Whether another frame is due; at rest the canvas costs nothing."""
        return self._timer.isActive()

    def follow(self, wanted: bool = True) -> None:
        """Keep the search's latest work in view, or leave the view alone."""
        self.stage.camera.following = wanted
        self.stage.stale = True
        self._wake()

    def settle(self) -> None:
        """Bring the picture up to date at once and end all movement: for pictures and tests."""
        moves, self.stage.animations = self.stage.animations, False
        self.stage.rebuild(self._window(), self._clock())
        self.stage.advance(self._window(), self._clock())
        self.stage.animations = moves
        self.update()

    def picture(self) -> Picture:
        """What would be painted now."""
        return self.stage.picture(self._clock(), self.devicePixelRatioF())

    def paint_tree(self, painter: QPainter, rect: QRectF) -> None:
        """All cards, fitted into `rect`: for export and print."""
        picture, whole = self.picture(), self.stage.whole
        picture.places = picture.places - (whole.x(), whole.y())  # so that it does not matter how the tree grew
        picture.viewport = Viewport()
        picture.viewport.fit(QRectF(QPointF(), whole.size()), rect.size())
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, self.theme.palette.background)
        painter.translate(rect.topLeft())
        window = QRectF(QPointF(), rect.size())
        draw_picture(painter, self.theme, self._cards, picture, window)
        self._draw_legend(painter, window)
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
            window = QRectF(self.rect())
            painter.fillRect(window, self.theme.palette.background)
            if self.stage.scene.items:
                draw_picture(painter, self.theme, self._cards, self.picture(), window)
                self._draw_legend(painter, window)
            else:
                painter.setPen(self.theme.palette.secondary)
                painter.setFont(self.theme.ui_font(10))
                painter.drawText(window, Qt.AlignmentFlag.AlignCenter, NOTHING if self.shown.run is None else BEGINNING)
            if self.hasFocus():
                painter.setPen(QPen(self.theme.palette.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(window.adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        button = self.follow_button
        size = button.sizeHint()  # beside the legend, where nothing lies after a fit
        button.move(self.width() - size.width() - 12, self.height() - size.height() - 12)
        if self._size != self._window():
            self.stage.resize(self._size, self._window())
            self._size = self._window()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def _draw_legend(self, painter: QPainter, window: QRectF) -> None:
        if window.width() >= WIDE_ENOUGH and window.height() >= HIGH_ENOUGH:
            values = self.stage.content.values
            draw_legend(painter, self.theme, legend_box(window.height()), values.low, values.high)

    def _make_follow_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("Follow")
        button.setToolTip("Keep the search's latest work in view")
        button.setIcon(icon(self.theme, "live"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda: self.follow())
        button.hide()
        return button

    def _on_run(self) -> None:
        self.stage.reset()
        self.stage.rebuild(self._window(), self._clock())  # a paint may come before the next frame
        self._show_now()

    def _on_tree(self, nodes: tuple[NodeId, ...] | None) -> None:
        self.stage.touch(nodes)
        self._wake()

    def _on_selection(self, node: NodeId | None) -> None:
        self.stage.stale = True
        if node is None:
            self.setAccessibleDescription("")
        else:
            self.stage.camera.following = False
            self.stage.rebuild(self._window(), self._clock())
            rect = self.stage.rect_of(node)
            if rect is not None:
                self.stage.camera.reveal(rect, self._window())
            self.setAccessibleDescription(one_line(self.shown.tree.nodes[node].step))
        self._show_now()

    def _on_writing(self, branches: tuple[object, ...]) -> None:
        self.stage.write(self.shown.writing)
        self._wake()

    def _on_live(self, live: bool) -> None:
        if live:
            self.follow()

    def _window(self) -> QSizeF:
        return QSizeF(self.size())

    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _show_now(self) -> None:
        """What is seen has changed already; Qt makes one paint of all that ask for it."""
        self.update()
        self._wake()

    def _tick(self) -> None:
        now = self._clock()
        rebuilt = self.stage.stale and not self._held()
        if rebuilt:
            self.stage.rebuild(self._window(), now)
        panned, moved = self.stage.advance(self._window(), now), self._moving
        self._moving = self.stage.moving(now)
        if rebuilt or panned or moved or self._moving:  # `moved`: the end of a movement is a frame too
            self.update()
        self._tell_following()
        if not self.stage.busy(now):
            self._timer.stop()

    def _held(self) -> bool:
        """Whether a layout would move cards away from under the user's hands."""
        return False

    def _tell_following(self) -> None:
        self.follow_button.setVisible(not self.following and self.shown.live and self.shown.tree.finished is None)
        if self.following != self._was_following:
            self._was_following = self.following
            self.following_changed.emit(self.following)
