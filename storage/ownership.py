"""Whose file a session is: this installation's, or one from elsewhere, which is read and never written to.

A file of ours carries a mark, an HMAC-SHA256 of its id under a key that only this installation knows. What lies in our
own working folder is ours without a mark: files of versions before marks were made, and whoever can write there can
read the key as well. A copy of a file of ours is ours: the mark tells an accident from a file that somebody mailed, it
is no seal of the contents, and a file with a mark goes through every check that any other does. Knows no Qt, no run.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sqlite3
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from storage.copying import name_fresh

KEY_BYTES = 32
MARK = "mark"
"""Its key in table `session`."""


def data_folder() -> Path:
    """Where the program keeps what is the user's, by the rules of the system; it need not exist."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or home() / "AppData/Roaming") / "espalier"
    if sys.platform == "darwin":
        return home() / "Library/Application Support/espalier"
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (named if named.is_absolute() else home() / ".local/share") / "espalier"  # as the standard has it


def home() -> Path:
    """The user's home folder; where the system knows none, a place where nothing can be made."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


def working_folder() -> Path:
    """Where sessions live that have no name of their own."""
    return data_folder() / "sessions"


def is_ours(path: Path, properties: dict[str, str]) -> bool:
    """Whether this installation made the file at `path`, whose table `session` holds `properties`."""
    return is_marked(properties) or _is_in(path, working_folder())


def is_marked(properties: dict[str, str]) -> bool:
    """Whether the mark is that of a session of ours."""
    given, right = properties.get(MARK, ""), mark_of(properties.get("id", ""))
    return hmac.compare_digest(given.encode(errors="replace"), right.encode())


def mark_of(session: str) -> str:
    """The mark of a session of ours with this id."""
    return hmac.digest(_key(data_folder()), session.encode(errors="replace"), "sha256").hex()


def keep_mark(connection: sqlite3.Connection) -> None:
    """Make the open file ours, if it is not yet. Raises sqlite3.Error."""
    rows = dict(connection.execute("SELECT key, value FROM session WHERE key IN ('id', ?)", (MARK,)).fetchall())
    right = mark_of(rows.get("id", ""))
    if rows.get(MARK) != right:
        statement = "INSERT INTO session (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = ?"
        connection.execute(statement, (MARK, right, right))


def take_mark(connection: sqlite3.Connection) -> None:
    """Make the open file nobody's. Raises sqlite3.Error."""
    connection.execute("DELETE FROM session WHERE key = ?", (MARK,))


def _is_in(path: Path, folder: Path) -> bool:
    with suppress(OSError):
        return path.resolve().parent == folder.resolve()
    return False


@lru_cache(maxsize=4)
def _key(folder: Path) -> bytes:
    """The key of this installation, made when it is first needed. Where none can be kept, one that lasts as long as
    the process: what is made meanwhile is another's tomorrow, and can be worked in as a copy."""
    file = folder / "installation.key"
    with suppress(OSError):
        if not file.exists():
            _keep(secrets.token_bytes(KEY_BYTES), file)
        key = file.read_bytes()
        if len(key) == KEY_BYTES:
            return key
    return secrets.token_bytes(KEY_BYTES)


def _keep(key: bytes, file: Path) -> None:
    """Write the key for this user alone, whole before it has its name; one that came first stays. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(key)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            name_fresh(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)
