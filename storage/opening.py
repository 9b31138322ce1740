"""What happens before a session is open: making its file, the check, whose it is, the right to write it, migrations.

First everything is found out that can be found out without touching the file. Only one of ours is touched then: a file
from elsewhere is read where it is, or through a copy that stands in for it. Knows no thread, no record.
"""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from engine import __version__
from storage.copying import copy_into, replacing
from storage.errors import SessionError, explain
from storage.lock import FileLock
from storage.migrations import current_version, migrate
from storage.ownership import is_marked, is_ours, keep_mark
from storage.runs import RunInfo, read_runs
from storage.schema import check_contents, connect, read_version, set_deadline
from storage.stand_in import StandIn

LONGEST_NAME = 255 - len("-journal")
"""Bytes of a name (on Windows characters), so that the journal beside the file can have one, too."""


@dataclass
class Opened:
    """A session file as it was found. `let_go` of it."""

    path: Path
    id: str = ""
    version: int = 0
    header: bytes = b""
    """The first bytes, which change with every commit."""
    is_foreign: bool = False
    """Whether another installation made it, or a version before files were marked."""
    is_marked: bool = False
    runs: dict[int, RunInfo] = field(default_factory=dict)
    why_read_only: str = ""
    """A sentence; empty if it may be written."""
    lock: FileLock | None = None
    stand_in: StandIn | None = None
    is_over: bool = False
    """Whether what stood in for the file is gone, and nothing can be read any more."""

    @property
    def source(self) -> Path:
        """Where its rows are read."""
        return self.stand_in.path if self.stand_in is not None else self.path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question. Raises SessionError for what goes wrong with it, and where another session
        has taken the place of this one."""
        if self.is_over:
            raise SessionError(f"{self.path.name} was closed while it was being read.")
        try:
            with closing(connect(self.source)) as connection:
                set_deadline(connection, self.source)
                if session_id(connection) != self.id:
                    raise SessionError(f"{self.path.name} was replaced by another session while it was open.")
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise explain("read", self.path, error) from error

    def let_go(self) -> None:
        """Give back the right to write, and throw away what stands in for the file."""
        if self.lock is not None:
            self.lock.release()
            self.lock = None
        self.is_over |= self.stand_in is not None
        self.stand_in_with(None)

    def bring_up_to_date(self) -> None:
        """Read a file of an older version through a copy that is none. Raises sqlite3.Error, OSError, ValueError."""
        with closing(connect(self.source)) as connection:
            self.stand_in_with(StandIn.updated(connection))
        with closing(connect(self.source)) as connection:
            self.runs = read_runs(connection)

    def stand_in_with(self, other: StandIn | None) -> None:
        """Read `other` in place of the file, or the file itself."""
        if self.stand_in is not None:
            self.stand_in.close()
        self.stand_in = other


def create_file(path: Path) -> None:
    """Make a new, empty session file. Raises SessionError if something is there already or cannot be written."""
    if why := _why_no_name(path):
        raise SessionError(why)
    try:
        with replacing(path, fresh=True) as temporary:
            _make_file(temporary)
    except FileExistsError:
        raise SessionError(f"{path.name} exists already. Open it, or choose another name.") from None
    except (sqlite3.Error, OSError) as error:
        raise explain("created", path, error) from error


def _make_file(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection)
        rows = {"id": uuid.uuid4().hex, "created_at": repr(time.time()), "app_version": __version__}
        connection.executemany("INSERT INTO session (key, value) VALUES (?, ?)", rows.items())
        keep_mark(connection)


def adopt(path: Path) -> None:
    """Make a copy of a session that came with the program ours, and bring it up to date. Raises SessionError."""
    with _in_words(path), closing(connect(path, writable=True)) as connection:
        check_contents(connection, path, read_version(path))
        migrate(connection)
        keep_mark(connection)


def open_file(path: Path, *, to_write: bool = True) -> Opened:
    """Look at a file; `to_write`: if it is ours, seize it and bring it up to date.

    Raises SessionError if it cannot be trusted or read; then nothing has changed on disk.
    """
    read_version(path)
    with _in_words(path):
        opened = _look(path)
        try:
            if not to_write:
                opened.why_read_only = opened.why_read_only or f"{path.name} was opened for reading alone."
            elif not opened.why_read_only:
                opened.lock, opened.why_read_only = try_to_seize(path)
            if opened.lock is not None:
                _prepare_to_write(opened)
            elif opened.version < current_version():
                opened.bring_up_to_date()
        except BaseException:
            opened.let_go()
            raise
    return opened


def is_behind(path: Path) -> bool:
    """Whether a file has to be brought up to date before it is read. Raises nothing: what cannot be read is not."""
    try:
        return read_version(path) < current_version()
    except SessionError:
        return False


def try_to_seize(path: Path) -> tuple[FileLock | None, str]:
    """The right to write the file at `path`, or why it cannot be had, as a sentence."""
    if why := _why_no_name(path):
        return None, why
    try:
        if not path.parent.is_dir():
            return None, f"{path.name} could not be written: there is no folder {path.absolute().parent}."
        if path.exists():
            path.open("rb+").close()
        lock = FileLock.acquire(path)
    except OSError as error:
        reason = error.strerror or str(error)
        return None, f"{path.name} cannot be changed: its file or folder may not be written ({reason})."
    if lock is None:
        return None, f"{path.name} cannot be changed here: it is open in another window or program."
    return lock, ""


def _why_no_name(path: Path) -> str:
    """Why a file of this name cannot be written, as a sentence; empty if it can."""
    size = len(os.fsencode(path.name)) if os.name == "posix" else len(path.name)
    if size <= LONGEST_NAME:
        return ""
    return (
        f"{path.name[:40]}… cannot be written: its name is too long. Choose one of at most {LONGEST_NAME} characters."
    )


def session_id(connection: sqlite3.Connection) -> str:
    """By which a file is known again. Raises sqlite3.Error."""
    row = connection.execute("SELECT value FROM session WHERE key = 'id'").fetchone()
    return str(row[0]) if row else ""


def _look(path: Path) -> Opened:
    """What can be known of a file without touching it."""
    opened = Opened(path, header=read_header(path), stand_in=_repaired_if_cut_short(path))
    try:
        with closing(connect(opened.source)) as connection:
            opened.version = connection.execute("PRAGMA user_version").fetchone()[0]
            check_contents(connection, path, opened.version)
            properties = dict(connection.execute("SELECT key, value FROM session").fetchall())
            opened.id, opened.is_marked = properties.get("id", ""), is_marked(properties)
            if opened.version >= current_version():
                opened.runs = read_runs(connection)
    except BaseException:
        opened.let_go()
        raise
    too_new = _why_too_new(path, opened.version)
    opened.is_foreign = not too_new and not is_ours(path, properties)
    opened.why_read_only = too_new or (_why_foreign(path, opened.version) if opened.is_foreign else "")
    return opened


def _repaired_if_cut_short(path: Path) -> StandIn | None:
    """What is to be read in place of a file in which a crash left half a commit; None where it can be read itself."""
    try:
        with closing(connect(path)) as connection:
            connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
        return StandIn.repaired(path)
    return None


def _prepare_to_write(opened: Opened) -> None:
    """With the lock held: undo what a crash cut short, bring the file up to date, and read its list of runs anew; or
    nothing, if it is all that was looked at a moment ago, and in order."""
    path = opened.path
    is_as_it_was = opened.stand_in is None and read_header(path) == opened.header
    if is_as_it_was and opened.is_marked and opened.version == current_version():
        return
    opened.stand_in_with(None)
    with closing(connect(path, writable=True)) as connection:
        # Asked again: another window may have had the file a moment ago.
        opened.version = connection.execute("PRAGMA user_version").fetchone()[0]
        check_contents(connection, path, opened.version)
        if session_id(connection) != opened.id:
            raise SessionError(f"{path.name} was replaced by another session while it was being opened. Open it again.")
        if opened.version < current_version():
            _update_in_place(connection, path, opened.version)
        keep_mark(connection)
        opened.runs = read_runs(connection)


def read_header(path: Path) -> bytes:
    """Raises OSError."""
    with path.open("rb") as file:
        return file.read(100)


def _update_in_place(connection: sqlite3.Connection, path: Path, version: int) -> None:
    connection.set_progress_handler(None, 0)  # the file was checked; converting it may take its time
    with replacing(path.with_name(f"{path.name}.bak-v{version}")) as backup:
        copy_into(connection, backup)
    migrate(connection)


def _why_too_new(path: Path, version: int) -> str:
    """Why a file of this version may only be read; empty if it may be written."""
    if version <= current_version():
        return ""
    return (
        f"{path.name} can be read but not changed: a newer Espalier wrote it "
        f"(file version {version}; this one knows {current_version()})."
    )


def _why_foreign(path: Path, version: int) -> str:
    came = "came from elsewhere"
    if version < FIRST_MARKED:
        came += f", or was made by an Espalier before files were marked (file version {version})"
    return f"{path.name} {came}: it can be read but not changed, and nothing in it runs."


FIRST_MARKED = 4
"""Version since which files say which installation made them."""


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Raises SessionError for whatever goes wrong with a file inside."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise explain("opened", path, error) from error
    except (msgspec.MsgspecError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        # In a damaged file there may be nothing in a column that says NOT NULL.
        raise SessionError(f"{path.name} is damaged: its list of runs makes no sense ({error}).") from error
