"""Events packed together: a block is zlib over a JSON array of [at, event]. Knows text and bytes, no event, no table.

Told of its unpacked size, the function sqlar_uncompress of the sqlite3 shell reads a block, too.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

FULL_EVENTS = 1_000
FULL_BYTES = 1 << 20
"""A block takes no more once it holds so many events, or so much text: reading one event unpacks them all."""
LARGEST_BLOCK = 50_000_000
"""Bytes of text: a single event may be larger than FULL_BYTES, and is a block of its own then."""

THOROUGH, QUICK = 6, 1
"""Levels of zlib. Quick is three times as fast, and the file a quarter larger."""


class BlockError(ValueError):
    """What is no block; the message says why, in words."""


def has_room(events: int, size: int) -> bool:
    """Whether a block with so many events and so many bytes of text takes another small one."""
    return events < FULL_EVENTS and size < FULL_BYTES


def cut(rows: Sequence[bytes], events: int = 0, size: int = 0) -> list[int]:
    """Where blocks end, as numbers of rows, the last one included. The first of them has `events` of `size` bytes
    already, and may have no room for any row."""
    ends = []
    for place, row in enumerate(rows):
        if events and not has_room(events, size + len(row)):
            ends.append(place)
            events = size = 0
        events += 1
        size += len(row) + 1
    return [*ends, len(rows)]


def pack(text: bytes, level: int = THOROUGH) -> bytes:
    """The blob of a block with this text."""
    packed = zlib.compress(text, level)
    # sqlar_uncompress takes a blob that is as long as its text for text
    return packed if len(packed) != len(text) else zlib.compress(text, 0)


def unpack(packed: bytes, size: int) -> bytes:
    """The text of a block, which has `size` bytes. Raises BlockError; it never makes more than that."""
    if not 0 < size <= LARGEST_BLOCK:
        raise BlockError(f"its block claims to hold {size} bytes")
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(packed, size)
        text += reader.decompress(reader.unconsumed_tail, 1)  # which gives nothing: what is left is the checksum
    except zlib.error as error:
        raise BlockError(f"its block cannot be unpacked ({error})") from error
    if len(text) != size or not reader.eof or reader.unused_data:
        raise BlockError("its block has another size than it says")
    return text


def array(rows: Sequence[bytes]) -> bytes:
    """The text of a block of these rows."""
    return b"[" + b",".join(rows) + b"]"


def longer(text: bytes, rows: Sequence[bytes]) -> bytes:
    """The text of a block with more rows at its end."""
    return text[:-1] + b"," + b",".join(rows) + b"]"
