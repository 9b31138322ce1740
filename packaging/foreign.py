"""What a Linux bundle needs of the system it runs on: read from its ELF files, so that no package promises too little.

Knows ELF through `objdump`, which PyInstaller needs as well; it must not know what the files are for.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import archive

from app.start.system import QT_LIBRARIES, WAYLAND_LIBRARIES, X_LIBRARIES

LIBC: frozenset[str] = frozenset(
    f"{name}.so.{version}"
    for name, version in (
        ("libc", 6),
        ("libm", 6),
        ("libdl", 2),
        ("libpthread", 0),
        ("librt", 1),
        ("libresolv", 2),
        ("libutil", 1),
        ("ld-linux-x86-64", 2),
        ("ld-linux-aarch64", 1),
    )
)
PACKAGES: Mapping[str, str] = {
    **{name: QT_LIBRARIES[name] for name in ("libGL.so.1", "libEGL.so.1", "libX11.so.6")},
    "libxcb.so.1": X_LIBRARIES["libxcb.so.1"],
    **WAYLAND_LIBRARIES,
    "libwayland-egl.so.1": "libwayland-egl1",
    "libOpenGL.so.0": "libopengl0",
    "libdrm.so.2": "libdrm2",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": QT_LIBRARIES["libstdc++.so.6"],
    "libgcc_s.so.1": "libgcc-s1",
}
"""What PyInstaller leaves to the system -> Debian's package."""
_MAGIC = b"\x7fELF"
_WAYLAND = "libwayland-"
"""Only plugins load these: without them the window uses X."""
_AT_ONCE = 100
"""Files for one objdump: a command line is finite."""


@dataclass(frozen=True)
class Needs:
    """What must be there to run the bundle, and what may be missing."""

    glibc: tuple[int, int]
    """The oldest C library that has all that is called."""
    packages: tuple[str, ...]
    wishes: tuple[str, ...]


def needs(bundle: Path) -> Needs:
    """Read all ELF files of the bundle. Raises archive.PackError for a library that no package is known for."""
    files = list(_elf_files(bundle))
    versions, wanted = _read("\n".join(_dumps(files)))
    outside = wanted - {path.name for path in archive.members(bundle)} - LIBC
    if unknown := sorted(outside - PACKAGES.keys()):
        raise archive.PackError(
            f"The bundle needs {', '.join(unknown)}, which it does not hold. Bundle it, or name its package in "
            f"{Path(__file__).name}."
        )
    return Needs(
        glibc=max(versions, default=(2, 17)),
        packages=tuple(sorted(PACKAGES[name] for name in outside if not name.startswith(_WAYLAND))),
        wishes=tuple(sorted(PACKAGES[name] for name in outside if name.startswith(_WAYLAND))),
    )


def _elf_files(bundle: Path) -> Iterator[Path]:
    for path in archive.members(bundle):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) == _MAGIC:
                    yield path


def _dumps(files: list[Path]) -> Iterator[str]:
    for start in range(0, len(files), _AT_ONCE):
        command = ["objdump", "--private-headers", *map(str, files[start : start + _AT_ONCE])]
        try:
            yield subprocess.run(command, capture_output=True, text=True, errors="replace", check=True).stdout
        except OSError as error:
            raise archive.PackError(f"objdump, of the package binutils, cannot be started: {error}.") from error
        except subprocess.CalledProcessError as error:
            raise archive.PackError(f"objdump failed: {error.stderr.strip()}") from error


def _read(dump: str) -> tuple[set[tuple[int, int]], set[str]]:
    """The versions of the C library, and the names of libraries, that stand in what objdump prints."""
    versions = {(int(major), int(minor)) for major, minor in re.findall(r"\bGLIBC_(\d+)\.(\d+)", dump)}
    return versions, set(re.findall(r"^\s+NEEDED\s+(\S+)", dump, re.MULTILINE))
