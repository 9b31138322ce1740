"""What the program puts right in its own process before anything else starts. Standard library only; shows nothing.

A frozen program must not hand its libraries to others, streams may be closed, the locale may be none, and there may be
no home folder. Each function changes the environment that it is given, which children inherit.
"""

from __future__ import annotations

import locale
import os
import stat
import sys
import tempfile
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path

Environment = MutableMapping[str, str]

FOLDERS = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state"}
"""Variable -> the folder in the home folder that it stands for: settings, sessions, reports of crashes."""


def leave_bundle(environment: Environment) -> None:
    """Keep the libraries of the frozen program and those of the system apart; from source nothing is to be done.

    What PyInstaller set so that the program finds its own is given back: the loader read it at the very start. Programs
    of the system that we call (a browser, a file manager) would load ours in place of theirs and crash.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is None:
        return
    environment.pop("QT_PLUGIN_PATH", None)  # of another Qt: ours would take those for its own, and abort
    if sys.platform != "linux":
        return
    original = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if original is not None:
        environment["LD_LIBRARY_PATH"] = original
    elif environment.get("LD_LIBRARY_PATH", "").split(os.pathsep)[0] == bundle:
        del environment["LD_LIBRARY_PATH"]
    environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # a child that is this program again sets all of it anew


def hold_streams() -> None:
    """Open what is closed of stdin, stdout and stderr to nowhere.

    A program without a console has none of them (Windows), nor has one that was started with `>&-`; the next file that
    is opened would get the number of one, and whatever is printed would land in it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # open() takes the lowest number that is free: this one
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdin = sys.stdin or os.fdopen(0, "r", encoding="utf-8", closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)


def speak_utf8(environment: Environment) -> None:
    """Make characters UTF-8 where the locale is not there, or has others, as in `LC_ALL=C`.

    Qt would do it, too, but complain at length. The language stays. `environment` is that of this process.
    """
    if sys.platform != "linux" or _locale_is_utf8():
        return
    names = [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    language = next(filter(None, names), "C").partition(".")[0]
    if language not in ("C", "POSIX"):
        environment.setdefault("LANGUAGE", language)
    environment["LC_ALL"] = "C.UTF-8"


def _locale_is_utf8() -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "")
        return locale.nl_langinfo(locale.CODESET) == "UTF-8"
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)


def name_home(environment: Environment) -> None:
    """Have a home folder named, if only as Qt does it: without one, `Path.home()` raises."""
    if os.name == "posix":
        try:
            environment["HOME"] = str(Path.home())  # from the list of users, if the variable is not set
        except RuntimeError:
            environment["HOME"] = "/"


def replace_home(environment: Environment, temporary: Path | None = None) -> Path | None:
    """The folder that stands in for a home folder that cannot be written; None if none is needed, or none is to be had.

    Only what the program keeps goes there: settings, sessions, reports. Elsewhere than on Linux there is always a home.
    """
    if sys.platform != "linux":
        return None
    lost = lost_folders(environment)
    if not lost:
        return None
    try:
        folder = _own_folder(temporary or Path(tempfile.gettempdir()))
    except OSError:
        return None
    for name in lost:
        environment[name] = str(folder / FOLDERS[name])
    return folder


def lost_folders(environment: Mapping[str, str]) -> dict[str, Path]:
    """Those of FOLDERS, by their variables, in which nothing can be written."""
    home = Path(environment.get("HOME") or "/")
    places = {name: Path(environment.get(name) or home / usual) for name, usual in FOLDERS.items()}
    return {name: place for name, place in places.items() if not _can_be_made(place)}


def _can_be_made(folder: Path) -> bool:
    """Whether files can be kept in `folder`, which may not exist yet."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _own_folder(temporary: Path) -> Path:
    """A folder in `temporary` that only this user can read, the same at every start. Raises OSError."""
    user = os.getuid()
    folder = temporary / f"espalier-{user}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == user and not found.st_mode & 0o077:
        return folder
    return Path(tempfile.mkdtemp(prefix="espalier-", dir=temporary))  # somebody else took that name
