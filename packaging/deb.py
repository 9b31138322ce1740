"""Makes a Debian package of the bundle: /opt/espalier, a command, a manual page, and the files of the desktop.

Knows Debian's rules. It has no maintainer scripts: Debian's own triggers refresh the caches of the desktop.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path

import archive
import foreign
from archive import PackError, Say
from manual import manual

from app.desktop.files import desktop_files

NAME = "espalier"
PLACE = Path("opt/espalier")
LEVEL = 12
"""Of zstd, on all cores: a quarter of a minute. 3 gives 5 % more in a few seconds, 15 gives 1 % less in a minute."""
MAINTAINER = "The Espalier authors <authors@espalier.invalid>"
"""A package must name an address; nobody reads this one, and its ending says so."""
RECOMMENDS: tuple[str, ...] = ("fontconfig-config", "fonts-dejavu-core", "xdg-utils")
"""Fonts for the scripts that ours lack, and what opens a folder or a link."""
SUMMARY = "see a language model reason: run, watch and compare searches"
DESCRIPTION = """\
Espalier runs searches over the reasoning steps of a language model, such as
best-of-N, beam search and Monte Carlo tree search, draws the tree while it
grows, and lets it be paused, stepped, rewound, edited and compared.
.
It carries small models of its own, works offline, and loads any local model
in the format of Hugging Face. All that it needs, Python, PyTorch and Qt
among it, lies in /opt/espalier."""
OVERRIDES = """\
# Everything of the program lies in one folder of its own, as it does in the archive for other systems.
dir-or-file-in-opt
# It is built by PyInstaller from wheels, with the libraries and the sources that these carry, as they are.
custom-library-search-path
duplicate-font-file
embedded-library
executable-not-elf-or-script
hardening-no-pie
library-not-linked-against-libc
missing-depends-on-sensible-utils
script-not-executable
shared-library-lacks-prerequisites
unstripped-binary-or-object
unusual-interpreter
wrong-path-for-interpreter
bogus-mail-host
"""
"""What lintian finds and is meant so."""


def why_not() -> str:
    """Why no package can be made on this machine; empty if one can."""
    missing = [tool for tool in ("dpkg-deb", "objdump") if shutil.which(tool) is None]
    return f"no .deb can be made here: there is no {' and no '.join(missing)}." if missing else ""


def make_deb(bundle: Path, target: Path, version: str, say: Say = print) -> Path:
    """Make the package `target` of the folder `bundle`; returns `target`.

    `version` as Python writes it, e.g. 0.2.0rc1. The same bundle gives the same bytes. Raises PackError; a target from
    before is then as it was.
    """
    if why := why_not():
        raise PackError(why[:1].upper() + why[1:])
    if not (bundle / NAME).is_file():
        raise PackError(f"There is no program in {bundle}.")
    say(f"packing {target.name} ...")
    start = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix=".deb-", dir=target.parent) as folder:
            root = Path(folder, "root")
            _stage(bundle, root, version)
            part = Path(folder, target.name)
            _build(root, part)
            part.replace(target)
    except OSError as error:
        raise PackError(f"{target.name} cannot be written: {error}.") from error
    say(f"{target.name}: {target.stat().st_size / 1e6:.0f} MB in {time.monotonic() - start:.0f} s")
    return target


def debian_version(version: str) -> str:
    """`version` so that Debian sorts it as Python does: a release candidate comes before the release."""
    return re.sub(r"\.?(a|b|rc|dev)(\d+)", r"~\1\2", version)


def architecture() -> str:
    """Debian's word for this machine, e.g. amd64."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def _stage(bundle: Path, root: Path, version: str) -> None:
    """Lay everything out below `root` as it will lie below /."""
    date = archive.source_date()
    shutil.copytree(bundle, root / PLACE, symlinks=True)
    command = root / "usr/bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("/", PLACE, NAME))
    for place, content in _extras(version, date).items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_bytes(content)
    card = {
        "control": control(version, installed_size(root), foreign.needs(bundle)),
        "md5sums": md5sums(root),
    }
    (root / "DEBIAN").mkdir()
    for name, text in card.items():
        (root / "DEBIAN" / name).write_text(text, encoding="utf-8")
    for path in (root, *archive.members(root)):
        if not path.is_symlink():
            path.chmod(archive.mode_of(path))
        os.utime(path, (date, date), follow_symlinks=False)


def _extras(version: str, date: int) -> Mapping[str, bytes]:
    """The files beside the bundle, by their path below /."""
    documents = f"usr/share/doc/{NAME}"
    news = (archive.ROOT / "CHANGELOG.md").read_bytes()
    return {
        **{f"usr/share/{path}": content for path, content in desktop_files([NAME]).items()},
        f"usr/share/man/man1/{NAME}.1.gz": zipped(manual(version, date).encode()),
        f"{documents}/copyright": copyright_file().encode(),
        f"{documents}/changelog.gz": zipped(changelog(version, date).encode()),
        f"{documents}/CHANGELOG.md.gz": zipped(news),
        f"usr/share/lintian/overrides/{NAME}": _overrides().encode(),
    }


def zipped(content: bytes) -> bytes:
    """gzip without a date in it."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def _overrides() -> str:
    lines = OVERRIDES.splitlines()
    return "".join(f"{line}\n" if line.startswith("#") else f"{NAME}: {line}\n" for line in lines)


def control(version: str, size: int, needs: foreign.Needs) -> str:
    """The package's card; `size` in KiB."""
    libc = "libc6 (>= {}.{})".format(*needs.glibc)
    fields = {
        "Package": NAME,
        "Version": debian_version(version),
        "Architecture": architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size),
        "Depends": ", ".join((libc, *needs.packages)),
        "Recommends": ", ".join((*RECOMMENDS, *needs.wishes)),
        "Section": "science",
        "Priority": "optional",
        "Description": f"{SUMMARY}\n" + "\n".join(f" {line}" for line in DESCRIPTION.splitlines()),
    }
    return "".join(f"{key}: {value}\n" for key, value in fields.items())


def installed_size(root: Path) -> int:
    """KiB as Debian counts them: every file rounded up, everything else as one."""
    plain = [path for path in archive.members(root) if path.is_file() and not path.is_symlink()]
    others = len(archive.members(root)) - len(plain)
    return sum(-(-path.stat().st_size // 1024) for path in plain) + others


def md5sums(root: Path) -> str:
    """What `debsums` compares the installed files with."""
    lines = []
    for path in archive.members(root):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
            lines.append(f"{digest}  {path.relative_to(root).as_posix()}\n")
    return "".join(lines)


def changelog(version: str, date: int) -> str:
    """Debian's own, which tells of the package; what is new in the program stands beside it."""
    return (
        f"{NAME} ({debian_version(version)}) unstable; urgency=medium\n\n"
        f"  * Release {version}: see CHANGELOG.md.gz.\n\n -- {MAINTAINER}  {formatdate(date)}\n"
    )


def copyright_file() -> str:
    """The licence of the program in Debian's form, and where those of its parts are."""
    owner, terms = _licence()
    text = "\n".join(f" {line}" if line else " ." for line in terms)
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Espalier\n"
        "Comment: The program carries libraries with licences of their own, Qt (LGPL-3) among them.\n"
        f" Their notices and texts are in /{PLACE}/_internal/licences.\n\n"
        f"Files: *\nCopyright: {owner}\nLicense: Expat\n\nLicense: Expat\n{text}\n"
    )


def _licence() -> tuple[str, list[str]]:
    """Who holds the rights, and the terms, as LICENSE has them."""
    lines = (archive.ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("Copyright"))
    return lines[at].removeprefix("Copyright (c) "), lines[at + 2 :]


def _build(root: Path, target: Path) -> None:
    command = [
        "dpkg-deb",
        "--build",
        "--root-owner-group",
        "--no-uniform-compression",
    ]  # lintian reads no other control
    command += ["-Zzstd", f"-z{LEVEL}", f"--threads-max={archive.cores()}"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(archive.source_date())}  # of the archive's own parts
    done = subprocess.run(
        [*command, str(root), str(target)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise PackError(f"dpkg-deb failed: {done.stderr.strip()}")
