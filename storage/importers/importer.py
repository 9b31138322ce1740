"""What an importer is, and what every one of them promises. Knows no format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, NamedTuple, Protocol

from engine.importing import Kept
from storage.errors import SessionError

LARGEST_RECORD = 64_000_000
"""Bytes."""
MOST_RECORDS = 200_000
DEEPEST = 64
"""Lists and objects within each other."""
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

    def __str__(self) -> str:
        return f"line {self.line:,}: {self.what}"


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

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        """What the file holds, in its order, read as it is asked for. `source` names the file. Raises OSError."""
