"""The timeline: moves the cursor of the run on screen through its log, by hand or playing. Knows no tree."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout

from app.models.shown_run import ShownRun
from app.panels.lane_view import LaneView
from app.panels.panel import PanelWidget
from app.panels.phase_log import NO_PHASE, PhaseLog
from app.panels.texts import ElidedLabel
from app.theme import Theme, icon
from engine.events import PHASES

EVENTS_PER_SECOND = 8.0
"""Playing speed at 1×: a phase can be followed with the eye."""
SEEK_MS = 16
"""Milliseconds of a display frame."""
SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
FIRST = 1
"""The first event founds the root; before it there is nothing to see."""


class TimelinePanel(PanelWidget):
    """Transport buttons, phase lanes and scrubber. Seeks at most once a display frame, however fast the mouse is."""

    preferred_size = QSize(640, 130)

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.log = PhaseLog()
        self.lanes = LaneView(theme, self.log)
        self.where = ElidedLabel()
        self.speed = QComboBox()
        self._wanted: int | None = None
        self._seek_frame = QTimer(self)
        self._seek_frame.setSingleShot(True)
        self._seek_frame.setInterval(SEEK_MS)
        self._seek_frame.timeout.connect(self._seek_wanted)
        self._player = QTimer(self)
        self._player.setInterval(2 * SEEK_MS)
        self._player.timeout.connect(self._play_on)
        self._clock = QElapsedTimer()
        self._owed = 0.0
        self._build()
        shown.run_changed.connect(self._start_over)
        shown.cursor_moved.connect(self.mark_stale)
        shown.live_changed.connect(self.mark_stale)
        self.lanes.sought.connect(self._move_by_hand)
        self.lanes.wheeled.connect(lambda notches: self._move_by_hand(self._target() + notches))

    # for actions and buttons

    def first(self) -> None:
        self._move_by_hand(FIRST)

    def previous_event(self) -> None:
        self._move_by_hand(self._target() - 1)

    def next_event(self) -> None:
        self._move_by_hand(self._target() + 1)

    def previous_iteration(self) -> None:
        """To the end of the iteration before, or to the first event."""
        self._read_log()
        self._move_by_hand(self.log.end_before(self._target()) or FIRST)

    def next_iteration(self) -> None:
        """To the next end of an iteration, or to the last event."""
        self._read_log()
        self._move_by_hand(self.log.end_after(self._target()) or self.shown.total)

    def last(self) -> None:
        self._move_by_hand(self.shown.total)

    def go_live(self) -> None:
        """To the last event, and on with whatever comes."""
        self.pause()
        self.shown.go_live()
        self.mark_stale()

    def toggle_play(self) -> None:
        """Play the log from the cursor; from the start if it stands at the end."""
        if self.playing:
            self.pause()
        elif self.shown.total > FIRST:
            if self.shown.cursor >= self.shown.total:
                self.shown.seek(FIRST)
            self._owed = 0.0
            self._clock.start()
            self._player.start()
            self._show_playing()

    def pause(self) -> None:
        """Stop playing."""
        if self.playing:
            self._player.stop()
            self._show_playing()

    @property
    def playing(self) -> bool:
        return self._player.isActive()

    # showing

    def refresh(self) -> None:
        self._read_log()
        cursor, total = self.shown.cursor, self.shown.total
        self.lanes.show_log(self.log, cursor)
        words = f"event {cursor:,} / {total:,} · iteration {self.log.iteration_at(cursor):,}"
        phase = self.log.phase_at(cursor)
        self.where.setText(words if phase == NO_PHASE else f"{words} · {PHASES[phase]}")
        self.where.setToolTip(self.where.text())
        self._show_live(self.shown.live)
        self.say("" if total else "No run yet. Press Ctrl+N to start one; its events can be replayed here.")

    def restyle(self) -> None:
        self.where.setFont(self.theme.mono_font())
        self.lanes.updateGeometry()
        self._light_live_button()
        super().restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[str, Callable[[], None]] = {
            ",": self.previous_event,
            ".": self.next_event,
            "<": self.previous_iteration,
            ">": self.next_iteration,
            "L": self.go_live,
        }
        special: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: self.previous_event,
            Qt.Key.Key_Right: self.next_event,
            Qt.Key.Key_Home: self.first,
            Qt.Key.Key_End: self.last,
        }
        act = keys.get(event.text()) or special.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _build(self) -> None:
        self._play_button = self._button("play", "Play", self.toggle_play)
        self._live_button = self._button("live", "Live: follow the run", self.go_live)
        self._live_button.setCheckable(True)
        self._live_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._light_live_button()
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.speed.setAccessibleName("Playing speed")
        self.speed.setToolTip("Playing speed")
        self.where.setFont(self.theme.mono_font())
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self._button("first", "First event (Home)", self.first))
        row.addWidget(self._button("previous", "Previous event (,)", self.previous_event))
        row.addWidget(self._play_button)
        row.addWidget(self._button("next", "Next event (.)", self.next_event))
        row.addWidget(self._button("last", "Last event (End)", self.last))
        row.addWidget(self._live_button)
        row.addSpacing(8)
        row.addWidget(self.where, 1)
        row.addWidget(self.speed)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(6, 4, 6, 4)
        column.addLayout(row)
        column.addWidget(self.lanes, 1)

    def _button(self, name: str, words: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(self.theme, name))
        button.setIconSize(QSize(16, 16))
        button.setAutoRaise(True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: act())
        return button

    def _show_playing(self) -> None:
        words = "Pause playing" if self.playing else "Play"
        self._play_button.setIcon(icon(self.theme, "pause" if self.playing else "play"))
        self._play_button.setToolTip(words)
        self._play_button.setAccessibleName(words)

    def _show_live(self, live: bool) -> None:
        self._live_button.setChecked(live)
        self._live_button.setText("● Live" if live else "○ Live")
        self._live_button.setToolTip("Following the run (L)" if live else "Go to the end and follow the run (L)")

    def _light_live_button(self) -> None:
        colours = self.theme.palette
        self._live_button.setStyleSheet(
            "QToolButton { border: 0; border-radius: 4px; padding: 2px 6px }"
            f"QToolButton:checked {{ background: {colours.accent.name()}; color: {colours.on_accent.name()} }}"
            f"QToolButton:focus {{ border: 1px solid {colours.text.name()} }}"
        )

    def _read_log(self) -> None:
        """Take in events that came; a log that got shorter (its end did not fit the tree) is read anew."""
        if len(self.log) > self.shown.total:
            self.log = PhaseLog()
        self.log.extend(self.shown.records[len(self.log) :])

    def _start_over(self) -> None:
        self.pause()
        self.log = PhaseLog()
        self._wanted = None
        self.mark_stale()

    # moving

    def _target(self) -> int:
        """Where the cursor is, or will be within a frame."""
        return self.shown.cursor if self._wanted is None else self._wanted

    def _move_by_hand(self, cursor: int) -> None:
        self.pause()
        if self.shown.total:
            self._wanted = max(FIRST, min(cursor, self.shown.total))
            if not self._seek_frame.isActive():
                self._seek_wanted()
        self.mark_stale()

    def _seek_wanted(self) -> None:
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._seek_frame.start()
            self.shown.seek(wanted)

    def _play_on(self) -> None:
        self._owed += self._clock.restart() / 1000 * EVENTS_PER_SECOND * float(self.speed.currentData())
        events = int(self._owed)
        self._owed -= events
        if events:
            self.shown.seek(self.shown.cursor + events)
        if self.shown.cursor >= self.shown.total:
            self.pause()
