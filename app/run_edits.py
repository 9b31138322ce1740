"""What a person did to one run, read off its log: a list of edits with what takes each back. Pure; knows no file.

Most edits are one event. What a task did, from Asked to AskEnded, is one edit; so are the later scores of a scorer
that came in parcels. What the search itself does is none, also when a person lets it go on with more: its credits, its
votes and its answer rest on all that came before, so `Undo` goes on naming the latest edit before it, and takes back
that alone. The timeline shows the moment before, and Run starts another run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from app.inverses import Change, Said, changes, edit_words, place_of, task_words
from app.models.scores_said import ScoresSaid, joined, nodes_of, places_of
from engine.commands import KeepScores, UndoTask
from engine.deeds import is_deed
from engine.events import Asked, AskEnded, Cost, Event, Expanded, Record, Rescored, TaskUndone

ONE_WISH = 600.0
"""Seconds between two parcels of scores that are still taken for one wish: a critic takes its time."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a person did."""

    words: str
    """What it is, so that `Undo` can stand before it: `prune of node 12`."""
    at: float
    """Seconds since the epoch (UTC)."""
    undo: Change
    redo: Change
    seq: int = 0
    """Number of its last event: the cursor at which it had just happened."""


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
    _scores: ScoresSaid = field(default_factory=ScoresSaid)
    _tasks: dict[int, str] = field(default_factory=dict)
    """What each task was to do, in words."""
    _asked: Record | None = None
    """The task that is under way."""
    _wrote: bool = False

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
        if self.done == len(self.edits) and self.edits and (one := _one_wish(self.edits[-1], edit)) is not None:
            self.edits[-1] = one
            return True
        self.edits[self.done :] = [edit]
        self.done += 1
        return True

    def _edit_of(self, record: Record) -> Edit | None:
        run, event = record.run, record.event
        match event:
            case Asked(task=task, words=words):
                self._asked, self._wrote, self._tasks[task] = record, False, words
                return None
            case AskEnded():
                return self._task_of(record)
            case TaskUndone(task=task):
                words = task_words(self._tasks.get(task, ""), event)
            case Rescored():
                inverse = self._scores.take(event)
                undo, redo = KeepScores(run, inverse), KeepScores(run, replace(event, cost=Cost()))
                return Edit(edit_words(event, self.said), record.at, undo, redo, record.seq)
            case _ if self._is_deed(event):
                return None
            case _:
                words = edit_words(event, self.said)
        both = changes(run, event, self.said)
        return None if both is None else Edit(words, record.at, *both, record.seq)

    def _task_of(self, ended: Record) -> Edit | None:
        """What the task that has just ended did, as one edit; None if it did nothing."""
        begun, self._asked = self._asked, None
        if begun is None or not isinstance(begun.event, Asked) or ended.seq == begun.seq + 1:
            return None
        task, run = begun.event.task, ended.run
        words = task_words(begun.event.words)
        return Edit(words, ended.at, UndoTask(run, task), UndoTask(run, task, True), ended.seq)

    def _is_deed(self, event: Event) -> bool:
        """Whether it is what the task under way did, and not the person who asked for it."""
        if self._asked is None or not isinstance(self._asked.event, Asked):
            return False
        found = is_deed(event, self._asked.event, self._wrote)
        self._wrote = self._wrote or (found and isinstance(event, Expanded) and event.generator == "person")
        return found


def _one_wish(before: Edit, edit: Edit) -> Edit | None:
    """Both as one, if they are parcels of what a scorer was asked for at once."""
    old, new = before.redo, edit.redo
    if not (isinstance(old, KeepScores) and isinstance(new, KeepScores)) or edit.at - before.at > ONE_WISH:
        return None
    undo, undo_too = before.undo, edit.undo
    assert isinstance(undo, KeepScores)
    assert isinstance(undo_too, KeepScores)
    one, other = old.scores, new.scores
    same = (one.scorer, one.model, one.spec) == (other.scorer, other.model, other.spec)
    if not same or undo.scores.model != undo_too.scores.model:
        return None
    if nodes_of(one) & nodes_of(other) or places_of(one) & places_of(other) or one.withdrawn or other.withdrawn:
        return None
    return Edit(
        before.words,
        edit.at,
        KeepScores(undo.run, joined(undo.scores, undo_too.scores)),
        KeepScores(old.run, joined(one, other)),
        edit.seq,
    )
