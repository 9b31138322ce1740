"""Makes a fresh session file of ours out of another's rows: read, decoded, folded, perhaps changed, and written anew.

Nothing of the old file's pages or schema comes along, so neither a trick in it nor anything that was left out can.
A run keeps its number, its events their seq. Knows what a change is, not why one is made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from engine.choices import LateChoices
from engine.events import Event, Record, Selected
from engine.tree import Tree, TreeError, apply
from storage.copying import copy_into, is_same_file, replacing
from storage.errors import DamagedLogError, SessionError, explain
from storage.opening import try_to_seize
from storage.ownership import take_mark
from storage.runs import RunInfo
from storage.schema import connect
from storage.session import Session

PART = 2_000
"""Events that are read and written at once."""

Progress = Callable[[int, int], None]
"""Called with the events that are done, and with how many there are."""
IsUnwanted = Callable[[], bool]


class Unwanted(Exception):  # noqa: N818 - it reads as what happened
    """Somebody gave it up; nothing was written."""


class Change:
    """What becomes of a run and of its events: everything stays as it is. Others override what they change."""

    def plan(self, info: RunInfo) -> RunInfo | None:
        """The run as it is to be listed; None: it is left out."""
        return info

    def record(self, record: Record) -> Record:
        """The record as it is to be kept; it must fold as the old one does."""
        return record


@dataclass
class Rewritten:
    """What was written."""

    runs: int = 0
    events: int = 0
    damage: list[str] = field(default_factory=list)
    """What could not be read, as sentences: a damaged run is kept up to its damage."""


def rewrite(
    source: Session, target: Path, change: Change, progress: Progress, is_unwanted: IsUnwanted, *, ours: bool = True
) -> Rewritten:
    """Write the runs of `source` into a fresh file at `target`, in place of what is there; `ours`: with our mark.

    Raises SessionError if that file cannot be written, and Unwanted; then nothing is left behind.
    """
    if is_same_file(source.path, target):
        raise SessionError(f"{source.path.name} cannot take its own place: choose another name.")
    lock, why_not = try_to_seize(target)
    if lock is None:
        raise SessionError(why_not)
    try:
        with replacing(target) as fresh, _draft(fresh) as draft:
            with Session.create(draft) as session:
                done = _Rewriting(source, session, change, progress, is_unwanted).go()
            with closing(connect(draft, writable=True)) as connection:
                if not ours:
                    take_mark(connection)
                copy_into(connection, fresh)
    except (sqlite3.Error, OSError) as error:
        raise explain("written", target, error) from error
    except SessionError as error:
        if not isinstance(error.__cause__, (sqlite3.Error, OSError)):
            raise
        # It speaks of the draft, which nobody knows, and of events that wait: here they are given up.
        raise explain("written", target, error.__cause__) from error
    finally:
        lock.release()
    return done


def survey(source: Session, change: Change, progress: Progress, is_unwanted: IsUnwanted) -> Rewritten:
    """Let `change` see everything that a rewriting would show it. Raises Unwanted."""
    return _Rewriting(source, None, change, progress, is_unwanted).go()


@contextmanager
def _draft(fresh: Path) -> Iterator[Path]:
    """Where a file is put together that is then copied without gaps: its blocks grow, and leave pages behind."""
    draft = fresh.with_name(f"{fresh.name}.draft")
    draft.unlink(missing_ok=True)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


class _Rewriting:
    """One pass over a session; without a target nothing is written."""

    def __init__(
        self, source: Session, target: Session | None, change: Change, progress: Progress, is_unwanted: IsUnwanted
    ) -> None:
        self._source, self._target, self._change = source, target, change
        self._progress, self._is_unwanted = progress, is_unwanted
        self._all = sum(info.events for info in source.runs())
        self._gone_through = 0
        self._done = Rewritten()

    def go(self) -> Rewritten:
        for info in self._source.runs():
            if damage := self._changed_run(info):
                self._done.damage.append(damage)
            self._gone_through += info.events
        return self._done

    def _changed_run(self, info: RunInfo) -> str:
        """Take over a run as the change has it; what of it cannot be, as a sentence."""
        try:
            kept = self._change.plan(info)
        except RecursionError:
            return f"The plan of run {info.id} in {self._source.path.name} is nested too deeply to be read."
        return "" if kept is None else self._run(info, kept)

    def _run(self, info: RunInfo, kept: RunInfo) -> str:
        """Take over a run; what of it cannot be, as a sentence."""
        if self._target is not None:
            try:
                self._target.add_run(kept.id, kept.plan, kept.created_at)
            except SessionError as error:
                return f"Run {info.id} of {self._source.path.name} cannot be kept: {error}"
        self._done.runs += 1
        return self._events(info)

    def _events(self, info: RunInfo) -> str:
        """Take over the log of a run, part by part; where and why it ends too early, as a sentence."""
        tree, after = Tree(), 0
        while after < info.events:
            if self._is_unwanted():
                raise Unwanted
            try:
                records, damage = self._source.records(info.id, after, min(after + PART, info.events)), ""
            except DamagedLogError as error:
                records, damage = list(error.good), str(error)
            good, folly = self._that_fold(records, tree)
            damage = self._keep(good) or folly or damage
            if damage or not records:
                return damage or f"Event {after + 1} of run {info.id} in {self._source.path.name} is missing."
            after += len(records)
            self._progress(self._gone_through + after, self._all)
        return ""

    def _that_fold(self, records: list[Record], tree: Tree) -> tuple[list[Record], str]:
        """The records before the first that does not fit the tree, and what is wrong with that one."""
        for place, record in enumerate(records):
            try:
                _check_choices(record.event)
                apply(record.event, tree)
            except TreeError as error:
                where = f"Event {record.seq} of run {record.run} in {self._source.path.name}"
                return records[:place], f"{where} makes no sense: {error}."
        return records, ""

    def _keep(self, records: list[Record]) -> str:
        """Write records; all before the first that cannot be kept, and why that one cannot."""
        try:
            changed = [self._change.record(record) for record in records]
        except RecursionError:
            return f"An event of run {records[0].run} in {self._source.path.name} is nested too deeply to be read."
        if self._target is None:
            return ""
        try:
            self._target.append(changed)
        except SessionError:
            return self._keep_singly(self._target, changed)
        self._done.events += len(changed)
        self._target.flush(None)
        return ""

    def _keep_singly(self, target: Session, records: list[Record]) -> str:
        for record in records:
            try:
                target.append([record])
            except SessionError as error:
                why = str(error).partition(": ")[2]
                return f"Event {record.seq} of run {record.run} in {self._source.path.name} cannot be kept: {why}"
            self._done.events += 1
        return ""


def _check_choices(event: Event) -> None:
    """Raises TreeError for a selection from a forged file, whose choices are none: whoever reads it sees it empty."""
    if isinstance(event, Selected) and isinstance(event.choices, LateChoices) and not event.choices.sound:
        raise TreeError("the choices of the selection are none")
