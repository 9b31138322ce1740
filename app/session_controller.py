"""The open session: which file it is, which of its runs is shown, and how runs are added to it. Knows no widget.

Everything is saved from the first event on: what has no name yet lives in a working file of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Qt, Signal

from app.banner import Notice
from app.keeping import keep_event
from app.language import tr
from app.models.shown_run import ShownRun
from app.plans import FIRST_PLAN, is_cut_short, next_plan, with_unused_seed
from app.run_controller import REFUSAL, RunController
from app.run_reader import LOST, RunReader
from app.session_copies import COPIED, SessionCopies, why_none_kept
from app.session_opener import READ_ONLY, SessionOpener, read_only_notice
from app.settings import Settings
from app.working_files import WorkingFiles
from engine.commands import RunPlan
from engine.events import AnyEvent, Record
from engine.search import told_settings
from storage.errors import DamagedLogError, SessionError
from storage.runs import RunInfo
from storage.session import SUFFIX, Session

STORAGE = "storage"
"""Key of the notice that writing fails."""


class SessionController(QObject):
    """One session at a time, always open after `begin`."""

    changed = Signal()
    """Another session, another shown run, or another list of runs."""
    started = Signal(str)
    """A new run, with the search of this name."""
    notice = Signal(object)
    """Notice: something the user must know."""
    notice_over = Signal(str)
    save_as_wanted = Signal()
    _write_failed = Signal(str)  # the writer's thread speaks through these two
    _written = Signal()

    def __init__(
        self, shown: ShownRun, runs: RunController, settings: Settings, folder: Path, parent: QObject | None = None
    ) -> None:
        """`folder` is where working files live; it is made when it is needed."""
        super().__init__(parent)
        self._files = WorkingFiles(folder)
        self.copies = SessionCopies(self._files, self.open, self)
        self.opener = SessionOpener(runs.when_idle, self)
        self._reader = RunReader(shown, self)
        self._reader.shown.connect(self.changed)
        self._reader.save_as_wanted.connect(self.save_as_wanted)
        for speaker in (self.copies, self.opener, self._reader):
            speaker.notice.connect(self.notice)
            speaker.notice_over.connect(self.notice_over)
        self._shown = shown
        self._runs = runs
        self._settings = settings
        self._session: Session | None = None
        self._wanted: int | None = None  # the run that was to be shown last
        self._write_failed.connect(self._on_write_failed, Qt.ConnectionType.QueuedConnection)
        self._written.connect(lambda: self.notice_over.emit(STORAGE), Qt.ConnectionType.QueuedConnection)
        runs.ended.connect(lambda _: self.changed.emit())

    @property
    def name(self) -> str:
        """For the title of the window."""
        return self._session.path.stem if self._session else ""

    @property
    def session(self) -> Session | None:
        """The open session, for whoever adds a run beside the one on screen."""
        return self._session

    @property
    def path(self) -> Path | None:
        return self._session.path if self._session else None

    @property
    def folder(self) -> Path:
        """Where sessions live that have no name of their own."""
        return self._files.folder

    @property
    def writable(self) -> bool:
        return self._session is not None and not self._session.read_only

    def why_not_write(self) -> str:
        """Why nothing can be added to the session, as a sentence; empty if something can."""
        return "" if self.writable else tr("This session cannot be written to: save it under another name first.")

    @property
    def runs(self) -> Sequence[RunInfo]:
        return self._session.runs() if self._session else ()

    @property
    def shown_info(self) -> RunInfo | None:
        """The run on screen, as the list of runs knows it."""
        return self._session.find(self._shown.run) if self._session else None

    def begin(self, path: Path | None) -> bool:
        """Open what the user named, else what was open last; the very first time, run a first search and say True."""
        recent = self._settings.recent_files
        if path is not None or recent:
            self.open(path if path is not None else recent[0])
        if self._session is None:
            self._new_session()
        first = path is None and not recent
        if first:
            self.start(FIRST_PLAN)
        return first

    def new_session(self) -> None:
        """An empty session in a working file, once the run under way has been stopped."""
        self.opener.cancel()
        self._runs.when_idle(self._new_session)

    def open(self, path: Path, then: Callable[[], None] = lambda: None) -> None:
        """Open a session file, stop the run under way, and call `then`; if it cannot be opened, the old one stays."""
        if path.absolute() == self.path:
            self.opener.cancel()
            then()
        else:
            self.opener.open(path, lambda session: self._show_opened(session, then))

    def show_run(self, run: int) -> None:
        """Put a run of this session on the screen, at its end."""
        if self._session is not None:
            self._wanted = run
            self._reader.show(self._session, run)

    def records_of(self, run: int, after: int = 0) -> list[Record]:
        """The events of a run of this session after its first `after`, up to damage; none if there is no such run."""
        if self._session is None or run not in {info.id for info in self.runs}:
            return []
        try:
            return self._session.records(run, after)
        except DamagedLogError as error:
            return list(error.good)

    def start(self, plan: RunPlan, paused: bool = False) -> None:
        """Add a run to the session and begin it, once the run under way has been stopped."""
        self._runs.when_idle(lambda: self._start(plan, paused))

    def run_again(self, search: str) -> None:
        """Run the last plan with this strategy, and with a seed that this session has not seen for it."""
        self.start(with_unused_seed(self.next_plan(search), (info.plan for info in self.runs)))

    def next_plan(self, search: str = "") -> RunPlan:
        """What the user ran last, or what a first start runs; with another strategy its settings are the defaults."""
        return next_plan(self._settings.last_plan, search)

    def can_go_on(self) -> bool:
        """Whether the run on screen was interrupted or stopped, and may be continued."""
        return self._may_go_on(self._shown.run)

    def will_go_on(self) -> bool:
        """The same of the run that is just being read and will be on screen."""
        return self._shown.is_awaited and self._may_go_on(self._wanted)

    def go_on(self, paused: bool = False) -> None:
        """Continue the run on screen from its log."""
        if self.can_go_on():
            self._resume(paused)

    def open_again(self) -> None:
        """Put the run on screen back under way, in pause, however it ended: a person wants to change its tree."""
        if self.writable and self._runs.active is None:
            self._resume(paused=True)

    def keep(self, event: AnyEvent) -> str:
        """Add what a person said about the run on screen, which is not under way, to its log; why not, if it cannot."""
        info, session = self.shown_info, self._session
        if info is None or session is None:
            return tr("There is no run to write about.")
        return keep_event(session, self._shown, info.id, event)

    def save_as(self, path: Path) -> None:
        """Write the session to `path` and go on there. A working file is moved, a file with a name is copied."""
        if self._session is None:
            return
        old = self._session.path
        path = path if path.suffix else path.with_suffix(SUFFIX)
        if self._session.is_foreign:
            self.copies.work_in(old, path)
            return
        try:
            self._session.save_as(path)
        except SessionError as error:
            self.notice.emit(Notice(str(error), buttons=((tr("Save as…"), self.save_as_wanted.emit),)))
            return
        if old != self._session.path and self._files.drop(old):  # `path` may be another name of the same file
            self._settings.forget_file(old)
        self._settings.add_recent_file(self._session.path)
        for key in (STORAGE, LOST, READ_ONLY) if self.writable else (STORAGE, LOST):  # a newer file's copy is read-only
            self.notice_over.emit(key)
        if self._shown.run is None and self._wanted is not None and self._session.find(self._wanted) is not None:
            self.show_run(self._wanted)
        self.changed.emit()

    def work_in_copy(self) -> None:
        """Make a working file of the user's own of a session from elsewhere, and go on there."""
        if self._session is not None:
            self.copies.work_in(self._session.path)

    def close(self, discard: bool = False) -> bool:
        """End the engine and have everything on disk. False, and a notice, if that fails; `discard` gives it up."""
        for part in (self.copies, self.opener, self._runs, self._reader):
            part.close()
        return self._close_session(discard)

    def _new_session(self) -> None:
        try:
            self._adopt(Session.create(self._files.fresh()))
        except (SessionError, OSError) as error:
            self.notice.emit(Notice(why_none_kept(error)))

    def _start(self, plan: RunPlan, paused: bool) -> None:
        if self._session is None:
            return
        try:
            run = self._session.new_run(plan, next(iter(self._runs.refused), None))
        except SessionError as error:
            self.notice.emit(Notice(str(error)))
            return
        self._settings.last_plan = msgspec.structs.replace(plan, settings=told_settings(plan.search, plan.settings))
        self._reader.stop()
        self._shown.show(run, ())
        self._runs.start(self._session, run, plan, paused)
        self.started.emit(plan.search)
        self.changed.emit()

    def _may_go_on(self, run: int | None) -> bool:
        info = self._session.find(run) if self._session else None
        return info is not None and is_cut_short(info) and self.writable and self._runs.active is None

    def _resume(self, paused: bool) -> None:
        info, session = self.shown_info, self._session
        if info is not None and session is not None:
            self._shown.go_live()
            self._runs.resume(session, info.id, info.plan, self._shown.records, paused)

    def _show_opened(self, session: Session, then: Callable[[], None]) -> None:
        self._adopt(session)
        if self._session is session:  # the old one may not have let go
            if session.read_only:
                self.notice.emit(read_only_notice(session, self.save_as_wanted.emit, self.work_in_copy))
            then()

    def _adopt(self, session: Session) -> None:
        """Make `session` the open one, after the old one is safe on disk."""
        if not self._close_session():
            session.close()
            return
        session.on_error = lambda error: self._write_failed.emit(str(error))
        session.on_committed = lambda _: self._written.emit()
        self._session = session
        self._runs.refused.clear()
        self._settings.add_recent_file(session.path)
        for key in (READ_ONLY, REFUSAL, COPIED):  # which were said of the old one
            self.notice_over.emit(key)
        newest = max((info.id for info in session.runs()), default=None)
        if newest is None:
            self._shown.show(None, ())
        else:
            self.show_run(newest)
        if newest is None or self._shown.is_awaited:  # else it was said when the run was on the screen
            self.changed.emit()

    def _close_session(self, discard: bool = False) -> bool:
        session = self._session
        if session is None:
            return True
        self._reader.stop()
        try:
            session.close(discard=discard)
        except SessionError as error:
            self.notice.emit(Notice(str(error), buttons=((tr("Save as…"), self.save_as_wanted.emit),), key=STORAGE))
            return False
        if not session.runs() and self._files.drop(session.path):
            self._settings.forget_file(session.path)
        self._session = None
        return True

    def _on_write_failed(self, sentence: str) -> None:
        text = tr("{sentence} Nothing is lost.").format(sentence=sentence)
        self.notice.emit(Notice(text, buttons=((tr("Save as…"), self.save_as_wanted.emit),), key=STORAGE))
