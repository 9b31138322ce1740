"""The row above the timeline: buttons, where the cursor is, the time range, scale and speed. Knows no run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from app.icons import icon
from app.language import mark, tr
from app.panels.texts import ElidedLabel
from app.panels.time_axis import Scale
from app.theme import Theme

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0)
SCALES: dict[Scale, str] = {"events": mark("by event"), "time": mark("by time")}


ROOMY_PX = 560
"""A narrower row has no room for the scale: where the cursor is matters more."""
NARROW_PX = 330
"""And one narrower than this has none for the speed, which keys change, too."""


class Moves(Protocol):
    """What the buttons ask for."""

    def first(self) -> None: ...
    def previous_event(self) -> None: ...
    def toggle_play(self) -> None: ...
    def next_event(self) -> None: ...
    def last(self) -> None: ...
    def go_live(self) -> None: ...
    def clear_range(self) -> None: ...


class WhereLabel(ElidedLabel):
    """Where the cursor is; in fewer words where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self._shorter: tuple[str, ...] = ()

    def show_words(self, words: str, *shorter: str) -> None:
        """`words`, or the first of `shorter` for which there is room."""
        self._shorter = shorter
        self.setText(words)
        self.setToolTip(words)
        self.update()

    def fitting(self) -> str:
        """What there is room for; nothing else than the last resort is cut off."""
        metrics, every = self.fontMetrics(), (self.text(), *self._shorter)
        fits = (words for words in every if metrics.horizontalAdvance(words) <= self.width())
        return next(fits, metrics.elidedText(every[-1], Qt.TextElideMode.ElideRight, self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.fitting())


class TransportBar(QWidget):
    """Says what is asked of it and shows what it is told."""

    def __init__(self, theme: Theme, moves: Moves) -> None:
        super().__init__()
        self._theme = theme
        self.where = WhereLabel()
        self.play = self._button("play", tr("Play"), moves.toggle_play)
        self.live = self._button("live", tr("Live: follow the run"), moves.go_live)
        self.live.setCheckable(True)
        self.live.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.range = self._button("", tr("Let the whole run count again in plots and tables"), moves.clear_range)
        self.range.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.range.hide()
        self.scale = self._choice(tr("Scale of the time axis"))
        for scale, words in SCALES.items():
            self.scale.addItem(tr(words), scale)
        self.speed = self._choice(tr("Playing speed"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self._lay_out(moves)
        self.restyle()

    def show_playing(self, playing: bool) -> None:
        words = tr("Pause playing") if playing else tr("Play")
        self.play.setIcon(icon(self._theme, "pause" if playing else "play"))
        self.play.setToolTip(words)
        self.play.setAccessibleName(words)

    def show_live(self, live: bool) -> None:
        self.live.setChecked(live)
        self.live.setText(tr("● Live") if live else tr("○ Live"))
        self.live.setToolTip(tr("Following the run (L)") if live else tr("Go to the end and follow the run (L)"))

    def show_range(self, words: str) -> None:
        """A chip that says what plots and tables are narrowed to; none for empty words."""
        self.range.setText(f"{words}  ×")
        self.range.setAccessibleName(words)
        self.range.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scale.setVisible(event.size().width() >= ROOMY_PX)
        self.speed.setVisible(event.size().width() >= NARROW_PX)

    def restyle(self) -> None:
        colours = self._theme.palette
        self.where.setFont(self._theme.mono_font())
        self.live.setStyleSheet(
            "QToolButton { border: 0; border-radius: 4px; padding: 2px 6px }"
            f"QToolButton:checked {{ background: {colours.accent.name()}; color: {colours.on_accent.name()} }}"
            f"QToolButton:focus {{ border: 1px solid {colours.text.name()} }}"
        )
        self.range.setStyleSheet(
            f"QToolButton {{ border: 1px solid {colours.accent.name()}; border-radius: 8px; padding: 1px 7px }}"
            f"QToolButton:focus {{ border-color: {colours.text.name()} }}"
        )

    def _lay_out(self, moves: Moves) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._button("first", tr("First event (Home)"), moves.first))
        row.addWidget(self._button("previous", tr("Previous event (,)"), moves.previous_event))
        row.addWidget(self.play)
        row.addWidget(self._button("next", tr("Next event (.)"), moves.next_event))
        row.addWidget(self._button("last", tr("Last event (End)"), moves.last))
        row.addWidget(self.live)
        row.addSpacing(8)
        row.addWidget(self.where, 1)
        for widget in (self.range, self.scale, self.speed):
            row.addWidget(widget)

    def _button(self, name: str, words: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        if name:
            button.setIcon(icon(self._theme, name))
        button.setIconSize(QSize(16, 16))
        button.setAutoRaise(True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: act())
        return button

    def _choice(self, words: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(words)
        box.setToolTip(words)
        return box
