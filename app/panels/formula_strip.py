"""A strip over the iterations of a run that marks some of them; a click or an arrow key goes to one. Knows no tree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.language import tr
from app.theme import Theme

HEIGHT = 22
INSET = 4
"""Pixels around the bar."""
THINNEST = 2
"""Pixels of a mark."""

Whole = npt.NDArray[np.int64]


class IterationStrip(QWidget):
    """Iterations 1..m from left to right; those that are marked stand out."""

    chosen = Signal(int)
    """A marked iteration that the user pointed at."""

    def __init__(self, theme: Theme, name: str) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__()
        self._theme = theme
        self._marked: Whole = np.empty(0, np.int64)
        self._total = 0
        self._now = 0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def show_iterations(self, marked: Whole, total: int) -> None:
        """`marked`: their numbers from 1, ascending, each once; `total`: how many iterations there are."""
        self._marked, self._total = marked, total
        self.setAccessibleDescription(
            tr("{n} of {total} iterations are marked; arrow keys go from one to the next").format(
                n=len(marked), total=total
            )
        )
        self.update()

    def show_now(self, iteration: int) -> None:
        """Where the cursor is; 0 for nowhere."""
        if iteration != self._now:
            self._now = iteration
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    def x_of(self, iteration: int) -> float:
        """The left end of an iteration."""
        bar = self._bar()
        return bar.left() + bar.width() * (iteration - 1) / max(1, self._total)

    def nearest(self, x: float) -> int | None:
        """The marked iteration nearest to a point; None if none is marked."""
        if not len(self._marked):
            return None
        bar = self._bar()
        iteration = (x - bar.left()) / max(1.0, bar.width()) * self._total + 0.5
        return int(self._marked[np.argmin(np.abs(self._marked - iteration))])

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, bar = self._theme.palette, self._bar()
        with QPainter(self) as painter:
            painter.fillRect(bar, colours.border)
            width = max(THINNEST, bar.width() / max(1, self._total))
            for x in np.unique(np.round(self._lefts(bar), 0)):
                painter.fillRect(QRectF(x, bar.top(), min(width, bar.right() - x), bar.height()), colours.principal)
            if self._now:
                x = self.x_of(self._now) + bar.width() / max(1, self._total) / 2
                painter.fillRect(QRectF(x - 1, 0, 2, self.height()), colours.text)
            if self.hasFocus():
                painter.setPen(QPen(colours.accent, 1))
                painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.nearest(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.chosen.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        places = {
            keys.Key_Left: int(np.searchsorted(self._marked, self._now, "left")) - 1,
            keys.Key_Right: int(np.searchsorted(self._marked, self._now, "right")),
            keys.Key_Home: 0,
            keys.Key_End: len(self._marked) - 1,
        }
        place = places.get(keys(event.key()))
        if place is None:
            super().keyPressEvent(event)
        elif 0 <= place < len(self._marked):
            self.chosen.emit(int(self._marked[place]))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self.nearest(event.pos().x())
            words = tr("Iteration {number}").format(number=f"{found:,}") if found is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _bar(self) -> QRectF:
        return QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)

    def _lefts(self, bar: QRectF) -> npt.NDArray[np.float64]:
        """Where the marks begin."""
        return bar.left() + bar.width() * (self._marked - 1) / max(1, self._total)
