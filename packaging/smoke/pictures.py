"""Pictures without a library: a PNG is read as far as to see that it shows something, and screens are written."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""PNG's colour type -> samples of a pixel."""


class Picture(NamedTuple):
    """What is known of a picture."""

    width: int
    height: int
    kinds_of_row: int
    """How many different rows of bytes it has; one colour gives at most three, though each row is told by the last."""

    @property
    def shows_something(self) -> bool:
        """Whether it is neither of one colour nor next to empty."""
        return self.kinds_of_row >= 20


def read_png(path: Path) -> Picture:
    """Raises ValueError with a sentence if it is no PNG."""
    data = path.read_bytes()
    if data[:8] != SIGNATURE:
        raise ValueError(f"{path.name} is no PNG")
    at, header, packed = 8, b"", b""
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        header, packed = (body, packed) if kind == b"IHDR" else (header, packed + body if kind == b"IDAT" else packed)
        at += 12 + length
    width, height, depth, colour = struct.unpack_from(">IIBB", header)
    try:
        pixels = zlib.decompress(packed)
    except zlib.error as error:
        raise ValueError(f"{path.name} is damaged: {error}") from error
    stride = 1 + (width * depth * CHANNELS[colour] + 7) // 8
    return Picture(width, height, _kinds_of_row(pixels, stride))


def screen_to_png(screen: bytes, path: Path) -> Picture:
    """Write a screen in the XWD format, as Xvfb keeps it (32 bits a pixel: blue, green, red, unused), as a PNG."""
    size, _, _, _, width, height = struct.unpack_from(">6I", screen)
    stride, colours = struct.unpack_from(">I", screen, 48)[0], struct.unpack_from(">I", screen, 76)[0]
    begin = size + 12 * colours
    rows = bytearray()
    for row in range(height):
        line = screen[begin + row * stride : begin + row * stride + 4 * width]
        rgb = bytearray(3 * width)
        rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
        rows += b"\0" + rgb
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    path.write_bytes(SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks))
    return Picture(width, height, _kinds_of_row(bytes(rows), 1 + 3 * width))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _kinds_of_row(pixels: bytes, stride: int) -> int:
    return len({pixels[at : at + stride] for at in range(0, len(pixels), stride)})
