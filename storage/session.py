"""A session: one file on disk that holds runs. Opening, reading, appending, Save As. Knows no Qt, no engine process.

with Session.create(path) as session:
    run = session.new_run(plan)
    session.append(records)       # returns at once; on disk within 250 ms
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from engine.commands import RunPlan
from engine.events import Expanded, Record, RunFinished
from storage.copying import copy_into, replacing
from storage.errors import DamagedLogError, SessionError, explain
from storage.lock import FileLock
from storage.log import LogError, Rows, read_log, rows_of
from storage.opening import create_file, load, try_to_seize, why_too_new
from storage.runs import RunInfo, follow, run_row
from storage.schema import connect, read_version, set_deadline
from storage.writer import Writer

SUFFIX = ".espalier"
CLOSE_SECONDS = 10.0
"""How long `close` waits for the last commit."""


class Session:
    """An open session file. Thread-safe; close it, or use it in a `with` statement.

    `path` is where it is now. A session that is `read_only` says why in `why_read_only`, a sentence for the user.
    The two hooks are called in the writer's thread: `on_committed` with the last saved seq of each run that was
    written, `on_error` with a sentence when writing fails; it is tried again every second, and the next
    `on_committed` says that it went well. A hook may read the session, and may not flush, save or close it.
    """

    def __init__(self, path: Path) -> None:
        """Use `create` or `open`."""
        self.path = path
        self.read_only = True
        self.why_read_only = ""
        self.on_committed: Callable[[dict[int, int]], None] = lambda _saved: None
        self.on_error: Callable[[SessionError], None] = lambda _error: None
        self._guard = threading.Lock()
        self._runs: dict[int, RunInfo] = {}
        self._lock: FileLock | None = None
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
        read_version(session.path)  # before a lock file appears beside something that is none of ours
        session._attach(*try_to_seize(session.path))
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
        with self._reading() as connection:
            return dict(connection.execute("SELECT key, value FROM session").fetchall())

    def records(self, run: int, after: int = 0, until: int | None = None, *, tokens: bool = True) -> list[Record]:
        """Records with after < seq <= until, those not on disk yet included; `tokens=False` leaves token rows out.

        Raises DamagedLogError, with the good records before the damage, where a row cannot be read.
        """
        self.info(run)
        unsaved = [] if self._writer is None else [record for record in self._writer.unsaved() if record.run == run]
        found: list[Record] = []
        try:
            with self._reading() as connection:
                found.extend(read_log(connection, run, after, until, tokens=tokens))
        except (LogError, SessionError) as error:
            seq = found[-1].seq + 1 if found else after + 1
            message = f"Event {seq} of run {run} in {self.path.name} cannot be read: {str(error).rstrip('.')}."
            raise DamagedLogError(message, seq, tuple(found)) from error
        last = found[-1].seq if found else after
        return found + [record for record in unsaved if last < record.seq and (until is None or record.seq <= until)]

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
        writer = self._writable()
        if not -(2**63) <= plan.seed < 2**63:
            raise SessionError(f"The seed {plan.seed} is too large; it must fit in 64 bits.")
        try:
            msgspec.json.encode(plan)
        except UnicodeEncodeError as error:
            raise SessionError(f"The plan holds text that is not proper Unicode: {error.reason}.") from error
        with self._guard:
            run = instead_of or next(reversed(self._runs), 0) + 1  # the newest comes last
            if run in self._runs and self._runs[run].events:
                raise SessionError(f"Run {run} has events; no other run can take its place.")
            info = RunInfo(run, plan, time.time())
            writer.put((), {run: run_row(info)})
            self._runs[run] = info
        return run

    def append(self, records: Iterable[Record]) -> None:
        """Take records to be written, all or none; returns at once. Each must be the next of its run.

        Raises SessionError if one does not fit its log or cannot be stored, or in a read-only session.
        """
        writer = self._writable()
        with self._guard:
            runs: dict[int, RunInfo] = {}
            rows = [self._check(record, runs) for record in records]
            writer.put(rows, {run: run_row(info) for run, info in runs.items()})
            self._runs.update(runs)

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
        if target == self.path:
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
        self._let_go()
        self.path = target
        if self._writer is None:
            self._attach(lock, "")
        else:
            self._lock = lock
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
        self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.close()
        except SessionError:
            self.close(discard=True)
            raise

    def _attach(self, lock: FileLock | None, why_not: str) -> None:
        """Check the file at `path` and read its runs; with a lock, and unless it is too new, start the writer."""
        self._lock = lock
        try:
            self.why_read_only = why_too_new(self.path, read_version(self.path)) or why_not
            self.read_only = bool(self.why_read_only)
            self._runs = load(self.path, writable=not self.read_only)
        except BaseException:
            self._let_go()
            raise
        if self.read_only:
            self._let_go()
        else:
            self._writer = Writer(self.path, lambda saved: self.on_committed(saved), lambda error: self.on_error(error))

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _writable(self) -> Writer:
        if self._writer is None:
            raise SessionError(self.why_read_only)
        return self._writer

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question. Raises SessionError for what goes wrong with it."""
        try:
            with closing(connect(self.path)) as connection:
                set_deadline(connection, self.path)
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise explain("read", self.path, error) from error

    def _check(self, record: Record, runs: dict[int, RunInfo]) -> Rows:
        """The rows of one record, which must be the next of its run as `runs`, then the session, know it."""
        info = runs.get(record.run) or self._runs.get(record.run)
        where = f"Event {record.seq} of run {record.run} cannot be kept in {self.path.name}"
        if info is None:
            raise SessionError(f"{where}: there is no such run.")
        if record.seq != info.events + 1:
            raise SessionError(f"{where}: event {info.events + 1} is next.")
        nodes = [child.node for child in record.event.children] if isinstance(record.event, Expanded) else []
        size = info.nodes + len(nodes)
        if nodes != list(range(info.nodes, size)):
            raise SessionError(f"{where}: it makes nodes {nodes}, and {info.nodes} is next.")
        chosen = record.event.chosen if isinstance(record.event, RunFinished) else None
        if chosen is not None and not 0 <= chosen < size:
            raise SessionError(f"{where}: it chooses node {chosen}, which does not exist.")
        try:
            rows = rows_of(record)
        except LogError as error:
            raise SessionError(f"{where}: {error}.") from error
        runs[record.run] = follow(info, record, size)
        return rows

    def _copy(self, target: Path) -> None:
        try:
            with closing(connect(self.path)) as connection, replacing(target) as copy:
                copy_into(connection, copy)
        except (sqlite3.Error, OSError) as error:
            raise explain("written", target, error) from error
