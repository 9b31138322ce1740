"""What the operating system must offer before Qt may start: libraries and a display. Standard library only.

`run.py` asks this before anything is installed, `espalier doctor` later. Qt itself aborts where something is missing.
"""

from __future__ import annotations

import ctypes
import platform
import socket
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

# soname -> Debian package. Debian 13 and Ubuntu 24.04 call some of them ...t64; apt resolves the old name there.
# fmt: off
QT_LIBRARIES = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libX11.so.6": "libx11-6", "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0", "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfontconfig1", "libstdc++.so.6": "libstdc++6",
}
X_LIBRARIES = {
    "libxcb.so.1": "libxcb1", "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0", "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0": "libxcb-shm0", "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0", "libX11-xcb.so.1": "libx11-xcb1",
}
WAYLAND_LIBRARIES = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}
# fmt: on


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(table: Iterable[str], is_there: Callable[[str], bool] = _loads) -> list[str]:
    """The libraries that are not there, neither in the system nor beside a frozen program; none but on Linux."""
    return [soname for soname in table if not is_there(soname)] if sys.platform == "linux" else []


def missing_packages(table: Mapping[str, str], is_there: Callable[[str], bool] = _loads) -> list[str]:
    """Debian packages of the libraries that are not there, each once, in the table's order; none but on Linux."""
    return list(dict.fromkeys(table[soname] for soname in missing_libraries(table, is_there)))


def apt_command(packages: Sequence[str]) -> list[str]:
    """The command that installs `packages` (as root)."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def install_command(sonames: Sequence[str], release: Mapping[str, str] | None = None) -> str:
    """What a user types here to install these libraries; empty where nobody knows.

    `release` is what /etc/os-release says. Other families than Debian's find a package by the library's name.
    """
    release = _release() if release is None else release
    families = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    capabilities = " ".join(f"'{soname}()(64bit)'" for soname in sonames)
    if families & {"debian", "ubuntu"}:
        known = QT_LIBRARIES | X_LIBRARIES | WAYLAND_LIBRARIES
        return f"sudo {' '.join(apt_command(list(dict.fromkeys(known[soname] for soname in sonames))))}"
    if families & {"fedora", "rhel", "centos"}:
        return f"sudo dnf install {capabilities}"
    if families & {"suse", "opensuse"}:
        return f"sudo zypper install {capabilities}"
    return ""


def _release() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def window_libraries(environment: Mapping[str, str], is_there: Callable[[str], bool] = _loads) -> dict[str, str]:
    """What Qt needs for a window here. Where it can choose, it takes Wayland if it can and X if it cannot."""
    kind = environment.get("QT_QPA_PLATFORM")
    x, wayland = environment.get("DISPLAY"), environment.get("WAYLAND_DISPLAY")
    if not kind and wayland:
        kind = "xcb" if x and missing_libraries(WAYLAND_LIBRARIES, is_there) else "wayland"
    if kind == "xcb" or (not kind and x):
        return QT_LIBRARIES | X_LIBRARIES
    return QT_LIBRARIES | WAYLAND_LIBRARIES if kind == "wayland" else dict(QT_LIBRARIES)


def _x_answers() -> bool:
    """Whether the X server that DISPLAY names is alive; takes milliseconds."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # nobody can know yet: that library is missing, too
    xcb.xcb_connect.restype, xcb.xcb_connect.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not broken


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    """Whether somebody listens at the socket that WAYLAND_DISPLAY names."""
    place = Path(environment.get("XDG_RUNTIME_DIR", "/"), environment["WAYLAND_DISPLAY"])
    with socket.socket(socket.AF_UNIX) as compositor:
        try:
            compositor.connect(str(place))
        except OSError:
            return False
    return True


def why_no_display(
    environment: Mapping[str, str],
    x_answers: Callable[[], bool] = _x_answers,
    wayland_answers: Callable[[Mapping[str, str]], bool] = _wayland_answers,
) -> str:
    """Why no window can be shown here, in words; empty if one can."""
    chosen = environment.get("QT_QPA_PLATFORM")
    if sys.platform != "linux" or chosen not in (None, "", "xcb"):
        return ""
    wayland = None if chosen else environment.get("WAYLAND_DISPLAY")
    display = environment.get("DISPLAY")
    if wayland and wayland_answers(environment):
        return ""
    if display:
        return "" if x_answers() else f"the X display {display} does not answer"
    if wayland:
        return f"the Wayland display {wayland} does not answer"
    return "DISPLAY is not set" if chosen else "DISPLAY and WAYLAND_DISPLAY are not set"
