"""What a person did to the run on screen, as a list that can be taken back and done again. Knows no widget, no file.

The list is read off the log: who opens a file again finds what was done in it, and may go on taking back. Undo is the
inverse event, so the log keeps both; which events took others back is remembered for as long as the session is open,
and afterwards each of them is an edit like the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from operator import attrgetter

from PySide6.QtCore import QObject, Signal

from app.inverses import KINDS, Change, Wish
from app.models.shown_run import ShownRun
from app.run_edits import Edit, RunEdits
from engine.events import Record, RunFinished, RunStarted
from engine.search import Imported

Answered = Callable[[str], None]
"""Hears why a wish was refused, as a sentence; an empty one if it was fulfilled."""


class UndoHistory(QObject):
    """One list for each run, kept when another run is shown. `perform` does what is wished for."""

    changed = Signal()

    def __init__(self, shown: ShownRun, perform: Callable[[Wish, Answered], None]) -> None:
        super().__init__()
        self._shown = shown
        self._perform = perform
        self._runs: dict[int, RunEdits] = {}
        self._here = RunEdits()
        self._expected: tuple[Change, int] | None = None
        self._target: int | None = None
        shown.run_changed.connect(self._change_run)
        shown.cursor_moved.connect(self._read)
        self._change_run()

    @property
    def edits(self) -> Sequence[Edit]:
        """What was done to the run on screen, oldest first: those in force, then those taken back."""
        return self._here.edits

    @property
    def done(self) -> int:
        """How many of the edits are in force."""
        return self._here.done

    @property
    def busy(self) -> bool:
        """Whether a change is under way: nothing else can be taken back until it has come."""
        return self._expected is not None

    @property
    def next_undo(self) -> Edit | None:
        return self.edits[self.done - 1] if self.done else None

    @property
    def next_redo(self) -> Edit | None:
        return self.edits[self.done] if self.done < len(self.edits) else None

    def undo(self) -> None:
        """Take back the latest edit in force."""
        self.go_to(self.done - 1)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.go_to(self.done + 1)

    def go_to(self, done: int) -> None:
        """Take back, or do again, one after the other until so many edits are in force; stops at a refusal."""
        if not self.busy:
            self._target = max(0, min(done, len(self.edits)))
            self._go_on()

    def _go_on(self) -> None:
        if self._target is None or self._target == self.done:
            self._target = None
            return
        back = self._target < self.done
        change = self.edits[self.done - 1].undo if back else self.edits[self.done].redo
        self._expected = change, self.done + (-1 if back else 1)
        here = self._here
        self._perform(change, lambda refusal: self._answered(refusal, here))

    def _answered(self, refusal: str, here: RunEdits) -> None:
        self._expected = None
        if refusal or here is not self._here:
            self._target = None
        self._go_on()
        self.changed.emit()

    def _change_run(self) -> None:
        self._target = self._expected = None
        run = self._shown.run
        known = self._runs.get(run) if run is not None else None
        if known is None or not known.are_of(self._shown.records):
            known = RunEdits()
        if run is not None:
            self._runs[run] = known
        self._here = known
        self._read()

    def _read(self) -> None:
        here, records = self._here, self._shown.records
        if here.read == len(records):
            return
        found = _edits(records[here.read or _brought(records) :])
        here.read, here.last_at = len(records), records[-1].at
        for record in found:
            if here.take(record, self._expected):
                # something else came in between: the list is another, and who wanted to walk did not mean this one
                self._expected = self._target = None
        if found:
            self.changed.emit()


def _brought(records: Sequence[Record]) -> int:
    """How many events a file of others brought, notes of its writer's included: nobody did them here. Ours says who
    did what, and brings none."""
    started = records[0].event
    if not (isinstance(started, RunStarted) and started.search == Imported.name):
        return 0
    ends = (place for place, record in enumerate(records, 1) if isinstance(record.event, RunFinished))
    return next(ends, len(records))


def _edits(records: Sequence[Record]) -> list[Record]:
    """Those that are worth a closer look: of a million events of a search nearly none is."""
    kinds = map(type, map(attrgetter("event"), records))
    found = compress(records, map(KINDS.__contains__, kinds))
    return [record for record in found if getattr(record.event, "generator", "person") == "person"]
