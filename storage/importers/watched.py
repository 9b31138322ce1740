"""A file of others while it is read: how far that is, and that it ends where nobody wants it any more. Knows no format.

A file that holds one run says nothing before its end, and no importer should have to ask in between.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

_PIECE = 1 << 16


class UnwantedError(Exception):
    """Nobody wants to know what else the file holds. No error of a file: who reads one must let it pass."""


class _Watched(FileIO):
    def __init__(self, path: Path, look: Callable[[int], None]) -> None:
        super().__init__(path)
        self._look = look

    def readinto(self, buffer: Any, /) -> int | None:
        self._look(self.tell())
        return super().readinto(buffer)


def watched(path: Path, look: Callable[[int], None]) -> BufferedReader:
    """The file, opened to be read; `look` is told before each piece at which byte it begins. What it raises ends the
    reading. Raises OSError."""
    return BufferedReader(_Watched(path, look), _PIECE)
