"""A second run of the session, read only, beside the one on screen: its log, and a cursor that may be linked.

Knows no widget.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.compare import Link, linked_cursor
from app.models.shown_run import ShownRun
from app.run_controller import RunController
from app.session_controller import SessionController
from engine.tree import TreeError

KEEP_UP_MS = 500
"""Milliseconds between two readings of a run that is under way."""


class OtherRun(QObject):
    """At most one at a time. Its `shown` is a ShownRun like the one on screen; what is selected in it is its own."""

    changed = Signal()
    """Another run, or its tree or selection is another."""

    def __init__(
        self, main: ShownRun, runs: RunController, sessions: SessionController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.shown = ShownRun(self)
        self._main, self._runs, self._sessions = main, runs, sessions
        self.link: Link = "iteration"
        """What of both runs is the same when this one follows."""
        self._path = sessions.path
        self._reading = QTimer(self, interval=KEEP_UP_MS)
        self._reading.timeout.connect(self._keep_up)
        runs.changed.connect(self._watch)
        sessions.changed.connect(self._on_session)
        for signal in (self.shown.run_changed, self.shown.tree_changed, self.shown.selection_changed):
            signal.connect(lambda *_: self.changed.emit())

    @property
    def run(self) -> int | None:
        return self.shown.run

    def show(self, run: int | None) -> None:
        """Read a run of the session, or none. One that makes no sense is shown as none."""
        try:
            self.shown.show(run, () if run is None else self._sessions.records_of(run))
        except TreeError:
            self.shown.show(None, ())
        self._watch()

    def follow(self) -> None:
        """Bring the cursor to where it belongs by the link."""
        if self.run is None or self.link == "none":
            return
        here, there = (run.history.log.moments["iteration"] for run in (self._main, self.shown))
        cursor = linked_cursor(self._main.cursor, here, there, self.link)
        if cursor is not None and cursor != self.shown.cursor:
            self.shown.seek(cursor)

    def _on_session(self) -> None:
        if self._sessions.path != self._path:
            self._path = self._sessions.path
            self.show(None)

    def _watch(self) -> None:
        """Read on only while there is something to come."""
        if self.run is not None and self._runs.active == self.run:
            self._reading.start()
        elif self._reading.isActive():
            self._reading.stop()
            self._keep_up()

    def _keep_up(self) -> None:
        if self.run is not None:
            self.shown.append(self._sessions.records_of(self.run, self.shown.total))
