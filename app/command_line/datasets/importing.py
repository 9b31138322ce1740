"""`espalier import FILE`: a data set as runs of a session file. Ctrl+C keeps what was read. Knows no format."""

from __future__ import annotations

import json
import signal
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from app.command_line.datasets.progress import ProgressLine
from app.command_line.run import INTERRUPTED, UsageError
from app.plain_text import one_line
from storage.importers import ForeignFileError, importer_of_file
from storage.importers.importing import Report, import_file
from storage.session import SUFFIX, Session

MOST_SAID = 10
"""Odd records that are listed; --json has more."""


def import_data_set(arguments: Namespace) -> int:
    """Read the file; 130 if it was broken off, and what was read is kept."""
    path: Path = arguments.file
    target: Path = arguments.session or path.with_suffix(SUFFIX)
    if target.suffix != SUFFIX:
        raise UsageError(f"--session takes a session file, whose name ends with {SUFFIX}.")
    if arguments.session is None and target.exists():
        raise UsageError(f"{target.name} exists already: --session {target} adds to it, another name begins a new one.")
    if importer_of_file(path) is None:
        raise ForeignFileError(f"{one_line(path.name)} is in no format that is imported.")
    report = Report(one_line(path.name))
    with Session.open(target) if target.exists() else Session.create(target) as session:
        if session.read_only:
            raise UsageError(session.why_read_only)
        with _ctrl_c() as pressed, ProgressLine("records") as progress:
            import_file(session, path, report, progress, pressed.is_set)
    print(json.dumps(_data(report, target)) if arguments.json else _words(report, target))
    return 0 if report.complete else INTERRUPTED


@contextmanager
def _ctrl_c() -> Iterator[Event]:
    """Inside, Ctrl+C is only noted, so that no run is left half written."""
    pressed = Event()
    before = signal.signal(signal.SIGINT, lambda _number, _frame: pressed.set())
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _data(report: Report, target: Path) -> dict[str, Any]:
    return {
        "file": report.file,
        "format": report.format,
        "session": str(target),
        "records": report.records,
        "runs": report.runs,
        "first_run": report.first,
        "odd": report.odd_count,
        "odd_lines": [{"line": odd.line, "what": odd.what} for odd in report.odd],
        "complete": report.complete,
    }


def _words(report: Report, target: Path) -> str:
    first = report.first or 0
    runs = f": runs {first:,} to {first + report.runs - 1:,}" if report.runs else ""
    lines = [f"{report.runs:,} of {report.records:,} records of {report.title} are in {one_line(str(target))}{runs}."]
    lines += [one_line(f"Odd: {odd}.") for odd in report.odd[:MOST_SAID]]
    if left := report.odd_count - len(lines) + 1:
        lines.append(f"And {left:,} odd records more.")
    if not report.complete:
        lines.append("It was stopped before its end.")
    return "\n".join(lines)
