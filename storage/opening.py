"""What happens before a session is open: making its file, the right to write it, the check, the migrations."""

from __future__ import annotations

import sqlite3
import time
import uuid
from contextlib import closing
from pathlib import Path

import msgspec

from engine import __version__
from storage.copying import copy_into, replacing
from storage.errors import SessionError, explain
from storage.lock import FileLock
from storage.migrations import current_version, migrate
from storage.runs import RunInfo, read_runs
from storage.schema import check_contents, connect


def create_file(path: Path) -> None:
    """Make a new, empty session file. Raises SessionError if something is there already or cannot be written."""
    try:
        if path.exists():
            raise SessionError(f"{path.name} exists already. Open it, or choose another name.")
        with replacing(path) as temporary, closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            migrate(connection)
            rows = {"id": uuid.uuid4().hex, "created_at": repr(time.time()), "app_version": __version__}
            connection.executemany("INSERT INTO session (key, value) VALUES (?, ?)", rows.items())
    except (sqlite3.Error, OSError) as error:
        raise explain("created", path, error) from error


def try_to_seize(path: Path) -> tuple[FileLock | None, str]:
    """The right to write the file at `path`, or why it cannot be had, as a sentence."""
    try:
        if path.exists():
            path.open("rb+").close()
        lock = FileLock.acquire(path)
    except OSError as error:
        reason = error.strerror or str(error)
        return None, f"{path.name} cannot be changed: its file or folder may not be written ({reason})."
    if lock is None:
        return None, f"{path.name} cannot be changed here: it is open in another window or program."
    return lock, ""


def why_too_new(path: Path, version: int) -> str:
    """Why a file of this version may only be read; empty if it may be written."""
    if version <= current_version():
        return ""
    return (
        f"{path.name} can be read but not changed: a newer Espalier wrote it "
        f"(file version {version}; this one knows {current_version()})."
    )


def load(path: Path, *, writable: bool) -> dict[int, RunInfo]:
    """Check a file, bring it up to date where that may be, and read its list of runs. Raises SessionError."""
    try:
        with closing(connect(path, writable=writable)) as connection:
            # Asked again: an interrupted migration was undone when this connection read its first page.
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            check_contents(connection, path, version)
            if version < current_version():
                _bring_up_to_date(connection, path, version, writable)
            return read_runs(connection)
    except (sqlite3.Error, OSError) as error:
        raise explain("opened", path, error) from error
    except msgspec.MsgspecError as error:
        raise SessionError(f"{path.name} is damaged: its list of runs makes no sense ({error}).") from error


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, version: int, writable: bool) -> None:
    if not writable:
        raise SessionError(
            f"{path.name} was written by an older Espalier (file version {version}) and must be converted first, "
            "which cannot be done where it is. Copy it to a folder that you may write to."
        )
    connection.set_progress_handler(None, 0)  # the file was checked; converting it may take its time
    with replacing(path.with_name(f"{path.name}.bak-v{version}")) as backup:
        copy_into(connection, backup)
    migrate(connection)
