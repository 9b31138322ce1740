"""What an exporter is, and what it is given to write from. Knows no format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from engine.events import Record
from engine.tree import Tree, TreeError, fold
from storage.errors import SessionError
from storage.runs import RunInfo
from storage.session import Session

Progress = Callable[[int, int], None]
"""Events read, and how many there are. What it raises ends the export, and no file is left."""
AT_ONCE = 20_000
"""Events between two words about how far it is."""


class Wanted:
    """Some runs of a session that are being exported."""

    def __init__(self, session: Session, runs: Sequence[int], progress: Progress = lambda _done, _total: None) -> None:
        """Raises SessionError if there is no such run."""
        self.session = session
        self.infos: tuple[RunInfo, ...] = tuple([session.info(run) for run in runs])
        """In the order in which they are to be written."""
        self._progress = progress
        self._done, self._total = 0, sum(info.events for info in self.infos)

    def records(self, run: int, *, tokens: bool = True) -> Iterator[Record]:
        """The log of a run, from its first event to the last one that was there at the beginning; `tokens=False` leaves
        token rows out. Raises SessionError where it is damaged."""
        last = next(info.events for info in self.infos if info.id == run)
        for first in range(0, last, AT_ONCE):
            self._progress(self._done, self._total)
            found = self.session.records(run, first, min(first + AT_ONCE, last), tokens=tokens)
            self._done += len(found)
            yield from found

    def tree(self, run: int, *, tokens: bool = False) -> Tree:
        """A run as it ended. Raises SessionError if its log is damaged."""
        return self.fold(run, self.records(run, tokens=tokens))

    def fold(self, run: int, records: Iterator[Record] | Sequence[Record]) -> Tree:
        """The tree of records that were read already. Raises SessionError if they make no sense."""
        try:
            return fold(records)
        except TreeError as error:
            name = self.session.path.name
            raise SessionError(f"The log of run {run} in {name} makes no sense: {error}.") from error


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format."""

    name: str
    """On the command line, e.g. `json`."""
    title: str
    """In the window, e.g. `JSON`."""
    suffix: str
    """Of its files, e.g. `.json`."""
    about: str
    """What it is for, as a sentence."""
    write: Callable[[Wanted, IO[bytes]], None]
    """Writes the file's contents. Raises SessionError and OSError."""
    takes_many: bool = False
    """Whether several runs can stand in one file."""

    def render(self, session: Session, run: int) -> bytes:
        """The file's contents for one run. Raises SessionError."""
        out = BytesIO()
        self.write(Wanted(session, [run]), out)
        return out.getvalue()
