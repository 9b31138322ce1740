"""What can go wrong with a session file, as sentences for the user. Knows SQLite's error names, no table."""

from __future__ import annotations

from pathlib import Path

from engine.events import Record


class SessionError(Exception):
    """The message is a sentence: which file, what is wrong, what to do."""


class UnsavedError(SessionError):
    """Events could not be written and wait in memory, as the message says; it is true while the session is open."""

    def __init__(self, failure: SessionError, events: int) -> None:
        waiting = "1 event waits" if events == 1 else f"{events} events wait"
        super().__init__(f"{failure} {waiting} in memory and will be written once it goes well.")
        self.failure = str(failure)
        """The message without what becomes of the events."""
        self.given_up = f"{failure} {'1 event is' if events == 1 else f'{events} events are'} not in it."
        """The message of somebody who does not wait."""


class NotOursError(SessionError):
    """A file from elsewhere was to be written to; it has to be converted first."""


class DamagedLogError(SessionError):
    """A run's log cannot be read to its end."""

    def __init__(self, message: str, seq: int, good: tuple[Record, ...] = ()) -> None:
        super().__init__(message)
        self.seq = seq
        """The first event that cannot be read."""
        self.good = good
        """Every record asked for that comes before it."""


_REASONS = {
    "SQLITE_FULL": "the disk is full. Make room, or save the session on another disk",
    "SQLITE_READONLY_DBMOVED": "it was moved, deleted or replaced by another program. "
    "Save the session under a new name",
    "SQLITE_READONLY_ROLLBACK": "it was not closed properly and cannot be repaired where it is, because nothing may be "
    "written there. Copy it, with the file of the same name ending in -journal, to a folder that you may write to",
    "SQLITE_READONLY": "it may not be written. Save the session under a new name",
    "SQLITE_BUSY": "another program is using it. Close that program, or save the session under a new name",
    "SQLITE_IOERR": "the disk reports an error. Save the session on another disk",
    "SQLITE_CANTOPEN": "it cannot be opened. Check that it is still there, and that its folder may be written",
    "SQLITE_CORRUPT": "its contents are damaged. Restore it from a backup",
    "SQLITE_NOTADB": "it is not a session file of Espalier, or its beginning is damaged. Restore it from a backup",
    "SQLITE_INTERRUPT": "reading it took too long; it may be damaged or made to do harm",
    "SQLITE_TOOBIG": "it holds a value that is too large",
}


def explain(done: str, path: Path, error: Exception) -> SessionError:
    """The error as a sentence; `done` says what could not be done, e.g. `written`."""
    reason = _reason(error) if path.absolute().parent.is_dir() else f"there is no folder {path.absolute().parent}"
    return SessionError(f"{path.name} could not be {done}: {reason}.")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    name = getattr(error, "sqlite_errorname", "")
    while name:
        if name in _REASONS:
            return _REASONS[name]
        name = name.rpartition("_")[0]
    return str(error)
