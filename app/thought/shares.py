"""What a thought's characters are for, as a bar of shares with words in it. A click filters. Knows no trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.language import mark, tr
from app.plain_text import as_tool_tip
from app.theme import Theme, mix
from app.trace_text.look import FUNCTION_SIGNS, TINT, chip_font, function_colour
from app.words.functions import function_words
from engine.traces.functions import FUNCTIONS, Function

HEIGHT = 18
LEAST_PX = 18
"""Of a function that the thought has at all: its sign must fit."""
NO_FUNCTION = mark("no function")
FILTER_TIP = mark("Click to show these steps alone; click again to show all.")

Key = Qt.Key


class FunctionShares(QWidget):
    """A segment for each function that the thought has, in the order of the functions."""

    function_toggled = Signal(object)
    """Function or None."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._shares: Sequence[tuple[Function | None, float]] = ()
        self._wanted: frozenset[Function | None] = frozenset()
        self._at = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_shares(self, shares: Mapping[Function | None, float], wanted: frozenset[Function | None]) -> None:
        """Shares of all characters, in [0, 1]. `wanted`: the functions that are shown alone; none: all."""
        order: tuple[Function | None, ...] = (*FUNCTIONS, None)
        self._shares = [(function, shares[function]) for function in order if shares.get(function)]
        self._wanted = wanted
        self._at = min(self._at, max(0, len(self._shares) - 1))
        self.setAccessibleDescription(", ".join(words_of(*entry) for entry in self._shares))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def segments(self) -> list[QRectF]:
        """Where each share is, in pixels."""
        count = len(self._shares)
        room = max(0.0, self.width() - LEAST_PX * count)
        left, found = 0.0, []
        for _, share in self._shares:
            width = LEAST_PX + share * room
            found.append(QRectF(left, 1, width - 2, HEIGHT - 2))
            left += width
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(chip_font(self._theme))
            for number, ((function, share), place) in enumerate(zip(self._shares, self.segments(), strict=True)):
                self._paint(painter, function, share, place, at=self.hasFocus() and number == self._at)

    def _paint(self, painter: QPainter, function: Function | None, share: float, place: QRectF, at: bool) -> None:
        palette = self._theme.palette
        colour = palette.edge if function is None else function_colour(function, palette)
        quiet = bool(self._wanted) and function not in self._wanted
        painter.setBrush(mix(palette.background, colour, TINT / 3 if quiet else TINT))
        painter.setPen(
            QPen(palette.text if at else colour, 1.6) if at or function in self._wanted else Qt.PenStyle.NoPen
        )
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(palette.faint if quiet else palette.text)
        metrics = QFontMetricsF(painter.font())
        sign = FUNCTION_SIGNS[function] if function is not None else "·"
        texts = (f"{sign} {words_of(function, share)}", f"{sign} {share:.0%}", sign)
        fitting = next((text for text in texts if metrics.horizontalAdvance(text) <= place.width() - 6), sign)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, fitting)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._number_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._at = number
            self.function_toggled.emit(self._shares[number][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._shares and event.key() in (Key.Key_Left, Key.Key_Right):
            way = 1 if event.key() == Key.Key_Right else -1
            self._at = (self._at + way) % len(self._shares)
            self.update()
        elif self._shares and event.key() in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
            self.function_toggled.emit(self._shares[self._at][0])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            number = self._number_at(event.pos().x())
            if number is not None:
                words = f"{words_of(*self._shares[number])}\n{tr(FILTER_TIP)}"
                QToolTip.showText(event.globalPos(), as_tool_tip(words), self)
            return True
        return super().event(event)

    def _number_at(self, x: float) -> int | None:
        return next(
            (number for number, place in enumerate(self.segments()) if place.left() <= x <= place.right()), None
        )


def words_of(function: Function | None, share: float) -> str:
    """`compute 45%`."""
    return f"{function_word(function)} {share:.0%}"


def function_word(function: Function | None) -> str:
    """What a person calls it."""
    return function_words(function) if function is not None else tr(NO_FUNCTION)
