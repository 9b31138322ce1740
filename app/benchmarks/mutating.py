"""Files made wrong in many ways, by seed: for benchmarks of what reads files of others. Knows bytes, and no format.

The same bytes and the same seed give the same mutant. Ways after AFL (M. Zalewski, "Binary fuzzing strategies", 2014):
flipped bits, numbers at the edge, cut, repeated and transposed parts, and words that parsers trip over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

Way: TypeAlias = Callable[[bytearray, Random], None]

MOST_EDITS = 4
"""Ways that one mutant goes, one after the other."""
LONGEST_PART = 4096
"""Bytes that are cut out, repeated or moved at once."""
EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF)
WORDS = (
    b"null", b"true", b"NaN", b"-Infinity", b"1e999", b"-1", b"9" * 40, b"0.1e-400", b"[]", b"{}", b"[" * 500,
    b'{"a":' * 500, b'"', b"\\", b"\\ud800", b"\\u0000", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae",
    b"\r\n", b"\n\n", b"=1+1", b"../../etc/passwd", b"<img src=x>", b"%s%n", b"x" * 70_000,
)  # fmt: skip
"""What parsers trip over, in any text."""


def mutant(original: bytes, random: Random) -> bytes:
    """`original` after one to MOST_EDITS accidents; it may come out the same, as a cut and a repetition can cancel."""
    data = bytearray(original)
    for _ in range(random.randint(1, MOST_EDITS)):
        random.choice(WAYS)(data, random)
    return bytes(data)


def text_mutant(original: bytes, random: Random) -> bytes:
    """As `mutant`, for lines of text: some of them are also left out, doubled, swapped or run into one."""
    if random.random() < 0.5:
        return mutant(original, random)
    lines = original.splitlines(keepends=True)
    for _ in range(random.randint(1, MOST_EDITS)):
        random.choice(_LINE_WAYS)(lines, random)
    data = bytearray(b"".join(lines))
    if random.random() < 0.5:
        random.choice(WAYS)(data, random)
    return bytes(data)


def _place(data: Sequence[object], random: Random) -> int:
    return random.randrange(len(data)) if data else 0


def _part(data: bytearray, random: Random) -> slice:
    """A stretch of the data, more often a short one."""
    start = _place(data, random)
    return slice(start, start + 2 ** random.randrange(LONGEST_PART.bit_length()))


def _flip_bits(data: bytearray, random: Random) -> None:
    for _ in range(min(len(data), 2 ** random.randrange(5))):
        data[_place(data, random)] ^= 1 << random.randrange(8)


def _write_edge(data: bytearray, random: Random) -> None:
    edge = random.choice(EDGES)
    size = random.choice([width for width in (1, 2, 4, 8) if edge < 256**width])
    start = _place(data, random)
    data[start : start + size] = edge.to_bytes(size, random.choice(("big", "little")))


def _write_noise(data: bytearray, random: Random) -> None:
    part = _part(data, random)
    data[part] = random.randbytes(len(data[part]))


def _blank(data: bytearray, random: Random) -> None:
    part = _part(data, random)
    data[part] = bytes(len(data[part]))


def _cut_off(data: bytearray, random: Random) -> None:
    del data[_place(data, random) :]


def _cut_out(data: bytearray, random: Random) -> None:
    del data[_part(data, random)]


def _repeat(data: bytearray, random: Random) -> None:
    part = data[_part(data, random)]
    place = _place(data, random)
    data[place:place] = part * random.choice((1, 2, 16))


def _copy_over(data: bytearray, random: Random) -> None:
    part = data[_part(data, random)]
    place = _place(data, random)
    data[place : place + len(part)] = part


def _insert_word(data: bytearray, random: Random) -> None:
    place = _place(data, random)
    data[place:place] = random.choice(WORDS)


def _change_number(data: bytearray, random: Random) -> None:
    """Another digit, sign or point, where there is one near."""
    start = _place(data, random)
    for place in range(start, min(start + 200, len(data))):
        if data[place] in b"0123456789":
            data[place : place + 1] = random.choice((b"0", b"9", b"-", b".", b"1e9", b'"', b"99999999999999999999"))
            return


WAYS: tuple[Way, ...] = (
    _flip_bits,
    _write_edge,
    _write_noise,
    _blank,
    _cut_off,
    _cut_out,
    _repeat,
    _copy_over,
    _insert_word,
    _change_number,
)


def _drop_line(lines: list[bytes], random: Random) -> None:
    if lines:
        del lines[_place(lines, random)]


def _double_line(lines: list[bytes], random: Random) -> None:
    if lines:
        lines.insert(_place(lines, random), lines[_place(lines, random)])


def _swap_lines(lines: list[bytes], random: Random) -> None:
    if lines:
        one, other = _place(lines, random), _place(lines, random)
        lines[one], lines[other] = lines[other], lines[one]


def _join_lines(lines: list[bytes], random: Random) -> None:
    if lines:
        place = _place(lines, random)
        lines[place] = lines[place].rstrip(b"\r\n")


_LINE_WAYS: tuple[Callable[[list[bytes], Random], None], ...] = (_drop_line, _double_line, _swap_lines, _join_lines)
