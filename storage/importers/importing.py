"""A file of others read into a session, run by run, with progress, while it is wanted. Knows no format."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from engine.events import ROOT, Noted, Record, StepRated
from engine.importing import Kept
from engine.traces.spans import without_halves
from storage.importers import folder_importer_of, importer_of
from storage.importers.importer import ForeignFileError, Odd, Working
from storage.importers.json_values import count_lines
from storage.importers.watched import UnwantedError, watched
from storage.session import Session

TOGETHER = 100
"""Records between two words about how far it is."""
PATIENCE = 0.2
"""Seconds after which how far it is is told again, however few records were read."""
IN_MEMORY = 2_000
"""Runs that may wait to be written: reading is faster than a disk."""
AT_ONCE = 10_000
"""Events that are written down between two looks at the clock."""
MOST_ODD = 1_000
"""Sentences that are kept."""
MOST_NOTED = 100
"""Sentences that become a note of the session."""

Progress = Callable[[int, int | None], None]
"""Records read, and how many there are, or None where nobody can tell."""


class Place(NamedTuple):
    """The end of a run."""

    run: int
    events: int


@dataclass
class Report:
    """What became of a file."""

    file: str
    format: str = ""
    """Name of the importer."""
    title: str = ""
    records: int = 0
    """Read, the odd ones included."""
    runs: int = 0
    first: int | None = None
    """Number of the first run; the others follow."""
    odd: list[Odd] = field(default_factory=list)
    """What was kept out or guessed, at most MOST_ODD of it."""
    odd_count: int = 0
    complete: bool = False
    """Whether the whole file was read."""
    share: float | None = None
    """How much of the file was read, in [0, 1]; None where nobody can tell."""
    checked: float | None = None
    """How much of a run that was read whole is put together by now; None while the file is being read."""
    is_rated: bool = False
    """Whether anybody rated steps of it."""

    noted: Place | None = None
    """The run that is to have the report as a note: the first one in which anything happened."""

    def note(self, odd: Odd) -> None:
        self.odd_count += 1
        if len(self.odd) < MOST_ODD:
            self.odd.append(odd)

    def words(self) -> str:
        """What was odd, as a text with a line for each."""
        lines = [f"What was odd in {self.file} ({self.title}):", *(odd.whole for odd in self.odd[:MOST_NOTED])]
        if left := self.odd_count - len(lines) + 1:
            lines.append(f"and {left:,} more of this kind")
        return "\n".join(lines)


def import_file(
    session: Session,
    path: Path,
    report: Report,
    progress: Progress = lambda _done, _total: None,
    is_unwanted: Callable[[], bool] = lambda: False,
) -> None:
    """Add what a file holds to a session; `report` is kept up to date, so it is right however this ends.

    What was read is kept where it is broken off. Raises ForeignFileError, SessionError or OSError.
    """
    watch = _Watch(report, progress, is_unwanted)
    with ExitStack() as stack, suppress(UnwantedError):
        found = _opened(path, report, watch, stack)
        watch.tell()
        for one in found:
            report.checked = one.share if isinstance(one, Working) else None
            if not isinstance(one, Working):
                _take(session, one, report, watch)
            watch.look(is_due=report.checked is None and report.records % TOGETHER == 0)
        report.complete = True
        watch.tell()
    _keep_report(session, report)
    session.flush(None)


class _Watch:
    """Says how far it is, and ends it where nobody wants it any more."""

    def __init__(self, report: Report, progress: Progress, is_unwanted: Callable[[], bool]) -> None:
        self._report, self._progress, self._is_unwanted = report, progress, is_unwanted
        self._told_at = time.monotonic()
        self.total: int | None = None
        """Records in the file."""
        self.size = 0
        """Bytes of the file; 0 for a folder."""

    def tell(self) -> None:
        self._told_at = time.monotonic()
        self._progress(self._report.records, self.total)

    def tell_if_late(self) -> None:
        if time.monotonic() - self._told_at > PATIENCE:
            self.tell()

    def look(self, *, is_due: bool = False) -> None:
        """Tell how far it is, if that is due or was long ago. Raises UnwantedError."""
        self.tell() if is_due else self.tell_if_late()
        if self._is_unwanted():
            raise UnwantedError

    def read(self, at: int) -> None:
        """The file is being read at this byte."""
        self._report.share = min(1.0, at / self.size) if self.size else None
        self.look()


def _opened(path: Path, report: Report, watch: _Watch, stack: ExitStack) -> Iterator[Kept | Odd | Working]:
    """All records, as they are asked for; `watch` knows how many there are, where that can be told."""
    if path.is_dir():
        of_folders = folder_importer_of(path)
        if of_folders is None:
            raise ForeignFileError(f"{path.name} is a folder in no format that is imported.")
        report.format, report.title = of_folders.name, of_folders.title
        return of_folders.records(path)
    watch.size = path.stat().st_size
    stream = stack.enter_context(watched(path, watch.read))
    importer = importer_of(stream, path.name)
    if importer is None:
        raise ForeignFileError(f"{path.name} is in no format that is imported.")
    report.format, report.title = importer.name, importer.title
    if stream.peek(1)[:1] == b"{":
        watch.total = count_lines(stream)
        stream.seek(0)
    return importer.records(stream, path.name)


def _take(session: Session, one: Kept | Odd, report: Report, watch: _Watch) -> None:
    if isinstance(one, Odd):
        report.note(one)
        report.records += not one.is_kept
        return
    run = session.new_run(one.plan)
    records = one.records(run, time.time())
    for first in range(0, len(records), AT_ONCE):  # whole, whatever anybody wants by now: half a run is none
        session.append(records[first : first + AT_ONCE])
        watch.tell_if_late()
    report.records += 1
    report.runs += 1
    report.first = report.first or run
    report.is_rated = report.is_rated or any(isinstance(event, StepRated) for event in one.events)
    if one.events and not report.noted:
        report.noted = Place(run, len(one.events))
    if report.runs % IN_MEMORY == 0:
        session.flush(None)


def _keep_report(session: Session, report: Report) -> None:
    """What was odd is a note of the first run, so that it stands in the session, and is found there."""
    if report.odd and report.noted is not None:
        note = Noted(ROOT, without_halves(report.words()))
        session.append([Record(report.noted.run, report.noted.events + 1, time.time(), note)])
