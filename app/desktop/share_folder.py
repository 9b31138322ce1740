"""Files in and out of a `share` folder, and the tools that make a desktop notice. Knows not what is in the files.

The tools belong to the desktop, not to us: where one is missing or fails the files are still there, and it is said.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.language import tr

TOOL_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that reads the files of a folder and writes down for all others what is in them."""

    command: tuple[str, ...]
    folder: str
    """Below the share folder: what it works on."""
    needs: str
    """It is called only if this is there."""


TOOLS: tuple[Tool, ...] = (
    Tool(("update-desktop-database",), "applications", "applications"),
    Tool(("update-mime-database",), "mime", "mime/packages"),
    # only where there is a cache: without one the folder is read, and a cache that nobody keeps up would hide icons
    Tool(("gtk-update-icon-cache", "-f", "-t", "-q"), "icons/hicolor", "icons/hicolor/icon-theme.cache"),
)

_WRITTEN_BY_TOOLS: dict[str, tuple[str, ...]] = {
    "applications": ("mimeinfo.cache",),
    "mime": (
        "aliases", "generic-icons", "globs", "globs2", "icons", "magic", "mime.cache", "subclasses", "treemagic",
        "types", "version", "XMLnamespaces",
    ),
}  # fmt: skip
"""What goes with the last file that it was made from."""

Run = Callable[[Sequence[str]], str]
"""Calls a tool and returns in words why it failed; empty if it did not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to a share folder."""

    changed: tuple[str, ...]
    """Paths that were written or removed; empty if everything was as it should be."""
    failed: tuple[tuple[str, str], ...]
    """Tools that could not do their part, and why."""


def put(files: Mapping[str, bytes], share: Path, run: Run | None = None) -> Outcome:
    """Write `files` (path below `share` -> content), each whole or not at all; doing it again changes nothing.

    Raises OSError if `share` cannot be written to.
    """
    changed = tuple(name for name, content in files.items() if _write(share / name, content))
    return Outcome(changed, _tell_desktop(share, run or run_tool))


def take_away(names: Iterable[str], share: Path, run: Run | None = None) -> Outcome:
    """Remove the files `names` below `share`, and the folders that are empty without them.

    Raises OSError if one cannot be removed.
    """
    there = tuple(name for name in names if os.path.lexists(share / name))
    for name in there:
        (share / name).unlink()
    if not there:
        return Outcome((), ())
    failed = _tell_desktop(share, run or run_tool)
    for folder, made in _WRITTEN_BY_TOOLS.items():
        _clear(share / folder, made)
    for name in there:
        _remove_empty(share, PurePosixPath(name).parent)
    return Outcome(there, failed)


def run_tool(command: Sequence[str]) -> str:
    """See `Run`."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=TOOL_SECONDS)
    except FileNotFoundError:
        return tr("it is not installed")
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    words = done.stderr.decode(errors="replace").strip()
    return (words or tr("it ended with {status}").format(status=done.returncode)) if done.returncode else ""


def _write(path: Path, content: bytes) -> bool:
    """Whether anything had to be written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return True


def _tell_desktop(share: Path, run: Run) -> tuple[tuple[str, str], ...]:
    with suppress(OSError):
        os.utime(share / "icons" / "hicolor")  # programs that are running look there again
    results = ((tool.command[0], run([*tool.command, str(share / tool.folder)])) for tool in _wanted(share))
    return tuple((name, why) for name, why in results if why)


def _wanted(share: Path) -> Iterable[Tool]:
    return (tool for tool in TOOLS if (share / tool.needs).exists())


def _clear(folder: Path, made: Iterable[str]) -> None:
    """Remove what tools made in `folder` if nothing else is left there."""
    ours = {folder / name for name in made}
    if all(path in ours or path.is_dir() for path in folder.rglob("*")):
        for path in ours:
            path.unlink(missing_ok=True)
        for inner in sorted(folder.rglob("*"), reverse=True):
            inner.rmdir()


def _remove_empty(share: Path, folder: PurePosixPath) -> None:
    """Remove `folder` and those around it that are empty; never `share` itself."""
    for each in (folder, *folder.parents[:-1]):
        with suppress(OSError):  # not empty, or gone already
            (share / each).rmdir()
