"""What a freedesktop.org desktop is told of the program: a few files below a `share` folder, as names and contents.

Knows no folder and no tool, so that a package can hold the same files as a user's home. Qt is imported only when the
icons are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

APP_ID = "org.espalier.Espalier"
MIME_TYPE = "application/vnd.espalier.session"
ICON_SIZES: tuple[int, ...] = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels."""

SOURCES = Path(__file__).resolve().parents[2] / "resources" / "desktop"
LAUNCHER = f"applications/{APP_ID}.desktop"
SCALABLE = f"icons/hicolor/scalable/apps/{APP_ID}.svg"
COPIED: dict[str, str] = {
    f"metainfo/{APP_ID}.metainfo.xml": f"{APP_ID}.metainfo.xml",
    f"mime/packages/{APP_ID}.xml": f"{APP_ID}.xml",
}
"""Path below the share folder -> the file of ours that stands there as it is."""
ICONS: dict[str, int] = {f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png": size for size in ICON_SIZES}
PATHS: tuple[str, ...] = (LAUNCHER, *COPIED, *ICONS, SCALABLE)
"""Everything that is put below a share folder, with slashes, each named after APP_ID."""

_IN_QUOTES = str.maketrans({character: f"\\{character}" for character in '\\"`$'})
_IN_VALUE = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"})
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-./:@_")
_THROUGH_SHELL: tuple[str, ...] = ("sh", "-c", 'exec "$0" "$@"')


def desktop_files(command: Sequence[str]) -> dict[str, bytes]:
    """PATHS and what is in them, for a program that `command` starts; the same bytes every time.

    `command`: the program (a name in PATH or an absolute path) and its first arguments. Raises UnicodeEncodeError for a
    path that is not UTF-8: no desktop can name it.
    """
    from app.desktop import pictures

    return {
        LAUNCHER: launcher(command).encode(),
        **{path: (SOURCES / name).read_bytes() for path, name in COPIED.items()},
        **{path: pictures.png(size) for path, size in ICONS.items()},
        SCALABLE: pictures.SOURCE.read_bytes(),
    }


def launcher(command: Sequence[str]) -> str:
    """The menu entry that starts `command`, with a session file if one was double-clicked."""
    ours = {"Exec": exec_value(command), "TryExec": command[0].translate(_IN_VALUE)}
    lines = (SOURCES / f"{APP_ID}.desktop").read_text(encoding="utf-8").splitlines()
    keyed = ((line.partition("=")[0], line) for line in lines)
    return "".join(f"{key}={ours[key]}\n" if key in ours else f"{line}\n" for key, line in keyed)


def exec_value(command: Sequence[str]) -> str:
    """`command` and a file as the value of `Exec`: quoted for its words, then for the file that it stands in.

    A program with % or = in its path goes through a shell: GLib looks for the path before %% has become %, and the
    specification allows no = there.
    """
    words = [*_THROUGH_SHELL, *command] if {"%", "="} & set(command[0]) else command
    return " ".join([*map(_quoted, words), "%f"]).translate(_IN_VALUE)


def _quoted(word: str) -> str:
    return word if word and _PLAIN.issuperset(word) else f'"{word.translate(_IN_QUOTES)}"'.replace("%", "%%")
