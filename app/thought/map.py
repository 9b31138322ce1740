"""A thought as a bar: what each of its steps is for, where the answer first stood, and what came after.

A click goes to a step. It knows what it is given, no trace.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.plain_text import as_tool_tip
from app.theme import Theme, mix
from app.trace_text.look import function_colour
from engine.traces.functions import Function

BAR_PX = 11
FLAG_PX = 7
"""Height of what points at the answer, above the bar."""
LOOP_PX = 2
AFTER = 0.55
"""How much the steps after the answer are faded."""

Key = Qt.Key


class Segment(NamedTuple):
    """A step on the bar, in pixels."""

    left: float
    width: float
    function: Function | None
    late: bool
    """Whether it comes after the answer."""
    again: bool
    """Whether it is part of a loop."""


class ThoughtMap(QWidget):
    """Steps from left to right, each as wide as it is long."""

    step_chosen = Signal(int)
    """A step, from 0."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._ends: list[int] = []
        self._functions: Sequence[Function | None] = ()
        self._answer: int | None = None
        self._again: frozenset[int] = frozenset()
        self._segments: tuple[int, list[Segment]] = 0, []
        """For a width in pixels."""
        self._at: int | None = None
        self._tip: Callable[[int], str] = str
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(FLAG_PX + BAR_PX + LOOP_PX + 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_steps(
        self,
        lengths: Sequence[int],
        functions: Sequence[Function | None],
        answer: int | None,
        again: frozenset[int],
        tip: Callable[[int], str],
    ) -> None:
        """Steps by their lengths. `answer`: the step in which the answer first stood; `again`: steps of loops."""
        self._ends, self._functions = list(accumulate(lengths)), functions
        self._answer, self._again, self._tip = answer, again, tip
        self._segments = 0, []
        if self._at is not None and self._at >= len(self._ends):
            self._at = None
        self.update()

    def show_place(self, step: int | None) -> None:
        """Mark the step at which the user is."""
        self._at = step if step is None or step < len(self._ends) else None
        self.setAccessibleDescription("" if self._at is None else self._tip(self._at))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def step_at(self, x: float) -> int | None:
        """The step under a point; None where there is none."""
        if not self._ends or not 0 <= x < self.width():
            return None
        return min(bisect_right(self._ends, x / self.width() * self._ends[-1]), len(self._ends) - 1)

    def place_of(self, step: int) -> tuple[float, float]:
        """From where to where a step reaches, in pixels."""
        total = self._ends[-1] or 1
        start = self._ends[step - 1] if step else 0
        return start / total * self.width(), self._ends[step] / total * self.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self._theme.palette
        with QPainter(self) as painter:
            bar = QRectF(0, FLAG_PX, self.width(), BAR_PX)
            painter.fillRect(bar, palette.card)
            if not self._ends:
                return
            self._paint_steps(painter)
            if self._answer is not None:
                self._paint_answer(painter, self._answer)
            if self._at is not None:
                self._paint_place(painter, self._at)

    def _paint_steps(self, painter: QPainter) -> None:
        palette = self._theme.palette
        if self._segments[0] != self.width():
            self._segments = self.width(), list(self._cut())
        for segment in self._segments[1]:
            function = segment.function
            colour = palette.edge if function is None else function_colour(function, palette)
            ground = mix(colour, palette.background, AFTER) if segment.late else colour
            painter.fillRect(QRectF(segment.left, FLAG_PX, segment.width, BAR_PX), ground)
            if segment.again:
                painter.fillRect(QRectF(segment.left, FLAG_PX + BAR_PX + 1, segment.width, LOOP_PX), palette.bad)

    def _cut(self) -> Iterator[Segment]:
        """Of thousands of steps only as many as there are half pixels: the next that reaches so far is looked up."""
        right, step = -1.0, 0
        while step < len(self._functions):
            start, end = self.place_of(step)
            left = max(start, right)
            width = max(0.5, end - left - (1 if end - start > 3 else 0))
            late = self._answer is not None and step > self._answer
            yield Segment(left, width, self._functions[step], late, step in self._again)
            right = end
            step = max(step + 1, bisect_left(self._ends, (right + 0.5) / max(1, self.width()) * (self._ends[-1] or 1)))

    def _paint_answer(self, painter: QPainter, step: int) -> None:
        """A flag at the step's end, and hatching over what was thought after it."""
        palette, x = self._theme.palette, self.place_of(step)[1]
        after = QRectF(x, FLAG_PX, self.width() - x, BAR_PX)
        painter.fillRect(after, QBrush(palette.background, Qt.BrushStyle.BDiagPattern))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.principal)
        x = min(max(x, FLAG_PX - 1), self.width() - 1.0)
        painter.drawRect(QRectF(x - 1, 0, 2, FLAG_PX + BAR_PX))
        painter.drawPolygon(QPolygonF([QPointF(x, 0), QPointF(x - FLAG_PX - 1, FLAG_PX / 2), QPointF(x, FLAG_PX)]))

    def _paint_place(self, painter: QPainter, step: int) -> None:
        start, end = self.place_of(step)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.palette.text if self.hasFocus() else self._theme.palette.secondary)
        painter.drawRect(QRectF(start, FLAG_PX - 0.5, max(2.0, end - start - 1), BAR_PX))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = self.step_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and step is not None:
            self._choose(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._ends) - 1
        at = -1 if self._at is None else self._at
        ways = {Key.Key_Left: max(0, at - 1), Key.Key_Right: min(last, at + 1), Key.Key_Home: 0, Key.Key_End: last}
        if last >= 0 and event.key() in ways:
            self._choose(ways[Key(event.key())])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            step = self.step_at(event.pos().x())
            if step is not None:
                QToolTip.showText(event.globalPos(), as_tool_tip(self._tip(step)), self)
            return True
        return super().event(event)

    def _choose(self, step: int) -> None:
        self.show_place(step)
        self.step_chosen.emit(step)
