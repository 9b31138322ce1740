"""Moves the viewport gently, and follows the search until the user looks somewhere else. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.canvas.viewport import MARGIN, Viewport

APPROACH = 0.35
"""Share of the remaining way that is covered in a frame."""
ARRIVED = 0.5
"""Pixels that are not worth another frame."""
FOLLOW_EVERY = 0.35
"""Seconds between two changes of direction: a fast search jumps from branch to branch, the view must not."""
SMALLEST_AT_HOME = 0.62
"""Text can be read down to this scale; a first look is not smaller."""


class Camera:
    """A viewport that can be on its way. Rectangles are in scene coordinates, `window` is the size of the widget."""

    def __init__(self) -> None:
        self.viewport = Viewport()
        self.following = True
        self.at_home = True
        """Whether the view is still the one that `home` chose."""
        self._way = QPointF()
        self._turned = float("-inf")

    @property
    def resting(self) -> bool:
        return self._way.isNull()

    def step(self, animated: bool = True) -> bool:
        """One frame further; whether the view moved."""
        if self.resting:
            return False
        self.at_home = False
        share = APPROACH if animated and self._way.manhattanLength() > ARRIVED else 1.0
        self.viewport.x += self._way.x() * share
        self.viewport.y += self._way.y() * share
        self._way *= 1 - share
        return True

    def home(self, views: Sequence[QRectF], window: QSizeF) -> None:
        """The first look at a run: the first of `views` that can be read; the last one is a card, shown at the left."""
        self._stop()
        self.at_home = True
        for view in views[:-1]:
            self.viewport.fit(view, window)
            if self.viewport.scale >= SMALLEST_AT_HOME:
                return
        self.viewport.scale = 1.0
        self.viewport.x = MARGIN - views[-1].x()
        self.viewport.y = window.height() / 2 - views[-1].center().y()

    def fit(self, rect: QRectF, window: QSizeF) -> None:
        self._stop()
        self.viewport.fit(rect, window)

    def zoom(self, factor: float, at: QPointF) -> None:
        self._stop()
        self.viewport.zoom(factor, at)

    def pan(self, dx: float, dy: float, whole: QRectF, window: QSizeF) -> None:
        """The user moves the view and so stops following."""
        self._stop()
        self.following = False
        self.viewport.pan(dx, dy, whole, window)

    def keep_middle(self, before: QSizeF, window: QSizeF) -> None:
        """After a resize, what was in the middle of the window is in the middle again."""
        self.viewport.x += (window.width() - before.width()) / 2
        self.viewport.y += (window.height() - before.height()) / 2

    def reveal(self, rect: QRectF, window: QSizeF) -> None:
        """Glide until `rect` can be seen."""
        self._way = self.viewport.way_into_view(rect, window)

    def follow(self, whole: QRectF, action: QRectF, window: QSizeF, now: float) -> bool:
        """Keep everything in view if there is room, otherwise where the action is; False if it is too early to turn."""
        if not self.following or now - self._turned < FOLLOW_EVERY:
            return False
        self._turned = now
        seen = self.viewport.to_screen(whole)
        fits = seen.width() < window.width() - 2 * MARGIN and seen.height() < window.height() - 2 * MARGIN
        self.reveal(whole if fits else action, window)
        self._way = self.viewport.way_within(self._way, whole.united(action), window)
        return True

    def _stop(self) -> None:
        self._way = QPointF()
        self.at_home = False
