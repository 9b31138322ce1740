"""Moves the cursor of the run on screen: by hand, at most once a display frame, or by itself at a speed. No widget."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.models.shown_run import ShownRun

EVENTS_PER_SECOND = 8.0
"""Playing speed at 1×: a phase can be followed with the eye."""
SEEK_MS = 16
"""Milliseconds of a display frame."""
FIRST = 1
"""The first event founds the root; before it there is nothing to see."""


class Seeker(QObject):
    """A hand that moves the cursor stops the playing."""

    playing_changed = Signal()

    def __init__(self, shown: ShownRun, parent: QObject) -> None:
        super().__init__(parent)
        self._shown = shown
        self.speed = 1.0
        """Times EVENTS_PER_SECOND."""
        self._wanted: int | None = None
        self._frame = QTimer(self, singleShot=True, interval=SEEK_MS)
        self._frame.timeout.connect(self._seek_wanted)
        self._player = QTimer(self, interval=2 * SEEK_MS)
        self._player.timeout.connect(self._play_on)
        self._clock = QElapsedTimer()
        self._owed = 0.0
        shown.run_changed.connect(self._start_over)

    @property
    def target(self) -> int:
        """Where the cursor is, or will be within a frame."""
        return self._shown.cursor if self._wanted is None else self._wanted

    @property
    def playing(self) -> bool:
        return self._player.isActive()

    def move(self, cursor: int) -> None:
        """To this cursor, cut to what there is."""
        self.pause()
        if self._shown.total:
            self._wanted = max(FIRST, min(cursor, self._shown.total))
            if not self._frame.isActive():
                self._seek_wanted()

    def go_live(self) -> None:
        """To the last event, and on with whatever comes."""
        self.pause()
        self._wanted = None
        self._shown.go_live()

    def play(self) -> None:
        """From the cursor on; from the start if it stands at the end."""
        if self._shown.total > FIRST:
            if self._shown.cursor >= self._shown.total:
                self._shown.seek(FIRST)
            self._owed = 0.0
            self._clock.start()
            self._player.start()
            self.playing_changed.emit()

    def pause(self) -> None:
        """Stop playing."""
        if self.playing:
            self._player.stop()
            self.playing_changed.emit()

    def _start_over(self) -> None:
        self.pause()
        self._wanted = None

    def _seek_wanted(self) -> None:
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._frame.start()
            self._shown.seek(wanted)

    def _play_on(self) -> None:
        self._owed += self._clock.restart() / 1000 * EVENTS_PER_SECOND * self.speed
        events = int(self._owed)
        self._owed -= events
        if events:
            self._shown.seek(self._shown.cursor + events)
        if self._shown.cursor >= self._shown.total:
            self.pause()
