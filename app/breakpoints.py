"""The breakpoints of this user: remembered, told to every run, and said aloud when one is hit. Knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.banner import Notice
from app.language import tr
from app.models.shown_run import ShownRun
from app.run_controller import RunController
from app.session_controller import SessionController
from app.settings import Settings
from engine.breakpoints import Breakpoint, Hit

KEY = "breakpoint"
"""Key of the notice that a run stands at one."""


class Breakpoints(QObject):
    """A list of breakpoints, each in force or not."""

    changed = Signal()

    def __init__(self, shown: ShownRun, runs: RunController, sessions: SessionController, settings: Settings) -> None:
        super().__init__()
        self._shown, self._runs, self._sessions, self._settings = shown, runs, sessions, settings
        self._said: Hit | None = None
        runs.tasks_changed.connect(self._say)
        self._tell()

    @property
    def entries(self) -> list[tuple[Breakpoint, bool]]:
        """Each with whether it is in force, in the order in which they were added."""
        return self._settings.breakpoints

    def add(self, entry: Breakpoint) -> None:
        """One that is there already is put in force."""
        kept = [pair for pair in self.entries if pair[0] != entry]
        self._keep([*kept, (entry, True)])

    def replace(self, place: int, entry: Breakpoint) -> None:
        """Put another one in its place, in force."""
        entries = self.entries
        entries[place] = entry, True
        self._keep(entries)

    def remove(self, place: int) -> None:
        entries = self.entries
        del entries[place]
        self._keep(entries)

    def put_in_force(self, place: int, on: bool) -> None:
        entries = self.entries
        entries[place] = entries[place][0], on
        self._keep(entries)

    def _keep(self, entries: list[tuple[Breakpoint, bool]]) -> None:
        self._settings.breakpoints = entries
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Let the runs know those in force."""
        self._runs.break_at(tuple(entry for entry, on in self.entries if on))

    def _say(self) -> None:
        hit, run = self._runs.hit, self._runs.active
        if hit == self._said:
            return
        self._said = hit
        if hit is None or run is None:
            self._runs.notice_over.emit(KEY)
            return
        show = ((tr("Show"), lambda: self._show(run, hit)),)
        self._runs.notice.emit(Notice(tr("Paused: {why}").format(why=hit.words), "hint", show, key=KEY))

    def _show(self, run: int, hit: Hit) -> None:
        """Bring the run and the node to the screen: the user has asked for it."""
        if self._shown.run != run:
            self._sessions.show_run(run)
        self._shown.go_live()
        if hit.node is not None:
            self._shown.select(hit.node)
