"""A widget that paints the shown run and keeps up with it. Knows no file, no engine process and no other panel.

It repaints when a frame is due, driven by one timer that stops when nothing moves. What hands do to it is in
`app.canvas.canvas`.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from app.canvas.cards import CardPictures
from app.canvas.legend import STRIP, draw_legend
from app.canvas.paint import Picture, draw_picture
from app.canvas.stage import Stage
from app.canvas.viewport import Viewport
from app.models.shown_run import ShownRun
from app.plain_text import one_line
from app.theme import Theme, icon
from engine.events import NodeId

FRAME_MS = 16
LIVE_FRAME_MS = 33
"""While a search runs: the painting of 60 frames a second would take the processor that the models need."""
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
        self._ticked = float("-inf")
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
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
        self.following_changed.connect(self._show_following)
        self._show_following(True)
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
        window = QRectF(0, 0, rect.width(), rect.height() - STRIP)
        picture.viewport.fit(QRectF(QPointF(), whole.size()), window.size())
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, self.theme.palette.background)
        painter.translate(rect.topLeft())
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
            window = QRectF(QPointF(), self._window())
            painter.fillRect(window, self.theme.palette.background)
            if self.stage.scene.items:
                draw_picture(painter, self.theme, self._cards, self.picture(), window)
            else:
                painter.setPen(self.theme.palette.secondary)
                painter.setFont(self.theme.ui_font(10))
                painter.drawText(window, Qt.AlignmentFlag.AlignCenter, NOTHING if self.shown.run is None else BEGINNING)
            self._draw_legend(painter, window)
            if self.hasFocus():
                painter.setPen(QPen(self.theme.palette.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_follow_button()
        if self._size != self._window():
            self.stage.resize(self._size, self._window())
            self._size = self._window()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def _draw_legend(self, painter: QPainter, window: QRectF) -> None:
        """In the strip below `window`, over whatever card reaches into it."""
        values = self.stage.content.values
        strip = QRectF(window.left(), window.bottom(), window.width(), STRIP)
        draw_legend(painter, self.theme, strip, values.low, values.high)

    def _make_follow_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoRaise(True)
        button.setIcon(icon(self.theme, "live"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(self._follow_or_not)
        button.hide()
        return button

    def _follow_or_not(self, wanted: bool) -> None:
        """The button: who follows looks at no step in particular."""
        if wanted:
            self.shown.select(None)
        self.follow(wanted)

    def _show_following(self, following: bool) -> None:
        button = self.follow_button
        button.setChecked(following)
        button.setText("Following" if following else "Follow")
        button.setToolTip(
            "The view keeps the search's latest work in sight; press to stop that"
            if following
            else "Keep the search's latest work in sight again"
        )
        self._place_follow_button()

    def _place_follow_button(self) -> None:
        button = self.follow_button
        size = button.sizeHint()
        button.resize(size)
        button.move(self.width() - size.width() - 6, round(self.height() - (STRIP + size.height()) / 2))

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
        status = self.shown.status
        running = self.shown.live and status is not None and status.state == "running"
        return LIVE_FRAME_MS if running else FRAME_MS

    def _show_now(self) -> None:
        """What is seen has changed already; Qt makes one paint of all that ask for it."""
        self.update()
        self._wake()

    def _tick(self) -> None:
        self._ticked = now = self._clock()
        rebuilt = self.stage.stale and not self._held()
        if rebuilt:
            self.stage.rebuild(self._window(), now)
        panned, moved = self.stage.advance(self._window(), now), self._moving
        self._moving = self.stage.moving(now)
        if rebuilt or panned or moved or self._moving:  # `moved`: the end of a movement is a frame too
            self.update()
        self._tell_following()
        if self.stage.busy(now):
            self._timer.start(self._frame_ms())

    def _held(self) -> bool:
        """Whether a layout would move cards away from under the user's hands."""
        return False

    def _tell_following(self) -> None:
        going_on = self.shown.run is not None and self.shown.tree.finished is None
        self.follow_button.setVisible(going_on)
        if self.following != self._was_following:
            self._was_following = self.following
            self.following_changed.emit(self.following)
