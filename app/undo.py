"""What a person did to the run on screen, as a list that can be taken back and done again. Knows no widget, no file.

The list is read off the log: who opens a file again finds what was done in it, and may go on taking back. Undo is the
inverse event, so the log keeps both; which events took others back is remembered for as long as the session is open,
and afterwards each of them is an edit like the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from app.inverses import KINDS, Change, Said, Wish, changes, edit_words, place_of
from app.models.shown_run import ShownRun
from engine.events import Record

Answered = Callable[[str], None]
"""Hears why a wish was refused, as a sentence; an empty one if it was fulfilled."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a person did."""

    words: str
    """What it is, so that `Undo` can stand before it: `prune of node 12`."""
    at: float
    """Seconds since the epoch (UTC)."""
    undo: Change
    redo: Change


@dataclass
class RunEdits:
    """The edits of one run, as far as its log was read."""

    read: int = 0
    last_at: float = 0.0
    """When the last one read happened: tells apart two logs that are called the same, of a file and its copy too."""
    edits: list[Edit] = field(default_factory=list)
    done: int = 0
    """How many of the edits are in force; the others were taken back."""
    said: Said = field(default_factory=dict)

    def are_of(self, records: Sequence[Record]) -> bool:
        """Whether they were read off the beginning of this log."""
        return self.read <= len(records) and (self.read == 0 or records[self.read - 1].at == self.last_at)

    def take(self, record: Record, expected: tuple[Change, int] | None) -> bool:
        """One record that follows those read; whether it is an edit of its own, not the change that was expected."""
        edit = self._edit_of(record)
        if edit is None:
            return False
        if (place := place_of(record.event)) is not None:
            self.said[place] = record.event
        if expected is not None and edit.redo == expected[0]:
            self.done = expected[1]
            return False
        self.edits[self.done :] = [edit]
        self.done += 1
        return True

    def _edit_of(self, record: Record) -> Edit | None:
        both = changes(record.run, record.event, self.said)
        return None if both is None else Edit(edit_words(record.event, self.said), record.at, *both)


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
        found = [record for record in records[here.read :] if type(record.event) in KINDS]
        here.read, here.last_at = len(records), records[-1].at
        for record in found:
            if here.take(record, self._expected):
                # something else came in between: the list is another, and who wanted to walk did not mean this one
                self._expected = self._target = None
        if found:
            self.changed.emit()
