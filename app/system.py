"""What the operating system must offer before Qt may start: libraries and a display. Standard library only.

`run.py` asks this before anything is installed, `espalier doctor` later. Qt itself aborts where something is missing.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Mapping, Sequence

# soname -> Debian package. Debian 13 and Ubuntu 24.04 call some of them ...t64; apt resolves the old name there.
# fmt: off
QT_LIBRARIES = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libX11.so.6": "libx11-6", "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0", "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfontconfig1",
}
X_LIBRARIES = {
    "libxcb.so.1": "libxcb1", "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0", "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0": "libxcb-shm0", "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0", "libX11-xcb.so.1": "libx11-xcb1",
}
# fmt: on


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_packages(table: Mapping[str, str], is_there: Callable[[str], bool] = _loads) -> list[str]:
    """Debian packages of the libraries that are not there, each once, in the table's order; none but on Linux."""
    if sys.platform != "linux":
        return []
    return list(dict.fromkeys(package for soname, package in table.items() if not is_there(soname)))


def apt_command(packages: Sequence[str]) -> list[str]:
    """The command that installs `packages` (as root)."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def window_libraries(environment: Mapping[str, str]) -> dict[str, str]:
    """What Qt needs for a window here."""
    platform = environment.get("QT_QPA_PLATFORM") or ("xcb" if environment.get("DISPLAY") else "")
    return QT_LIBRARIES | X_LIBRARIES if platform == "xcb" else QT_LIBRARIES


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


def why_no_display(environment: Mapping[str, str], x_answers: Callable[[], bool] = _x_answers) -> str:
    """Why no window can be shown here, in words; empty if one can."""
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM") or environment.get("WAYLAND_DISPLAY"):
        return ""
    display = environment.get("DISPLAY")
    if not display:
        return "DISPLAY and WAYLAND_DISPLAY are not set"
    return "" if x_answers() else f"the X display {display} does not answer"
