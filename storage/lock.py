"""One writer per session file: a lock file beside it, held through the operating system. Knows no database.

The system lets go of the lock when its holder dies, however it dies: a lock file left behind holds nobody up.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _seize(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    _HELD: type[OSError] = PermissionError
else:
    import fcntl

    def _seize(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    _HELD: type[OSError] = BlockingIOError


class FileLock:
    """The right to write one file. Made by `acquire`, given back by `release`."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    @classmethod
    def acquire(cls, file: Path) -> FileLock | None:
        """The lock for `file`, or None if somebody holds it. Raises OSError where no lock file can be made.

        It stands beside the file itself, so that two links to one file are not two files.
        """
        file = file.resolve()
        path = file.with_name(file.name + ".lock")
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _seize(handle)
            except OSError as error:
                os.close(handle)
                if isinstance(error, _HELD):
                    return None
                raise
            if _is_at(path, handle):
                return cls(path, handle)
            os.close(handle)

    def release(self) -> None:
        """Give the lock back, and take the lock file away where that may be done."""
        if sys.platform == "win32":  # an open file cannot be deleted there, and the next holder may have opened it
            os.close(self._handle)
            with suppress(OSError):
                self._path.unlink()
        else:  # deleted first, so that nobody seizes a file that is about to go
            with suppress(OSError):  # the folder may be gone, or be read-only by now
                self._path.unlink()
            os.close(self._handle)


def _is_at(path: Path, handle: int) -> bool:
    """Whether the seized file is still the one at `path`: its last holder may just have deleted it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
