"""The guided tour: leads through the real window, stop by stop, and puts everything back. Knows no stop's content.

A callout stands beside the part of the window that a stop is about, with a frame round it. Nothing is blocked: whoever
clicks elsewhere meanwhile may do so. What there is to see is in `app.guide.tour_stops`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.guide.callout import Callout, Frame
from app.guide.samples import own_copy
from app.guide.tour_stops import STOPS, Stop
from app.language import tr
from app.session_controller import SessionController

if TYPE_CHECKING:
    from app.main_window import MainWindow

GAP = 10
"""Pixels between a callout and what it is about."""


class Tour(QObject):
    """One walk through the window. Made anew for each."""

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._here = -1
        self._before = _Before(window)
        self._copies: dict[str, Path] = {}
        """The user's copies of the samples, by their ids."""
        self._open: Path | None = None
        """The copy that the tour opened last."""
        self._frame = Frame(window.parts.theme, window)
        self.callout = Callout(window.parts.theme, window)
        self.callout.moved.connect(self._move)
        self.callout.end_wanted.connect(self.end)
        self._escape = QShortcut(QKeySequence("Esc"), window)
        self._escape.activated.connect(self.end)
        self._place_soon = QTimer(self, singleShot=True, interval=0)
        self._place_soon.timeout.connect(self._place)
        window.installEventFilter(self)

    @property
    def stop(self) -> Stop | None:
        """Where the tour stands; None before it has begun."""
        return STOPS[self._here] if self._here >= 0 else None

    def start(self) -> None:
        """Begin once the first stop's sample is open. Raises OSError or SessionError if a sample cannot be copied."""
        folder = self._window.parts.sessions.folder
        self._copies = {stop.sample.id: own_copy(stop.sample, folder) for stop in STOPS}
        self._go(0)

    def end(self) -> None:
        """Take everything back: session, run, moment, selection, panels."""
        self._here = -1
        self._escape.setEnabled(False)
        self._window.removeEventFilter(self)
        self.callout.hide()
        self._frame.hide()
        self._before.restore()
        self.ended.emit()
        for made in (self.callout, self._frame, self._escape, self):
            made.deleteLater()

    def _move(self, by: int) -> None:
        if self._here + by >= len(STOPS):
            self.end()
        else:
            self._go(max(0, self._here + by))

    def _go(self, place: int) -> None:
        """To a stop, once its sample is open."""
        self._here = place
        sessions, copy = self._window.parts.sessions, self._copies[STOPS[place].sample.id]
        if copy != self._open:
            sessions.open(copy)
        _when_open(sessions, copy, lambda: self._arrive(place, copy))

    def _arrive(self, place: int, copy: Path) -> None:
        if place != self._here:  # the user was faster than the file
            return
        if copy != self._open:
            self._open = copy
            self._window.parts.sessions.show_run(1)
        STOPS[place].act(self._window)
        self.callout.say(tr(STOPS[place].title), tr(STOPS[place].text), place, len(STOPS))
        self._place_soon.start()  # panels that were just brought out have their size only then

    def _place(self) -> None:
        """Frame what the stop is about, and put the callout where it hides the least of it."""
        if self._here < 0:
            return
        target = STOPS[self._here].target(self._window)
        spot = _place_in(self._window, target)
        self._frame.surround(spot)
        self.callout.adjustSize()
        self.callout.move(beside(spot, self.callout.size().width(), self.callout.size().height(), self._window.rect()))
        self.callout.show()
        self.callout.raise_()
        self.callout.next.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place_soon.start()
        return super().eventFilter(watched, event)


class _Before:
    """How the window was."""

    def __init__(self, window: MainWindow) -> None:
        shown, runs = window.parts.shown, window.parts.runs
        self._window = window
        self._path: Path | None = window.parts.sessions.path
        self._run, self._selected = shown.run, shown.selected
        self._cursor = None if shown.live else shown.cursor
        self._ran = runs.active is not None and runs.state != "stopping"
        self._paused = runs.state == "paused"
        self._panels = window.saveState()

    def restore(self) -> None:
        """Open again what was open; a run that the tour had to stop goes on."""
        sessions = self._window.parts.sessions
        self._window.restoreState(self._panels)
        if self._path is None or not self._path.exists():  # an empty working file goes when it is left
            sessions.new_session()
        else:
            _when_open(sessions, self._path, self._look_back)
            sessions.open(self._path)

    def _look_back(self) -> None:
        shown, sessions = self._window.parts.shown, self._window.parts.sessions
        if self._run is not None and self._run != shown.run:
            sessions.show_run(self._run)
        if self._cursor is not None:
            shown.seek(self._cursor)
        shown.select(self._selected)
        if self._ran and sessions.can_go_on():
            sessions.go_on(self._paused)


def _when_open(sessions: SessionController, path: Path, then: Callable[[], None]) -> None:
    """Call `then` once, as soon as the session at `path` is the open one: a run under way is stopped before."""

    def look() -> None:
        if sessions.path == path:
            sessions.changed.disconnect(look)
            then()

    sessions.changed.connect(look)
    look()


def beside(spot: QRect, width: int, height: int, window: QRect) -> QPoint:
    """Where a callout of this size goes: right of the spot, left, below or above it, else inside it, in the window."""
    room = window.adjusted(GAP, GAP, -GAP, -GAP)
    across = spot.top() + (spot.height() - height) // 2
    along = spot.left() + (spot.width() - width) // 2
    for left, top in (
        (spot.right() + GAP, across),
        (spot.left() - GAP - width, across),
        (along, spot.bottom() + GAP),
        (along, spot.top() - GAP - height),
    ):
        box = _moved_into(QRect(left, top, width, height), room)
        if not box.intersects(spot):
            return box.topLeft()
    return _moved_into(QRect(spot.right() - width - GAP, spot.top() + GAP, width, height), room).topLeft()


def _moved_into(box: QRect, room: QRect) -> QRect:
    left = max(room.left(), min(box.left(), room.right() - box.width()))
    top = max(room.top(), min(box.top(), room.bottom() - box.height()))
    return QRect(QPoint(left, top), box.size())


def _place_in(window: QWidget, target: QWidget) -> QRect:
    """A widget's rectangle in the window; the whole window for one that is not to be seen in it."""
    if not target.isVisible() or target.window() is not window:
        return window.rect()
    return QRect(target.mapTo(window, QPoint(0, 0)), target.size())
