"""ZIP archives of others, member by member, in bounded memory and time. Knows no format of what is in them.

Nothing is unpacked to a disk: a member's name is a key, never a path.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO, Any

from storage.importers.importer import LARGEST_RECORD, MOST_RECORDS, ForeignFileError

SIGN = b"PK\x03\x04"
EMPTY = b"PK\x05\x06"
"""How an archive without members begins."""
ZSTD = 93
MOST_UNPACKED = 1_000_000_000
"""Bytes that any archive may unpack to; a larger one to RATIO times its size."""
RATIO = 200
"""Logs are packed 10 to 50 times smaller, bombs 1,000 times and more."""
PICKLES = (".pkl", ".pickle")
_TABLE_BYTES = 64_000_000
"""Of the table of contents, which is held in memory."""
_LARGEST_WINDOW = 1 << 27
"""Bytes that a zstd frame may ask for."""
_NO_ZSTD = "it is packed with zstd, which this installation cannot unpack: `pip install zstandard` helps"
_BOMB = "the archive unpacks to more than any log would: it is made to fill a memory"
_LOCAL = struct.Struct("<26xHH")


class MemberError(ValueError):
    """A member cannot be read; the message says why, in words that follow its name and a colon."""


class Archive:
    """An open archive. Raises ForeignFileError where it is none, and OSError."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        """`stream` can seek; it stays open."""
        size = stream.seek(0, 2)
        if _table_bytes(stream, size) > _TABLE_BYTES:
            raise ForeignFileError(f"{name} is a ZIP archive of too many members.")
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            words = "a ZIP archive whose end, with its table of contents, is missing or damaged: it was cut off"
            raise ForeignFileError(f"{name} is {words}.") from error
        self._stream = stream
        self._left = max(MOST_UNPACKED, RATIO * size)
        self.members = {info.filename: info for info in self._zip.infolist()[:MOST_RECORDS]}
        """By name; of several of one name the last, which was written last."""
        self.doubled = len(self._zip.infolist()) - len(self.members)
        """Members that a later one of the same name took the place of, or that are too many."""

    def read(self, name: str) -> bytes:
        """A member, at most LARGEST_RECORD bytes of it. Raises MemberError or OSError."""
        info = self.members[name]
        if self._left < 0:  # nobody unpacks the rest to find out
            raise MemberError(_BOMB)
        if info.flag_bits & 1:
            raise MemberError("it is encrypted")
        if info.header_offset < 0:  # as a damaged table of contents says
            raise MemberError("it is damaged")
        raw = self._zstd(info) if info.compress_type == ZSTD else self._known(info)
        if len(raw) > LARGEST_RECORD:
            raise MemberError(f"it is larger than {LARGEST_RECORD // 1_000_000} MB")
        self._left -= len(raw)
        if self._left < 0:
            raise MemberError(_BOMB)
        return raw

    def _known(self, info: zipfile.ZipInfo) -> bytes:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise MemberError(f"it is packed by method {info.compress_type}, which is not read")
        try:
            with self._zip.open(info) as member:
                return member.read(LARGEST_RECORD + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise MemberError("it is damaged") from error

    def _zstd(self, info: zipfile.ZipInfo) -> bytes:
        """Method 93, which Python's own reader knows from 3.14 on."""
        try:
            import zstandard
        except ImportError as error:
            raise MemberError(_NO_ZSTD) from error
        if info.compress_size > LARGEST_RECORD:
            raise MemberError(f"it is larger than {LARGEST_RECORD // 1_000_000} MB")
        unpacking: Any = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        try:
            with unpacking.stream_reader(self._packed(info), read_across_frames=True) as member:
                raw: bytes = member.read(LARGEST_RECORD + 1)
        except (zstandard.ZstdError, MemoryError) as error:
            raise MemberError("it is damaged") from error
        if len(raw) <= LARGEST_RECORD and zlib.crc32(raw) != info.CRC:
            raise MemberError("it is damaged")
        return raw

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of a member as they lie in the file: behind its own head, which repeats its name."""
        self._stream.seek(info.header_offset)
        head = self._stream.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(SIGN):
            raise MemberError("it is damaged")
        name, extra = _LOCAL.unpack(head)
        self._stream.seek(name + extra, 1)
        return self._stream.read(info.compress_size)


def _table_bytes(stream: IO[bytes], size: int) -> int:
    """How large the table of contents says it is; 0 where none is found. Python's reader holds all of it in memory."""
    stream.seek(max(0, size - (1 << 16) - 22))
    tail = stream.read()
    if (wide := tail.rfind(b"PK\x06\x06")) >= 0 and len(tail) >= wide + 48:
        return int(struct.unpack_from("<Q", tail, wide + 40)[0])
    at = tail.rfind(EMPTY)
    return int(struct.unpack_from("<I", tail, at + 12)[0]) if 0 <= at <= len(tail) - 16 else 0
