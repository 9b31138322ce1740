"""Session files that open with Espalier on Windows: keys of the current user's registry. Knows the keys, not `winreg`.

`Registry` is what `winreg` can do for us; tests have one of their own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from subprocess import list2cmdline
from typing import Protocol

from app.desktop.files import MIME_TYPE

CLASSES = r"Software\Classes"
PROG_ID = "Espalier.Session"
SUFFIX_KEY = rf"{CLASSES}\.espalier"
PROGRAM_KEY = rf"{CLASSES}\{PROG_ID}"


@dataclass(frozen=True, slots=True)
class Value:
    """One text below HKEY_CURRENT_USER; the empty `name` is a key's own value."""

    key: str
    name: str
    text: str


class Registry(Protocol):
    """Keys and texts below HKEY_CURRENT_USER. Every method may raise OSError."""

    def get(self, key: str, name: str) -> str | None:
        """None if there is no such value, or no such key."""

    def set(self, key: str, name: str, text: str) -> None:
        """Makes the key, too."""

    def remove_value(self, key: str, name: str) -> None:
        """Raises FileNotFoundError if it is not there."""

    def remove_key(self, key: str) -> None:
        """Raises FileNotFoundError if it is not there, another OSError if keys are below it."""

    def is_empty(self, key: str) -> bool:
        """Whether the key holds neither values nor keys; False if it is not there."""

    def announce(self) -> None:
        """Tell the desktop that files open with something else now."""


def values(command: Sequence[str]) -> tuple[Value, ...]:
    """What the registry says when session files open with `command`, whose first word is the program's path."""
    program = list2cmdline(command)
    return (
        Value(PROGRAM_KEY, "", "Espalier session"),
        Value(rf"{PROGRAM_KEY}\DefaultIcon", "", f'"{command[0]}",0'),
        Value(rf"{PROGRAM_KEY}\shell\open\command", "", f'{program} "%1"'),
        Value(SUFFIX_KEY, "", PROG_ID),
        Value(SUFFIX_KEY, "Content Type", MIME_TYPE),
        Value(rf"{SUFFIX_KEY}\OpenWithProgids", PROG_ID, ""),
    )


def associate(command: Sequence[str], registry: Registry) -> bool:
    """Let session files open with `command`; whether anything had to be changed. Raises OSError."""
    missing = [value for value in values(command) if registry.get(value.key, value.name) != value.text]
    for value in missing:
        registry.set(value.key, value.name, value.text)
    if missing:
        registry.announce()
    return bool(missing)


def dissociate(registry: Registry) -> bool:
    """Take back all that `associate` wrote and nobody has changed; whether there was anything. Raises OSError."""
    ours = [value for value in values(["espalier"]) if _is_ours(registry, value)]
    for value in ours:
        registry.remove_value(value.key, value.name)
    _remove_empty(registry, [value.key for value in values(["espalier"])])
    if ours:
        registry.announce()
    return bool(ours)


def _is_ours(registry: Registry, value: Value) -> bool:
    """All below PROGRAM_KEY, whichever program it names; below the suffix only what still says what we wrote."""
    found = registry.get(value.key, value.name)
    return found is not None and (value.key.startswith(PROGRAM_KEY) or found == value.text)


def _remove_empty(registry: Registry, keys: Iterable[str]) -> None:
    """Remove these keys, and those between them and CLASSES, as far as they are empty."""
    found = {key.rsplit("\\", cut)[0] for key in keys for cut in range(key.count("\\") - CLASSES.count("\\"))}
    for key in sorted(found, key=len, reverse=True):
        if registry.is_empty(key):
            registry.remove_key(key)


if sys.platform == "win32":  # pragma: no cover
    import ctypes
    import winreg

    class UserRegistry:
        """The real one."""

        def get(self, key: str, name: str) -> str | None:
            with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
            return None

        def set(self, key: str, name: str, text: str) -> None:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def remove_value(self, key: str, name: str) -> None:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)

        def remove_key(self, key: str) -> None:
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)

        def is_empty(self, key: str) -> bool:
            with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return winreg.QueryInfoKey(opened)[:2] == (0, 0)
            return False

        def announce(self) -> None:
            association_changed, as_list = 0x08000000, 0
            ctypes.windll.shell32.SHChangeNotify(association_changed, as_list, None, None)


def user_registry() -> Registry:
    """The registry of the user who is logged in. Raises OSError where there is none."""
    if sys.platform == "win32":
        return UserRegistry()
    else:  # noqa: RET505  # mypy checks each branch on its own system
        raise OSError("this system has no registry")
