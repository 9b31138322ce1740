"""A file of others read into a session, run by run, with progress, while it is wanted. Knows no format."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.importing import Kept
from storage.importers import importer_of
from storage.importers.importer import ForeignFileError, Odd
from storage.importers.json_values import count_lines
from storage.session import Session

TOGETHER = 100
"""Runs between two words about how far it is, and two looks at whether it is still wanted."""
IN_MEMORY = 2_000
"""Runs that may wait to be written: reading is faster than a disk."""
MOST_ODD = 1_000
"""Sentences that are kept."""

Progress = Callable[[int, int | None], None]
"""Records read, and how many there are, or None where nobody can tell."""


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

    def note(self, odd: Odd) -> None:
        self.odd_count += 1
        if len(self.odd) < MOST_ODD:
            self.odd.append(odd)


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
    with path.open("rb") as stream:
        importer = importer_of(stream, path.name)
        if importer is None:
            raise ForeignFileError(f"{path.name} is in no format that is imported.")
        report.format, report.title = importer.name, importer.title
        total = count_lines(stream)
        stream.seek(0)
        progress(0, total)
        for one in importer.records(stream, path.name):
            report.records += 1
            if isinstance(one, Odd):
                report.note(one)
            else:
                _keep(session, one, report)
            if report.records % TOGETHER == 0:
                progress(report.records, total)
                if is_unwanted():
                    break
        else:
            report.complete = True
            progress(report.records, total)
    session.flush(None)


def _keep(session: Session, kept: Kept, report: Report) -> None:
    run = session.new_run(kept.plan)
    session.append(kept.records(run, time.time()))
    report.runs += 1
    report.first = report.first or run
    if report.runs % IN_MEMORY == 0:
        session.flush(None)
