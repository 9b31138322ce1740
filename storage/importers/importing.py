"""A file of others read into a session, run by run, with progress, while it is wanted. Knows no format."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from engine.events import ROOT, Noted, Record
from engine.importing import Kept
from engine.traces.spans import without_halves
from storage.importers import folder_importer_of, importer_of
from storage.importers.importer import ForeignFileError, Odd
from storage.importers.json_values import count_lines
from storage.session import Session

TOGETHER = 100
"""Records between two words about how far it is."""
PATIENCE = 1.0
"""Seconds after which how far it is is told again, however few records were read."""
IN_MEMORY = 2_000
"""Runs that may wait to be written: reading is faster than a disk."""
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
    with ExitStack() as stack:
        total, found = _opened(path, report, stack)
        progress(0, total)
        told_at = time.monotonic()
        for one in found:
            _take(session, one, report)
            if report.records % TOGETHER == 0 or time.monotonic() - told_at > PATIENCE:
                progress(report.records, total)
                told_at = time.monotonic()
            if is_unwanted():
                break
        else:
            report.complete = True
            progress(report.records, total)
        _keep_report(session, report)
    session.flush(None)


def _opened(path: Path, report: Report, stack: ExitStack) -> tuple[int | None, Iterator[Kept | Odd]]:
    """How many records there are, where that can be told, and all of them, as they are asked for."""
    if path.is_dir():
        of_folders = folder_importer_of(path)
        if of_folders is None:
            raise ForeignFileError(f"{path.name} is a folder in no format that is imported.")
        report.format, report.title = of_folders.name, of_folders.title
        return None, of_folders.records(path)
    stream = stack.enter_context(path.open("rb"))
    importer = importer_of(stream, path.name)
    if importer is None:
        raise ForeignFileError(f"{path.name} is in no format that is imported.")
    report.format, report.title = importer.name, importer.title
    total = count_lines(stream) if stream.read(1) == b"{" else None
    stream.seek(0)
    return total, importer.records(stream, path.name)


def _take(session: Session, one: Kept | Odd, report: Report) -> None:
    if isinstance(one, Odd):
        report.note(one)
        report.records += not one.is_kept
        return
    run = session.new_run(one.plan)
    session.append(one.records(run, time.time()))
    report.records += 1
    report.runs += 1
    report.first = report.first or run
    if one.events and not report.noted:
        report.noted = Place(run, len(one.events))
    if report.runs % IN_MEMORY == 0:
        session.flush(None)


def _keep_report(session: Session, report: Report) -> None:
    """What was odd is a note of the first run, so that it stands in the session, and is found there."""
    if report.odd and report.noted is not None:
        note = Noted(ROOT, without_halves(report.words()))
        session.append([Record(report.noted.run, report.noted.events + 1, time.time(), note)])
