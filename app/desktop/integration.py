"""Takes the program into its user's desktop, and out again. Knows the systems; says in words what was done."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.desktop import share_folder, windows
from app.desktop.files import PATHS, desktop_files
from app.engine_process import is_frozen
from app.language import tr


class DesktopError(Exception):
    """It cannot be done here; the message is a sentence that says why."""


def install(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Make session files open with this program, and put it into the menu where files do that.

    Returns sentences. Doing it again repairs what is missing, also after the program was moved. May take seconds.
    Raises DesktopError.
    """
    command = program_command()
    if system == "darwin":
        return [_on_a_mac()]
    try:
        return _in_registry(command) if system == "win32" else _in_share(command, data_home(environment))
    except UnicodeEncodeError as error:
        sentence = tr("No menu can name {program}: its path is not UTF-8.")
        raise DesktopError(sentence.format(program=ascii(command[0]))) from error
    except ImportError as error:  # a library that Qt needs is not here
        raise DesktopError(tr("The icons cannot be drawn: {why}.").format(why=error)) from error
    except OSError as error:
        raise DesktopError(tr("Espalier cannot be added here: {why}.").format(why=_reason(error))) from error


def uninstall(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Take back exactly what `install` did, and say so. Raises DesktopError."""
    if system == "darwin":
        return [_on_a_mac()]
    try:
        return _out_of_registry() if system == "win32" else _out_of_share(data_home(environment))
    except OSError as error:
        raise DesktopError(tr("Espalier cannot be removed here: {why}.").format(why=_reason(error))) from error


def data_home(environment: Mapping[str, str]) -> Path:
    """The user's own `share` folder. Raises DesktopError if there is no home."""
    named = Path(environment.get("XDG_DATA_HOME", ""))
    if named.is_absolute():  # others are to be ignored, says the specification
        return named
    try:
        return Path.home() / ".local" / "share"
    except RuntimeError as error:
        raise DesktopError(tr("There is no home folder for menu entries: set HOME.")) from error


def program_command() -> list[str]:
    """What starts the program that is running, wherever it is called from."""
    if is_frozen():
        program = Path(sys.executable)
        return [str(program.with_stem(program.stem.removesuffix("-cli")))]  # Windows: the twin that opens no console
    script = Path(sys.executable).with_name("espalier")
    return [str(script)] if script.is_file() else [sys.executable, "-P", "-m", "app"]


def _reason(error: OSError) -> str:
    words = error.strerror or str(error)
    return f"{words}: {error.filename}" if error.filename else words


def _in_share(command: Sequence[str], share: Path) -> list[str]:
    done = share_folder.put(desktop_files(command), share)
    if done.changed:
        said = tr(
            "Espalier is in the applications menu now, and session files open with it; the files are in {folder}."
        )
    else:
        said = tr("Espalier was in the applications menu already; the files are in {folder}.")
    return [said.format(folder=share), *_remarks(done)]


def _out_of_share(share: Path) -> list[str]:
    done = share_folder.take_away(PATHS, share)
    if not done.changed:
        return [tr("Nothing was removed: Espalier has no menu entry in {folder}.").format(folder=share)]
    said = tr("Espalier is out of the applications menu: {count} files were removed from {folder}.")
    return [said.format(count=len(done.changed), folder=share), *_remarks(done)]


def _remarks(done: share_folder.Outcome) -> list[str]:
    said = tr("{tool} did not help ({why}), so the desktop may notice only when you log in again.")
    return [said.format(tool=tool, why=why) for tool, why in done.failed]


def _in_registry(command: Sequence[str]) -> list[str]:
    if windows.associate(command, windows.user_registry()):
        return [tr("Session files open with Espalier now.")]
    return [tr("Session files open with Espalier already.")]


def _out_of_registry() -> list[str]:
    if windows.dissociate(windows.user_registry()):
        return [tr("Session files no longer open with Espalier.")]
    return [tr("Nothing was removed: session files do not open with Espalier.")]


def _on_a_mac() -> str:
    return tr("Nothing is to be done on a Mac: it learns from Espalier.app itself which files that opens.")
