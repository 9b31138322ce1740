"""The program's icon in the formats that PyInstaller and installers want, drawn by Qt from the one SVG.

`python packaging/icons.py FOLDER` writes them there. The two containers are a few bytes around PNG files.
"""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from app.desktop.files import ICON_SIZES
from app.desktop.pictures import png

ICO_SIZES: tuple[int, ...] = (16, 24, 32, 48, 64, 128, 256)
"""Pixels; the format ends at 256."""
ICNS_TYPES: dict[bytes, int] = {
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}
"""Kind of picture -> pixels: 16, 32, 128, 256 and 512 points, also for screens with twice as many pixels. What holds 16
and 32 plain pixels may not be a PNG in an application."""


@dataclass(frozen=True, slots=True)
class Icons:
    """What was written."""

    ico: Path
    icns: Path
    pngs: dict[int, Path]
    """Pixels -> file."""


def make_icons(folder: Path) -> Icons:
    """Write all of them into `folder`, which is made if need be; the same bytes every time. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Icons(
        folder / "espalier.ico",
        folder / "espalier.icns",
        {size: folder / f"espalier-{size}.png" for size in ICON_SIZES},
    )
    made.ico.write_bytes(ico({size: png(size) for size in ICO_SIZES}))
    made.icns.write_bytes(icns({kind: png(size) for kind, size in ICNS_TYPES.items()}))
    for size, path in made.pngs.items():
        path.write_bytes(png(size))
    return made


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNG files by their size in pixels (16 to 256)."""
    place = 6 + 16 * len(pictures)
    entries = b""
    for size, data in pictures.items():
        side = size % 256  # one byte, in which 0 means 256
        entries += struct.pack("<4B2H2I", side, side, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return struct.pack("<3H", 0, 1, len(pictures)) + entries + b"".join(pictures.values())


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """A macOS icon of PNG files by their kind (four letters)."""
    body = b"".join(kind + struct.pack(">I", 8 + len(data)) + data for kind, data in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python packaging/icons.py FOLDER", file=sys.stderr)
        return 2
    made = make_icons(Path(sys.argv[1]))
    print(*(made.ico, made.icns, *made.pngs.values()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
