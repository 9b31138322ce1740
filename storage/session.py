"""A session: one file on disk that holds runs. Opening, reading, appending, Save As. Knows no Qt, no engine process.

with Session.create(path) as session:
    run = session.new_run(plan)
    session.append(records)       # returns at once; on disk within 250 ms
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.commands import RunPlan
from engine.events import Event, Expanded, NodeId, Record
from storage.copying import copy_into, is_same_file, replacing
from storage.errors import DamagedLogError, NotOursError, SessionError, explain
from storage.following import follow
from storage.log import LogError, rows_of
from storage.log_reader import no_garbage, read_log
from storage.opening import Opened, create_file, open_file, try_to_seize
from storage.part_reader import read_kinds, read_steps
from storage.plans import why_not_kept
from storage.runs import RunInfo, run_row
from storage.writer import Writer

SUFFIX = ".espalier"
CLOSE_SECONDS = 10.0
"""How long `close` waits for the last commit."""


class Session:
    """An open session file. Thread-safe; close it, or use it in a `with` statement.

    `path` is where it is now. A session that is `read_only` says why in `why_read_only`, a sentence for the user; one
    that `is_foreign` came from elsewhere, and storage.converting makes one of ours of it.
    The two hooks are called in the writer's thread: `on_committed` with the last saved seq of each run that was
    written, `on_error` with a sentence when writing fails; it is tried again every second, and the next
    `on_committed` says that it went well. A hook may read the session, and may not flush, save or close it.
    """

    def __init__(self, path: Path) -> None:
        """Use `create` or `open`."""
        self.path = path
        self.read_only = True
        self.why_read_only = ""
        self.is_foreign = False
        self.on_committed: Callable[[dict[int, int]], None] = lambda _saved: None
        self.on_error: Callable[[SessionError], None] = lambda _error: None
        self._guard = threading.RLock()
        self._runs: dict[int, RunInfo] = {}
        self._opened = Opened(path)
        self._writer: Writer | None = None

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty session at `path`. Raises SessionError if something is there already or cannot be written."""
        create_file(path.absolute())
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The session at `path`, read-only where it has to be. Raises SessionError if it cannot be trusted or read."""
        session = cls(path.absolute())
        session._attach(open_file(session.path))
        return session

    @classmethod
    def look(cls, path: Path) -> Self:
        """As `open`, for reading alone, whoever else has it open: nothing is seized, or brought up to date in place."""
        session = cls(path.absolute())
        session._attach(open_file(session.path, to_write=False))
        return session

    def runs(self) -> list[RunInfo]:
        """Every run, oldest first, up to the last record appended."""
        with self._guard:
            return list(self._runs.values())  # they are read and added in order

    def info(self, run: int) -> RunInfo:
        """One run. Raises SessionError if there is no such run."""
        with self._guard:
            if run not in self._runs:
                numbers = ", ".join(map(str, sorted(self._runs))) or "none"
                raise SessionError(f"{self.path.name} has no run {run}; its runs: {numbers}.")
            return self._runs[run]

    def find(self, run: int | None) -> RunInfo | None:
        """One run; None if there is no such run."""
        with self._guard:
            return None if run is None else self._runs.get(run)

    def plan(self, run: int) -> RunPlan:
        """What a run was asked to do. Raises SessionError if there is no such run."""
        return self.info(run).plan

    def properties(self) -> dict[str, str]:
        """Table `session`: id, created_at, app_version."""
        with self._opened.reading() as connection:
            return dict(connection.execute("SELECT key, value FROM session").fetchall())

    def records(self, run: int, after: int = 0, until: int | None = None, *, tokens: bool = True) -> list[Record]:
        """Records with after < seq <= until, those not on disk yet included; `tokens=False` leaves token rows out.

        Raises DamagedLogError, with the good records before the damage, where a row cannot be read.
        """
        events = self.info(run).events
        unsaved = self._unsaved(run)
        found: list[Record] = []
        try:
            with self._opened.reading() as connection, no_garbage():
                for part in read_log(connection, run, after, until, tokens=tokens):
                    found += part
        except (LogError, SessionError) as error:
            seq = found[-1].seq + 1 if found else after + 1
            message = f"Event {seq} of run {run} in {self.path.name} cannot be read: {str(error).rstrip('.')}."
            raise DamagedLogError(message, seq, tuple(found)) from error
        last = found[-1].seq if found else after
        tail = [record for record in unsaved if last < record.seq and (until is None or record.seq <= until)]
        if after + len(found) + len(tail) < min(events, events if until is None else until):
            message = f"Event {last + 1} of run {run} is not in {self.path.name} any more: another copy took its place."
            raise DamagedLogError(message, last + 1, tuple(found))
        return found + tail

    def steps(self, run: int, after: NodeId = 0) -> list[tuple[NodeId, str]]:
        """Node and text of the steps born after a node, those not on disk yet included. Raises SessionError."""
        events = [record.event for record in self._unsaved(run) if isinstance(record.event, Expanded)]
        with self._opened.reading() as connection:
            found = list(read_steps(connection, run, after))
        last = found[-1][0] if found else after
        return found + [(child.node, child.step) for event in events for child in event.children if child.node > last]

    def records_of(self, run: int, kinds: tuple[type[Event], ...], after: int = 0) -> list[Record]:
        """Records of these kinds with seq > after, as `storage.part_reader.read_kinds`. Raises SessionError."""
        unsaved = self._unsaved(run)
        try:
            with self._opened.reading() as connection:
                found = list(read_kinds(connection, run, kinds, after))
        except LogError as error:
            raise SessionError(f"Run {run} of {self.path.name} cannot be read to its end: {error}.") from error
        last = found[-1].seq if found else after
        return found + [one for one in unsaved if one.seq > last and isinstance(one.event, kinds)]

    def readable_records(self, run: int) -> tuple[list[Record], DamagedLogError | None]:
        """All records of a run, or those before the damage and what the damage is."""
        try:
            return self.records(run), None
        except DamagedLogError as error:
            return list(error.good), error

    def new_run(self, plan: RunPlan, instead_of: int | None = None) -> int:
        """Add a run and return its id, which its records carry. Raises SessionError in a read-only session.

        `instead_of`: a run that never began gives its place and its id to the new one.
        """
        with self._guard:
            run = instead_of or next(reversed(self._runs), 0) + 1  # the newest comes last
            self.add_run(run, plan, time.time())
        return run

    def add_run(self, run: int, plan: RunPlan, created_at: float) -> None:
        """Add a run with this number, in place of one that never began. Raises SessionError as `new_run` does."""
        writer = self._writable()
        if why := why_not_kept(run, plan):
            raise SessionError(why)
        with self._guard:
            if run in self._runs and self._runs[run].events:
                raise SessionError(f"Run {run} has events; no other run can take its place.")
            info = RunInfo(run, plan, created_at)
            writer.put((), {run: run_row(info)})
            self._runs[run] = info

    def append(self, records: Iterable[Record]) -> None:
        """Take records to be written, all or none; returns at once. Each must be the next of its run.

        Raises SessionError if one does not fit its log or cannot be stored, or in a read-only session.
        """
        writer, batch = self._writable(), tuple(records)
        try:
            rows = rows_of(batch)  # most of the work, for which nobody else need wait
            with self._guard:
                runs = follow(self._runs, batch)
                writer.put(rows, {run: run_row(info) for run, info in runs.items()})
                self._runs.update(runs)
        except LogError as error:
            where = f"Event {error.seq} of run {error.run} cannot be kept in {self.path.name}"
            raise SessionError(f"{where}: {error}.") from error

    def _unsaved(self, run: int) -> list[Record]:
        writer = self._writer  # another thread may close the session
        return [] if writer is None else [record for record in writer.unsaved() if record.run == run]

    def need_writable(self) -> None:
        """Raises SessionError, a NotOursError where it came from elsewhere, if nothing can be added to it."""
        self._writable()

    def flush(self, timeout: float | None = CLOSE_SECONDS) -> None:
        """Have everything on disk when this returns. Raises SessionError if that fails within `timeout` seconds."""
        if self._writer is not None:
            self._writer.save(timeout)

    def save_as(self, path: Path) -> None:
        """Write a compact copy to `path`, replacing what is there, and go on in that file. The old file stays.

        Works for read-only sessions and while the old file cannot be written: what waits in memory goes along.
        Raises SessionError, and goes on with the old file, if the copy cannot be made.
        """
        target = path.absolute()
        if is_same_file(target, self.path):
            return self.flush()
        lock, why = try_to_seize(target)
        if lock is None:
            raise SessionError(f"The session cannot be saved there: {why}")
        try:
            if self._writer is None:
                self._copy(target)
            else:
                self._writer.move(target)
        except BaseException:
            lock.release()
            raise
        if self._writer is None:
            lock.release()
            opened = open_file(target)
            self._opened.let_go()
            self.path = target
            self._attach(opened)
        else:
            self._opened.let_go()
            self.path, self._opened = target, replace(self._opened, path=target, lock=lock)
        return None

    def close(self, *, discard: bool = False) -> None:
        """Write what is left and let go of the file.

        Raises SessionError, and stays open, if that fails: save it elsewhere, or close with `discard`.
        """
        if self._writer is not None:
            if not discard:
                self._writer.finish(CLOSE_SECONDS)
            self._writer.stop()
            self._writer = None
            self.read_only, self.why_read_only = True, f"{self.path.name} is closed."
        self._opened.let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.close()
        except SessionError:
            self.close(discard=True)
            raise

    def _attach(self, opened: Opened) -> None:
        """Take over a file that was opened, and start its writer if it may be written."""
        self._opened, self._runs = opened, opened.runs
        self.is_foreign, self.why_read_only = opened.is_foreign, opened.why_read_only
        self.read_only = bool(self.why_read_only)
        if not self.read_only:
            self._writer = Writer(
                self.path,
                opened.id,
                lambda saved: self.on_committed(saved),
                lambda error: self.on_error(error),
            )

    def _writable(self) -> Writer:
        if self._writer is None:
            raise NotOursError(self.why_read_only) if self.is_foreign else SessionError(self.why_read_only)
        return self._writer

    def _copy(self, target: Path) -> None:
        with self._opened.reading() as connection:
            try:
                with replacing(target) as copy:
                    copy_into(connection, copy)
            except (sqlite3.Error, OSError) as error:
                raise explain("written", target, error) from error
