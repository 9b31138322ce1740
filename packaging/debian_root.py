"""A small Debian system in a folder, without Python, X and GL, to try on it what a bare machine would do.

Made by debootstrap once and kept as a tar; every use unpacks a fresh one and removes it again. Knows Debian's tools; it
must not know what is tried. Needs root on Linux: `why_not` says what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], None]

SUITE = "bookworm"
"""The oldest Debian that the bundle is meant for."""
MIRROR = "http://deb.debian.org/debian"
"""Where the machine's own sources name none for SUITE."""
AT_HAND: tuple[str, ...] = ("libgl1", "libegl1", "xvfb", "xauth", "xdotool", "desktop-file-utils", "shared-mime-info")
"""Packages whose files are fetched beforehand, not installed, so that a later use needs no mirror."""
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "espalier" / f"debian-{SUITE}.tar"
FRESH_S = 7 * 24 * 3600
"""After as many seconds the tar is made anew: mirrors drop old files."""
MAKING_S = 600
INSTALLING_S = 600
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
USER = "ada"
"""A user without rights in every root."""
_TOOLS: tuple[str, ...] = ("debootstrap", "chroot", "unshare", "mount", "tar", "cp")
_NAMESPACES = ("unshare", "--mount", "--pid", "--fork", "--kill-child")
"""Whatever is mounted or left running in them is gone when their first process ends, however that ends."""
_ENTER = 'mount -t proc proc "$0/proc" && mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm" || exit; chroot "$@"; exit $?'
"""The shell stays as process 1: an X server tells no parent of that number that it is ready."""


class RootError(Exception):
    """No such system can be had, or something in it could not be done; the message says what."""


def why_not() -> str:
    """Why there can be no such system on this machine; empty if there can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "a Debian root needs the rights of root"
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        return f"a Debian root needs {' and '.join(missing)}, which cannot be found"
    permitted = subprocess.run(
        [*_NAMESPACES, "mount", "-t", "tmpfs", "none", tempfile.gettempdir()], capture_output=True
    )
    return "" if permitted.returncode == 0 else "this machine does not permit mounts of its own to a process"


@contextmanager
def fresh(say: Say = print) -> Iterator[Root]:
    """A new root, removed when the block ends. Raises RootError if none can be had."""
    if why := why_not():
        raise RootError(f"There is no Debian root here: {why}.")
    tar = kept(say)
    with tempfile.TemporaryDirectory(prefix="espalier-root-") as folder:
        _do(["tar", "--extract", "--file", str(tar), "--directory", folder])
        Path(folder).chmod(0o755)
        yield Root(Path(folder))


@dataclass(frozen=True)
class Root:
    """One Debian system in `folder`."""

    folder: Path

    def run(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        timeout: float = 120,
        user: str = "root",
        network: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        """Run `command` in the root; what it prints, on either stream, is in `stdout`.

        It knows PATH, HOME and what `environment` adds, and nothing else; without `network` there is none. What it
        leaves running ends with it. Raises RootError after `timeout` seconds; a bad exit status is the caller's matter.
        """
        home = "/root" if user == "root" else f"/home/{user}"
        variables = {"PATH": PATH, "HOME": home, **(environment or {})}
        words = [*_NAMESPACES, *([] if network else ["--net"]), "sh", "-c", _ENTER, str(self.folder)]
        words += [f"--userspec={user}:{user}", str(self.folder), "/usr/bin/env", "--ignore-environment"]
        words += [f"--chdir={home}", *(f"{name}={value}" for name, value in variables.items()), *command]
        return _run(words, timeout)

    def install(self, *packages: str, words: Sequence[str] = ("install",)) -> None:
        """Install packages, or `.deb` files by their path in the root, with what they depend on. Raises RootError."""
        self.apt(*words, *packages)

    def apt(self, *words: str) -> str:
        """Run apt-get without questions and recommended packages; returns what it said. Raises RootError."""
        command = ["apt-get", "-qq", "--assume-yes", "--no-install-recommends", *words]
        done = self.run(command, {"DEBIAN_FRONTEND": "noninteractive", **_proxies()}, INSTALLING_S, network=True)
        if done.returncode:
            raise RootError(f"`{' '.join(command)}` failed in the Debian root: {tail(done.stdout)}")
        return done.stdout

    def bring(self, source: Path, place: str) -> Path:
        """Copy a file or a folder to the absolute path `place`; returns where it lies outside."""
        target = self.folder / place.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        _do(["cp", "--archive", "--reflink=auto", "--no-target-directory", str(source), str(target)])
        return target

    def files(self) -> set[str]:
        """The path of everything in it, as seen from inside."""
        found = set()
        for parent, folders, names in os.walk(self.folder):
            inside = Path("/", Path(parent).relative_to(self.folder))
            found |= {str(inside / name) for name in (*folders, *names)}
        return found


# --- the tar that is kept --------------------------------------------------------------------------------------------


def kept(say: Say = print) -> Path:
    """The tar of a root as debootstrap leaves it; made if there is none, or an old one. Raises RootError."""
    if CACHE.exists() and time.time() - CACHE.stat().st_mtime < FRESH_S:
        return CACHE
    try:
        _make(CACHE, say)
    except (RootError, OSError) as error:
        if not CACHE.exists():
            raise RootError(str(error)) from error
        say(f"{error} Taking the Debian root of {time.ctime(CACHE.stat().st_mtime)}.")
    return CACHE


def _make(tar: Path, say: Say) -> None:
    source = mirror(_output(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)"]))
    say(f"making a Debian root ({SUITE} from {source}); it is kept in {tar} ...")
    tar.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="espalier-root-") as folder:
        include = ["--include=ca-certificates"] if source.startswith("https:") else []
        command = [*_NAMESPACES, "debootstrap", "--variant=minbase", *include, SUITE, folder, source]
        _do(command, MAKING_S, {**os.environ, **_proxies()})
        root = Root(Path(folder))
        settings = _output(["apt-config", "dump"])
        (root.folder / "etc/apt/apt.conf.d/00builder").write_text(passed_on(settings), encoding="utf-8")
        _do(["chroot", folder, "useradd", "--create-home", USER])
        root.apt("clean")
        root.apt("update")
        root.apt("install", "--download-only", *AT_HAND)
        part = tar.with_name(f"{tar.name}.{os.getpid()}")
        try:
            _do(["tar", "--create", "--file", str(part), "--directory", folder, "."])
            part.replace(tar)
        finally:
            part.unlink(missing_ok=True)


def mirror(targets: str) -> str:
    """Where the machine's own sources have SUITE from; `targets`: lines of "ADDRESS SUITE COMPONENT"."""
    rows = (line.split() for line in targets.splitlines())
    return next((row[0].rstrip("/") for row in rows if row[1:] == [SUITE, "main"]), MIRROR)


def passed_on(settings: str) -> str:
    """Those lines of `apt-config dump` that say how to reach a mirror."""
    wanted = ("Acquire::http", "Acquire::Check-", "Acquire::Retries")
    return "".join(f"{line}\n" for line in settings.splitlines() if line.startswith(wanted) and '""' not in line)


def _proxies() -> dict[str, str]:
    """The machine's proxies for debootstrap, as apt has them; apt itself reads the same variables."""
    found = {}
    for scheme in ("http", "https"):
        address = _output(["apt-config", "shell", "it", f"Acquire::{scheme}::Proxy"]).partition("=")[2].strip("'\n")
        address = address or os.environ.get(f"{scheme}_proxy", "")
        if address and address != "DIRECT":
            found[f"{scheme}_proxy"] = address
    return found


# --- commands --------------------------------------------------------------------------------------------------------


def tail(text: str, lines: int = 5) -> str:
    """The end of what a command said, in one line."""
    return " / ".join(line.strip() for line in text.strip().splitlines()[-lines:])


def _run(
    command: Sequence[str], timeout: float, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            env=environment,
            timeout=timeout,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired as late:
        said = late.output or b""
        words = said if isinstance(said, str) else said.decode(errors="replace")
        raise RootError(f"`{_short(command)}` did not end within {timeout:.0f} s: {tail(words)}") from late
    except OSError as error:
        raise RootError(f"`{_short(command)}` cannot be started: {error}.") from error


def _do(command: Sequence[str], timeout: float = INSTALLING_S, environment: Mapping[str, str] | None = None) -> None:
    done = _run(command, timeout, environment)
    if done.returncode:
        raise RootError(f"`{_short(command)}` failed: {tail(done.stdout)}")


def _output(command: Sequence[str]) -> str:
    """What `command` prints; nothing where it fails or there is no such program."""
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout
    except OSError:
        return ""


def _short(command: Iterable[str]) -> str:
    words = " ".join(command)
    return words if len(words) <= 200 else f"{words[:100]} ... {words[-100:]}"
