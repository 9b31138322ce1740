"""What an importer is, and what every one of them promises. Knows no format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

from engine.importing import Kept
from storage.errors import SessionError

LARGEST_RECORD = 64_000_000
"""Bytes."""
MOST_RECORDS = 200_000
DEEPEST = 64
"""Lists and objects within each other."""
DEEPEST_TREE = 400
"""The same where a tree is written as one: two for each of its levels. Readers of such a file go through it in a loop;
Python's own reader of JSON gives up at some 900."""
SHOWN = 120
"""Characters of a malformed line that are kept."""
SNIFFED = 65_536
"""Bytes at the beginning of a file that an importer may look at."""


class ForeignFileError(SessionError):
    """Nothing of a file can be read; the message is a sentence that says why and what would help."""


class Odd(NamedTuple):
    """Something in a file that was kept out, or guessed."""

    line: int
    """Number of the line, or of the record in a list, from 1."""
    what: str
    """In words, after `line 3: `."""
    begins: str = ""
    """The beginning of what is no record at all, as it stands there."""
    unit: str = "line"
    """What is counted, where it is no lines: folders."""
    is_kept: bool = False
    """Whether it is about a record that became a run nevertheless: something in it was guessed, or left out."""

    def __str__(self) -> str:
        return f"{self.unit} {self.line:,}: {self.what}"

    @property
    def whole(self) -> str:
        """The same with the beginning."""
        return f"{self}: {self.begins}" if self.begins else str(self)


class Working(NamedTuple):
    """Nothing is whole yet: a sign of life from what takes long when it has been read."""

    share: float
    """How much of it is done, in [0, 1]."""


class Head(NamedTuple):
    """What is known of a file before it is read."""

    start: bytes
    """Its first SNIFFED bytes."""
    record: Any
    """Its first JSON value, or a later one where nobody knows the first; None where there is none."""


class Importer(Protocol):
    """One format of files that others write. Content is untrusted: any bytes end in runs and Odds."""

    @property
    def name(self) -> str:
        """On the command line, e.g. `prm800k`."""

    @property
    def title(self) -> str:
        """In sentences, e.g. `PRM800K`."""

    def recognises(self, head: Head) -> float:
        """How surely a file that begins so is one of this format: 0 no, 1 certainly."""

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd | Working]:
        """What the file holds, in its order, read as it is asked for. `source` names the file. Raises OSError, and
        whatever `stream` raises that is none of a file's errors."""


class FolderImporter(Protocol):
    """One format of folders that others write. Content is untrusted: any files end in runs and Odds; no link is
    followed, and what is no plain file is not opened."""

    @property
    def name(self) -> str:
        """On the command line, e.g. `thought-anchors`."""

    @property
    def title(self) -> str:
        """In sentences, e.g. `thought anchors`."""

    def recognises(self, folder: Path) -> float:
        """How surely a folder is one of this format: 0 no, 1 certainly. By the names in it; nothing is opened."""

    def records(self, folder: Path) -> Iterator[Kept | Odd]:
        """What the folder holds, in the order of its names, read as it is asked for. Raises OSError."""
