"""Blocks: what is packed is unpacked, also by the sqlite3 shell's rule; what claims too much is not."""

from __future__ import annotations

import random
import zlib

import pytest

from storage import blocks
from storage.blocks import FULL_BYTES, FULL_EVENTS, BlockError, array, cut, longer, pack, unpack


@pytest.mark.parametrize("level", [blocks.THOROUGH, blocks.QUICK])
def test_what_is_packed_comes_back(level: int) -> None:
    text = array([b"[1.5,{}]"] * 1000)
    packed = pack(text, level)
    assert len(packed) < len(text) / 20
    assert unpack(packed, len(text)) == text == zlib.decompress(packed)


def test_a_block_is_never_as_long_as_its_text() -> None:
    """For sqlar_uncompress such a blob would be the text."""
    rng = random.Random(0)
    texts = [rng.randbytes(size) + b"a" * more for size in range(1, 60) for more in range(30)]
    assert any(len(zlib.compress(text, 6)) == len(text) for text in texts)
    for text in texts:
        packed = pack(text)
        assert len(packed) != len(text)
        assert unpack(packed, len(text)) == text


def test_rows_are_put_behind_those_that_are_there() -> None:
    assert longer(array([b"1", b"2"]), [b"3", b"4"]) == array([b"1", b"2", b"3", b"4"]) == b"[1,2,3,4]"


@pytest.mark.parametrize(
    ("size", "events", "known", "ends"),
    [
        (10, 5, (0, 0), [5]),
        (10, FULL_EVENTS + 5, (0, 0), [FULL_EVENTS, FULL_EVENTS + 5]),
        (10, 5, (FULL_EVENTS - 2, 100), [2, 5]),
        (10, 5, (FULL_EVENTS, 100), [0, 5]),
        (10, 5, (3, FULL_BYTES), [0, 5]),
        (FULL_BYTES, 3, (0, 0), [1, 2, 3]),
        (FULL_BYTES // 2 - 1, 3, (0, 0), [2, 3]),
    ],
)
def test_where_blocks_end(size: int, events: int, known: tuple[int, int], ends: list[int]) -> None:
    assert cut([b"x" * size] * events, *known) == ends


@pytest.mark.parametrize(
    ("packed", "size"),
    [
        (zlib.compress(bytes(10_000_000)), 1000),
        (zlib.compress(b"text"), 3),
        (zlib.compress(b"text"), 5),
        (zlib.compress(b"text")[:-1], 4),
        (zlib.compress(b"text") + b"more", 4),
        (zlib.compress(b"text")[:-4] + b"\0\0\0\0", 4),
        (b"nonsense", 4),
        (b"", 4),
        (zlib.compress(b"text"), 0),
        (zlib.compress(b"text"), -1),
        (zlib.compress(b"text"), 60_000_000),
    ],
)
def test_what_is_no_block(packed: bytes, size: int) -> None:
    with pytest.raises(BlockError, match="its block"):
        unpack(packed, size)
