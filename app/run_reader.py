"""Puts a run of a session file on the screen: a short one at once, a long one read in a thread. Knows no widget."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from threading import Event, Thread

from PySide6.QtCore import QObject, Qt, Signal

from app.banner import Notice
from app.language import tr
from app.models.history import History
from app.models.shown_run import ShownRun
from engine.events import Record
from engine.tree import TreeError
from storage.errors import DamagedLogError, SessionError
from storage.log_reader import no_garbage
from storage.session import Session

SHORT = 5_000
"""Events that are read before anybody notices."""
MANY = 100_000
"""Events that stay out of sight of the garbage collector: they hold no cycles, and it would stop the window."""
PART = 40_000
"""Events between two looks at whether the run is still wanted."""
LONGEST_END = 5.0
"""Seconds: a part is read within some tenths of one, but a network drive may be gone."""
KEY = "reading"
"""Of the notice that a run is being read."""
LOST = "lost"
"""Of the notice that nothing of a run can be read."""


@dataclass
class _Reading:
    """A run as far as it has been read; `error` is a sentence, and then nothing can be shown."""

    session: Session
    run: int
    records: list[Record] = field(default_factory=list)
    history: History = field(default_factory=History)
    damage: str = ""
    error: str = ""
    unwanted: Event = field(default_factory=Event)

    def go_through(self) -> None:
        """Read it, part by part. Nothing is folded: the history sees whether the log makes sense."""
        try:
            with no_garbage():
                while not (self.unwanted.is_set() or self.damage or self.error) and (part := self._next_part()):
                    self.records += part
                    self.history.extend(part)
                self.history.advance(len(self.records))
                if len(self.records) > MANY:
                    gc.freeze()  # or the collector goes through all of it, now and whenever it looks everywhere
        except TreeError as error:
            words = tr("Run {run} of {file} makes no sense: {error}.")
            self.error = words.format(run=self.run, file=self.session.path.name, error=error)
        except SessionError as error:
            self.error = str(error)

    def _next_part(self) -> list[Record]:
        after = len(self.records)
        try:
            return self.session.records(self.run, after, after + PART)
        except DamagedLogError as error:
            self.damage = str(error)
            return list(error.good)


class RunReader(QObject):
    """One run at a time: who asks for another one, or `stop`s, does not want the former any more."""

    shown = Signal()
    """Another run is on the screen, or none."""
    notice = Signal(object)
    notice_over = Signal(str)
    save_as_wanted = Signal()
    _read = Signal(object)  # said by the thread

    def __init__(self, shown: ShownRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._under_way: _Reading | None = None
        self._thread: Thread | None = None
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def show(self, session: Session, run: int) -> None:
        """Put the run on the screen at its end, up to damage; what cannot be shown is said."""
        self.stop()
        self._under_way = reading = _Reading(session, run)
        events = session.info(run).events
        if events <= SHORT:
            reading.go_through()
            self._take(reading)
            return
        self._shown.await_run()
        words = tr("Run {run} is being read: {events:,} events…").format(run=run, events=events)
        self.notice.emit(Notice(words, "hint", ((tr("Cancel"), self.cancel),), key=KEY))
        self._thread = Thread(target=self._work, args=(reading,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """What is being read is not wanted any more."""
        if self._under_way is not None:
            self._under_way.unwanted.set()
            self._under_way = None
            self.notice_over.emit(KEY)

    def close(self) -> None:
        """The same, and the thread is over when this returns: it would meet an interpreter that is shutting down."""
        self.stop()
        if self._thread is not None:
            self._thread.join(LONGEST_END)

    def cancel(self) -> None:
        """The same, and nothing else will be shown."""
        self.stop()
        self._shown.show(None, ())

    def _work(self, reading: _Reading) -> None:
        """In the thread. It takes turns with the window, which so stays free."""
        reading.go_through()
        self._read.emit(reading)

    def _take(self, reading: _Reading) -> None:
        if reading is not self._under_way:
            return
        reading.go_through()  # what has come since, if the run is under way
        self.stop()
        if reading.error:
            self._shown.show(None, ())
            self.notice.emit(Notice(reading.error))
        elif reading.damage and not reading.records:  # the file may be gone, and still be open
            self._shown.show(None, ())
            self.notice.emit(Notice(reading.damage, buttons=((tr("Save as…"), self.save_as_wanted.emit),), key=LOST))
        else:
            self._shown.show(reading.run, reading.records, reading.history)
        if reading.damage and reading.records:
            words = tr("{damage} The {count:,} events before it are shown.")
            self.notice.emit(Notice(words.format(damage=reading.damage, count=len(reading.records))))
        self.shown.emit()
