"""Whose a file of the bundle is: a Python distribution's, Python's, Qt's, this project's, or a system package's.

Knows files and where they came from; knows no licences.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from app.distributions import canonical

Family = Literal["project", "python", "qt", "interpreter", "bootloader", "debian", "system"]
"""`debian` is a package of the build machine; `system` a file of another system, by its own name."""


class Owner(NamedTuple):
    family: Family
    name: str = ""


class File(NamedTuple):
    """A file that goes into the bundle."""

    destination: str
    """Where in the bundle, with slashes; empty for a module, which lies within the archive of modules."""
    source: str
    """Where it is copied from; of a link its target, from where it lies in the bundle."""

    @property
    def is_link(self) -> bool:
        return not Path(self.source).is_absolute()

    def __str__(self) -> str:
        return f"{self.destination} (from {self.source})" if self.destination else self.source


PROJECT, QT, INTERPRETER, BOOTLOADER = Owner("project"), Owner("qt"), Owner("interpreter"), Owner("bootloader")
QT_DISTRIBUTION = "pyside6-essentials"
_OF_QT = re.compile(r"PySide6/(Qt/|Qt6\w*\.dll|plugins/|translations/|opengl32sw|av\w+-\d|sw\w+-\d)")
_LIBPYTHON = re.compile(r"(lib)?python3[\d.]*\w*\.(so|dll|dylib)|Python$|vcruntime")
_BOOTLOADER = ("pyinstaller", "pyinstaller-hooks-contrib")
_SYSTEM_FOLDERS = ("/usr/lib", "/lib", "/usr/local/lib", "/opt/homebrew", "/system/library", "c:\\windows")


class Owners:
    """Looks owners up; knows what is installed where it is made. `root` is the folder of this project."""

    def __init__(self, root: Path, installed: Iterable[Distribution] | None = None) -> None:
        self._root = _real(str(root))
        self.distributions: dict[str, Distribution] = {}
        self._by_path: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for one in distributions() if installed is None else installed:
            self._learn(one)

    def of(self, files: Sequence[File]) -> dict[File, Owner | None]:
        """The owner of each; None for a file that nobody known owns."""
        found = {file: self._without_asking(file) for file in files}
        unknown = [file for file, owner in found.items() if owner is None and not file.is_link]
        packages = debian_packages([file.source for file in unknown])
        for file in unknown:
            package = packages.get(file.source)
            found[file] = Owner("debian", package) if package else _of_another_system(file)
        by_destination = {file.destination: owner for file, owner in found.items()}
        for file in files:
            if file.is_link:
                target = PurePosixPath(file.destination).parent / file.source.replace("\\", "/")
                found[file] = by_destination.get(posixpath.normpath(target))  # whose the target is
        return found

    def _learn(self, one: Distribution) -> None:
        key = canonical(one.name)
        if key in self.distributions:  # hidden by one that stands before it on the path
            return
        self.distributions[key] = one
        for file in one.files or ():
            self._by_path[_real(str(one.locate_file(file)))] = key
            self._by_name[file.as_posix()] = key

    def _without_asking(self, file: File) -> Owner | None:
        if file.is_link:
            return None
        source, destination = _real(file.source), file.destination
        key = self._by_path.get(source) or self._by_name.get(destination)  # by name: a copy without symbols
        if key is not None:
            return self._of_distribution(key, destination)
        if destination == "base_library.zip" or is_python(source):
            return INTERPRETER
        return PROJECT if self._is_ours(source, destination) else None

    def _of_distribution(self, key: str, destination: str) -> Owner:
        if key == "espalier":
            return PROJECT
        if key in _BOOTLOADER:
            return BOOTLOADER
        return QT if key == QT_DISTRIBUTION and _OF_QT.match(destination) else Owner("python", key)

    def _is_ours(self, source: str, destination: str) -> bool:
        """What lies in our folder, but for environments in it; of what a build makes, only what it makes for us."""
        if destination.startswith(("resources/", "licences/")):
            return True
        path = Path(source)
        parts = path.relative_to(self._root).parts if path.is_relative_to(self._root) else ()
        return bool(parts) and "site-packages" not in parts and parts[0] not in ("build", "dist")


@lru_cache(maxsize=4096)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def _real(path: str) -> str:
    """The same file by the real name of its folder; the last part may be a link, and stays."""
    folder, name = os.path.split(path)
    return f"{_real_folder(folder)}{os.sep}{name}"


def is_python(source: str) -> bool:
    """Whether it is part of the interpreter: the standard library, its extension modules, or the library itself."""
    path = Path(source)
    if {"site-packages", "dist-packages"} & set(path.parts):
        return False
    folders = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), f"{sys.base_prefix}{os.sep}DLLs"]
    if any(path.is_relative_to(_real_folder(folder)) for folder in folders):
        return True
    return path.is_relative_to(_real_folder(sys.base_prefix)) and bool(_LIBPYTHON.match(path.name))


def debian_packages(paths: Sequence[str]) -> dict[str, str]:
    """Which installed Debian package has which of these files; empty on another system.

    A file is known to dpkg by one of several names: before and after links, and with or without `/usr`.
    """
    names = {name: path for path in paths for name in _names(path)}
    if not names:
        return {}
    try:
        said = subprocess.run(["dpkg", "-S", *names], capture_output=True, text=True, check=False).stdout
    except OSError:
        return {}
    found = {}
    for line in said.splitlines():
        owners, _, name = line.rpartition(": ")
        if name in names and owners and not owners.startswith("diversion"):
            found[names[name]] = owners.split(", ")[0]
    return found


def _names(path: str) -> set[str]:
    names = {path, os.path.realpath(path)}
    bare = {name.removeprefix("/usr") for name in names}
    return names | bare | {f"/usr{name}" for name in bare}


def _of_another_system(file: File) -> Owner | None:
    """On Debian, what no package owns is unknown; elsewhere a library of the system goes by its own name."""
    if Path("/var/lib/dpkg/status").exists():
        return None
    known = file.source.lower().startswith(_SYSTEM_FOLDERS)
    return Owner("system", Path(file.source).name) if known else None
