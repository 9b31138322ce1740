"""Installs the Debian package on a bare Debian, uses it as somebody without rights, and removes it again.

Knows the package and the program only from outside: their commands and the files that they leave.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import debian_root
from deb import debian_version
from debian_root import USER, Root, RootError, Say, tail

COMMAND = "espalier"
HOME = f"home/{USER}"
SESSION_MAGIC = (b"SQLite format 3\0", b"ESPL", 68)
"""How a session begins, and its application id with the place of that."""
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
SMALLEST_PICTURE = 5000
"""Bytes; an empty one has fewer."""
WINDOW_S = 120
MIME_TYPE = "application/vnd.espalier.session"
CACHES: tuple[str, ...] = ("usr/share/applications/mimeinfo.cache", "usr/share/mime/globs2")
"""What Debian's triggers make of the package's files, wherever the tools for it are installed."""
LEFT_ALONE: tuple[str, ...] = (
    "/var/lib/dpkg/",
    "/var/lib/apt/",
    "/var/cache/",
    "/var/log/",
    "/etc/ld.so.cache",
    f"/{HOME}/",
    "/tmp/",
)
"""What apt and the tools keep for themselves, and what belongs to the user."""

WINDOW = """
status=$HOME/status-$$.json
ESPALIER_STATUS_FILE=$status espalier & window=$!
tries=300
until grep -q '"painted": [0-9]' "$status" 2>/dev/null; do
    tries=$((tries - 1))
    if [ $tries = 0 ] || ! kill -0 $window; then echo "the window was not painted"; exit 1; fi
    sleep 0.2
done
if [ -n "$DISPLAY" ] && ! xdotool search --onlyvisible --name Espalier >/dev/null; then
    echo "no window is on the screen"; exit 1
fi
kill -TERM $window
wait $window || { echo "the window ended with exit status $?"; exit 1; }
"""
"""Opens the window, waits for its first paint and closes it, in the words of a shell without Python."""


class Check(NamedTuple):
    name: str
    state: Literal["ok", "failed", "skipped"]
    detail: str
    seconds: float


class _FailedError(Exception):
    """Something is not as it must be."""


Step = Callable[[Root], str]
"""Does something in the root and returns what is worth knowing of it; raises RootError or _FailedError."""


def check_deb(deb: Path, say: Say = print) -> list[Check]:
    """What came of every step with the package `deb`; one skipped check where no Debian root can be had."""
    if why := debian_root.why_not():
        return [Check("debian", "skipped", why, 0.0)]
    try:
        with debian_root.fresh(say) as root:
            return list(_checks(root, deb, say))
    except RootError as error:
        return [Check("debian", "skipped", str(error), 0.0)]


def _checks(root: Root, deb: Path, say: Say) -> Iterator[Check]:
    """Each needs the one before it, so the first that fails is the last."""
    inside = root.bring(deb, f"/tmp/{deb.name}")
    before = root.files()
    steps: tuple[tuple[str, Step], ...] = (
        ("install", lambda root: _install(root, f"/tmp/{inside.name}")),
        ("--version", _version),
        ("run with a picture", _run),
        ("window without a display", lambda root: _window(root, "env", "QT_QPA_PLATFORM=offscreen")),
        ("remove", lambda root: _remove(root, before)),
        ("install on a desktop", lambda root: _install_on_desktop(root, f"/tmp/{inside.name}")),
        ("window under Xvfb", lambda root: _window(root, "xvfb-run", "--auto-servernum")),
        ("remove from a desktop", _remove_from_desktop),
    )
    for name, step in steps:
        start = time.monotonic()
        state: Literal["ok", "failed"] = "ok"
        try:
            detail = step(root)
        except (RootError, _FailedError, OSError) as error:
            state, detail = "failed", str(error)
        check = Check(name, state, detail, time.monotonic() - start)
        say(f"{check.state}: {check.name} ({check.seconds:.1f} s) {check.detail}".rstrip())
        yield check
        if state == "failed":
            return


def _install(root: Root, deb: str) -> str:
    """With what it depends on and nothing else: no font, no recommended package."""
    root.install(deb)
    states = _told(root, ["dpkg-query", "--show", "--showformat", "${db:Status-Abbrev}\n"]).splitlines()
    return f"{sum(state.startswith('ii') for state in states)} packages in the system now"


def _version(root: Root) -> str:
    said = _told(root, [COMMAND, "--version"])
    packaged = _told(root, ["dpkg-query", "--show", "--showformat", "${Version}", COMMAND])
    if debian_version(said.removeprefix("Espalier ")) != packaged:
        raise _FailedError(f"the program says {said!r} and the package {packaged!r}")
    return said


def _run(root: Root) -> str:
    """A search without network and rights, and its picture; then the session is read again."""
    _told(root, [COMMAND, "run", "4 9 10 13", "--out", "first.espalier", "--picture", "first.png"])
    begin, mark, place = SESSION_MAGIC
    session = (root.folder / HOME / "first.espalier").read_bytes()
    if not (session.startswith(begin) and session[place : place + len(mark)] == mark):
        raise _FailedError("first.espalier is not a session")
    picture = (root.folder / HOME / "first.png").read_bytes()
    if not picture.startswith(PNG_MAGIC) or len(picture) < SMALLEST_PICTURE:
        raise _FailedError(f"first.png ({len(picture)} bytes) shows nothing")
    shown = _told(root, [COMMAND, "show", "first.espalier"])
    return f"picture of {len(picture)} bytes, {len(shown.splitlines())} lines of text"


def _window(root: Root, *around: str) -> str:
    _told(root, [*around, "sh", "-c", WINDOW], WINDOW_S)
    return "painted and closed"


def _remove(root: Root, before: set[str]) -> str:
    """Everything that came with it has to go."""
    root.apt("purge", "--auto-remove", COMMAND)
    left = sorted(path for path in root.files() - before if not f"{path}/".startswith(LEFT_ALONE))
    left = [path for path in left if path not in LEFT_ALONE]
    if left:
        raise _FailedError(f"{len(left)} files and folders are left: {', '.join(left[:5])}")
    return "nothing is left"


def _install_on_desktop(root: Root, deb: str) -> str:
    root.install(*debian_root.AT_HAND)
    root.install(deb)
    for path in CACHES:
        if MIME_TYPE not in (root.folder / path).read_text(encoding="utf-8"):
            raise _FailedError(f"/{path} does not know sessions")
    return "menu and file types know it"


def _remove_from_desktop(root: Root) -> str:
    root.apt("purge", COMMAND)
    for path in CACHES:
        cache = root.folder / path
        if cache.exists() and MIME_TYPE in cache.read_text(encoding="utf-8"):
            raise _FailedError(f"/{path} still knows sessions")
    if (root.folder / "opt/espalier").exists():
        raise _FailedError("/opt/espalier is still there")
    return "menu and file types have forgotten it"


def _told(root: Root, command: list[str], timeout: float = 120) -> str:
    """What `command` says to somebody without rights. Raises _FailedError for a bad exit status."""
    done = root.run(command, timeout=timeout, user=USER)
    if done.returncode:
        raise _FailedError(f"`{command[0]}` ended with exit status {done.returncode}: {tail(done.stdout)}")
    return done.stdout.strip()


def main() -> int:
    """`python packaging/deb_check.py FILE.deb`: exit status 1 if a check failed."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print("usage: python packaging/deb_check.py FILE.deb", file=sys.stderr)
        return 2
    checks = check_deb(Path(sys.argv[1]))
    for check in checks:
        if check.state == "skipped":
            print(f"skipped: {check.detail}")
    return int(any(check.state == "failed" for check in checks))


if __name__ == "__main__":
    sys.exit(main())
