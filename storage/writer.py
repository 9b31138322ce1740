"""The one thread that writes a session file: a commit every 250 ms, and nothing recorded is ever dropped.

What cannot be written (full disk, vanished folder) stays in memory, in order, and is tried again every second; it can
also be written elsewhere with `move`. Knows rows and no events, no Qt.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from engine.events import Record
from storage.copying import copy_into, replacing
from storage.errors import SessionError, UnsavedError, explain
from storage.log import Rows, write_log
from storage.opening import session_id
from storage.runs import write_runs
from storage.schema import connect

INTERVAL = 0.25
"""Seconds from the first record of a batch to its commit."""
RETRY = 1.0
"""Seconds between attempts while the file cannot be written."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one commit writes."""

    log: tuple[Rows, ...]
    runs: dict[int, tuple[Any, ...]]


class Writer:
    """Owns the connection that writes. Its methods may be called from any thread but its own."""

    def __init__(
        self,
        path: Path,
        session: str,
        on_committed: Callable[[dict[int, int]], None],
        on_error: Callable[[SessionError], None],
    ) -> None:
        """`session`: the id of the session in the file; no other is written to."""
        self._path, self._session = path, session
        self._on_committed = on_committed
        self._on_error = on_error
        self._connection: sqlite3.Connection | None = None
        self._changed = threading.Condition()
        self._log: deque[Rows] = deque()
        self._runs: dict[int, tuple[Any, ...]] = {}
        self._jobs: deque[Callable[[], None]] = deque()
        self._due = 0.0
        self._error = ""
        self._stopping = False
        # A daemon, so that a forgotten close cannot hang the exit; an interrupted commit rolls back.
        self._thread = threading.Thread(target=self._work, name=f"writer of {path.name}", daemon=True)
        self._thread.start()

    def put(self, log: Iterable[Rows], runs: dict[int, tuple[Any, ...]]) -> None:
        """Take records and rows of runs, to be written with the next commit. Returns at once.

        Raises SessionError, and takes nothing, once the writer has finished.
        """
        with self._changed:
            if self._stopping:
                raise SessionError(f"{self._path.name} is closed.")
            if not self._waiting:
                self._due = time.monotonic() + INTERVAL
            self._log.extend(log)
            self._runs.update(runs)
            self._changed.notify_all()

    def unsaved(self) -> list[Record]:
        """Records that are not in the file yet, oldest first."""
        with self._changed:
            return [rows.record for rows in self._log]

    def save(self, timeout: float | None = None) -> None:
        """Write what is waiting now. Raises SessionError if that fails or takes longer than `timeout` seconds."""
        self._call(self._save, timeout)

    def finish(self, timeout: float) -> None:
        """Write what is waiting and take no more. Raises SessionError, and goes on, if that fails or takes longer."""
        while not self._stopping:
            self.save(timeout)
            with self._changed:
                self._stopping = not self._waiting  # something may have come in meanwhile

    def move(self, target: Path) -> None:
        """Write the whole session, and what is waiting, to `target`, and go on there. Raises SessionError."""
        self._call(lambda: self._move(target), None)

    def stop(self) -> None:
        """End the thread; what is still waiting is given up."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join()

    @property
    def _waiting(self) -> bool:
        return bool(self._log or self._runs)

    def _call(self, job: Callable[[], T], timeout: float | None) -> T:
        """Have the thread do `job` between two commits, and wait for what comes of it."""
        future: Future[T] = Future()

        def perform() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(job())
            except Exception as error:  # for the caller, who raises it
                future.set_exception(error)

        with self._changed:
            if self._stopping:
                raise SessionError(f"{self._path.name} is closed.")
            self._jobs.append(perform)
            self._changed.notify_all()
        try:
            return future.result(timeout)
        except FutureTimeoutError:
            future.cancel()
            raise SessionError(f"{self._path.name} could not be written within {timeout:g} seconds.") from None

    def _work(self) -> None:
        self._open_early()
        while (job := self._next()) is not None:
            job()
        self._close()

    def _next(self) -> Callable[[], None] | None:
        """Wait for something to do; None at the end."""
        with self._changed:
            while True:
                if self._jobs:
                    return self._jobs.popleft()
                if self._stopping:
                    return None
                pause = self._due - time.monotonic() if self._waiting else None
                if pause is not None and pause <= 0:
                    return self._save_or_tell
                self._changed.wait(pause)

    def _save_or_tell(self) -> None:
        """A commit that nobody waits for: a failure is told once, until there is more or something else to tell."""
        told = self._error
        try:
            self._save()
        except SessionError as error:
            if str(error) != told:
                _tell(self._on_error, error)

    def _save(self) -> None:
        began, batch = time.monotonic(), self._batch()
        if not batch.log and not batch.runs:
            return
        try:
            _write(self._open(), batch)
        except Exception as error:  # whatever it is, this thread must live to try again
            failure = UnsavedError(explain("written", self._path, error), len(batch.log))
            with self._changed:
                self._error = str(failure)
                self._due = time.monotonic() + RETRY
            raise failure from error
        self._written(batch, began)

    def _move(self, target: Path) -> None:
        with suppress(SessionError):  # the old file is left complete where it can be
            self._save()
        began, batch = time.monotonic(), self._batch()
        try:
            connection = self._open()
            with replacing(target) as copy:
                copy_into(connection, copy)
                with closing(connect(copy, writable=True)) as fresh:
                    _write(fresh, batch)
        except Exception as error:  # as in `_save`
            raise explain("written", target, error) from error
        self._close()
        self._path = target
        self._open_early()
        self._written(batch, began)

    def _open(self) -> sqlite3.Connection:
        """The connection. Raises sqlite3.Error, or OSError where the file is another one by now."""
        if self._connection is None:
            connection = connect(self._path, writable=True)
            try:
                if session_id(connection) != self._session:
                    raise OSError(errno.EEXIST, "another session took its place. Save this one under a new name")
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _open_early(self) -> None:
        """Before there is anything to write: a file that is taken away later can still be saved elsewhere."""
        with suppress(sqlite3.Error, OSError):  # `_save` tries again, and tells
            self._open()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _batch(self) -> Batch:
        with self._changed:
            return Batch(tuple(self._log), dict(self._runs))

    def _written(self, batch: Batch, began: float) -> None:
        """Forget what is in the file now, and say how far each run is saved. What came in since `began`, while it was
        written, has waited for so long already."""
        with self._changed:
            for _ in batch.log:
                self._log.popleft()
            for run, row in batch.runs.items():
                if self._runs.get(run) is row:
                    del self._runs[run]
            failed, self._error = self._error, ""
            self._due = began + INTERVAL
        if batch.log or failed:
            _tell(self._on_committed, {rows.record.run: rows.record.seq for rows in batch.log})


def _tell(hook: Callable[[T], None], news: T) -> None:
    """A listener's bug is reported; it may not end the thread that writes."""
    try:
        hook(news)
    except Exception:
        _log.exception("A listener of the session writer failed")


def _write(connection: sqlite3.Connection, batch: Batch) -> None:
    """All of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        write_runs(connection, list(batch.runs.values()))
        write_log(connection, batch.log)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
