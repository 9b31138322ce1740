"""Makes the bundle and what is handed out of it: `python3 run.py build`. Knows the order, none of the steps.

    python3 run.py build                 dist/espalier, its archive, its .deb, its bill of materials, and their sums
    python3 run.py build --bundle-only   dist/espalier alone

The bundle is for the system and processor that it is built on, and for systems not older than this one.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import archive
import deb
import platforms
import sbom

from app.benchmarks.bundle import size_of
from engine import __version__
from storage.lock import FileLock

ROOT = Path(__file__).resolve().parents[1]
DIST, WORK = ROOT / "dist", ROOT / "build"
BUNDLE = DIST / "espalier"
HANDED_OUT = DIST / f"{platforms.NAME}.app" if sys.platform == "darwin" else BUNDLE
"""On macOS what knows its icon and its files is the application around the bundle."""
NEW = DIST / ".new"
"""Where PyInstaller works. A bundle moves to its place when it is whole: a build that is stopped leaves no half one."""
LOG = WORK / "pyinstaller.log"
NEEDED_GB = 4.0
LINES_SHOWN = 15
SYSTEM = {"linux": "linux", "win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)


class BuildError(Exception):
    """The build cannot go on; the message is a sentence."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py build", description="Make the bundle and its packages.")
    parser.add_argument("--bundle-only", action="store_true", help="no archive, no package, no bill of materials")
    try:
        build(packages=not parser.parse_args().bundle_only)
    except (BuildError, archive.PackError, OSError) as error:
        print(f"\n[build] {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n[build] stopped; what lies in dist is whole, but it may be old or lack its packages.", file=sys.stderr)
        return 130
    return 0


def build(packages: bool) -> None:
    """Everything, from nothing but an environment with the `build` extra. Raises BuildError, PackError, OSError."""
    check_tools()
    with alone():
        remove_scraps()
        with step("the bundle (two minutes or more)"):
            freeze()
        check_bundle(NEW / BUNDLE.name)
        put_in_place()
        if packages:
            pack()
    for path in sorted(DIST.iterdir()):
        size = size_of(path) if path.is_dir() else path.stat().st_size
        say(f"{size / 1e6:8.1f} MB  {path.relative_to(ROOT)}")


def check_tools() -> None:
    """What PyInstaller would miss after a minute is missed at once."""
    if sys.platform == "linux":
        missing = [tool for tool in ("objdump", "strip") if shutil.which(tool) is None]
        if missing:
            raise BuildError(f"{' and '.join(missing)} cannot be found; on Debian: sudo apt-get install -y binutils")
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < NEEDED_GB:
        raise BuildError(f"only {free:.1f} GB are free in {ROOT}; a build needs about {NEEDED_GB:.0f}.")


@contextmanager
def alone() -> Iterator[None]:
    """Inside, no other build works in this checkout. Raises BuildError if one does."""
    WORK.mkdir(exist_ok=True)
    lock = FileLock.acquire(WORK / "build")
    if lock is None:
        raise BuildError(f"another build is under way in {ROOT}; start this one again when it has ended.")
    try:
        yield
    finally:
        lock.release()


def remove_scraps() -> None:
    """What a build that was killed has left in DIST."""
    for scrap in (NEW, *DIST.glob(".deb-*")):
        shutil.rmtree(scrap, ignore_errors=True)


def put_in_place() -> None:
    """Let the new bundle take the place of the old one, whose packages go. On macOS there is an application, too."""
    for old in (*DIST.glob("espalier[-_]*"), DIST / "SHA256SUMS"):
        if not old.is_dir():  # somebody unpacked an archive here
            old.unlink(missing_ok=True)
    for made in sorted(NEW.iterdir()):
        place = DIST / made.name
        if place.exists():
            place.rename(NEW / f"old {made.name}")  # to remove it takes long enough to be stopped half-way
        made.rename(place)
    remove_scraps()


def pack() -> None:
    """All that is made of the bundle; the sums come last, so where they are everything is there."""
    with step("the bill of materials"):
        date = datetime.fromtimestamp(archive.source_date(), UTC)
        sbom.write(BUNDLE, DIST / f"espalier-{__version__}.cdx.json", date)
    with step("the archive"):
        archive.make_archive(HANDED_OUT, DIST / f"espalier-{__version__}-{SYSTEM}-{machine()}{archive.SUFFIX}", say)
    if why := deb.why_not():
        say(why)
    else:
        with step("the .deb"):
            deb.make_deb(BUNDLE, DIST / f"espalier_{__version__}_{deb.architecture()}.deb", __version__, say)
    archive.sums(DIST)


def freeze() -> None:
    """Run PyInstaller; what it says goes to a file. It ends with this process, which a polite kill ends like Ctrl+C."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "INFO"]
    command += ["--distpath", str(NEW), "--workpath", str(WORK), str(ROOT / "packaging" / "espalier.spec")]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",  # for the icons
        "PYTHONHASHSEED": "1",  # the order of sets reaches the archive of modules
        "SOURCE_DATE_EPOCH": str(archive.source_date()),
    }
    with LOG.open("w", encoding="utf-8") as log:
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            child.wait()
        finally:
            child.terminate()  # nothing, if it has ended
            child.wait()
    if child.returncode:
        said = "\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES_SHOWN:])
        raise BuildError(f"PyInstaller failed; the end of {LOG.relative_to(ROOT)}:\n\n{said}")


def check_bundle(bundle: Path) -> None:
    """The bundle says its version. Raises BuildError."""
    program = bundle / ("espalier-cli.exe" if sys.platform == "win32" else "espalier")
    done = subprocess.run([str(program), "--version"], capture_output=True, text=True)
    if done.stdout.strip() != f"Espalier {__version__}":
        raise BuildError(f"{program} --version says {done.stdout.strip()!r}: {done.stderr.strip()[-500:]}")


def machine() -> str:
    """The processor's architecture as file names have it."""
    return platform.machine().lower().replace("amd64", "x86_64")


def say(words: str) -> None:
    print(f"[build] {words}", flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    say(f"{what} ...")
    start = time.monotonic()
    yield
    say(f"{what.partition(' (')[0]}: {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
