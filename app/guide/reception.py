"""Who comes in: the welcome page, the guided tour, and what is dropped onto the window. Connects them to its parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.banner import Notice
from app.guide.samples import Sample, own_copy
from app.guide.welcome import WelcomePage
from app.language import mark, tr
from app.output.drops import Drops
from storage.errors import SessionError

if TYPE_CHECKING:
    from app.guide.tour import Tour
    from app.main_window import MainWindow

FIRST_SEARCH = mark(
    "Below, a small model looks for 24 from 4, 9, 10 and 13; each card is a step it wrote. Space pauses it."
)

FIRST_RESULT = mark("Below, a small model has looked for 24 from 4, 9, 10 and 13; each card is a step it wrote.")


class Reception(QObject):
    """Of one window, which it is a child of."""

    def __init__(self, window: MainWindow, page: WelcomePage) -> None:
        super().__init__(window)
        self._window, self._parts, self._page = window, window.parts, page
        self.tour: Tour | None = None
        self._first: Path | None = None
        """The session of the first search, while the page speaks of it."""
        self.drops = Drops(window, self._parts.sessions.open, self._parts.imports.open, window.dialogs.new_run_on)
        self.drops.notice.connect(window.banner.say)
        page.sample_chosen.connect(self.open_sample)
        page.file_chosen.connect(self._parts.sessions.open)
        page.new_run_wanted.connect(window.dialogs.new_run)
        page.open_wanted.connect(window.dialogs.open_file)
        page.tour_wanted.connect(self.take_tour)
        for signal in (self._parts.sessions.changed, self._parts.runs.changed):
            signal.connect(self._keep_hint_true)

    def welcome(self, first: bool = False) -> None:
        """Show the page; on a first start it says what is going on below it."""
        here = self._parts.sessions.path
        others = [path for path in self._parts.settings.recent_files if path != here]
        self._first = here if first else None
        self._page.open(tr(FIRST_SEARCH) if first else "", others)

    def _keep_hint_true(self) -> None:
        """What is said of the first search changes when it is over, or when something else is on screen."""
        if self._first is None:
            return
        if self._parts.sessions.path != self._first:
            self._first = None
            self._page.say("")
        elif self._parts.shown.tree.finished is not None:
            self._page.say(tr(FIRST_RESULT))

    def open_sample(self, sample: Sample) -> None:
        """Open the user's own copy of a sample."""
        try:
            self._parts.sessions.open(own_copy(sample, self._parts.sessions.folder))
        except (OSError, SessionError) as error:
            self._say_no_copy(error)

    def take_tour(self) -> None:
        """Lead through the window; one tour at a time."""
        from app.guide.tour import Tour

        if self.tour is not None:
            return
        self._page.hide()
        self.tour = Tour(self._window)
        self.tour.ended.connect(self._tour_over)
        try:
            self.tour.start()
        except (OSError, SessionError) as error:
            self.tour.end()
            self._say_no_copy(error)

    def _tour_over(self) -> None:
        self.tour = None

    def _say_no_copy(self, error: OSError | SessionError) -> None:
        self._window.banner.say(Notice(tr("The sample cannot be copied: {error}").format(error=error)))
