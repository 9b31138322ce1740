"""Packs the bundle for download, the same bytes for the same bundle, and sums what is to be published.

Knows folders and compressors; it must not know what is in the bundle, nor how it was built.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, BinaryIO

from app.benchmarks.bundle import size_of

ROOT = Path(__file__).resolve().parent.parent
SUFFIX = ".zip" if sys.platform == "win32" else ".tar.xz"
"""Of what everybody can unpack on this system."""
LEVEL = 1
"""Of xz. On 2 cores level 1 takes a minute, 3 takes two for 6 % less, 6 takes four for 15 % less."""
FIRST_ZIP_DATE = 315_532_800
"""1980-01-01, in seconds: a zip cannot hold an earlier one."""

Say = Callable[[str], None]


class PackError(Exception):
    """Nothing could be packed; the message is for whoever builds."""


def make_archive(bundle: Path, target: Path, say: Say = print) -> Path:
    """Pack the folder `bundle` into `target`, which ends in `.tar.xz` or `.zip`; returns `target`.

    Everything lies in one folder that is called like the archive, so that two versions side by side do not mix.
    Raises PackError; a target from before is then as it was.
    """
    if not bundle.is_dir():
        raise PackError(f"There is no bundle in {bundle}.")
    writers: dict[str, Callable[[Path, str, Path], None]] = {".tar.xz": _write_tar, ".zip": _write_zip}
    suffix = next((suffix for suffix in writers if target.name.endswith(suffix)), None)
    if suffix is None:
        raise PackError(f"{target.name} is no archive that can be made here: it must end in {' or '.join(writers)}.")
    say(f"packing {target.name} ({size_of(bundle) / 1e6:.0f} MB) ...")
    start = time.monotonic()
    part = target.with_name(target.name + ".part")
    try:
        writers[suffix](bundle, target.name.removesuffix(suffix), part)
        part.replace(target)
    except OSError as error:
        raise PackError(f"{target.name} cannot be written: {error}.") from error
    finally:
        part.unlink(missing_ok=True)
    say(f"{target.name}: {target.stat().st_size / 1e6:.0f} MB in {time.monotonic() - start:.0f} s")
    return target


def members(folder: Path) -> list[Path]:
    """Everything below `folder`, in an order that is the same everywhere; links are not followed."""
    found = []
    for parent, folders, files in os.walk(folder):
        found += [Path(parent, name) for name in (*folders, *files)]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def mode_of(path: Path) -> int:
    """755 for folders and programs and 644 for the rest: whatever mask the builder has, all users can read it.

    Libraries are no programs, though many wheels mark them so.
    """
    program = path.lstat().st_mode & stat.S_IXUSR and ".so" not in path.suffixes
    return 0o755 if path.is_dir() or program else 0o644


def source_date() -> int:
    """The date of every packed file, in seconds: SOURCE_DATE_EPOCH, else that of the commit, else of the source."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        if not given.isdecimal():
            raise PackError(f"SOURCE_DATE_EPOCH is {given!r}; it must be a number of seconds.")
        return int(given)
    with contextlib.suppress(OSError):
        # whoever has signatures shown would get their lines, too
        command = ["git", "-C", str(ROOT), "log", "-1", "--no-show-signature", "--format=%ct"]
        commit = subprocess.run(command, capture_output=True, text=True).stdout.strip()
        if commit.isdecimal():
            return int(commit)
    return int((ROOT / "pyproject.toml").stat().st_mtime)


def cores() -> int:
    """Threads for a compressor. Two at least: with one, xz and zstd write other bytes than with several."""
    return max(2, os.cpu_count() or 1)


def sums(folder: Path) -> Path:
    """Write `folder/SHA256SUMS` over the files that lie directly in it, as `sha256sum --check` reads it."""
    target = folder / "SHA256SUMS"
    files = sorted(path for path in folder.iterdir() if path.is_file() and path != target)
    lines = [f"{sha256(path)}  {path.name}\n" for path in files]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- tar.xz ----------------------------------------------------------------------------------------------------------


def _write_tar(bundle: Path, inside: str, target: Path) -> None:
    date = source_date()
    with _xz(target) as stream, tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for path in (bundle, *members(bundle)):
            entry = _tar_entry(path, (Path(inside) / path.relative_to(bundle)).as_posix(), date)
            if entry.isreg():
                with path.open("rb") as file:
                    archive.addfile(entry, file)
            else:
                archive.addfile(entry)


def _tar_entry(path: Path, name: str, date: int) -> tarfile.TarInfo:
    """What is said of one file: nothing of the machine and the user who packed it (user and group are 0)."""
    entry = tarfile.TarInfo(name)
    entry.mtime = date
    entry.mode = mode_of(path)
    if path.is_symlink():
        entry.type, entry.linkname, entry.mode = tarfile.SYMTYPE, path.readlink().as_posix(), 0o777
    elif path.is_dir():
        entry.type = tarfile.DIRTYPE
    else:
        entry.size = path.stat().st_size
    return entry


@contextlib.contextmanager
def _xz(target: Path) -> Iterator[IO[bytes]]:
    """A stream that is compressed into `target`: by the program xz on all cores, or by Python on one, in four times
    the time.
    """
    program = shutil.which("xz")
    if program is None:
        import lzma

        with lzma.open(target, "wb", preset=LEVEL) as stream:
            yield stream
        return
    with target.open("wb") as file, _compressor([program, f"-{LEVEL}", f"--threads={cores()}"], file) as stream:
        yield stream


@contextlib.contextmanager
def _compressor(command: list[str], target: BinaryIO) -> Iterator[IO[bytes]]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=target, stderr=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stderr is not None
    try:
        with contextlib.suppress(BrokenPipeError), process.stdin:  # its own words, below, say why it ended
            yield process.stdin
    except BaseException:
        process.kill()
        raise
    finally:
        with process.stderr:
            words = process.stderr.read().decode(errors="replace").strip()
        process.wait()
    if process.returncode:
        raise PackError(f"{command[0]} failed: {words or f'exit status {process.returncode}'}")


# --- zip -------------------------------------------------------------------------------------------------------------


def _write_zip(bundle: Path, inside: str, target: Path) -> None:
    """For Windows, where a bundle has no links and the Explorer opens nothing else."""
    date = time.gmtime(max(source_date(), FIRST_ZIP_DATE))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in members(bundle):
            if path.is_dir():
                continue
            entry = zipfile.ZipInfo((Path(inside) / path.relative_to(bundle)).as_posix(), date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # unix: the same bytes wherever it is packed, and modes that survive
            entry.external_attr = (stat.S_IFREG | mode_of(path)) << 16
            with path.open("rb") as file, archive.open(entry, "w", force_zip64=path.stat().st_size >= 1 << 31) as out:
                shutil.copyfileobj(file, out, 1 << 20)
